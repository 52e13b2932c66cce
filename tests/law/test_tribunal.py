"""Appeal, mediation and orders: what is not in the worked examples of the pages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.tribunal import last_day_of_step, last_day_to_start, relief_after
from opensenco.law.checks.notice import MUST_SAY, missing
from opensenco.law.codes.appeals import APPEALABLE, appealable
from opensenco.law.computing import compute_words
from opensenco.law.due import StateKind, state
from opensenco.law.rules import timetable
from opensenco.law.strength import Strength
from opensenco.law.timetables.tribunal_order import ORDERS, OrderFacts
from tests.law.pages import Example, examples, name

ENGLAND = england()
DAYS = st.dates(date(2014, 9, 1), date(2028, 6, 1))


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@pytest.mark.rule("TRB-01")
@pytest.mark.parametrize("example", examples("appeal", "What can be appealed"), ids=name)
def test_what_can_be_appealed(example: Example) -> None:
    got = appealable(decision=example["decision"], sections=frozenset(listed(example["sections"])))
    assert got.can is (example["appeal"] == "yes")
    assert got.certificate is (example["certificate"] == "yes")


@pytest.mark.rule("TRB-01")
def test_every_decision_of_the_table_has_an_example() -> None:
    shown = {row["decision"] for row in examples("appeal", "What can be appealed")}
    assert {code.code for code in APPEALABLE.codes} <= shown


@pytest.mark.rule("TRB-02")
@pytest.mark.parametrize("example", examples("mediation", "What a notice says"), ids=name)
def test_what_a_notice_leaves_out(example: Example) -> None:
    found = missing(says=set(listed(example["says"])))
    assert tuple(each.kind for each in found) == listed(example["missing"])
    assert all(each.rule == "TRB-02" for each in found)
    assert set(listed(example["missing"])) <= set(MUST_SAY)


@pytest.mark.rule("TRB-06")
@given(DAYS, DAYS)
def test_the_tribunal_s_days_keep_their_order_and_are_working_days(one: date, other: date) -> None:
    early, late = sorted((one, other))
    first = last_day_to_start(ends=early, holidays=ENGLAND)
    assert early <= first <= last_day_to_start(ends=late, holidays=ENGLAND)
    assert ENGLAND.is_working_day(first)
    if relief_after(early) is None:
        assert (first - early).days <= 5
    else:
        assert first.month in (1, 9)


@pytest.mark.rule("TRB-06")
@given(DAYS, st.integers(1, 120))
def test_a_step_leaves_out_just_the_days_of_the_relief(event: date, days: int) -> None:
    last = last_day_of_step(event=event, days=days, holidays=ENGLAND)
    between = (event + timedelta(days=n) for n in range(1, (last - event).days + 1))
    counted = sum(relief_after(each) is None for each in between)
    assert counted >= days
    assert counted - days <= 5
    assert ENGLAND.is_working_day(last)


@pytest.mark.rule("TRB-06")
def test_less_than_a_day_is_refused() -> None:
    with pytest.raises(Invalid):
        last_day_of_step(event=date(2027, 2, 1), days=0, holidays=ENGLAND)


@pytest.mark.rule("TRB-05")
def test_the_safe_day_is_advice_and_the_last_day_is_law() -> None:
    given_words = ["letter=2026-10-01", "certificate=2026-11-29"]
    advised, appeal = compute_words(timetable("appeal"), given_words)
    assert (advised.strength, appeal.strength) == (Strength.PRACTICE, Strength.MUST)
    assert advised.reasons[:-1] == appeal.reasons[:-1]
    assert str(advised.reasons[-1]) == "It is safer not to lean on the later day."
    told = " ".join(str(reason) for reason in appeal.reasons)
    assert "29 December 2026" in told
    assert "4 January 2027, 5 pm" in told
    made = compute_words(timetable("appeal"), [*given_words, "appealed=2026-12-30"])
    assert {step.done_on for step in made} == {date(2026, 12, 30)}
    assert [used.key for used in appeal.used] == [
        "trb.months_from_notice",
        "trb.months_from_certificate",
    ]


@pytest.mark.rule("TRB-05")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "A mediation certificate is needed first"),
        (["placement-only=yes"], "For the placement alone no certificate is needed."),
        (["certificate=2027-03-20"], "The mediation certificate was issued on 20 March 2027."),
    ],
)
def test_the_reasons_speak_of_the_certificate(words: list[str], told: str) -> None:
    (appeal,) = compute_words(timetable("appeal"), ["letter=2027-03-10", *words])
    assert any(str(reason).startswith(told) for reason in appeal.reasons)
    assert str(appeal.reasons[-1]) == "It has to arrive by 5 pm."
    named = any("one from the certificate" in str(reason) for reason in appeal.reasons)
    assert named is any(word.startswith("certificate") for word in words)
    alone = words == ["placement-only=yes"]
    assert str(appeal.moved_by[0]).startswith("Another day" if alone else "A certificate")


LATE_APPEAL = "The time to appeal has passed; the tribunal may still take a late appeal for good"


@pytest.mark.rule("TRB-05", "TRB-07")
@pytest.mark.parametrize(
    ("timetable_name", "given_words", "told"),
    [
        ("appeal", "letter=2027-03-10", "and without a certificate it has to give leave"),
        ("appeal", "letter=2027-03-10 certificate=2027-04-01", f"{LATE_APPEAL} reasons"),
        ("appeal", "letter=2027-03-10 placement-only=yes", f"{LATE_APPEAL} reasons"),
        ("appeal", "letter=2026-10-25", "The safe day has passed; look at the last day"),
        ("mediation", "notice=2027-03-10", "an appeal needs the tribunal's leave"),
        ("draft-plan", "served=2027-03-10", "the authority may give more time"),
        ("annual-review", "notice=2027-03-10", "the authority may give more time"),
    ],
)
def test_a_right_that_has_lapsed_is_not_called_overdue(
    timetable_name: str, given_words: str, told: str
) -> None:
    first = compute_words(timetable(timetable_name), given_words.split())[0]
    shown = state(first, date(2027, 6, 1))
    assert (shown.kind, shown.late) == (StateKind.OVER, False)
    assert told in str(shown.words)
    assert ("has to give leave" in str(shown.words)) is told.endswith("has to give leave")
    assert "verdue" not in str(shown.words)


@pytest.mark.rule("TRB-09")
@pytest.mark.parametrize("unopposed", ["yes", "no"])
@pytest.mark.parametrize("kind", ORDERS)
def test_what_was_not_read_is_unverified(kind: str, unopposed: str) -> None:
    words = ["dated=2027-04-20", f"kind={kind}", f"unopposed={unopposed}"]
    steps = compute_words(timetable("tribunal-order"), words)
    read = {"yes": {"assess", "amend"}, "no": {"assess", "make-plan"}}[unopposed]
    assert {step.verified for step in steps} == {kind in read}
    regulation = "regulation 45" if unopposed == "yes" else "regulation 44"
    assert {step.provision.paragraph for step in steps} == {regulation}


@pytest.mark.rule("TRB-08")
def test_the_five_weeks_for_a_recommendation_are_unverified() -> None:
    (reply,) = compute_words(timetable("tribunal-recommendation"), ["sent=2027-04-20"])
    assert not reply.verified
    assert str(reply.reasons[-1]) == "Unverified: the five weeks."


@pytest.mark.rule("TRB-09")
@pytest.mark.parametrize(
    ("unopposed", "told"),
    [
        ("yes", "The authority gave way on 20 April 2027."),
        ("no", "The tribunal's order is of 20 April 2027."),
    ],
)
def test_an_order_and_giving_way_are_told_apart(unopposed: str, told: str) -> None:
    words = ["dated=2027-04-20", "kind=amend", f"unopposed={unopposed}"]
    (amended,) = compute_words(timetable("tribunal-order"), words)
    assert str(amended.reasons[0]) == told
    assert not OrderFacts(dated=date(2027, 4, 20), kind="amend").unopposed
    (usual,) = compute_words(timetable("tribunal-order"), words[:2])
    assert str(usual.reasons[0]) == "The tribunal's order is of 20 April 2027."


@pytest.mark.rule("TRB-04")
@pytest.mark.parametrize(
    ("health", "told"), [("yes", "the health body arranges it."), ("no", "mediation is wanted.")]
)
def test_who_arranges_the_mediation_is_said(health: str, told: str) -> None:
    *_, arranged = compute_words(timetable("mediation"), ["wanted=2027-03-22", f"health={health}"])
    assert str(arranged.reasons[0]).endswith(told)


@pytest.mark.rule("TRB-05", "TRB-06")
@pytest.mark.parametrize(
    ("letter", "told"),
    [
        ("2027-03-10", "It has to arrive by 5 pm."),
        ("2026-10-25", "At Christmas and in August the time ends later: 4 January 2027, 5 pm."),
        (
            "2027-01-26",
            "That is no working day, so the next one is in time: 30 March 2027, 5 pm.",
        ),
    ],
)
def test_why_the_last_day_moved_is_said(letter: str, told: str) -> None:
    *_, appeal = compute_words(timetable("appeal"), [f"letter={letter}"])
    assert str(appeal.reasons[-1]) == told
