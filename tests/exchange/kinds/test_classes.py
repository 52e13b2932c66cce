"""A class list: who is in which class or group, and who teaches it."""

import pytest

from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import decide
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations import pupils
from opensenco.people.queries import place
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
HEADER = ("Class", "Teacher", "Surname", "Forename", "Type of group")


def class_list(actor, *rows, header=HEADER):
    return staged(actor, *rows, header=header, kind=ImportKind.CLASSES, file_name="classes.csv")


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def inside(name):
    rows = GroupPupil.objects.filter(group__name=name, ends__isnull=True)
    return sorted(row.pupil.first_name for row in rows.select_related("pupil"))


def taught_by(name):
    rows = GroupStaff.objects.filter(group__name=name).select_related("person")
    return sorted((row.person.last_name, row.does) for row in rows)


def test_pupils_move_and_teachers_come_with_the_first_row_that_names_them():
    with acting_as("senco") as actor:
        file = class_list(
            actor,
            ("5R", "Mr O Sharp", "Hassan-Cole", "Idris", ""),
            ("5R", "Mr O Sharp", "Atherton", "Grace", ""),
            ("2P", "Sharp, Owen", "Wren", "Poppy", ""),
        )
        assert [row.match for row in rows_of(file)] == ["changed", "changed", "unchanged"]
        assert line(file, 2).changes[0] == {"field": "group", "before": "4R", "after": "5R"}
        applied(actor, file)
        assert inside("5R") == ["Grace", "Idris"]
        assert inside("4R") == []
        assert taught_by("5R") == [("Sharp", "teaches")]
        again = class_list(actor, ("5r", "Owen Sharp", "Atherton", "Grace", ""))
        assert line(again, 2).match == "unchanged"


def test_groups_are_joined_besides_the_class_and_made_in_their_kind():
    with acting_as("senco") as actor:
        file = class_list(
            actor,
            ("Maths set 1", "", "Hassan-Cole", "Idris", "Teaching group"),
            ("Language group", "", "Atherton", "Grace", ""),
        )
        assert [row.match for row in rows_of(file)] == ["new", "new"]
        applied(actor, file)
        assert Group.objects.get(name="Maths set 1").kind == "teaching"
        assert inside("Language group") == ["Grace", "Idris"]
        assert inside("4R") == ["Grace", "Idris"]


def test_who_teaches_whom_by_address_with_what_they_do():
    with acting_as("senco") as actor:
        header = ("Group", "Staff Email", "Role", "Subject")
        file = class_list(
            actor,
            ("4R", "ta@larkrise.example", "TA", "Reading"),
            ("4R", "teacher@larkrise.example", "Teacher", ""),
            ("4R", "nobody@larkrise.example", "", ""),
            header=header,
        )
        assert [row.match for row in rows_of(file)] == ["new", "unchanged", "refused"]
        assert "Nobody among the staff" in said(line(file, 4).faults[0]["wrong"])
        applied(actor, file)
        assert taught_by("4R") == [("Birkett", "runs"), ("Raman", "teaches")]


def test_a_pupil_nobody_knows_is_refused_and_two_of_one_name_are_a_question():
    with acting_as("senco") as actor:
        twin = pupils.add_pupil(
            actor=actor, org=place(actor), first_name="Grace", last_name="Atherton",
            birth_date=Pupil.objects.get(first_name="Grace").birth_date,
        )  # fmt: skip
        file = class_list(
            actor,
            ("5R", "Miss Nobody", "Hassan-Cole", "Idris", ""),
            ("5R", "", "Atherton", "Grace", ""),
            ("5R", "", "Nobody", "Nia", ""),
        )
        assert [row.match for row in rows_of(file)] == ["changed", "doubtful", "refused"]
        assert "Miss Nobody is nobody among the staff" in said(line(file, 2).reasons[0])
        assert line(file, 4).cells[2] == "Nobody", "the row can be mended and sent again"
        answers = {3: (Decision.USE, twin.pk)}
        file = decide(actor=actor, file_import=file, version=1, answers=answers)
        applied(actor, file)
        assert inside("5R") == ["Grace", "Idris"]
        assert GroupPupil.objects.filter(pupil=twin, group__name="5R").exists()
