"""Who is in which class, and who teaches it: what is written, refused, and seen from then on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from opensenco.access.actions import Action
from opensenco.access.registry import visible
from opensenco.audit.models import Entry
from opensenco.kernel.errors import DomainError, Invalid, NotPossible, Stale
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations import groups, rolls
from opensenco.people.states import GroupKind, StaffPart
from tests.cast import LONG_AGO, TODAY, YESTERDAY
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=30)


def named(name: str) -> Group:
    return Group.objects.get(name=name)


def pupil(first: str) -> Pupil:
    return Pupil.objects.get(first_name=first)


def sees(key: str) -> set[str]:
    with acting_as(key, write=False) as actor:
        found = visible(actor, Action.PUPIL_VIEW, Pupil)
        return set(found.values_list("first_name", flat=True))


def classes_of(first: str) -> list[tuple[str, date, date | None]]:
    rows = GroupPupil.objects.filter(
        pupil__first_name=first, group__kind=GroupKind.CLASS, withdrawn=False
    )
    return list(rows.order_by("starts").values_list("group__name", "starts", "ends"))


def refused(kind: type[DomainError], act: Callable[[], object], says: str) -> None:
    with pytest.raises(kind, match=says):
        act()


def test_pupils_who_come_into_a_class_leave_the_one_before_and_its_teacher_at_once():
    assert sees("teacher") == {"Idris", "Grace"}
    with acting_as("admin") as actor:
        rolls.put_pupils_in_group(
            actor=actor, pupils=[pupil("Idris"), pupil("Grace")], group=named("2P"), starts=TODAY
        )
        assert classes_of("Idris") == [("4R", LONG_AGO, YESTERDAY), ("2P", TODAY, None)]
        left = GroupPupil.objects.get(group__name="4R", pupil__first_name="Idris")
        assert (left.version, left.history.count()) == (2, 2)
        verbs = Entry.objects.filter(verb="put_pupils_in_group").values_list("pupil__first_name")
        assert set(verbs) == {("Idris",), ("Grace",)}
    assert sees("teacher") == set()
    assert sees("other_teacher") == {"Poppy", "Idris", "Grace"}
    # a support group is beside the class, and is not left
    assert sees("ta") == {"Idris"}


def test_a_class_that_is_planned_stays_and_the_one_before_ends_where_it_begins():
    with acting_as("senco") as actor:
        new = groups.add_group(actor=actor, org=named("4R").org, name="5R")
        groups.put_pupil_in_group(actor=actor, group=new, pupil=pupil("Idris"), starts=SOON)
        day = SOON - timedelta(days=1)
        assert classes_of("Idris") == [("4R", LONG_AGO, day), ("5R", SOON, None)]
        groups.put_pupil_in_group(
            actor=actor, group=named("2P"), pupil=pupil("Idris"), starts=TODAY
        )
        assert classes_of("Idris") == [
            ("4R", LONG_AGO, YESTERDAY), ("2P", TODAY, day), ("5R", SOON, None),
        ]  # fmt: skip
        # the same day again: the first was a slip, and no day has it
        groups.put_pupil_in_group(actor=actor, group=new, pupil=pupil("Grace"), starts=TODAY)
        groups.put_pupil_in_group(
            actor=actor, group=named("2P"), pupil=pupil("Grace"), starts=TODAY
        )
        assert classes_of("Grace") == [("4R", LONG_AGO, YESTERDAY), ("2P", TODAY, None)]


def test_what_is_taken_back_on_its_first_day_gives_the_class_before_again():
    with acting_as("senco") as actor:
        row = groups.put_pupil_in_group(
            actor=actor, group=named("2P"), pupil=pupil("Idris"), starts=TODAY
        )
        groups.take_back_pupil_in_group(actor=actor, group_pupil=row, version=1)
        assert classes_of("Idris") == [("4R", LONG_AGO, None)]
        refused(
            NotPossible,
            lambda: groups.take_back_pupil_in_group(actor=actor, group_pupil=row, version=None),
            "over already",
        )
        old = GroupPupil.objects.get(group__name="4R", pupil__first_name="Grace")
        refused(
            NotPossible,
            lambda: groups.take_back_pupil_in_group(actor=actor, group_pupil=old, version=None),
            "has begun",
        )
    assert sees("teacher") == {"Idris", "Grace"}


def test_who_teaches_sees_from_the_first_day_to_the_last():
    with acting_as("head") as actor:
        row = groups.put_staff_in_group(
            actor=actor, group=named("4R"), person=person("other_teacher"),
            does=StaffPart.COVERS, starts=TODAY, ends=SOON,
        )  # fmt: skip
    assert sees("other_teacher") == {"Poppy", "Idris", "Grace"}
    with acting_as("head") as actor:
        groups.take_back_staff_in_group(actor=actor, group_staff=row, version=row.version)
        old = GroupStaff.objects.get(group__name="4R", does=StaffPart.TEACHES)
        groups.end_staff_in_group(actor=actor, group_staff=old, version=1, on=YESTERDAY)
        assert GroupStaff.objects.filter(pk=old.pk).get().history.count() == 2
    assert sees("other_teacher") == {"Poppy"}
    assert sees("teacher") == set()


def test_days_that_cannot_be_and_things_said_twice_are_refused():
    stranger = person("outsider")
    with acting_as("senco") as actor:
        form, idris = named("4R"), pupil("Idris")
        staff = GroupStaff.objects.get(group=form)
        put: dict[str, Any] = {"actor": actor, "group": form, "starts": TODAY}
        again = {**put, "person": person("teacher")}
        refused(Invalid, lambda: groups.put_staff_in_group(**again), "do this here then already")
        groups.put_staff_in_group(**again, subject="maths")
        refused(
            Invalid,
            lambda: groups.put_staff_in_group(**put, person=stranger),
            "has a role here",
        )
        refused(
            Invalid,
            lambda: groups.put_staff_in_group(**again, does="covers", ends=YESTERDAY),
            "first day or later",
        )
        language: dict[str, Any] = {
            "actor": actor,
            "group": named("Language group"),
            "starts": TODAY,
        }
        refused(
            Invalid,
            lambda: rolls.put_pupils_in_group(pupils=[idris], **language),
            "in it then already",
        )
        refused(
            Invalid,
            lambda: rolls.put_pupils_in_group(pupils=[idris], ends=YESTERDAY, **language),
            "first day or later",
        )
        early = LONG_AGO - timedelta(days=1)
        refused(
            Invalid,
            lambda: groups.end_staff_in_group(actor=actor, group_staff=staff, version=1, on=early),
            "first day or later",
        )
        groups.end_staff_in_group(actor=actor, group_staff=staff, version=1, on=SOON)
        refused(
            Stale,
            lambda: groups.end_staff_in_group(actor=actor, group_staff=staff, version=1, on=TODAY),
            "Someone else",
        )


def test_a_class_that_ends_lets_everybody_go_and_its_name_is_free():
    with acting_as("senco") as actor:
        form = named("4R")
        coming = groups.put_pupil_in_group(
            actor=actor, group=form, pupil=pupil("Poppy"), starts=SOON
        )
        end: dict[str, Any] = {"actor": actor, "group": form, "version": form.version}
        refused(Invalid, lambda: groups.end_group(**end, on=SOON), "not ended ahead")
        refused(Invalid, lambda: groups.end_group(**end, on=LONG_AGO - timedelta(days=9)), "joined")
        groups.end_group(**end, on=YESTERDAY)
        coming.refresh_from_db()
        assert coming.withdrawn
        assert classes_of("Idris") == [("4R", LONG_AGO, YESTERDAY)]
        refused(NotPossible, lambda: groups.end_group(**end, on=TODAY), "has ended")
        put: dict[str, Any] = {"actor": actor, "group": form, "starts": TODAY}
        refused(NotPossible, lambda: groups.put_staff_in_group(**put, person=actor.person), "ended")
        refused(
            NotPossible, lambda: rolls.put_pupils_in_group(pupils=[pupil("Idris")], **put), "ended"
        )
        groups.add_group(actor=actor, org=form.org, name=" 4R ")
        refused(Invalid, lambda: groups.add_group(actor=actor, org=form.org, name="4R"), "of this")
    assert sees("teacher") == set()


def test_a_class_is_renamed_and_belongs_to_a_part_of_its_own_school():
    with acting_as("senco") as actor:
        form = named("4R")
        change: dict[str, Any] = {"actor": actor, "group": form, "version": 1}
        refused(Invalid, lambda: groups.change_group(**change, name="2P"), "of this name")
        refused(Invalid, lambda: groups.change_group(**change, name="  "), "Give it a name")
        refused(
            Invalid, lambda: groups.change_group(**change, name="4R", part=form.org), "a part of"
        )
        upper = pupil("Idris").part
        groups.change_group(**change, name="Year 4", part=upper)
        form.refresh_from_db()
        assert (form.name, form.part, form.version) == ("Year 4", upper, 2)
        assert list(form.history.order_by("history_id").values_list("name", flat=True)) == [
            "4R", "Year 4",
        ]  # fmt: skip
