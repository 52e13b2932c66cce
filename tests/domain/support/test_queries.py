"""A pupil's support is read as each may, now or as it stood on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.law.due import StateKind
from opensenco.support import queries
from opensenco.support.operations import cycles, needs, plans, profile, reviews, status
from opensenco.support.states import Stage
from tests.cast import TODAY
from tests.domain.support.steps import (
    IN_A_TERM,
    agreed,
    on_support,
    outcome,
    pupil,
    results,
    there,
)
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def later(actor: Actor, days: int) -> Actor:
    return replace(actor, at=actor.at + timedelta(days=days))


def stands(seen: queries.Overview) -> tuple[str, int]:
    plan = there(seen.plan)
    return plan.cycle.stage, len(plan.outcomes)


@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize(
    ("who", "status_seen", "profile_seen", "plan_seen"),
    [
        ("senco", True, True, True),
        ("phase_senco", True, True, True),
        ("teacher", True, True, True),
        ("other_teacher", False, False, False),
        ("ta", False, True, False),
        ("admin", True, False, False),
        ("governor", False, False, False),
        ("parent", False, True, True),
        ("professional", False, True, True),
    ],
)
def test_each_reads_what_their_verbs_reach(who, status_seen, profile_seen, plan_seen):
    with acting_as("senco", write=False):
        row = pupil("Idris")
    with acting_as(who, write=False) as actor:
        seen = queries.overview(actor, row)
        assert (seen.status is not None, bool(seen.needs)) == (status_seen, status_seen)
        assert (seen.profile is not None) == profile_seen
        assert (seen.plan is not None) == plan_seen


def test_the_overview_holds_all_of_it():
    with acting_as("senco", write=False) as actor:
        seen = queries.overview(actor, pupil("Idris"))
        assert [need.title for need in seen.needs] == [
            "Speech, language and communication needs",
            "Specific learning difficulty",
        ]
        assert seen.helps == ["Ten seconds to think before I answer", "New words with a picture"]
        assert len(seen.strategies) == 3
        assert seen.plan is not None
        assert [one.score_words for one in seen.plan.outcomes] == ["most", "met"]
        assert [one.after_words for one in seen.plan.outcomes] == ["Carry over", "Met, close it"]
        assert there(seen.plan.due_state).kind is StateKind.DONE


def test_the_overview_asks_as_much_for_one_outcome_as_for_many(django_assert_num_queries):
    with acting_as("senco") as actor:
        agreed(actor, pupil(), *(outcome(f"Outcome {number}") for number in range(8)))
        for name in ("Grace", "Idris"):
            row = pupil(name)
            with django_assert_num_queries(7):
                queries.overview(actor, row)


@pytest.mark.rule("APD-11")
def test_everything_is_shown_as_it_stood():
    with acting_as("senco") as actor:
        on_support(actor)
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SPLD"])
        profile.write_profile(actor=actor, pupil=pupil(), own_words="I like swimming.")
        cycle = agreed(actor)
        after = later(actor, 40)
        needs.rank_needs(actor=after, pupil=pupil(), codes=["SEMH", "SPLD"])
        profile.write_profile(actor=after, pupil=pupil(), own_words="I like bees.")
        cycles.reopen_plan(actor=after, cycle=cycle)
        plans.write_plan(actor=after, cycle=cycle, words=plans.PlanWords(outcomes=[outcome("B")]))
        then = queries.as_of(after, pupil(), TODAY)
        now = queries.overview(after, pupil())
        assert [need.code for need in then.needs] == ["SPLD"]
        assert [need.code for need in now.needs] == ["SEMH", "SPLD"]
        assert there(then.profile).own_words == "I like swimming."
        assert stands(then) == (Stage.DO, 1)
        assert stands(now) == (Stage.PLAN, 2)
        before = queries.as_of(after, pupil(), TODAY - timedelta(days=1))
        assert (before.status, before.needs, before.profile, before.plan) == (None, [], None, None)


def test_a_review_is_late_after_its_day():
    with acting_as("senco") as actor:
        agreed(actor)
        days = (IN_A_TERM - TODAY).days
        for more, kind in ((0, StateKind.DUE_TODAY), (1, StateKind.LATE)):
            plan = there(queries.current_plan(later(actor, days + more), pupil()))
            assert there(plan.due_state).kind is kind


def test_a_plan_of_another_school_is_not_there_and_a_colleagues_is_refused():
    with acting_as("senco", write=False) as actor:
        ref = there(queries.current_plan(actor, pupil("Idris"))).cycle.ref
    with acting_as("outsider", write=False) as actor, pytest.raises(NotFound):
        queries.cycle(actor, ref)
    with acting_as("ta", write=False) as actor, pytest.raises(NotAllowed):
        queries.cycle(actor, ref)


@pytest.mark.requirement("S3-20")
def test_the_class_sheet_says_what_to_do_and_no_code():
    with acting_as("teacher", write=False) as actor:
        (card,) = queries.class_sheet(actor)
        assert (card.pupil.first_name, card.class_name) == ("Idris", "4R")
        assert card.strategies[0] == "Give him ten seconds"
        assert card.avoid == "Long talk from the front"


def test_where_nobody_wrote_strategies_the_childs_own_words_stand_in():
    with acting_as("teacher") as actor:
        profile.write_profile(actor=actor, pupil=pupil(), helps="- A timer\n- A friend\n- x\n- y")
        cards = {card.pupil.first_name: card for card in queries.class_sheet(actor)}
        assert cards["Grace"].strategies == ["A timer", "A friend", "x"]


def test_the_class_sheet_asks_five_questions(django_assert_num_queries):
    with acting_as("teacher", write=False) as actor, django_assert_num_queries(4):
        queries.class_sheet(actor)


def test_older_cycles_stay_on_the_list():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        reviews.review_cycle(actor=actor, cycle=cycle, results=results(cycle, (2, "carry")))
        reviews.start_next_cycle(actor=actor, cycle=cycle)
        assert [row.number for row in queries.cycles_of(actor, pupil())] == [2, 1]


def test_a_status_to_come_does_not_hold_yet():
    with acting_as("senco") as actor:
        on_support(actor, starts=TODAY + timedelta(days=3))
        assert queries.status_of(actor, pupil()) is None
        assert there(queries.status_of(later(actor, 3), pupil())).code == "K"
        assert len(queries.statuses_of(actor, pupil())) == 1


def test_a_status_of_an_old_register_is_read_with_its_day():
    with acting_as("senco") as actor, as_actor(actor):
        status.set_status(
            actor=actor,
            pupil=pupil(),
            code="K",
            starts=date(2024, 9, 3),
            grounds=["already"],
            reason="On the school's register of that year.",
        )
        assert there(queries.status_of(actor, pupil())).starts == date(2024, 9, 3)
