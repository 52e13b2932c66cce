"""Sessions are logged once for all of a group, and put right by new rows (APD-04)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from opensenco.audit.models import Entry
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotAllowed, NotFound, NotPossible
from opensenco.people.operations import groups
from opensenco.provision import queries
from opensenco.provision.models import Session
from opensenco.provision.operations import sessions
from opensenco.provision.operations.sessions import Took
from opensenco.provision.states import Mark, Reason
from tests.cast import TODAY
from tests.domain.provision.steps import (
    MONDAY,
    by_the_assistant,
    language_group,
    logged,
    promised,
)
from tests.domain.support.steps import pupil, there
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def both_in_the_group() -> None:
    with acting_as("senco") as actor:
        promised(actor, group=language_group(), person=person("ta"), starts=MONDAY)


def in_the_group(actor, **took):
    pupils = [pupil("Grace"), pupil("Idris")]
    differences = {pupil(name).pk: how for name, how in took.items()}
    return sessions.log_session(
        actor=actor, pupils=pupils, on=TODAY, minutes=20, group=language_group(),
        differences=differences, note="Picture cards.",
    )  # fmt: skip


@pytest.mark.rule("APD-04")
@pytest.mark.requirement("S1-02")
def test_everybody_was_here_unless_a_difference_says_otherwise():
    both_in_the_group()
    with acting_as("ta") as actor:
        grace, idris = in_the_group(actor, Grace=Took(Mark.MISSED, reason=Reason.AWAY))
        assert (grace.mark, grace.minutes, grace.reason) == ("missed", 0, "pupil-absent")
        assert (idris.mark, idris.minutes, idris.note) == ("delivered", 20, "Picture cards.")
        assert grace.together == idris.together
        assert there(idris.allocation).what == "Language group"
        written = Entry.objects.filter(verb="log_session", at=actor.at)
        assert {entry.pupil_id for entry in written} == {grace.pupil_id, idris.pupil_id}


def test_one_pupils_session_names_the_pupil_in_the_audit():
    with acting_as("senco") as actor:
        row = promised(actor)
        one = logged(actor, row)
        entry = Entry.objects.get(verb="log_session", pupil=row.pupil)
        assert (entry.pupil_id, entry.org_id) == (row.pupil_id, one.org_id)


@pytest.mark.parametrize(
    ("took", "field"),
    [
        (Took(Mark.MISSED), "reason"),
        (Took(Mark.MISSED, reason="dragons"), "reason"),
        (Took("perhaps"), "mark"),
        (Took(minutes=0), "minutes"),
        (Took(minutes=900), "minutes"),
        (Took(note="x" * 2_001), "note"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(took, field):
    both_in_the_group()
    with acting_as("ta") as actor, pytest.raises(Invalid) as refused:
        in_the_group(actor, Grace=took)
    assert refused.value.field == field


def test_a_session_to_come_is_not_logged():
    with acting_as("senco") as actor, pytest.raises(Invalid):
        logged(actor, promised(actor), on=TODAY + timedelta(days=1))


def test_a_session_before_the_promise_is_not_logged():
    with acting_as("senco") as actor, pytest.raises(Invalid, match="had not begun"):
        logged(actor, promised(actor), on=MONDAY)


def test_nobody_logs_for_pupils_they_do_not_support():
    with acting_as("ta") as actor, pytest.raises(Refused):
        sessions.log_session(
            actor=actor, pupils=[pupil("Idris"), pupil("Grace")], on=TODAY, minutes=20,
            group=language_group(),
        )  # fmt: skip
    with acting_as("senco") as actor:
        row = promised(actor)
        with pytest.raises(NotPossible, match="another pupil"):
            sessions.log_session(
                actor=actor, pupils=[pupil("Idris")], on=TODAY, minutes=20, allocation=row
            )
        with pytest.raises(NotPossible):
            sessions.log_session(actor=actor, pupils=[pupil()], on=TODAY, minutes=20)


@pytest.mark.rule("APD-11")
def test_a_correction_is_a_new_row_and_the_old_one_stays():
    with acting_as("ta") as actor:
        first = Session.objects.get(pupil=pupil("Idris"))
        second = sessions.correct_session(
            actor=actor, session=first, took=Took(Mark.MISSED, reason=Reason.TRIP)
        )
        assert Session.objects.get(pk=first.pk).mark == "delivered"
        assert [row.pk for row in queries.sessions_of(actor, pupil("Idris"))] == [second.pk]
        with pytest.raises(NotPossible, match="put right already"):
            sessions.correct_session(actor=actor, session=first, took=Took(minutes=10))
        back = sessions.correct_session(actor=actor, session=second, took=Took(minutes=15))
        (line,) = queries.lines_of(actor, pupil("Idris"))
        assert (there(line.delivery).delivered, back.minutes) == (15, 15)


def test_what_was_logged_by_mistake_is_taken_back_and_stays_in_the_ledger():
    with acting_as("ta") as actor:
        first = Session.objects.get(pupil=pupil("Idris"))
        gone = sessions.correct_session(actor=actor, session=first, took=Took(Mark.VOID))
        assert queries.sessions_of(actor, pupil("Idris")) == []
        assert Session.objects.filter(pupil=pupil("Idris")).count() == 2
        with pytest.raises(NotPossible, match="taken back"):
            sessions.correct_session(actor=actor, session=gone, took=Took(minutes=5))


def test_a_groups_session_is_put_right_where_it_was_wrong():
    both_in_the_group()
    with acting_as("ta") as actor:
        rows = in_the_group(actor)
        made = sessions.correct_sessions(
            actor=actor,
            sessions=rows,
            minutes=20,
            took={pupil("Grace").pk: Took(Mark.MISSED, reason=Reason.AWAY)},
            note="Picture cards.",
        )
        assert [row.pupil.first_name for row in made] == ["Grace"]
        standing = queries.batch(actor, rows[0])
        assert [(row.pupil.first_name, row.mark) for row in standing] == [
            ("Grace", "missed"),
            ("Idris", "delivered"),
        ]


@pytest.mark.parametrize(
    "values",
    [
        {"mark": "missed", "minutes": 0, "reason": ""},
        {"mark": "missed", "minutes": 20, "reason": "trip"},
        {"mark": "delivered", "minutes": 0},
        {"mark": "void", "minutes": 0},
    ],
)
def test_the_database_holds_minutes_that_fit_the_mark(values):
    with acting_as("senco") as actor:
        row = promised(actor)
        broken = Session(
            org_id=row.org_id, pupil=row.pupil, allocation=row, together=row.ref, on=TODAY,
            logged_by=actor.person, logged_at=actor.at, **values,
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save()


@pytest.mark.postgres
def test_nobody_edits_the_ledger():
    from django.db import ProgrammingError

    with acting_as("senco"), pytest.raises(ProgrammingError), transaction.atomic():
        Session.objects.update(minutes=1)


@pytest.mark.requirement("S1-02")
def test_now_shows_what_this_person_runs():
    both_in_the_group()
    with acting_as("senco") as actor:
        by_the_assistant(actor, what="Reading one to one")
    with acting_as("ta") as actor:
        now = queries.groups_now(actor)
        (group,), (one,) = now.groups, now.ones
        assert [row.first_name for row in group.pupils] == ["Grace", "Idris"]
        assert (group.times, group.minutes, group.left, group.today) == (3, 20, 3, 0)
        assert (one.allocation.what, one.left) == ("Reading one to one", 3)
        in_the_group(actor)
        now = queries.groups_now(actor)
        assert [row.left for row in now.waiting] == [3]
        assert [row.today for row in now.logged] == [1]
        week = queries.week_so_far(actor, now)
        # Wednesday: three fifths of six sessions, rounded down for each promise
        assert (week.delivered, week.due, week.promised, week.sessions) == (20, 40, 120, 1)


def test_a_teacher_runs_what_is_promised_in_their_group():
    with acting_as("senco", write=False):
        from opensenco.people.models import Group

        group = Group.objects.get(name="4R")
    with acting_as("teacher", write=False) as actor:
        assert queries.groups_now(actor).groups == []
    with acting_as("senco") as actor:
        promised(actor, group=group)
    with acting_as("teacher", write=False) as actor:
        (row,) = queries.groups_now(actor).groups
        assert row.group.name == "4R"


def test_now_asks_as_much_for_one_group_as_for_many(django_assert_num_queries):
    both_in_the_group()
    with acting_as("ta", write=False) as actor, django_assert_num_queries(4):
        queries.groups_now(actor)
    with acting_as("senco") as actor:
        for number in range(4):
            group = groups.add_group(
                actor=actor, org=pupil().org, name=f"Group {number}", kind="support"
            )
            groups.put_staff_in_group(
                actor=actor, group=group, person=person("ta"), does="runs", starts=MONDAY
            )
            promised(actor, group=group, person=person("ta"))
    with acting_as("ta", write=False) as actor, django_assert_num_queries(4):
        assert len(queries.groups_now(actor).groups) == 5


def test_a_group_one_does_not_run_is_refused_and_another_schools_is_not_there():
    with acting_as("senco", write=False):
        ref = language_group().ref
    with acting_as("teacher", write=False) as actor, pytest.raises(NotAllowed):
        queries.group_sheet(actor, ref, TODAY)
    with acting_as("outsider", write=False) as actor, pytest.raises(NotFound):
        queries.group_sheet(actor, ref, TODAY)
    with acting_as("ta", write=False) as actor:
        sheet = queries.group_sheet(actor, ref, TODAY)
        assert [row.first_name for row in sheet.pupils] == ["Idris"]
        assert (sheet.minutes, sheet.logged_today) == (20, [])
