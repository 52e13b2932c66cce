"""A list of term dates: a year takes the place of that year as it stood."""

import pytest

from opensenco.cases.models import CalendarDays
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import decide
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind
from opensenco.people.queries import place
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
HEADER = ("Event", "Start", "End")
AUTUMN = ("Autumn term 2027", "02/09/2027", "17/12/2027")
SPRING = ("Spring term 2028", "04/01/2028", "31/03/2028")
SUMMER = ("Summer term 2028", "17/04/2028", "21/07/2028")
HALF = ("Autumn half term", "25/10/2027", "29/10/2027")
INSET = ("INSET day", "02/09/2027", "")


def term_list(actor, *rows):
    return staged(actor, *rows, header=HEADER, kind=ImportKind.TERMS, file_name="terms.csv")


def entered(actor, year=2027):
    rows = CalendarDays.objects.filter(
        org=place(actor), year__starts=year, taken_back_at__isnull=True
    ).exclude(kind="year")
    return sorted((row.kind, row.first.isoformat()) for row in rows)


def test_a_year_is_entered_and_the_same_list_changes_nothing():
    with acting_as("senco") as actor:
        file = term_list(
            actor,
            AUTUMN,
            HALF,
            INSET,
            SPRING,
            SUMMER,
            ("Summer holiday", "24/07/2028", "31/08/2028"),
        )
        assert [row.match for row in rows_of(file)] == ["new"] * 5 + ["refused"]
        assert "follow from the terms" in said(line(file, 7).faults[0]["wrong"])
        apply_import(actor=actor, file_import=file, version=file.version)
        assert entered(actor) == [
            ("half-term", "2027-10-25"), ("inset", "2027-09-02"), ("term", "2027-09-02"),
            ("term", "2028-01-04"), ("term", "2028-04-17"),
        ]  # fmt: skip
        again = term_list(actor, AUTUMN, HALF, INSET, SPRING, SUMMER)
        assert {row.match for row in rows_of(again)} == {"unchanged"}
        less = term_list(actor, AUTUMN, SPRING, SUMMER, ("Training day", "04/01/2028", ""))
        assert "Half-term 25 October 2027" in " ".join(kind_of("terms").remarks(less))
        apply_import(actor=actor, file_import=less, version=less.version)
        assert ("half-term", "2027-10-25") not in entered(actor)


def test_days_of_the_week_are_read_and_one_that_does_not_fit_is_a_question():
    rows = [
        ("Autumn term 2026", "Tuesday 1 September 2026", "Fri 18th Dec 2026"),
        ("Spring term 2027", "Tues. 5th of January, 2027", "25/03/2027"),
        ("Summer term 2027", "Tue 12 April 2027", "Wed 21 July 2027"),
        ("INSET day", "1st September 2026", ""),
    ]
    with acting_as("senco") as actor:
        file = term_list(actor, *rows)
        assert [row.match for row in rows_of(file)] == ["new", "new", "doubtful", "new"]
        asked = line(file, 4)
        assert said(asked.reasons[0]).startswith("12 April 2027 is a Monday, and the list says")
        assert not asked.notes
        answers = {4: (Decision.ADD, None)}
        file = decide(actor=actor, file_import=file, version=file.version, answers=answers)
        assert line(file, 4).changes[1]["after"] == "2027-04-12"
        apply_import(actor=actor, file_import=file, version=file.version)
        assert entered(actor, 2026) == [
            ("inset", "2026-09-01"), ("term", "2026-09-01"), ("term", "2027-01-05"),
            ("term", "2027-04-12"),
        ]  # fmt: skip


def test_a_fault_refuses_its_year_and_no_other():
    with acting_as("senco") as actor:
        wrong = ("Half term", "24/12/2027", "03/01/2028")
        other = ("Autumn term 2028", "04/09/2028", "15/12/2028")
        file = term_list(actor, AUTUMN, wrong, SPRING, SUMMER, other)
        assert [row.match for row in rows_of(file)] == ["refused"] * 4 + ["new"]
        assert "not within one term" in said(line(file, 3).faults[0]["wrong"])
        assert "entered as a whole" in said(line(file, 2).faults[0]["wrong"])
