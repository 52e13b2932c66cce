"""A file is decided about and applied: all of it in the acting person's name, or nothing."""

from datetime import date

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from opensenco.access.actor import Actor
from opensenco.audit.models import Entry
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.operations import applying
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import abandon_import, decide
from opensenco.exchange.queries import sources_of
from opensenco.exchange.states import (
    DECISIONS,
    MOVES,
    OUTCOMES,
    Decision,
    Match,
    Outcome,
    State,
)
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.operations import groups, pupils
from opensenco.support.models import Need, SenStatus
from tests.cast import LONG_AGO, TODAY
from tests.exchange.lists import (
    GRACE,
    HEADER,
    IDRIS,
    NOOR,
    POPPY,
    changed,
    line,
    rows_of,
    staged,
)
from tests.exchange.test_stage_pupils import SEN_HEADER, with_sen
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def applied(actor: Actor, file: FileImport) -> FileImport:
    return apply_import(actor=actor, file_import=file, version=file.version)


def pupil(first_name: str) -> Pupil:
    return Pupil.objects.get(first_name=first_name)


def class_of(one: Pupil) -> list[str]:
    rows = GroupPupil.objects.filter(pupil=one, ends__isnull=True, group__kind="class")
    return [row.group.name for row in rows.select_related("group")]


def test_new_pupils_are_added_and_others_changed():
    with acting_as("senco") as actor:
        file = applied(actor, staged(actor, changed(IDRIS, year="5", reg="5R"), POPPY, NOOR))
        assert (file.state, file.settled_by, file.settled_at) == ("applied", actor.person, actor.at)
        noor = pupil("Noor")
        assert (noor.upn, noor.year_group, noor.sex) == ("T891999922005", 4, "F")
        assert noor.search_key == "noor cloverdale"
        assert class_of(noor) == ["4S"]
        assert (pupil("Idris").year_group, pupil("Idris").sex) == (5, "M")
        assert class_of(pupil("Idris")) == ["5R"]
        assert [row.outcome for row in rows_of(file)] == ["changed", "changed", "added"]


def test_a_class_that_is_there_is_used_whatever_its_case():
    with acting_as("senco") as actor:
        applied(actor, staged(actor, changed(NOOR, reg="4r")))
        assert class_of(pupil("Noor")) == ["4R"]
        assert Group.objects.filter(name__iexact="4R").count() == 1


def test_the_class_before_ends_the_day_before():
    with acting_as("senco") as actor:
        applied(actor, staged(actor, changed(IDRIS, reg="5R")))
        rows = GroupPupil.objects.filter(pupil=pupil("Idris"), group__kind="class")
        before, now = rows.order_by("starts")
        assert (before.starts, before.ends) == (LONG_AGO, TODAY.replace(day=TODAY.day - 1))
        assert (now.starts, now.ends) == (TODAY, None)


def test_pupils_who_are_not_in_the_file_are_left_alone():
    with acting_as("senco") as actor:
        before = Pupil.objects.filter(first_name="Poppy").values().get()
        applied(actor, staged(actor, NOOR))
        assert Pupil.objects.filter(first_name="Poppy").values().get() == before


def test_every_value_knows_its_import():
    with acting_as("senco") as actor:
        file = applied(actor, staged(actor, changed(IDRIS, sex="", year="5"), NOOR))
        row = ImportRow.objects.get(pupil=pupil("Idris"), file=file)
        assert row.changes == [{"field": "year_group", "before": 4, "after": 5}]
        added = ImportRow.objects.get(pupil=pupil("Noor"))
        assert (added.file, added.outcome) == (file, "added")
        assert {"field": "birth_date", "before": None, "after": "2018-01-02"} in added.changes


def test_what_a_row_did_to_each_part_of_the_record_is_kept():
    with acting_as("senco") as actor:
        file = applied(actor, staged(actor, changed(IDRIS, year="5", reg="5R"), NOOR))
        did = Trace.objects.filter(file=file, row__line=2).order_by("id")
        assert [(one.thing, one.deed) for one in did] == [
            ("people.Pupil", "changed"), ("people.Group", "made"),
            ("people.GroupPupil", "changed"), ("people.GroupPupil", "made"),
        ]  # fmt: skip
        assert {one["field"]: one["after"] for one in did[0].changes} == {
            "sex": "M",
            "year_group": 5,
        }
        assert sources_of(pupil("Noor"))[0].file == file


def test_history_and_audit_name_the_person_for_each_pupil():
    with acting_as("senco") as actor:
        applied(actor, staged(actor, changed(IDRIS, year="5"), NOOR))
        for name, verb in (("Noor", "add_pupils"), ("Idris", "change_pupils")):
            entry = Entry.objects.get(pupil=pupil(name), verb=verb)
            assert (entry.person, entry.at) == (actor.person, actor.at)
            version = Pupil.history.filter(id=pupil(name).pk).latest()
            assert version.history_user_id == actor.person.pk
            assert version.history_date.date() == actor.today
        assert Entry.objects.filter(pupil=pupil("Noor"), verb="put_pupils_in_classes").exists()
        mine = Pupil.history.filter(history_user_id=actor.person.pk)
        moments = mine.values_list("history_date", flat=True)
        assert len(set(moments)) == len(moments)


def test_the_same_file_a_second_time_changes_nothing():
    with acting_as("senco") as actor:
        applied(actor, staged(actor, IDRIS, GRACE, POPPY, NOOR))
        again = staged(actor, IDRIS, GRACE, POPPY, NOOR)
        assert {row.match for row in rows_of(again)} == {"unchanged"}
        before = Pupil.history.count()
        applied(actor, again)
        assert Pupil.history.count() == before


def test_status_and_needs_come_by_the_verbs_of_support():
    with acting_as("senco") as actor:
        rows = [
            with_sen(GRACE, "K", "01/09/2025", "SLCN", "ASD"),
            with_sen(NOOR, "E", "", "MLD", ""),
        ]
        applied(actor, staged(actor, *rows, header=SEN_HEADER))
        status = SenStatus.objects.get(pupil=pupil("Grace"))
        assert (status.code, status.starts.isoformat()) == ("K", "2025-09-01")
        assert (status.grounds, status.set_by) == (["already"], actor.person)
        needs = Need.objects.filter(pupil=pupil("Grace")).order_by("rank")
        assert [need.code for need in needs] == ["SLCN", "ASD"]
        noor = SenStatus.objects.get(pupil=pupil("Noor"))
        assert (noor.code, noor.starts) == ("E", TODAY)


@pytest.mark.parametrize("since", ["01/09/2012", "01/09/2031", "01/01/2018"])
def test_a_status_starts_today_where_the_day_in_the_file_cannot_be(since):
    with acting_as("senco") as actor:
        rows = [with_sen(changed(GRACE), "K", since, "", "")]
        applied(actor, staged(actor, *rows, header=SEN_HEADER))
        assert SenStatus.objects.get(pupil=pupil("Grace")).starts == TODAY


def test_a_leaver_is_added_as_one_where_somebody_says_so():
    with acting_as("senco") as actor:
        header = (*HEADER[:-1], "Leaving Date")
        file = staged(actor, changed(NOOR, house="31/08/2026"), header=header)
        answers = {2: (Decision.NONE, None)}
        file = decide(actor=actor, file_import=file, version=file.version, answers=answers)
        applied(actor, file)
        assert pupil("Noor").left_on == date(2026, 8, 31)


# deciding


def doubtful(actor: Actor, **cells: str) -> FileImport:
    return staged(actor, changed(IDRIS, **(cells or {"dob": "05/04/2018"})))


def test_a_doubtful_row_is_left_out_until_somebody_decides():
    with acting_as("senco") as actor:
        before = Pupil.objects.count()
        file = applied(actor, doubtful(actor))
        assert line(file, 2).outcome == "left"
        assert Pupil.objects.count() == before


def test_a_doubtful_row_is_a_pupil_already_here():
    with acting_as("senco") as actor:
        file = doubtful(actor)
        answers = {2: (Decision.USE, pupil("Idris").pk)}
        file = decide(actor=actor, file_import=file, version=1, answers=answers)
        assert line(file, 2).changes[0]["field"] == "birth_date"
        applied(actor, file)
        assert pupil("Idris").birth_date.isoformat() == "2018-04-05"


def test_a_doubtful_row_is_a_new_pupil():
    with acting_as("senco") as actor:
        file = decide(
            actor=actor, file_import=doubtful(actor), version=1,
            answers={2: (Decision.ADD, None)},
        )  # fmt: skip
        applied(actor, file)
        assert Pupil.objects.filter(first_name="Idris").count() == 2


def test_somebody_who_left_comes_back_where_somebody_says_so():
    with acting_as("senco") as actor:
        day = actor.today.replace(day=1)
        pupils.change_pupil(actor=actor, pupil=pupil("Idris"), version=None, left_on=day)
        file = staged(actor, IDRIS)
        answers = {2: (Decision.USE, pupil("Idris").pk)}
        applied(actor, decide(actor=actor, file_import=file, version=1, answers=answers))
        assert pupil("Idris").left_on is None


def test_a_row_can_be_left_out():
    with acting_as("senco") as actor:
        file = staged(actor, NOOR, changed(IDRIS, year="5"))
        leave = {2: (Decision.LEAVE, None), 3: (Decision.LEAVE, None)}
        applied(actor, decide(actor=actor, file_import=file, version=1, answers=leave))
        assert not Pupil.objects.filter(first_name="Noor").exists()
        assert pupil("Idris").year_group == 4


def test_an_answer_that_a_row_does_not_have_is_refused():
    with acting_as("senco") as actor:
        file = doubtful(actor)
        for decision, chosen in ((Decision.USE, pupil("Grace").pk), (Decision.USE, None)):
            with pytest.raises(Invalid, match="Choose one of the answers"):
                decide(actor=actor, file_import=file, version=1, answers={2: (decision, chosen)})
        new = staged(actor, NOOR)
        with pytest.raises(Invalid, match="Choose one of the answers"):
            decide(
                actor=actor, file_import=new, version=1,
                answers={2: (Decision.USE, pupil("Idris").pk)},
            )  # fmt: skip


def test_a_new_pupil_cannot_have_the_upn_of_another():
    with acting_as("senco") as actor:
        pupils.change_pupil(actor=actor, pupil=pupil("Idris"), version=None, upn="T891999922005")
        file = staged(actor, NOOR)
        with pytest.raises(Invalid, match="has the UPN of this row"):
            decide(actor=actor, file_import=file, version=1, answers={2: (Decision.ADD, None)})


def test_two_people_deciding_at_once_are_told():
    with acting_as("senco") as actor:
        file = doubtful(actor)
        decide(actor=actor, file_import=file, version=1, answers={2: (Decision.LEAVE, None)})
        with pytest.raises(Stale):
            decide(actor=actor, file_import=file, version=1, answers={2: (Decision.ADD, None)})
        with pytest.raises(Stale):
            apply_import(actor=actor, file_import=file, version=1)


# stale, twice, given up


def test_a_file_is_applied_once():
    with acting_as("senco") as actor:
        file = applied(actor, staged(actor, NOOR))
        with pytest.raises(NotPossible, match="applied already"):
            applied(actor, file)
        with pytest.raises(NotPossible, match="applied already"):
            abandon_import(actor=actor, file_import=file, version=None)
        assert Pupil.objects.filter(first_name="Noor").count() == 1


def test_a_pupil_changed_in_between_is_laid_beside_the_file_again():
    with acting_as("senco") as actor:
        file = staged(actor, changed(IDRIS, year="5"), NOOR)
        pupils.change_pupil(actor=actor, pupil=pupil("Idris"), version=None, year_group=6)
        file = applied(actor, file)
        assert file.state == "read"
        assert not Pupil.objects.filter(first_name="Noor").exists()
        first = {one["field"]: one["before"] for one in line(file, 2).changes}
        assert first["year_group"] == 6
        assert applied(actor, file).state == "applied"
        assert pupil("Idris").year_group == 5


def test_a_pupil_added_in_between_is_not_added_twice():
    with acting_as("senco") as actor:
        file, other = staged(actor, NOOR), staged(actor, NOOR)
        applied(actor, other)
        # what waits is laid beside the record again, and the page that showed it is out of date
        with pytest.raises(Stale):
            applied(actor, file)
        assert (file.state, line(file, 2).match) == ("read", "unchanged")
        assert Pupil.objects.filter(first_name="Noor").count() == 1


def test_what_does_not_matter_to_the_file_may_change_in_between():
    with acting_as("senco") as actor:
        file = staged(actor, changed(IDRIS, year="5"))
        pupils.change_pupil(actor=actor, pupil=pupil("Grace"), version=None, known_as="Gracie")
        assert applied(actor, file).state == "applied"


def test_a_decision_whose_question_has_gone_is_taken_back():
    with acting_as("senco") as actor:
        file = doubtful(actor)
        answers = {2: (Decision.ADD, None)}
        file = decide(actor=actor, file_import=file, version=1, answers=answers)
        pupils.change_pupil(
            actor=actor, pupil=pupil("Idris"), version=None,
            birth_date=TODAY.replace(2018, 4, 5),
        )  # fmt: skip
        file = applied(actor, file)
        assert (line(file, 2).match, line(file, 2).decision) == ("changed", "")


def test_nothing_is_half_applied(monkeypatch):
    with acting_as("senco") as actor:
        file = staged(actor, NOOR, changed(IDRIS, year="5", reg="5R"))
        monkeypatch.setattr(groups, "add_group", _refuse)
        before = (Pupil.objects.count(), Group.objects.count(), Entry.objects.count())
        with pytest.raises(NotPossible, match=r"Nothing has been applied\. The class"):
            applied(actor, file)
        file.refresh_from_db()
        assert file.state == "read"
        assert (Pupil.objects.count(), Group.objects.count(), Entry.objects.count()) == before
        assert pupil("Idris").year_group == 4


def test_a_full_disk_at_the_last_step_leaves_the_record_as_it_was(monkeypatch):
    def full(*_given: object) -> None:
        raise OperationalError("database or disk is full")

    with acting_as("senco") as actor:
        file = staged(actor, NOOR, changed(IDRIS, year="5", reg="5R"))
        monkeypatch.setattr(applying, "_keep", full)
        before = (Pupil.objects.count(), Group.objects.count(), Trace.objects.count())
        with pytest.raises(OperationalError):
            applied(actor, file)
        file.refresh_from_db()
        assert file.state == "read"
        assert (Pupil.objects.count(), Group.objects.count(), Trace.objects.count()) == before
        assert pupil("Idris").year_group == 4


def _refuse(**_given: object) -> None:
    raise NotPossible("The class cannot be made.")


def test_a_file_that_is_given_up_forgets_what_it_said():
    with acting_as("senco") as actor:
        file = staged(actor, NOOR, changed(NOOR, upn="", dob="31/02/2018"))
        file = abandon_import(actor=actor, file_import=file, version=file.version)
        assert file.state == "abandoned"
        held = ImportRow.objects.filter(file=file).values("values", "cells", "faults", "changes")
        assert list(held) == [{"values": {}, "cells": [], "faults": [], "changes": []}] * 2
        with pytest.raises(NotPossible, match="given up"):
            applied(actor, file)


def test_nobody_applies_the_file_of_another_school():
    with acting_as("senco") as actor:
        file = staged(actor, NOOR)
    with acting_as("outsider") as actor, pytest.raises(Refused):
        apply_import(actor=actor, file_import=file, version=None)


def test_a_file_read_with_sen_is_applied_without_it_by_who_may_not_set_it():
    with acting_as("senco") as actor:
        row = with_sen(GRACE, "K", "", "", "")
        file = staged(actor, row, header=SEN_HEADER)
    with acting_as("admin") as admin:
        file = applied(admin, file)
        assert file.state == "read"
        assert [one["field"] for one in line(file, 2).changes] == ["sex"]
        applied(admin, file)
        assert not SenStatus.objects.filter(pupil=pupil("Grace")).exists()


def questions(actor: Actor, count: int, dob: str) -> int:
    """Apply a list of so many new pupils and count what is asked of the database."""
    names = [f"{dob}{'x' * number}" for number in range(1, count + 1)]
    many = [
        changed(NOOR, upn="", legal_surname=name, legal_forename=name, dob=dob) for name in names
    ]
    file = staged(actor, *many)
    with CaptureQueriesContext(connection) as asked:
        applied(actor, file)
    return len(asked)


def test_many_pupils_are_applied_with_few_questions():
    with acting_as("senco") as actor:
        few = questions(actor, 5, "02/03/2018")
        assert questions(actor, 60, "03/03/2018") <= few + 2
        assert Pupil.objects.filter(birth_date__month=3).count() == 65


# closed tables


def test_every_state_has_its_moves():
    assert set(MOVES) == set(State)
    reached = {to for moves in MOVES.values() for to in moves}
    assert reached == set(State)


def test_every_decision_has_its_outcome():
    pairs = {(match, one) for match, several in DECISIONS.items() for one in several}
    assert set(DECISIONS) == set(Match)
    assert set(OUTCOMES) == pairs
    assert set(OUTCOMES.values()) == {Outcome.ADDED, Outcome.CHANGED, Outcome.LEFT}
