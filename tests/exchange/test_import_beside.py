"""`opensenco import gias FILE --links --groups --members`: all of it, or nothing."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from opensenco.exchange.models import (
    Establishment,
    EstablishmentLink,
    EstablishmentPast,
    RegisterGroup,
    RegisterReading,
    RegisterSpan,
)
from opensenco.exchange.operations import register as taking
from opensenco.exchange.readers.words import FileRefused
from tests.exchange import beside
from tests.exchange.beside import FEDERATION, TRUST
from tests.exchange.registers import EXTRACT, register

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
COUNTS = ("read", "new", "changed", "unchanged", "quarantined", "missing")


def read(path: Path, **besides: Path) -> dict:
    out = io.StringIO()
    more = [f"--{name}={value}" for name, value in besides.items()]
    call_command("import", "gias", str(path), "--json", *more, stdout=out)
    return json.loads(out.getvalue())


def counts(facts: dict) -> tuple[int, ...]:
    return tuple(facts[name] for name in COUNTS)


@pytest.fixture
def files(tmp_path):
    return {
        "links": beside.links(tmp_path, ("900003", "900001", "Successor", "01-09-2019")),
        "groups": beside.groups(
            tmp_path, ("11", "Lark Trust", TRUST, ""), ("12", "Heron Trust", TRUST, "")
        ),
        "members": beside.members(
            tmp_path, ("900001", "11", TRUST, "01-09-2012"), ("900002", "77", FEDERATION, "")
        ),
    }


def test_all_four_are_kept_and_the_second_time_nothing_changes(files, tmp_path):
    first = read(EXTRACT, **files)
    assert counts(first["links"]) == (1, 1, 0, 0, 0, 0)
    assert counts(first["groups"]) == (2, 2, 0, 0, 0, 0)
    assert counts(first["members"]) == (2, 2, 0, 0, 0, 0)
    federation = RegisterGroup.objects.get(uid="77")
    assert (federation.family, federation.name) == ("federation", "Group 77")
    models = (EstablishmentLink, RegisterGroup, RegisterSpan)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    again = read(EXTRACT, **files)
    assert [counts(again[name]) for name in files] == [
        (1, 0, 0, 1, 0, 0), (2, 0, 0, 2, 0, 1), (2, 0, 0, 2, 0, 0),
    ]  # fmt: skip
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    kept = RegisterReading.objects.get(number=2).besides
    assert (kept["links"]["unchanged"], len(kept["links"]["digest"])) == (1, 64)
    assert "Inparticular" not in json.dumps(before, default=str)


def test_what_a_later_file_says_is_written_and_a_school_moves_trust(files, tmp_path):
    read(EXTRACT, **files)
    files["links"] = beside.links(tmp_path, ("900003", "900001", "Successor", "02-09-2019"))
    files["groups"] = beside.groups(tmp_path, ("11", "Lark Schools Trust", TRUST, "31-08-2026"))
    files["members"] = beside.members(tmp_path, ("900001", "12", TRUST, "01-09-2020"))
    facts = read(EXTRACT, **files)
    assert counts(facts["links"]) == (1, 0, 1, 0, 0, 0)
    assert counts(facts["groups"]) == (1, 0, 1, 0, 0, 2)
    assert EstablishmentLink.objects.get().since == date(2019, 9, 2)
    assert RegisterGroup.objects.get(uid="11").closed_on == date(2026, 8, 31)
    spans = RegisterSpan.objects.filter(urn="900001").order_by("joined_on")
    assert [(one.uid, one.joined_on, one.left_on) for one in spans] == [
        ("11", date(2012, 9, 1), date(2020, 8, 31)), ("12", date(2020, 9, 1), None),
    ]  # fmt: skip


def test_one_broken_file_keeps_all_others_out(files, tmp_path):
    damaged = [("900001", "900002", "Successor", "01-09-2019"), ("9", "9", "x", "")]
    files["links"] = beside.links(tmp_path, *damaged)
    with pytest.raises(CommandError, match="1 of 2 rows cannot be read") as refused:
        read(EXTRACT, **files)
    assert refused.value.returncode == 1
    files["links"] = files["groups"]
    with pytest.raises(FileRefused, match="not the file of links"):
        read(EXTRACT, **files)
    for model in (Establishment, EstablishmentLink, RegisterGroup, RegisterSpan, RegisterReading):
        assert not model.objects.exists()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OperationalError("database or disk is full"), "There is no room on the disk. Nothing"),
        (OSError(28, "No space left on device"), "No space left on device. Nothing was applied"),
    ],
)
def test_a_fault_in_the_middle_leaves_everything_as_it_was(files, monkeypatch, fault, said):
    def fail(*_given: object) -> None:
        raise fault

    monkeypatch.setattr(taking, "write_beside", fail)
    with pytest.raises(CommandError, match=said):
        read(EXTRACT, **files)
    assert not Establishment.objects.exists()
    assert not RegisterReading.objects.exists()
    monkeypatch.undo()
    assert read(EXTRACT, **files)["new"] == 11


def test_what_was_renamed_or_changed_type_is_kept_with_its_reading(tmp_path):
    read(register(tmp_path))
    changed = {
        "EstablishmentName": "Larkmead Academy",
        "TypeOfEstablishment (name)": "Academy converter",
        "LA (code)": "892",
    }
    read(register(tmp_path, {"900001": changed}))
    past = EstablishmentPast.objects.get()
    assert (past.name, past.type_name, past.la_code) == (
        "Larkmead Primary School", "Community school", "891",
    )  # fmt: skip
    assert past.reading is not None
    assert past.reading.number == 2
