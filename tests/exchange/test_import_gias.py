"""`opensenco import gias`: the national register, taken over from a file."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from opensenco.access.actions import Action
from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.exchange.models import Establishment, EstablishmentPast, RegisterReading
from opensenco.exchange.operations.register import take_over_register
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.register import prepared
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import NotPossible
from tests.cast import NOW, TODAY
from tests.exchange.registers import EXTRACT, HEADER, WHOLE, register
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]


def read(path: Path, *options: str) -> dict:
    out = io.StringIO()
    call_command("import", "gias", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def counts(facts: dict) -> tuple[int, ...]:
    names = ("read", "new", "changed", "unchanged", "quarantined", "missing")
    return tuple(facts[name] for name in names)


def test_every_establishment_is_stored_without_its_heads_name():
    assert counts(read(EXTRACT)) == (12, 11, 0, 0, 1, 0)
    school = Establishment.objects.get(urn="900001")
    assert (school.name, school.la_code, school.number) == (
        "Larkmead Primary School",
        "891",
        "9990",
    )
    assert (school.status, school.opened_on, school.closed_on) == ("open", date(1968, 9, 1), None)
    assert (school.low_age, school.high_age, school.phase) == (3, 11, "Primary")
    assert (school.town, school.postcode) == ("Exampleton", "NG1 1AA")
    assert school.rest["sen_types"] == ["SLCN", "ASD"]
    assert school.rest["federation_name"] == "Larkmead and Millbrook Federation"
    assert "Inparticular" not in json.dumps(list(Establishment.objects.values()), default=str)


def test_a_row_of_another_length_is_set_aside_with_its_line_and_reason():
    (aside,) = read(EXTRACT)["quarantine"]
    assert aside["line"] == 12
    assert aside["reason"] == "134 fields, header has 135."
    assert not Establishment.objects.filter(urn="900008").exists()


def test_the_second_time_nothing_changes(tmp_path):
    read(EXTRACT)
    before = list(Establishment.objects.order_by("urn").values())
    assert counts(read(EXTRACT)) == (12, 0, 0, 11, 1, 0)
    assert list(Establishment.objects.order_by("urn").values()) == before


def test_only_what_changed_is_written_and_what_was_said_before_is_kept(tmp_path):
    read(register(tmp_path))
    closed = {
        "EstablishmentStatus (code)": "2",
        "EstablishmentStatus (name)": "Closed",
        "CloseDate": "31-08-2026",
    }
    later = register(tmp_path, {"900001": closed, "900002": {"TelephoneNum": "01150000001"}})
    assert counts(read(later)) == (11, 0, 2, 9, 0, 0)
    school = Establishment.objects.get(urn="900001")
    assert (school.status, school.closed_on) == ("closed", date(2026, 8, 31))
    past = EstablishmentPast.objects.get()
    assert past.establishment == school
    assert (past.status, past.closed_on) == ("open", None)
    reopened = register(tmp_path)
    assert counts(read(reopened)) == (11, 0, 2, 9, 0, 0)
    assert [p.status for p in EstablishmentPast.objects.order_by("id")] == ["open", "closed"]


def test_what_a_file_lacks_stays_and_keeps_the_day_it_was_last_read(tmp_path):
    yesterday = TODAY - timedelta(days=1)
    read(register(tmp_path))
    with system_scope("test"):
        Establishment.objects.update(last_read_on=yesterday)
    assert counts(read(register(tmp_path, without=["900004"]))) == (10, 0, 0, 10, 0, 1)
    assert Establishment.objects.get(urn="900004").last_read_on == yesterday
    assert Establishment.objects.get(urn="900001").last_read_on > yesterday


def test_a_dry_run_writes_nothing():
    facts = read(EXTRACT, "--dry-run")
    assert counts(facts) == (12, 11, 0, 0, 1, 0)
    assert facts["applied"] is False
    assert not Establishment.objects.exists()
    assert not RegisterReading.objects.exists()


def broken(folder: Path) -> Path:
    return register(folder, more=[WHOLE[0][:-1], [*WHOLE[1], "one too many"]])


def test_nothing_is_applied_where_more_than_a_tenth_is_broken(tmp_path):
    with pytest.raises(CommandError, match="2 of 13 rows") as refused:
        read(broken(tmp_path))
    assert refused.value.returncode == 1
    assert not Establishment.objects.exists()


def test_the_rest_is_applied_where_one_says_so(tmp_path):
    facts = read(broken(tmp_path), "--partial")
    assert (facts["new"], facts["quarantined"], facts["applied"]) == (11, 2, True)
    assert Establishment.objects.count() == 11


def test_a_field_that_is_too_long_is_set_aside_and_not_cut(tmp_path):
    facts = read(register(tmp_path, {"900001": {"EstablishmentName": "x" * 201}}))
    assert facts["quarantine"][0]["reason"] == "The field “name” is longer than 200 characters."
    assert not Establishment.objects.filter(urn="900001").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04 and so on", "save it as CSV"),
        (b"Surname,Forename\r\nElderfield,Kezia\r\n", "This is not the national register"),
        (",".join(HEADER).encode(), "headings and no rows"),
    ],
)
def test_another_file_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=sentence):
        read(path)


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(FileRefused, match="cannot open"):
        read(tmp_path / "nowhere.csv")


def test_of_two_files_at_once_one_is_told_to_begin_again():
    with (
        prepared(EXTRACT, {}, 0) as first,
        prepared(EXTRACT, {}, 0) as second,
        system_scope("test"),
    ):
        actor = installation_actor(NOW)
        take_over_register(actor=actor, prepared=first)
        with pytest.raises(NotPossible, match="Another file of the register was applied"):
            take_over_register(actor=actor, prepared=second)


def test_no_school_may_write_the_register():
    with prepared(EXTRACT, {}, 0) as found, acting_as("head") as actor:
        assert not actor.can_somewhere(Action.REGISTER_TAKE)
        with pytest.raises(Refused):
            take_over_register(actor=actor, prepared=found)


def test_people_read_the_counts_in_plain_words():
    out = io.StringIO()
    call_command("import", "gias", str(EXTRACT), stdout=out)
    text = " ".join(out.getvalue().split())
    assert "read 12 new 11 changed 0 unchanged 0 quarantined 1" in text
    assert "line 12: 134 fields, header has 135." in text
    assert text.endswith("Applied.")
