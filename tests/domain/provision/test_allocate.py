"""A promise begins, ends and goes on; whoever delivers it sees the pupil for as long."""

from dataclasses import replace
from datetime import timedelta

import pytest

from opensenco.access.actions import Action
from opensenco.access.registry import visible
from opensenco.cases import queries as cases
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.people.models import Assignment, GroupPupil, Pupil
from opensenco.provision import queries
from opensenco.provision.models import Allocation
from opensenco.provision.operations import promises
from opensenco.support.models import Outcome
from opensenco.support.operations import plans, reviews
from tests.cast import TODAY, YESTERDAY
from tests.domain.provision.steps import (
    by_the_assistant,
    given,
    item,
    language_group,
    logged,
    promised,
)
from tests.domain.support.steps import agreed, outcome, pupil, results, there
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


def sees(who: str) -> set[str]:
    with acting_as(who, write=False) as actor:
        rows = visible(actor, Action.PROVISION_VIEW, Pupil)
        return set(rows.values_list("first_name", flat=True))


@pytest.mark.rule("APD-03")
@pytest.mark.requirement("S4-19", "S1-02")
def test_a_promise_towards_an_outcome_is_on_the_record():
    with acting_as("senco") as actor:
        (towards,) = plans.standing_outcomes(agreed(actor))
        row = promises.allocate(
            actor=actor, pupil=pupil(), outcome=towards, starts=TODAY, given=given(provision=item())
        )
        assert (row.what, row.root, row.times, row.minutes) == (
            "Reading practice", towards.root, 3, 20,
        )  # fmt: skip
        (line,) = queries.lines_of(actor, pupil())
        assert (line.runs, there(line.delivery).due) == (True, 0)
        said = [fact.words for fact in cases.timeline(pupil(), actor)]
        assert "Reading practice, 3 × 20 minutes a week began" in said


def test_an_item_of_the_library_names_itself():
    with acting_as("senco") as actor:
        row = promised(actor, what="", provision=item())
        assert row.what == item().name


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"what": " "}, "what"),
        ({"times": None}, "times"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 500}, "minutes"),
        ({"times": 0}, "times"),
        ({"group_size": 99}, "group_size"),
        ({"ends": YESTERDAY}, "ends"),
        ({"what": "x" * 161}, "what"),
    ],
)
def test_a_promise_that_cannot_be_is_refused_at_its_field(more, field):
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        promised(actor, **more)
    assert refused.value.field == field


def test_a_change_in_class_has_no_minutes():
    with acting_as("senco") as actor:
        promised(actor, what="Sits near the board", times=None, minutes=None)
        (line,) = queries.lines_of(actor, pupil())
        assert line.delivery is None


def test_who_left_cannot_be_chosen():
    gone, elsewhere = person("expired"), person("outsider")
    with acting_as("senco") as actor:
        for who in (gone, elsewhere):
            with pytest.raises(Invalid) as refused:
                promised(actor, person=who)
            assert refused.value.field == "person"


def test_whoever_delivers_it_sees_the_pupil_for_as_long_as_it_runs():
    assert sees("ta") == {"Idris"}
    with acting_as("senco") as actor:
        row = by_the_assistant(actor)
    assert sees("ta") == {"Idris", "Grace"}
    with acting_as("senco") as actor:
        promises.end_allocation(actor=actor, allocation=row, ends=TODAY, reason="Reads now.")
        assert Assignment.objects.get(pk=there(row.assignment).pk).ends == TODAY


def test_a_pupil_joins_the_group_that_gets_it():
    with acting_as("senco") as actor:
        promised(actor, group=language_group(), person=person("ta"))
        assert GroupPupil.objects.filter(group=language_group()).count() == 2
        # one way to see the pupil is enough
        assert not Assignment.objects.filter(person=person("ta")).exists()
    assert sees("ta") == {"Idris", "Grace"}


def test_one_promise_in_one_group():
    with acting_as("senco") as actor:
        promised(actor, group=language_group())
        with pytest.raises(NotPossible, match="in this group already"):
            promised(actor, group=language_group())


def test_an_outcome_of_another_pupil_is_not_found():
    with acting_as("senco") as actor:
        theirs = there(Outcome.objects.filter(pupil__first_name="Idris").first())
        with pytest.raises(NotFound):
            promises.allocate(
                actor=actor, pupil=pupil(), outcome=theirs, starts=TODAY, given=given()
            )


def test_a_retired_item_is_not_promised_any_more():
    with acting_as("senco") as actor:
        row = item()
        row.retired_on = TODAY
        with pytest.raises(Invalid) as refused:
            promised(actor, provision=row)
        assert refused.value.field == "provision"


@pytest.mark.parametrize("who", ["teacher", "ta", "admin"])
def test_only_who_co_ordinates_promises(who):
    with acting_as(who) as actor, pytest.raises(Refused):
        promised(actor)


def test_ending_needs_a_reason_and_a_day_after_the_first():
    with acting_as("senco") as actor:
        row = promised(actor)
        for ends, reason, field in ((TODAY, " ", "reason"), (YESTERDAY, "Done.", "ends")):
            with pytest.raises(Invalid) as refused:
                promises.end_allocation(actor=actor, allocation=row, ends=ends, reason=reason)
            assert refused.value.field == field
        promises.end_allocation(actor=actor, allocation=row, ends=TODAY, reason="Done.", version=1)
        with pytest.raises(Stale):
            promises.end_allocation(
                actor=actor, allocation=row, ends=LATER, reason="Again.", version=1
            )
        tomorrow = replace(actor, at=actor.at + timedelta(days=1))
        with pytest.raises(NotPossible):
            promises.end_allocation(actor=tomorrow, allocation=row, ends=LATER, reason="Again.")


def test_a_promise_made_in_error_is_marked_and_counts_no_more():
    with acting_as("senco") as actor:
        row = by_the_assistant(actor)
        with pytest.raises(Invalid):
            promises.mark_in_error(actor=actor, allocation=row, reason="oops")
        promises.mark_in_error(actor=actor, allocation=row, reason="Wrong child")
        assert queries.lines_of(actor, pupil()) == []
        assert Allocation.objects.get(pk=row.pk).in_error
        with pytest.raises(NotPossible):
            promises.mark_in_error(actor=actor, allocation=row, reason="Wrong child")


@pytest.mark.rule("APD-01", "APD-05")
@pytest.mark.requirement("S4-19")
def test_promises_go_on_into_the_next_cycle_without_typing():
    with acting_as("senco") as actor:
        cycle = agreed(actor, pupil(), outcome("A"), outcome("B"), outcome("C"))
        made = [
            promises.allocate(
                actor=actor, pupil=pupil(), outcome=towards, starts=TODAY, ends=ends,
                given=given(what=towards.text),
            )
            for towards, ends in zip(
                plans.standing_outcomes(cycle), (None, TODAY, None), strict=True
            )
        ]  # fmt: skip
        after = replace(actor, at=actor.at + timedelta(days=70))
        reviews.review_cycle(
            actor=after,
            cycle=cycle,
            results=results(cycle, (2, "carry"), (1, "change"), (4, "met")),
        )
        following = promises.start_next_cycle(
            actor=after, cycle=cycle, keep=made[:2], version=cycle.version
        )
        outcomes = list(plans.standing_outcomes(following))
        lines = queries.of_plan(after, following, outcomes)
        goes_on, again = (lines[row.root] for row in outcomes)
        assert [(line.row.pk, line.runs) for line in goes_on] == [(made[0].pk, True)]
        # the one that had ended was promised again from that day; the old one is history
        assert [(line.row.starts, line.runs) for line in again] == [(after.today, True)]
        assert Allocation.objects.get(pk=made[2].pk).ends == after.today


def test_what_was_promised_is_shown_as_it_stood():
    with acting_as("senco") as actor:
        row = promised(actor)
        later = replace(actor, at=actor.at + timedelta(days=10))
        logged(later, row, on=later.today)
        promises.end_allocation(actor=later, allocation=row, ends=later.today, reason="Done.")
        (then,) = queries.lines_of(later, pupil(), TODAY)
        (now,) = queries.lines_of(later, pupil())
        assert (then.row.ends, there(then.delivery).delivered) == (None, 0)
        assert (now.row.ends, there(now.delivery).delivered) == (later.today, 20)
        assert queries.lines_of(later, pupil(), YESTERDAY) == []


def test_promises_ask_as_much_for_one_as_for_many(django_assert_num_queries):
    with acting_as("senco") as actor:
        for number in range(6):
            logged(actor, promised(actor, what=f"Thing {number}"))
        for name in ("Grace", "Idris"):
            row = pupil(name)
            with django_assert_num_queries(3):
                queries.lines_of(actor, row)
