"""Logging sessions: everyone here, what was different, corrections, and never twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.provision import queries
from opensenco.provision.models import Session
from opensenco.provision.operations.giving import mark_in_error
from opensenco.provision.operations.sessions import (
    AlreadyLogged,
    Held,
    Mark,
    correct_session,
    log_session,
)
from opensenco.provision.states import Went
from tests.cast import TODAY, YESTERDAY
from tests.domain.provision.steps import MONDAY, given, idris_has, language_group, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def group_of_two():
    """Give Grace the same as Idris, in his group."""
    with acting_as("senco") as actor:
        his = idris_has()
        (hers,) = given(actor, pupil(), provision=his.provision, group=language_group(), minutes=20)
    return his, hers


@pytest.mark.rule("APD-04")
@pytest.mark.requirement("S4-19")
def test_an_assistant_logs_a_group_as_planned():
    his, hers = group_of_two()
    with acting_as("ta") as actor:
        rows = log_session(actor=actor, allocations=[his, hers], on=TODAY)
        assert [(row.went, row.minutes) for row in rows] == [("delivered", 20)] * 2
        assert len({row.batch for row in rows}) == 1
        assert {row.person for row in rows} == {actor.person}


@pytest.mark.rule("APD-04")
def test_differences_are_given_for_one_pupil_and_the_rest_was_here():
    his, hers = group_of_two()
    with acting_as("ta") as actor:
        rows = log_session(
            actor=actor, allocations=[his, hers], on=TODAY, held=Held(minutes=15),
            marks={hers.ref: Mark(Went.AWAY, note="At the dentist")},
        )  # fmt: skip
        found = {row.allocation: (row.went, row.minutes, row.note) for row in rows}
        assert found == {his: ("delivered", 15, ""), hers: ("away", 0, "At the dentist")}


def test_one_pupil_can_stay_shorter_than_the_others():
    his, hers = group_of_two()
    with acting_as("ta") as actor:
        marks = {hers.ref: Mark(minutes=5)}
        rows = log_session(actor=actor, allocations=[his, hers], on=TODAY, marks=marks)
        assert [row.minutes for row in rows] == [20, 5]


@pytest.mark.rule("APD-04")
def test_a_session_that_was_not_held_has_a_reason_of_the_list():
    with acting_as("ta") as actor:
        his = idris_has()
        for held, field in (
            (Held(not_held="did not feel like it"), "not_held"),
            (Held(not_held="other"), "note"),
        ):
            with pytest.raises(Invalid) as refused:
                log_session(actor=actor, allocations=[his], on=TODAY, held=held)
            assert refused.value.field == field
        (row,) = log_session(
            actor=actor, allocations=[his], on=TODAY, held=Held(not_held="staff-cover")
        )
        assert (row.went, row.minutes, row.reason) == ("not_held", 0, "staff-cover")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY + timedelta(days=1), "day to come"),
        (MONDAY - timedelta(days=1), "begins on 8 March 2027"),
        (TODAY - timedelta(days=91), "three months"),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, said):
    his, hers = group_of_two()
    with acting_as("ta") as actor, pytest.raises(Invalid, match=said) as refused:
        log_session(actor=actor, allocations=[his, hers], on=day)
    assert refused.value.field == "on"


@pytest.mark.parametrize("minutes", [0, -5, 361])
def test_minutes_that_cannot_be_are_refused(minutes):
    with acting_as("ta") as actor, pytest.raises(Invalid) as refused:
        log_session(actor=actor, allocations=[idris_has()], on=TODAY, held=Held(minutes=minutes))
    assert refused.value.field == "minutes"


def test_the_same_session_is_logged_once_whoever_taps():
    with acting_as("ta") as actor:
        first = log_session(actor=actor, allocations=[idris_has()], on=TODAY)
    with acting_as("teacher") as actor:
        with pytest.raises(AlreadyLogged) as refused:
            log_session(actor=actor, allocations=[idris_has()], on=TODAY)
        assert refused.value.refs == (first[0].ref,)
        unit = queries.unit(actor, idris_has(), TODAY)
        assert queries.logged_by(unit) == ["Jo Birkett"]
        assert Session.objects.filter(on=TODAY).count() == 1


def test_the_database_itself_keeps_two_taps_at_once_apart():
    with acting_as("ta") as actor:
        (row,) = log_session(actor=actor, allocations=[idris_has()], on=TODAY)
        row.pk, row.ref = None, type(row).ref.field.get_default()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_a_second_session_of_the_day_is_logged_on_purpose():
    with acting_as("ta") as actor:
        log_session(actor=actor, allocations=[idris_has()], on=TODAY)
        (row,) = log_session(actor=actor, allocations=[idris_has()], on=TODAY, again=True)
        assert row.number == 2


@pytest.mark.rule("APD-11")
def test_a_correction_is_a_new_row_and_the_old_one_stays():
    his, hers = group_of_two()
    with acting_as("ta") as actor:
        rows = log_session(actor=actor, allocations=[his, hers], on=TODAY)
        stand = correct_session(actor=actor, sessions=rows, marks={hers.ref: Mark(Went.CHOSE_NOT)})
        assert stand[0] == rows[0]
        assert (stand[1].corrects, stand[1].went) == (rows[1], "chose_not")
        assert Session.objects.filter(on=TODAY).count() == 3
        assert queries.batch_of(actor, rows[0].ref) == [stand[1], rows[0]]
        with pytest.raises(Stale):
            correct_session(actor=actor, sessions=rows)


def test_what_was_logged_by_mistake_can_be_logged_anew():
    with acting_as("ta") as actor:
        rows = log_session(actor=actor, allocations=[idris_has()], on=TODAY)
        taken = correct_session(actor=actor, sessions=rows, mistake=True)
        assert queries.unit(actor, idris_has(), TODAY).open
        with pytest.raises(NotPossible):
            correct_session(actor=actor, sessions=taken)
        (anew,) = log_session(actor=actor, allocations=[idris_has()], on=TODAY)
        assert anew.number == 2


def test_nothing_is_logged_for_what_was_given_in_error():
    with acting_as("senco") as actor:
        mark_in_error(actor=actor, allocation=idris_has(), reason="Wrong pupil")
        with pytest.raises(NotPossible):
            log_session(actor=actor, allocations=[idris_has()], on=TODAY)


@pytest.mark.parametrize("who", ["other_teacher", "admin", "dsl", "governor"])
def test_who_does_not_run_it_logs_nothing(who):
    with acting_as("senco", write=False):
        his = idris_has()
    with acting_as(who) as actor, pytest.raises(Refused):
        log_session(actor=actor, allocations=[his], on=TODAY)


def test_one_pupil_out_of_reach_refuses_the_whole_group():
    with acting_as("senco") as actor:
        (poppys,) = given(actor, pupil("Poppy"))
        his = idris_has()
    with acting_as("ta") as actor:
        with pytest.raises(Refused):
            log_session(actor=actor, allocations=[his, poppys], on=TODAY)
        assert not Session.objects.filter(on=TODAY).exists()


def test_the_ledger_cannot_be_rewritten():
    with acting_as("ta") as actor:
        (row,) = log_session(actor=actor, allocations=[idris_has()], on=YESTERDAY)
        (late,) = log_session(actor=actor, allocations=[idris_has()], on=TODAY)
        assert row.at < late.at or row.pk < late.pk
    assert Session.tenancy.staff_rights() == "SELECT, INSERT"
