"""`opensenco import settings`: childminders and nurseries that the register does not hold."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from opensenco.access.installation import installation_actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.scope import system_scope
from opensenco.exchange.operations.settings import add_setting
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.states import SettingKind
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.ofsted import read_ofsted
from tests.cast import NOW, TODAY
from tests.exchange.registers import EXTRACT

pytestmark = [pytest.mark.django_db, pytest.mark.worker]

LIST = """\
Provider Name,Provider Type,URN,Postcode,Town
Sunny Days,Childminder,ey 123456,ng11aa,Exampleton
Busy Bees,Day nursery,2512345,NG1 1AB,Exampleton
Little Oaks,Pre-school,,NG1 1AD,
"""


def read(folder: Path, text: str, *options: str) -> dict:
    path = folder / "settings.csv"
    path.write_text(text, encoding="utf-8-sig")
    out = io.StringIO()
    call_command("import", "settings", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def counts(facts: dict) -> tuple[int, ...]:
    return tuple(facts[n] for n in ("read", "new", "changed", "unchanged", "quarantined"))


def outside() -> list[tuple[str, ...]]:
    rows = Organisation.objects.filter(kind="setting", urn="").order_by("name")
    return [(row.name, row.phase, row.ofsted_urn, row.postcode, row.town) for row in rows]


def test_a_list_is_added_under_its_authority_and_the_second_time_nothing_changes(tmp_path):
    assert counts(read(tmp_path, LIST, "--dry-run")) == (3, 3, 0, 0, 0)
    assert outside() == []
    assert counts(read(tmp_path, LIST, "--under", "892")) == (3, 3, 0, 0, 0)
    there = outside()
    assert there == [
        ("Busy Bees", "Private or voluntary nursery", "2512345", "NG1 1AB", "Exampleton"),
        ("Little Oaks", "Private or voluntary nursery", "", "NG1 1AD", ""),
        ("Sunny Days", "Childminder", "EY123456", "NG1 1AA", "Exampleton"),
    ]
    of = Affiliation.objects.filter(member__name="Sunny Days").values_list("of__name", "starts")
    assert list(of) == [("Thornshire County Council", TODAY)]
    assert counts(read(tmp_path, LIST, "--under", "Thornshire County Council")) == (3, 0, 0, 3, 0)
    assert outside() == there
    moved = LIST.replace("Sunny Days", "Sunnier Days").replace(
        "Little Oaks,Pre-school,,", "Little Oaks,Pre-school,EY765432,"
    )
    assert counts(read(tmp_path, moved)) == (3, 0, 2, 1, 0)
    assert {row[0]: row[2] for row in outside()} == {
        "Busy Bees": "2512345", "Little Oaks": "EY765432", "Sunnier Days": "EY123456",
    }  # fmt: skip


def test_rows_that_cannot_be_are_set_aside_with_their_reason(tmp_path):
    call_command("import", "gias", str(EXTRACT), stdout=io.StringIO())
    wrong = (
        "Wrong Postcode,Nursery,,NG1 1CA,\n"
        "Wrong Number,Nursery,12345,NG1 1AE,\n"
        "Damaged,Nursery,2.5E+06,NG1 1AE,\n"
        "Odd Kind,Castle,,NG1 1AE,\n"
        ",Nursery,,NG1 1AE,\n"
        "Busy Bees Again,Nursery,2512345,NG1 1AE,\n"
        "Larkmead  Primary School,Nursery,,NG1 1AA,\n"
        "Millbrook Academy,Other,900004,,\n"
        "Too,Many,Cells,Here,In,This\n"
    )
    with pytest.raises(CommandError, match="9 of 12 rows cannot be read") as refused:
        read(tmp_path, LIST + wrong)
    assert refused.value.returncode == 1
    assert outside() == []
    facts = read(tmp_path, LIST + wrong, "--partial")
    assert counts(facts) == (12, 3, 0, 0, 9)
    told = {row["line"]: row["reason"] for row in facts["quarantine"]}
    for line, words in {
        5: "never C, I, K, M, O or V", 6: "6 or 7 digits", 7: "opening it in a spreadsheet",
        8: "not one that we know", 9: "The cell is empty", 10: "stands on line 3 already",
        11: "with the URN 900001", 12: "with the URN 900004", 13: "6 fields, header has 5.",
    }.items():  # fmt: skip
        assert words in told[line]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This file is empty."),
        ("PK\x03\x04 and so on", "workbook"),
        ("Name,Postcode\nA,NG1 1AA\n", "no column with the kind"),
        ("Name,Type\n", "headings and no rows"),
    ],
)
def test_another_file_is_refused_in_a_sentence(tmp_path, text, words):
    path = tmp_path / "settings.csv"
    path.write_bytes(text.encode())
    with pytest.raises(FileRefused, match=words):
        call_command("import", "settings", str(path))


def test_nobody_above_of_that_name_is_said(tmp_path):
    with pytest.raises(CommandError, match="0 authorities"):
        read(tmp_path, LIST, "--under", "Nowhere")
    assert outside() == []


def test_a_double_is_refused_and_a_namesake_elsewhere_is_not():
    with system_scope("test"):
        actor = installation_actor(NOW)

        def add(**more: str) -> None:
            add_setting(actor=actor, name="Sunny Days", kind=SettingKind.CHILDMINDER, **more)

        add(postcode="NG1 1AA", ofsted_urn="EY123456")
        for double in ({}, {"postcode": "ng11aa"}, {"ofsted_urn": "ey123456"}):
            with pytest.raises(NotPossible, match="here already"):
                add(**double)
        add(postcode="NG1 1AB", ofsted_urn="EY123457")
        with pytest.raises(Invalid, match="not a full postcode"):
            add(postcode="somewhere")
    assert [row[3] for row in outside()] == ["NG1 1AA", "NG1 1AB"]


def test_one_of_several_of_one_name_is_told_by_its_number(monkeypatch):
    with system_scope("test"):
        actor = installation_actor(NOW)
        for number, place in (("EY123456", "NG1 1AA"), ("EY123457", "NG1 1AB")):
            add_setting(
                actor=actor, name="Sunny Days", kind=SettingKind.CHILDMINDER, postcode=place,
                ofsted_urn=number,
            )  # fmt: skip
    words = ("createadmin", "--name", "Sunny Days", "--kind", "childminder", "--email",
             "ada@sun.example", "--first-name", "Ada", "--last-name", "Okafor",
             "--password-stdin")  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-made-up-password\n" * 2))
    with pytest.raises(CommandError, match="Say which one with --ofsted"):
        call_command(*words)
    call_command(*words, "--ofsted", "ey123457", stdout=io.StringIO())


def test_the_forms_of_ofsteds_numbers():
    assert read_ofsted(" ey 123456 ") == "EY123456"
    assert [read_ofsted(text) for text in ("123456", "2512345", "")] == ["123456", "2512345", ""]
    for wrong in ("12345", "12345678", "AB123456", "EY12345", "1e+05", "٣٣٣٣٣٣"):
        with pytest.raises(Invalid):
            read_ofsted(wrong)
