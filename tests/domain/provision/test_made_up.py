"""A session that makes up a missed one: which can, once each, and how the ledger counts it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision import queries
from opensenco.provision.ledger import By, made_up, unaccounted
from opensenco.provision.models import Allocation, Session
from opensenco.provision.operations.sessions import Held, Mark, correct_session, log_session
from opensenco.provision.queries.delivered import delivery_of
from opensenco.provision.queries.ledger import Ledger, Wanted
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went
from tests.cast import TODAY, YESTERDAY
from tests.domain.cases.test_one_child import idris, join, second
from tests.domain.provision.steps import given, idris_has, pupil
from tests.people import acting_as

MONDAY = TODAY - timedelta(days=2)


@pytest.mark.rule("APD-04")
@pytest.mark.parametrize(
    ("due", "held", "missed", "linked", "again", "silent"),
    [
        # one of five missed and made up, one that nobody told of: it stays unaccounted for
        (5, 4, 1, 1, 1, 1),
        (5, 4, 1, 0, 0, 0),
        # linked come first, then what is beyond the rest
        (5, 6, 2, 1, 2, 0),
        # never more than were missed
        (5, 9, 1, 1, 1, 0),
        (5, 5, 0, 1, 0, 1),
    ],
)
def test_linked_ones_count_first(due, held, missed, linked, again, silent):
    assert made_up(due, held, missed, linked) == again
    assert unaccounted(due, held, missed, linked) == silent


@pytest.mark.django_db
@pytest.mark.rule("APD-04")
def test_a_missed_session_is_made_up_once_and_by_the_same_pupils_same_provision():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=TODAY - timedelta(days=8), times_a_week=5, minutes=10)
        (missed,) = log_session(
            actor=actor, allocations=[row], on=YESTERDAY, held=Held(not_held="room")
        )
        his = idris_has()
        with pytest.raises(NotPossible):
            log_session(actor=actor, allocations=[his], on=TODAY, makes_up={his.ref: missed})
        with pytest.raises(Invalid, match="came later"):
            log_session(actor=actor, allocations=[row], on=MONDAY, makes_up={row.ref: missed})
        (again,) = log_session(actor=actor, allocations=[row], on=TODAY, makes_up={row.ref: missed})
        assert again.makes_up == missed
        assert queries.open_to_make_up([row], TODAY) == []
        with pytest.raises(Invalid, match="made up already"):
            log_session(
                actor=actor, allocations=[row], on=TODAY, makes_up={row.ref: missed}, again=True
            )
        assert delivery_of(actor, row).made_up == 10
        (line,) = Ledger(actor, Wanted(By.PUPIL, "half", {By.PUPIL: pupil().ref})).lines(
            "name", 0, 5
        )
        assert (line.figures.missed, line.figures.made_up) == (1, 1)
        assert line.figures.again == 10
        # seven school days were due before today and one of them is told of
        assert line.figures.unaccounted == line.figures.due_sessions - 2

        # another reason leaves the link; that it took place after all takes it away
        (other,) = correct_session(actor=actor, sessions=[missed], held=Held(not_held="trip"))
        assert queries.made_up_by([other]) == {(row.pk, YESTERDAY, 1): again}
        correct_session(actor=actor, sessions=[other])
        (stands,) = standing_sessions(Session.objects.filter(allocation=row, on=TODAY))
        assert (stands.makes_up, stands.corrects, stands.went) == (None, again, Went.DELIVERED)


@pytest.mark.django_db
def test_who_was_away_again_makes_nothing_up():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        (missed,) = log_session(
            actor=actor, allocations=[row], on=YESTERDAY, marks={row.ref: Mark(Went.CHOSE_NOT)}
        )
        (still,) = log_session(
            actor=actor, allocations=[row], on=TODAY, marks={row.ref: Mark(Went.AWAY)},
            makes_up={row.ref: missed},
        )  # fmt: skip
        assert still.makes_up is None
        assert [one.on for one in queries.open_to_make_up([row], TODAY)] == [TODAY, YESTERDAY]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "today"),
    [
        # the night in which clocks go forward, and the one in which they go back
        (datetime(2027, 3, 28, 22, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 1, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2027, 10, 31, 23, 59, tzinfo=UTC), date(2027, 10, 31)),
    ],
)
def test_when_clocks_change_a_day_is_still_londons(moment, today):
    with acting_as("senco") as actor:
        then = replace(actor, at=moment)
        (row,) = given(then, starts=date(2027, 3, 22), ends=date(2027, 12, 1))
        with pytest.raises(Invalid, match="to come"):
            log_session(actor=then, allocations=[row], on=today + timedelta(days=1))
        (made,) = log_session(
            actor=then, allocations=[row], on=today, held=Held(closed="A day together.")
        )
        assert (made.days_late, then.today) == (0, today)


@pytest.mark.django_db
def test_what_was_missed_before_two_records_were_made_one_can_still_be_made_up():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        promise = Allocation.objects.get(pupil=other)
        [was] = correct_session(
            actor=actor, sessions=list(Session.objects.select_related("allocation").filter(
                allocation=promise)), held=Held(not_held="room"),
        )  # fmt: skip
        join(actor, one, other)
        promise = Allocation.objects.select_related("pupil__org", "provision").get(pk=promise.pk)
        [missed] = queries.open_to_make_up([promise], TODAY)
        assert missed.rows == {promise.pk: was}
        rows = log_session(
            actor=actor,
            allocations=[promise],
            on=TODAY,
            again=True,
            makes_up={promise.ref: missed.first},
        )
        assert rows[0].makes_up == was
