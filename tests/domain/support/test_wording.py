"""Plain rules about the words of a plan: each carries texts that must and must not fire."""

import tomllib
from importlib import resources

import pytest

from opensenco.support import queries
from opensenco.support.checking import check_plan
from opensenco.support.operations import cycles, plans
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.wording import WordingFault, quoted, read, remarks, rules
from tests.domain.support.steps import pupil, there
from tests.people import acting_as

SOURCE = resources.files("opensenco.support.starter") / "plan-checker.toml"
DATA = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
RULES = {rule.id: rule for rule in rules().wording}


def cases(key: str) -> list[tuple[str, str]]:
    return [(one["id"], text) for one in DATA["rule"] for text in one[key]]


def test_a_rule_fires_on_what_it_is_about():
    silent = [(r, text) for r, text in cases("test_hits") if RULES[r].found_in(text) is None]
    assert len(cases("test_hits")) > 100
    assert not silent


def test_a_rule_leaves_good_words_alone():
    fired = [(r, text) for r, text in cases("test_misses") if RULES[r].found_in(text) is not None]
    assert len(cases("test_misses")) > 100
    assert not fired


@pytest.mark.parametrize(
    "change",
    [{"kind": "perhaps"}, {"severity": "deadly"}, {"scopes": ["moon"]}, {"pattern": "("},
     {"pattern": ""}, {"id": "frequent"}],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(change):
    broken = {**DATA, "rule": [{**DATA["rule"][0], **change}, *DATA["rule"][1:]]}
    with pytest.raises(WordingFault):
        read(broken)


def test_quotation_marks_are_those_of_print():
    assert quoted('"Often" isn\'t said.') == "“Often” isn’t said."
    assert not any('"' in rule.message + rule.better for rule in rules().wording)


def test_nothing_is_said_about_nothing():
    assert remarks("outcome", "  ") == []


@pytest.mark.django_db
@pytest.mark.rule("APD-03")
@pytest.mark.requirement("S3-20", "S3-58")
def test_a_vague_plan_is_remarked_on_and_a_good_one_is_not():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        vague = PlanWords(outcomes=[OutcomeWords(text="Grace will improve her reading.")])
        plans.write_plan(actor=actor, cycle=cycle, words=vague)
        plan = there(queries.current_plan(actor, pupil()))
        found = {one.remark.rule: one for one in check_plan(plan, None, set(), 0)}
        assert found["outcome-improve"].outcome == 1
        assert {"outcome-without-baseline", "outcome-without-provision", "no-review-date",
                "no-pupil-voice", "no-parent-voice"} <= set(found)  # fmt: skip

        good = there(queries.current_plan(actor, pupil("Idris")))
        profile = queries.profile_of(actor, pupil("Idris"))
        provided = {one.row.pk for one in good.outcomes}
        assert check_plan(good, profile, provided, 3) == []


@pytest.mark.django_db
def test_a_review_too_far_and_too_many_outcomes_are_remarked_on():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        many = [OutcomeWords(text=f"Grace reads {n} words.") for n in range(5)]
        far = actor.today.replace(year=actor.today.year + 1)
        plans.write_plan(
            actor=actor, cycle=cycle, words=PlanWords(found="x", review_on=far, outcomes=many)
        )
        plan = there(queries.current_plan(actor, pupil()))
        found = {one.remark.rule for one in check_plan(plan, None, set(), 4)}
        assert {"too-many-outcomes", "review-too-far", "too-many-strategies"} <= found
