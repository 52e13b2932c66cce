"""A staff list: colleagues are found by their address, and nobody's role is taken away."""

import pytest

from opensenco.access.models import Invitation, Membership
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import decide
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind
from opensenco.people.queries import place
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
HEADER = ("Work Email", "Surname", "Forename", "Job Title", "Start Date", "Leaving Date")
PRIYA = ("Teacher@larkrise.example", "Raman", "Priya", "Class teacher", "01/09/2020", "")
NIA = ("nia@larkrise.example", "Field", "Nia", "HLTA", "01/09/2026", "")


def staff_list(actor, *rows, header=HEADER):
    return staged(actor, *rows, header=header, kind=ImportKind.STAFF, file_name="staff.csv")


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def test_each_colleague_is_new_here_already_doubtful_or_refused():
    with acting_as("senco") as actor:
        file = staff_list(
            actor,
            PRIYA,
            NIA,
            ("ta@larkrise.example", "Birkett", "Jo", "SENCO", "", ""),
            ("other@elsewhere.example", "Sharp", "Owen", "Teacher", "", ""),
            ("senco@larkrise.example", "Okafor", "Amara", "Teacher", "", ""),
            ("lee@larkrise.example", "Moss", "Lee", "Caretaker", "", ""),
            ("", "Moss", "Kit", "TA", "", ""),
            (*NIA[:1], "Field", "Nia", "TA", "", ""),
            ("gone@larkrise.example", "Gone", "Gil", "TA", "", "31/08/2026"),
        )
        rows = rows_of(file)
        assert [row.match for row in rows] == [
            "unchanged", "new", "doubtful", "doubtful", "unchanged", "refused", "refused",
            "refused", "new",
        ]  # fmt: skip
        assert "another role: Teaching assistant" in said(line(file, 4).reasons[0])
        assert "another address" in said(line(file, 5).reasons[0])
        assert "does not change your own role" in said(line(file, 6).reasons[0])
        assert "do not know this role" in said(line(file, 7).faults[0]["wrong"])
        assert "same address and role" in said(line(file, 9).faults[0]["wrong"])
        assert line(file, 10).decision == Decision.LEAVE


def test_applying_adds_colleagues_with_links_that_wait():
    with acting_as("senco") as actor:
        file = staff_list(
            actor, NIA, ("ta@larkrise.example", "Birkett", "Jo", "Teacher", "", ""), PRIYA
        )
        answers = {3: (Decision.ADD, None)}
        file = decide(actor=actor, file_import=file, version=1, answers=answers)
        apply_import(actor=actor, file_import=file, version=file.version)
        nia = Invitation.objects.get(email="nia@larkrise.example")
        assert (nia.role, nia.starts, nia.added_by) == ("TA", actor.today, actor.person)
        jo = Membership.objects.filter(org=place(actor), person__email="ta@larkrise.example")
        assert {row.role for row in jo} == {"TA", "TEACHER"}
        again = staff_list(actor, NIA, PRIYA)
        assert {row.match for row in rows_of(again)} == {"unchanged"}


def test_a_last_day_in_the_list_ends_the_role_then():
    with acting_as("senco") as actor:
        file = staff_list(actor, (*PRIYA[:5], "31/08/2027"))
        assert line(file, 2).changes == [{"field": "ends", "before": None, "after": "2027-08-31"}]
        apply_import(actor=actor, file_import=file, version=file.version)
        row = Membership.objects.get(person__email="teacher@larkrise.example")
        assert str(row.ends) == "2027-08-31"


def test_names_in_one_column_and_staff_of_other_schools_are_nobody_here():
    with acting_as("senco") as actor:
        header = ("Email", "Name", "Role")
        rows = [("outsider@outside.example", "Farman, Olga", "TA"), ("x", "Y", "TA")]
        file = staff_list(actor, *rows, header=header)
        # whether this address signs in elsewhere shows in nothing
        assert (line(file, 2).match, line(file, 2).values["last_name"]) == ("new", "Farman")
        assert len(line(file, 3).faults) == 2


def test_a_phase_senco_comes_with_the_part_that_the_list_or_the_title_names():
    header = ("Email", "Surname", "Forename", "Role", "Phase")
    with acting_as("senco") as actor:
        file = staff_list(
            actor,
            ("ann@larkrise.example", "Fen", "Ann", "Phase SENCO", "Upper school"),
            ("bea@larkrise.example", "Fen", "Bea", "Lower School SENDCo", ""),
            ("cat@larkrise.example", "Fen", "Cat", "Phase SENCO", "Sixth form"),
            ("dan@larkrise.example", "Fen", "Dan", "Teacher", "Upper school"),
            header=header,
        )
        rows = rows_of(file)
        assert [row.match for row in rows] == ["new", "new", "refused", "new"]
        assert "Lower school, Upper school" in said(rows[2].faults[0]["mend"])
        applied(actor, file)
        made = Invitation.objects.filter(org=place(actor), last_name="Fen").order_by("email")
        assert [(row.role, row.part.name if row.part else "") for row in made] == [
            ("SENCO_PHASE", "Upper school"), ("SENCO_PHASE", "Lower school"), ("TEACHER", ""),
        ]  # fmt: skip
        again = staff_list(
            actor, ("ann@larkrise.example", "Fen", "Ann", "Phase SENCO", "upper"), header=header
        )
        assert [row.match for row in rows_of(again)] == ["unchanged"]
