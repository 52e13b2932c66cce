"""The SENCO award: standing, service, and what holds always (docs/law/senco-award.md)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import ONE_DAY, Span, add_months
from opensenco.law.checks.award import (
    Counts,
    Course,
    Exempt,
    Service,
    award_counts,
    exemption,
    service_months,
)
from opensenco.law.due import Due
from opensenco.law.numbers.role import ENROL_MONTHS, NPQ_FROM
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.rule import BadFact
from opensenco.law.stored import from_data, to_data
from opensenco.law.strength import Strength
from opensenco.law.timetables.senco_award import AwardFacts, limit, standing, timetable, warnings
from tests.law.pages import Example, day, examples, name, spans

STARTED = date(2024, 9, 1)
DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))
LENGTHS = st.integers(1, 900)


def steps(facts: AwardFacts) -> dict[str, Due]:
    return {step.step: step for step in timetable(facts=facts)}


def span(first: date, days: int) -> Span:
    return Span(first, first + timedelta(days=days - 1))


@pytest.mark.rule("ROL-07")
@pytest.mark.parametrize("example", examples("senco-award", "Standing"), ids=name)
def test_how_a_senco_stands(example: Example) -> None:
    facts = AwardFacts(
        first_appointed=date.fromisoformat(example["first-appointed"]),
        prior_service=spans(example["prior-service"]),
        award=example["award"] or "none",
        award_started=day(example["award-started"]),
        award_completed=day(example["award-completed"]),
        confirmed=day(example["confirmed"]),
    )
    assert standing(facts=facts, today=date.fromisoformat(example["today"])) == example["standing"]


@pytest.mark.rule("ROL-07")
def test_when_a_course_has_to_begin_is_the_school_s_to_set() -> None:
    row = Overlay(ENROL_MONTHS.key, STARTED, None, 18, "Provider", Origin.SCHOOL)
    facts, today = AwardFacts(first_appointed=STARTED), date(2026, 1, 5)
    assert standing(facts=facts, today=today) == "at-risk"
    assert standing(facts=facts, today=today, parameters=Parameters([row])) == "in-time"


@pytest.mark.rule("ROL-05")
def test_warnings_come_in_good_time() -> None:
    due = limit(facts=AwardFacts(first_appointed=STARTED))
    assert warnings(due=due) == (
        date(2025, 9, 1), date(2026, 9, 1), date(2027, 3, 1), date(2027, 6, 1),
    )  # fmt: skip


@pytest.mark.vector("VEC-58")
@pytest.mark.rule("ROL-04")
def test_what_is_exempt_only_on_the_wording_says_so() -> None:
    facts = AwardFacts(first_appointed=STARTED, prior_service=(Span(STARTED, date(2026, 4, 11)),))
    found = steps(facts)
    said = [str(reason) for reason in found["exempt"].reasons]
    assert "Status: exempt on wording, authority to confirm." in said
    assert not found["exempt"].verified
    assert (found["award"].on, found["award"].excused_by) == (date(2027, 9, 1), ())
    assert not found["award"].verified
    confirmed = steps(replace(facts, confirmed=date(2026, 5, 1)))
    said = [str(reason) for reason in confirmed["exempt"].reasons]
    assert "The governing body confirmed the exemption on 1 May 2026." in said
    (excuse,) = confirmed["award"].excused_by
    assert str(excuse.reason) == "More than twelve months as SENCO before 12 April 2026."
    plain = steps(AwardFacts(first_appointed=STARTED, confirmed=date(2026, 5, 1)))
    assert [str(reason) for reason in plain["exempt"].reasons] == [
        "Not exempt: no more than twelve months as SENCO before 1 September 2024."
    ]
    assert [str(reason) for reason in plain["award"].reasons] == [
        "They first became a SENCO on 1 September 2024.",
        "Three years on, the award has to be held.",
    ]
    (served,) = steps(AwardFacts(first_appointed=date(2009, 9, 1)))["award"].reasons
    assert str(served) == "The rule is for who became SENCO after 1 September 2009."
    two_posts = (Span(STARTED, date(2025, 4, 11)), Span(date(2025, 9, 1), date(2026, 4, 11)))
    clean = steps(
        AwardFacts(first_appointed=STARTED, prior_service=two_posts, confirmed=date(2026, 5, 1))
    )
    (only,) = clean["exempt"].reasons
    assert str(only) == "More than twelve months as SENCO before 12 April 2026."
    assert clean["award"].excused_by
    assert clean["exempt"].verified
    assert clean["award"].verified
    begun = {"award": "npq", "award_started": date(2025, 1, 6)}
    under_way = steps(AwardFacts(first_appointed=STARTED, **begun))  # type: ignore[arg-type]
    assert str(under_way["award"].reasons[-1]) == "The award has not been completed."
    begun = {"award": "nasenco", "award_started": date(2024, 1, 15)}
    older = steps(AwardFacts(first_appointed=STARTED, **begun))  # type: ignore[arg-type]
    assert str(older["award"].reasons[-1]) == "The award has not been completed."
    assert under_way["enrol"].done_on == date(2025, 1, 6)
    plain = steps(AwardFacts(first_appointed=STARTED))
    assert plain["exempt"].verified
    assert plain["award"].verified
    assert plain["enrol"].strength is Strength.PRACTICE


@pytest.mark.vector("VEC-36", "VEC-37", "VEC-38")
@pytest.mark.rule("ROL-06")
@pytest.mark.parametrize(
    ("award", "started", "completed", "answer"),
    [
        ("nasenco", date(2024, 1, 15), date(2027, 8, 31), Counts.COUNTS),
        ("nasenco", date(2024, 1, 15), date(2027, 9, 1), Counts.DOES_NOT_COUNT),
        ("nasenco", date(2024, 9, 1), None, Counts.DOES_NOT_COUNT),
        ("nasenco", date(2024, 8, 31), None, Counts.NOT_YET),
        ("nasenco", None, date(2024, 8, 31), Counts.COUNTS),
        ("nasenco", None, None, Counts.NOT_YET),
        ("npq", date(2024, 8, 31), date(2026, 8, 31), Counts.DOES_NOT_COUNT),
        ("npq", date(2024, 9, 1), date(2026, 8, 31), Counts.COUNTS),
        ("npq", None, date(2026, 8, 31), Counts.COUNTS),
        ("npq", None, date(2024, 8, 31), Counts.DOES_NOT_COUNT),
        ("npq", None, None, Counts.NOT_YET),
        ("none", None, None, Counts.NO_AWARD),
    ],
)
def test_whether_an_award_counts(
    award: str, started: date | None, completed: date | None, answer: Counts
) -> None:
    course = Course(award=award, started=started, completed=completed)
    counted = award_counts(course=course)
    assert counted.answer is answer
    said = " ".join(str(reason) for reason in counted.reasons)
    unknown = answer is Counts.COUNTS and started is None
    assert ("When it was started is not recorded." in said) is unknown
    assert ("it is the NPQ" in said) is (award == "nasenco" and started == NPQ_FROM)
    assert ("had to be completed" in said) is (completed == date(2027, 9, 1))
    assert said


@pytest.mark.rule("ROL-06")
@given(st.dates(date(2009, 9, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_exactly_one_award_counts_for_any_start(started: date, days: int) -> None:
    completed = started + timedelta(days=days)
    counts = {
        award: award_counts(course=Course(award=award, started=started, completed=completed)).answer
        for award in ("npq", "nasenco")
    }
    assert counts["npq"] is (Counts.COUNTS if started >= NPQ_FROM else Counts.DOES_NOT_COUNT)
    in_time = started < NPQ_FROM and completed < date(2027, 9, 1)
    assert counts["nasenco"] is (Counts.COUNTS if in_time else Counts.DOES_NOT_COUNT)


@pytest.mark.rule("ROL-04")
@given(DAYS, st.integers(1, 40))
def test_whole_months_are_whole_and_a_day_more_is_more(first: date, months: int) -> None:
    end = add_months(first, months)
    after = date(2040, 1, 1)
    assert service_months((Span(first, end - ONE_DAY),), after) == months
    assert service_months((Span(first, end),), after) > months
    assert service_months((Span(first),), end) == months
    assert service_months((), after) == Fraction(0)
    assert service_months((span(date(2024, 9, 1), 15),), after) == Fraction(1, 2)


@pytest.mark.rule("ROL-04")
@given(DAYS, LENGTHS, st.integers(0, 899), DAYS, LENGTHS)
def test_service_is_counted_once_and_more_of_it_never_counts_less(
    first: date, days: int, cut: int, other: date, length: int
) -> None:
    after = date(2040, 1, 1)
    whole, more = span(first, days), span(other, length)
    alone = service_months((whole,), after)
    assert service_months((whole, whole), after) == alone
    if cut + 1 < days:
        parts = (span(first, cut + 1), Span(first + timedelta(days=cut + 1), whole.last))
        assert service_months(parts, after) == alone
    assert service_months((span(first, days + 1),), after) > alone
    assert service_months((whole, more), after) >= alone
    assert service_months((more, whole), after) == service_months((whole, more), after)


@pytest.mark.rule("ROL-04")
@given(DAYS, DAYS, LENGTHS, LENGTHS)
def test_more_service_before_never_takes_an_exemption_away(
    appointed: date, first: date, days: int, more: int
) -> None:
    answers = [
        exemption(service=Service(appointed=appointed, prior=(span(first, length),))).answer
        for length in (days, days + more)
    ]
    if answers[0] is not Exempt.NOT_EXEMPT:
        assert answers[1] is not Exempt.NOT_EXEMPT


@pytest.mark.rule("ROL-05")
@given(DAYS, LENGTHS, st.booleans())
def test_a_later_first_post_is_never_due_earlier_and_again_gives_the_same(
    first: date, later: int, award: bool
) -> None:
    course = {"award": "npq", "award_started": date(2025, 1, 6)} if award else {}
    facts = AwardFacts(first_appointed=first, **course)  # type: ignore[arg-type]
    other = replace(facts, first_appointed=first + timedelta(days=later))
    before, after = steps(facts), steps(other)
    for key in set(before) & set(after):
        one, two = before[key].on, after[key].on
        assert one is None or two is None or one <= two
    found = timetable(facts=facts)
    assert timetable(facts=replace(facts)) == found
    assert tuple(from_data(to_data(step)) for step in found) == found


@pytest.mark.rule("ROL-05")
@given(st.dates(date(2009, 9, 2), date(2028, 1, 1)), LENGTHS, st.booleans())
def test_an_exemption_moves_no_date(first: date, days: int, confirmed: bool) -> None:
    facts = AwardFacts(first_appointed=first)
    prior = span(first, days)
    moved = replace(facts, prior_service=(prior,))
    assert prior.end is not None
    if confirmed:
        moved = replace(moved, confirmed=prior.end)
    award = steps(moved)["award"]
    assert award.on == steps(facts)["award"].on == add_months(first, 36)
    over = days > (add_months(first, 12) - first).days
    assert bool(award.excused_by) is (over and confirmed)


@pytest.mark.rule("ROL-04")
def test_facts_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadFact, match="ROL-04, first-appointed: A plain date"):
        AwardFacts(first_appointed=datetime(2024, 9, 1))  # noqa: DTZ001
    with pytest.raises(BadFact, match="ROL-04, prior-service: Give the last day"):
        AwardFacts(first_appointed=STARTED, prior_service=(Span(STARTED),))
    with pytest.raises(BadFact, match="ROL-06, award-started: Whether it counts"):
        Course(award="nasenco", completed=NPQ_FROM)
    with pytest.raises(BadFact, match="ROL-06, award: The award is"):
        AwardFacts(first_appointed=STARTED, award="diploma")
