"""What a plan holds, who is asked for advice, and whether a plan may end."""

from itertools import product

import pytest

from opensenco.law.checks.advice import LIMBS, Acceptances, Asked, may_reuse, must_ask
from opensenco.law.checks.ceasing import MATRIX, AgeBand, Reason, may_cease
from opensenco.law.checks.exceptions import (
    NO_EXCEPTIONS,
    Exceptions,
    closure_window,
    excuses,
)
from opensenco.law.checks.finding import Severity
from opensenco.law.checks.plan import PARTS, SECTIONS, PlanFacts, Provision, faults
from opensenco.law.computing import compute_words
from opensenco.law.rules import timetable
from opensenco.law.strength import Strength
from tests.law.pages import Example, day, examples, name, spans


def sections(text: str) -> frozenset[str]:
    usual = frozenset(SECTIONS) - {"J"}
    if text.startswith("all without "):
        return usual - {text.rpartition(" ")[2]}
    return usual | {"J"} if text == "all and J" else usual


def provision(text: str) -> tuple[Provision, ...]:
    if not text:
        return ()
    kind, _, served = text.partition(" ")
    named = served.strip("()").split()
    return (
        Provision(
            says=frozenset(PARTS if kind == "specific" else PARTS[:2]),
            needs=frozenset(each for each in named if each.startswith("n")),
            outcomes=frozenset(each for each in named if each.startswith("o")),
        ),
    )


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@pytest.mark.rule("EHC-10", "EHC-11", "EHC-12")
@pytest.mark.parametrize("example", examples("plan-content"), ids=name)
def test_the_page_s_examples_of_plans(example: Example) -> None:
    plan = PlanFacts(
        sections=sections(example["sections"]),
        draft=example["draft"] == "yes",
        direct_payment=example["payment"] == "yes",
        health_agreed=example["agreed"] == "yes",
        year_group=int(example["year group"]) if example["year group"] else None,
        adulthood=example["adulthood"] == "yes",
        needs=listed(example["needs"]),
        outcomes=listed(example["outcomes"]),
        provision=provision(example["provision"]),
        advice=int(example["advice"]),
        attached=int(example["attached"]),
    )
    found = [
        fault.kind + (" (warning)" if fault.severity is Severity.WARNING else "")
        for fault in faults(plan=plan)
    ]
    assert tuple(found) == listed(example["faults"])


@pytest.mark.rule("EHC-12")
def test_what_is_unverified_says_so_and_good_practice_is_no_law() -> None:
    plan = PlanFacts(sections=frozenset(SECTIONS), year_group=9, needs=("n1",))
    warning, adulthood = faults(plan=plan)
    assert (warning.strength, warning.verified) == (Strength.PRACTICE, True)
    assert (adulthood.strength, adulthood.verified) == (Strength.MUST, False)
    assert str(adulthood.reasons[-1]).startswith("Unverified")


@pytest.mark.rule("EHC-07")
@pytest.mark.parametrize("example", examples("advice", "Who is asked"), ids=name)
def test_who_is_asked(example: Example) -> None:
    asked = must_ask(
        year_group=int(example["year group"]) if example["year group"] else None,
        hearing_or_vision=example["hearing or vision"] == "yes",
        others=example["others"] == "yes",
        family_asks=example["family asks"] == "yes",
    )
    want = tuple(
        Asked(each[0], each.endswith("with a specialist")) for each in listed(example["asked"])
    )
    assert asked == want
    assert {each.limb for each in asked} <= set(LIMBS)


@pytest.mark.rule("EHC-07")
@pytest.mark.parametrize("example", examples("advice", "Advice that is there already"), ids=name)
def test_advice_stands_in_only_where_all_three_accept_it(example: Example) -> None:
    acceptances = Acceptances(
        author=day(example["author"]),
        authority=day(example["authority"]),
        family=day(example["family"]),
    )
    got = may_reuse(limb=example["limb"], acceptances=acceptances)
    assert got is (example["may stand in"] == "yes")


@pytest.mark.rule("EHC-26", "EHC-28")
def test_every_age_and_reason_has_one_answer() -> None:
    assert set(MATRIX) == set(product(AgeBand, Reason))
    table = {row["reason"]: row for row in examples("ceasing", "Every age and reason")}
    assert set(table) == set(Reason)
    for (band, reason), (rule, answer) in MATRIX.items():
        assert table[reason][band] == answer.name
        assert rule.id in ("EHC-26", "EHC-28")


@pytest.mark.rule("EHC-26")
@pytest.mark.parametrize(
    ("age", "answer"), [(0, "may-not"), (17, "may-not"), (18, "review-first"), (24, "review-first")]
)
def test_the_age_decides_at_the_birthday(age: int, answer: str) -> None:
    assert may_cease(age=age, reason=Reason.LEFT_EDUCATION)[1].name == answer


@pytest.mark.rule("EHC-08")
def test_an_exception_needs_four_weeks_and_its_window() -> None:
    (closed,) = spans("2027-07-22..2027-09-01")
    assert str(closure_window(closed=closed)) == "2027-07-15..2027-08-26"
    assert closure_window(closed=spans("2027-03-26..2027-04-11")[0]) is None
    assert closure_window(closed=spans("2027-07-22..")[0]) is None
    (period,) = spans("2027-06-14..2027-11-01")
    assert excuses(exceptions=NO_EXCEPTIONS, period=period) == ()
    every = Exceptions(
        advice_asked=(period.first, closed.first),
        closed=closed,
        circumstances=spans("2027-11-01..")[0],
        absent=spans("2027-06-01..2027-07-11")[0],
    )
    found = excuses(exceptions=every, period=period)
    assert [each.provision.paragraph for each in found] == [
        "regulation 5(4)(a) and (b)",
        "regulation 5(4)(c)",
        "regulation 5(4)(d)",
    ]
    assert "Unverified" in str(found[2].reason)
    assert "28 days" in str(found[2].reason)


@pytest.mark.rule("EHC-23")
def test_only_the_step_that_rests_on_it_is_unverified() -> None:
    steps = compute_words(timetable("re-assessment"), ["asked=2027-03-01", "notified=2027-03-16"])
    decision, final = steps
    assert (decision.verified, final.verified) == (False, True)
    assert str(decision.reasons[-1]) == "Unverified: the fifteen days for the decision."
    assert not any("Unverified" in str(reason) for reason in final.reasons)
    assert [used.value for step in steps for used in step.used] == [15, 14]


@pytest.mark.rule("EHC-04", "EHC-09", "EHC-17")
def test_the_reasons_can_be_read_by_a_parent() -> None:
    decision, *_ = compute_words(timetable("needs-assessment"), ["requested=2026-09-07"])
    assert [str(reason) for reason in decision.reasons] == [
        "The authority received the request on 7 September 2026.",
        "It is due within 6 weeks of that day.",
        "A weekend or a holiday does not move it.",
    ]
    assert decision.provision.paragraph == "regulation 5"
    assert decision.verified


@pytest.mark.rule("EHC-08")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["asked=2026-10-19"], "No closure is given."),
        (
            ["asked=2027-03-26", "closed=2027-03-26..2027-04-11"],
            "The closure is shorter than four weeks.",
        ),
        (
            ["asked=2027-07-14", "closed=2027-07-22..2027-09-01"],
            "Only advice asked for from 15 July 2027 to 26 August 2027 counts.",
        ),
    ],
)
def test_why_a_closure_does_not_excuse_is_said(words: list[str], told: str) -> None:
    advice, closure = compute_words(timetable("advice"), words)
    assert [str(reason) for reason in closure.reasons] == [told]
    assert closure.window is None or str(closure.window) == "2027-07-15..2027-08-26"
    assert advice.verified
    assert closure.verified


@pytest.mark.rule("EHC-08")
def test_a_closure_that_excuses_says_between_which_days_and_that_no_date_moves() -> None:
    words = ["asked=2027-07-15", "closed=2027-07-22..2027-09-01"]
    _, closure = compute_words(timetable("advice"), words)
    told = [str(reason) for reason in closure.reasons]
    assert "between 15 July 2027 and 26 August 2027" in told[0]
    assert told[1].endswith("The dates stay as they are.")
    assert str(closure.window) == "2027-07-15..2027-08-26"


@pytest.mark.rule("EHC-06")
def test_a_request_inside_six_months_may_still_be_taken_up() -> None:
    words = ["last-assessment=2027-01-10", "requested=2027-06-30"]
    _, bar = compute_words(timetable("new-request"), words)
    told = "The authority may take the request up; it need not before 10 July 2027."
    assert str(bar.reasons[-1]) == told
    _, bar = compute_words(timetable("new-request"), [words[0], "requested=2027-07-10"])
    assert str(bar.reasons[-1]).startswith("The authority must consider the request")


@pytest.mark.rule("EHC-24")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "The plan has to be handed over by 15 April 2027."),
        (["transferred=2027-04-12"], "The plan was handed over on 12 April 2027."),
    ],
)
def test_from_which_day_the_new_authority_counts_is_said(words: list[str], told: str) -> None:
    given = ["moved=2027-03-15", "known=2027-03-24", *words]
    _, inform, _ = compute_words(timetable("authority-transfer"), given)
    assert str(inform.reasons[0]) == told
