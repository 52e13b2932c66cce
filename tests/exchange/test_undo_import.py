"""An applied list is taken back: what nobody has changed since goes back, the rest is told."""

import pytest

from opensenco.access.actor import Actor
from opensenco.access.models import Invitation, Membership
from opensenco.cases.models import CalendarDays
from opensenco.concerns.operations.raising import raise_concern
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.undoing import prospect, undo_import
from opensenco.exchange.sentences import said
from opensenco.exchange.states import ImportKind, State
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import NotPossible, Stale
from opensenco.people.models import Contact, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations import groups, pupils
from opensenco.people.policy import on_day
from opensenco.people.queries import place
from opensenco.support.models import Need, SenStatus
from opensenco.support.operations import status
from tests.cast import TODAY
from tests.exchange.kinds.test_classes import class_list
from tests.exchange.kinds.test_contacts import IDRIS as IDRIS_NAMED
from tests.exchange.kinds.test_contacts import LEILA, contact_list
from tests.exchange.kinds.test_staff import NIA, PRIYA, staff_list
from tests.exchange.kinds.test_terms import AUTUMN, HALF, SPRING, SUMMER, entered, term_list
from tests.exchange.lists import GRACE, IDRIS, NOOR, changed, line, staged
from tests.exchange.test_stage_pupils import SEN_HEADER, with_sen
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def applied(actor: Actor, file: FileImport) -> FileImport:
    return apply_import(actor=actor, file_import=file, version=file.version)


def undone(actor: Actor, file: FileImport) -> FileImport:
    return undo_import(actor=actor, file_import=file, version=file.version)


def pupil(first_name: str) -> Pupil:
    return Pupil.objects.get(first_name=first_name)


def classes_of(one: Pupil) -> list[str]:
    rows = GroupPupil.objects.filter(on_day(TODAY), pupil=one, group__kind="class")
    return [row.group.name for row in rows.select_related("group")]


def why(file: FileImport, number: int) -> str:
    return " ".join(map(said, line(file, number).reasons))


def test_a_pupil_list_that_nobody_touched_goes_back_whole():
    with acting_as("senco") as actor:
        before = Pupil.objects.filter(first_name="Idris").values().get()
        rows = [
            with_sen(GRACE, "K", "01/09/2025", "SLCN", "ASD"),
            with_sen(NOOR, "E", "", "MLD", ""),
        ]
        sen = applied(actor, staged(actor, *rows, header=SEN_HEADER))
        file = applied(actor, staged(actor, changed(IDRIS, year="5", reg="5R"), NOOR))
        undone(actor, file)
        undone(actor, sen)
        after = Pupil.objects.filter(first_name="Idris").values().get()
        assert {**after, "version": 0} == {**before, "version": 0}
        assert classes_of(pupil("Idris")) == ["4R"]
        assert not Group.objects.filter(name="5R", ended_on__isnull=True).exists()
        # nothing is removed: it is marked, with who and why, and the history has every version
        noor = pupil("Noor")
        assert (noor.in_error_by, noor.in_error_reason[:10]) == (actor.person, "Taken back")
        assert Pupil.history.filter(id=noor.pk).count() == 2
        assert SenStatus.objects.get(pupil=pupil("Grace")).in_error
        assert not Need.objects.filter(pupil=pupil("Grace"), ended_on__isnull=True).exists()
        assert (file.state, file.undone_by, line(file, 2).outcome) == (
            State.UNDONE, actor.person, "undone",
        )  # fmt: skip
        assert set(Trace.objects.filter(file=file).values_list("fate", flat=True)) == {"undone"}
        # and the same list adds the pupil anew, UPN and all
        again = staged(actor, NOOR)
        assert line(again, 2).match == "new"
        applied(actor, again)
        assert Pupil.objects.filter(first_name="Noor", in_error_at__isnull=True).count() == 1


def test_what_somebody_changed_since_stays_with_who_changed_it():
    with acting_as("senco") as actor:
        file = applied(actor, staged(actor, changed(IDRIS, year="5", reg="5R"), GRACE, NOOR))
    with acting_as("head") as head:
        pupils.change_pupil(actor=head, pupil=pupil("Idris"), version=None, year_group=6)
        six = groups.add_group(actor=head, org=place(head), name="6R")
        groups.put_pupil_in_group(actor=head, group=six, pupil=pupil("Idris"), starts=TODAY)
    with acting_as("teacher") as teacher:
        raise_concern(
            actor=teacher, pupil=pupil("Noor"), noticed="x y", where_when="z", tried="", said=""
        )
    with acting_as("senco") as actor:
        found = prospect(actor, file)
        assert len(found.why()) == 2
        undone(actor, file)
        idris = pupil("Idris")
        assert (idris.year_group, idris.sex) == (6, "U"), "the value nobody changed went back"
        going_on = GroupPupil.objects.filter(pupil=idris, ends__isnull=True, group__kind="class")
        assert [row.group.name for row in going_on] == ["6R"]
        assert "David Whitcombe changed it on 10 March 2027." in why(file, 2)
        assert not pupil("Noor").in_error
        assert classes_of(pupil("Noor")) == ["4S"]
        assert "Priya Raman worked with this record" in why(file, 4)
        assert [row.outcome for row in ImportRow.objects.filter(file=file).order_by("line")] == [
            "kept", "undone", "kept",
        ]  # fmt: skip
        with pytest.raises(NotPossible, match="stands applied"):
            undone(actor, file)


def test_staff_classes_contacts_and_terms_go_back_too():
    with acting_as("senco") as actor:
        known = applied(actor, term_list(actor, AUTUMN, SPRING, SUMMER))
        files = [
            applied(actor, staff_list(actor, NIA, (*PRIYA[:5], "31/08/2027"))),
            applied(actor, class_list(actor, ("5R", "Mr O Sharp", "Atherton", "Grace", ""))),
            applied(actor, contact_list(
                actor, LEILA, (*IDRIS_NAMED, "Kit Cole", "Father", "", "", ""))),
            applied(actor, term_list(actor, AUTUMN, HALF, SPRING, SUMMER)),
        ]  # fmt: skip
        assert GroupStaff.objects.filter(on_day(TODAY), group__name="5R").exists()
        for file in files:
            undone(actor, file)
        assert Invitation.objects.get(email="nia@larkrise.example").withdrawn_at
        assert Membership.objects.get(person__email="teacher@larkrise.example").ends is None
        assert classes_of(pupil("Grace")) == ["4R"]
        assert not GroupStaff.objects.filter(on_day(TODAY), group__name="5R").exists()
        assert Contact.objects.get(name="Leila Hassan").phone == "01632 960 142"
        assert Contact.objects.get(name="Kit Cole").in_error
        assert ("half-term", "2027-10-25") not in entered(actor)
        undone(actor, known)
        assert entered(actor) == []
        assert CalendarDays.objects.filter(year__starts=2027).exists()


def test_a_status_set_since_stays_and_so_do_the_needs():
    with acting_as("senco") as actor:
        row = with_sen(GRACE, "K", "01/09/2025", "SLCN", "")
        file = applied(actor, staged(actor, row, header=SEN_HEADER))
    with acting_as("head") as head:
        status.set_status(
            actor=head, pupil=pupil("Grace"), code="E", starts=TODAY, reason="A plan was made.",
            grounds=[],
        )  # fmt: skip
    with acting_as("senco") as actor:
        undone(actor, file)
        assert SenStatus.objects.filter(pupil=pupil("Grace"), in_error_at__isnull=True).count() == 2
        assert line(file, 2).outcome == "kept"


def test_only_a_list_that_stands_applied_is_taken_back_once_and_by_who_may():
    with acting_as("senco") as actor:
        file = staged(actor, NOOR)
        with pytest.raises(NotPossible, match="stands applied"):
            undone(actor, file)
        file = applied(actor, file)
        with pytest.raises(Stale):
            undo_import(actor=actor, file_import=file, version=1)
    with acting_as("outsider") as actor, pytest.raises(Refused):
        undone(actor, file)
    with acting_as("admin") as actor:
        file = FileImport.objects.get(pk=file.pk)
        assert undone(actor, file).state == State.UNDONE
    assert ImportKind(file.kind) is ImportKind.PUPILS
