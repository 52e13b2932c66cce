"""The annual review beyond the tables of its pages (docs/law/annual-review.md and others)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opensenco.law.checks.adulthood import OUTCOMES, prepares_for_adulthood
from opensenco.law.checks.checklist import missing
from opensenco.law.due import Due, StateKind, state
from opensenco.law.numbers.reviews import ANCHOR, ASK_ADVICE
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.review.facts import Outcome, ReviewFacts
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.rulebook.reviews import DEVON_JUDGMENT
from opensenco.law.stored import from_data, to_data
from opensenco.law.strength import Strength
from opensenco.law.timetables.annual_review import timetable
from tests.law.pages import Example, examples, name

MEETING = date(2027, 2, 9)
FIRST = date(2014, 9, 1)


def steps(facts: ReviewFacts, parameters: Parameters | None = None) -> dict[str, Due]:
    found = timetable(facts=facts, parameters=parameters or Parameters())
    assert len({step.step for step in found}) == len(found)
    return {step.step: step for step in found}


@pytest.mark.vector("VEC-17")
@pytest.mark.rule("REV-11")
def test_a_late_notice_stays_late_and_brings_the_plan_no_later() -> None:
    late = steps(ReviewFacts(meeting=MEETING, notice=date(2027, 3, 20)))
    shown = state(late["amendment-notice"], date(2027, 3, 20))
    assert (shown.kind, shown.days) == (StateKind.DONE, 11)
    assert state(late["amendment-notice"], date(2027, 3, 19)).kind is StateKind.LATE
    assert late["final-amended-plan"].on == late["back-stop"].on == date(2027, 5, 4)


@pytest.mark.rule("REV-05")
def test_what_is_custom_round_the_meeting_is_no_duty() -> None:
    found = steps(ReviewFacts(plan_made=date(2026, 3, 10), meeting=MEETING))
    custom = {key for key, step in found.items() if step.strength is Strength.PRACTICE}
    assert custom == {"latest-meeting", "ask-advice", "papers-safe"}
    assert {step.strength for key, step in found.items() if key not in custom} == {Strength.MUST}
    assert [key for key, step in found.items() if not step.verified] == ["papers-safe"]
    doubts = [key for key, step in found.items() for why in step.reasons if "Unver" in str(why)]
    assert doubts == ["papers-safe", "report"]


@pytest.mark.rule("REV-01")
def test_the_notice_tells_the_decision_unless_a_day_is_recorded() -> None:
    begun = ReviewFacts(plan_made=date(2026, 3, 10), meeting=MEETING)
    assert steps(begun)["decision"].done_on is None
    why = steps(begun)["review-complete"].reasons[0]
    assert str(why) == "The plan was first made on 10 March 2026."
    again = steps(replace(begun, last_review=date(2026, 5, 1)))["review-complete"].reasons[0]
    assert str(again) == "The last review was finished on 1 May 2026."
    told = steps(replace(begun, notice=date(2027, 3, 2)))
    assert told["decision"].done_on == told["review-complete"].done_on == date(2027, 3, 2)
    decided = steps(replace(begun, notice=date(2027, 3, 2), decided=date(2027, 3, 1)))
    assert decided["decision"].done_on == date(2027, 3, 1)
    elsewhere = steps(ReviewFacts(plan_made=date(2026, 3, 10), notice=date(2027, 3, 2)))
    assert elsewhere["review-complete"].done_on is None


@pytest.mark.rule("REV-08")
def test_what_was_done_stands_beside_its_step() -> None:
    facts = ReviewFacts(
        plan_made=date(2026, 3, 10),
        meeting=MEETING,
        notice=date(2027, 3, 2),
        papers_sent=date(2027, 1, 20),
        reported=date(2027, 2, 17),
        decided=date(2027, 3, 1),
        finalised=date(2027, 4, 20),
    )
    found = steps(facts)
    assert {key: step.done_on for key, step in found.items()} == {
        "latest-meeting": MEETING,
        "ask-advice": date(2027, 1, 20),
        "papers-safe": date(2027, 1, 20),
        "papers": date(2027, 1, 20),
        "report": date(2027, 2, 17),
        "decision": date(2027, 3, 1),
        "amendment-notice": date(2027, 3, 2),
        "comments-close": None,
        "final-amended-plan": date(2027, 4, 20),
        "back-stop": date(2027, 4, 20),
        "review-complete": date(2027, 3, 1),
        "next-review": None,
    }
    assert state(found["comments-close"], date(2027, 3, 16)).kind is StateKind.DUE_TODAY
    assert state(found["comments-close"], date(2027, 3, 17)).kind is StateKind.OVER


@pytest.mark.rule("REV-07")
def test_a_reader_is_told_whether_adulthood_is_considered() -> None:
    for year, words in ((9, "has to consider"), (8, "need not consider")):
        asked = steps(ReviewFacts(meeting=MEETING, year_group=year))["adulthood"]
        assert words in str(state(asked, MEETING).words)


@pytest.mark.rule("REV-01")
def test_an_authority_may_count_from_the_meeting() -> None:
    facts = ReviewFacts(meeting=MEETING, decided=date(2027, 3, 1))
    row = Overlay(ANCHOR.key, date(2026, 9, 1), None, "meeting", "Policy", Origin.AUTHORITY)
    ours, theirs = steps(facts), steps(facts, Parameters([row]))
    assert ours["next-review"].on == date(2028, 2, 29)
    assert theirs["next-review"].on == date(2028, 2, 8)
    assert theirs["next-review"].used[0].source == "Policy"
    assert str(ours["next-review"].reasons[1]).endswith("the authority's decision.")
    assert str(theirs["next-review"].reasons[1]).endswith("as the authority counts.")
    only_meeting = replace(facts, decided=None)
    assert "next-review" not in steps(only_meeting)
    assert steps(only_meeting, Parameters([row]))["next-review"].on == date(2028, 2, 8)
    assert "next-review" not in steps(replace(facts, outcome=Outcome.CEASE))


@pytest.mark.rule("REV-05")
def test_when_advice_is_asked_for_is_the_school_s_to_set() -> None:
    row = Overlay(ASK_ADVICE.key, date(2026, 9, 1), None, 56, "Handbook", Origin.SCHOOL)
    found = steps(ReviewFacts(meeting=MEETING), Parameters([row]))
    assert found["ask-advice"].on == date(2026, 12, 15)
    assert found["papers"].on == date(2027, 1, 26)


@pytest.mark.rule("REV-16")
def test_a_child_under_five_is_due_soon_for_three_months() -> None:
    facts = ReviewFacts(plan_made=date(2026, 10, 12), born=date(2023, 6, 1))
    young = steps(facts)["under-five-review"]
    assert young.strength is Strength.SHOULD
    assert str(young.window) == "2027-01-12..2027-04-12"
    assert state(young, date(2027, 1, 11)).kind is StateKind.NOT_YET
    assert state(young, date(2027, 1, 12)).kind is StateKind.DUE_SOON
    assert str(state(young, date(2027, 4, 13)).words) == "Guidance overdue by 1 day"


@pytest.mark.rule("REV-16")
def test_a_meeting_settles_the_review_of_a_child_under_five() -> None:
    facts = ReviewFacts(plan_made=date(2026, 10, 12), born=date(2023, 6, 1), meeting=MEETING)
    assert steps(facts)["under-five-review"].done_on == MEETING


@pytest.mark.rule("REV-01")
def test_every_step_says_which_numbers_it_rests_on() -> None:
    facts = ReviewFacts(
        plan_made=date(2026, 10, 12),
        meeting=MEETING,
        notice=date(2027, 3, 2),
        born=date(2023, 6, 1),
    )
    used = {key: [each.key for each in step.used] for key, step in steps(facts).items()}
    assert used == {
        "latest-meeting": ["rev.period_months", "rev.decision_days"],
        "ask-advice": ["rev.ask_advice_days"],
        "papers-safe": ["rev.papers_days"],
        "papers": ["rev.papers_days"],
        "adulthood": [],
        "report": ["rev.report_days"],
        "decision": ["rev.decision_days"],
        "amendment-notice": ["rev.decision_days"],
        "comments-close": ["rev.comments_days_inclusive"],
        "final-amended-plan": ["rev.final_from_notice_days", "rev.final_from_meeting_days"],
        "back-stop": ["rev.final_from_meeting_days"],
        "review-complete": ["rev.period_months"],
        "under-five-review": ["rev.under_five_alert_months", "rev.under_five_review_months"],
        "next-review": ["rev.review_anchor", "rev.period_months"],
    }


@pytest.mark.rule("REV-13")
def test_before_the_judgment_there_is_no_limit_from_the_meeting() -> None:
    before, since = (steps(ReviewFacts(meeting=day)) for day in (date(2022, 3, 7), DEVON_JUDGMENT))
    assert before["back-stop"].on is None
    assert any("8 March 2022" in str(why) for why in before["back-stop"].reasons)
    assert since["back-stop"].on == date(2022, 5, 31)
    assert since["back-stop"].used[0].key == "rev.final_from_meeting_days"


@pytest.mark.rule("REV-01")
def test_facts_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadFact, match="REV-01, meeting: Give the day"):
        ReviewFacts(born=date(2015, 1, 1), decided=MEETING)
    with pytest.raises(BadFact, match="REV-09, outcome"):
        ReviewFacts(meeting=MEETING, outcome="stop")  # type: ignore[arg-type]
    with pytest.raises(BadFact, match="REV-05, meeting: A plain date"):
        ReviewFacts(meeting=datetime(2027, 2, 9, 10, 0))  # noqa: DTZ001
    with pytest.raises(BadFact, match="REV-07, born: A plain date"):
        ReviewFacts(meeting=MEETING, born=datetime(2015, 2, 9))  # noqa: DTZ001
    with pytest.raises(BadFact, match="REV-09, decided"):
        ReviewFacts(meeting=MEETING, decided=date(2027, 2, 8))
    with pytest.raises(BadFact, match="REV-08, reported"):
        ReviewFacts(meeting=MEETING, reported=date(2027, 2, 8))
    with pytest.raises(BadFact, match="REV-11, notice"):
        ReviewFacts(plan_made=MEETING, notice=date(2027, 2, 8))
    with pytest.raises(NotInForce):
        ReviewFacts(meeting=date(2014, 8, 31))


NAMES = ("plan_made", "last_review", "meeting", "notice")


@st.composite
def whole_reviews(draw: st.DrawFn) -> dict[str, date]:
    """Four days in an order that can be."""
    day = draw(st.dates(FIRST, date(2030, 12, 31)))
    found = {}
    for fact, most in zip(NAMES, (0, 700, 500, 200), strict=True):
        day += timedelta(days=draw(st.integers(0, most)))
        found[fact] = day
    return found


def review(days: dict[str, date]) -> ReviewFacts:
    return ReviewFacts(
        plan_made=days.get("plan_made"),
        last_review=days.get("last_review"),
        meeting=days.get("meeting"),
        notice=days.get("notice"),
    )


@pytest.mark.rule("REV-01")
@given(
    whole_reviews(), st.sampled_from(NAMES), st.integers(0, 400), st.sets(st.sampled_from(NAMES))
)
def test_a_later_day_never_brings_a_step_forward(
    days: dict[str, date], moved: str, by: int, left_out: set[str]
) -> None:
    kept = {fact: day for fact, day in days.items() if fact == moved or fact not in left_out}
    later = {**kept, moved: kept[moved] + timedelta(days=by)}
    ordered = list(later.values())
    assume(ordered == sorted(ordered))
    meetings = [each.get("meeting", FIRST) for each in (kept, later)]
    assume(len({day < DEVON_JUDGMENT for day in meetings}) == 1)
    before, after = steps(review(kept)), steps(review(later))
    assert set(before) == set(after)
    for key, step in before.items():
        on = after[key].on
        assert (step.on is None) is (on is None)
        assert step.on is None or on is None or step.on <= on, key


@pytest.mark.rule("REV-13")
@given(whole_reviews(), st.integers(0, 60))
def test_what_was_done_moves_nothing_and_computing_again_gives_the_same(
    days: dict[str, date], after: int
) -> None:
    facts = review(days)
    done = facts.notice and facts.notice + timedelta(days=after)
    found = timetable(facts=facts)
    assert timetable(facts=replace(facts)) == found
    assert tuple(from_data(to_data(step)) for step in found) == found
    again = steps(
        replace(facts, papers_sent=done, reported=done, decided=facts.notice, finalised=done)
    )
    for step in found:
        if step.step != "next-review":
            assert again[step.step].on == step.on


@pytest.mark.rule("REV-11", "REV-12", "REV-13")
@pytest.mark.parametrize(("outcome", "told"), [(None, True), (Outcome.AMEND, False)])
def test_what_is_only_there_for_an_amendment_says_so(outcome: Outcome | None, told: bool) -> None:
    facts = ReviewFacts(meeting=date(2027, 2, 9), outcome=outcome)
    found = {step.step: " ".join(map(str, step.reasons)) for step in timetable(facts=facts)}
    for step in ("comments-close", "final-amended-plan"):
        assert ("if the plan is to be amended" in found[step]) is told
    for step in ("amendment-notice", "back-stop"):
        assert "if the plan is to be amended" in found[step]


@pytest.mark.vector("VEC-24")
@pytest.mark.rule("REV-07")
@pytest.mark.parametrize(
    "example", examples("adulthood-review", "Worked examples: annual-review"), ids=name
)
def test_the_same_children_by_the_test_of_status(example: Example) -> None:
    if example["state of adulthood"]:
        meeting = date.fromisoformat(example["meeting"])
        born = date.fromisoformat(example["born"] or "2012-01-01")
        taught = int(example["year-group"]) if example["year-group"] else None
        got = prepares_for_adulthood(born=born, meeting=meeting, taught_in=taught)
        assert got is (example["state of adulthood"] == "required")


@pytest.mark.rule("TRA-07")
def test_adulthood_is_four_things() -> None:
    lacking = missing(checklist=OUTCOMES, done={"employment", "health"})
    assert [each.kind for each in lacking] == ["independent-living", "community"]
    assert {each.strength for each in lacking} == {Strength.SHOULD}
