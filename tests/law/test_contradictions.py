"""Facts that cannot stand together, for every pair of days of every timetable.

`orders.txt` says of each pair which order can be. The days are early and late ones of one year, so
that nothing but their order differs; a span is a week or, where it counts, a longer time before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from opensenco.kernel.dates import say
from opensenco.kernel.errors import DomainError
from opensenco.law import rules
from opensenco.law.computing import Fact, FactKind, Surroundings, Timetable, compute_words, named
from tests.law.pages import example_school

DATED = (FactKind.DAY, FactKind.SPAN, FactKind.OPEN_SPAN)
A_WEEK = timedelta(days=7)
EARLY, LATE = date(2027, 2, 1), date(2027, 3, 1)
LINES = (Path(__file__).parent / "orders.txt").read_text("utf-8").splitlines()
LONG_AGO = {"born": date(2023, 9, 4)}
"""Facts whose early day has to be further away for the others to make sense."""


@dataclass(frozen=True)
class Pair:
    """What `orders.txt` says of two facts: `sign` is <, x or ~."""

    timetable: str
    besides: tuple[str, ...]
    one: str
    sign: str
    other: str


def pairs() -> Iterator[Pair]:
    timetable = ""
    besides: tuple[str, ...] = ()
    for line in LINES:
        if line.startswith("["):
            name, _, given = line[1:].partition("]")
            timetable, besides = name, tuple(given.split())
        elif line and not line.startswith(("#", "ahead ")):
            told, _, why = line.partition(":")
            one, sign, *others = told.split()
            assert sign in ("<", "x", "~")
            assert (sign == "~") is bool(why.strip()), f"{line}: say why"
            for other in others:
                yield Pair(timetable, besides, one, sign, other)


def ahead() -> dict[str, set[str]]:
    """For each timetable the facts that may lie ahead."""
    found: dict[str, set[str]] = {}
    for line in LINES:
        if line.startswith("["):
            told = found.setdefault(line[1:].partition("]")[0], set())
        elif line.startswith("ahead "):
            told.update(line.split()[1:])
    return found


def headers(timetable: str) -> list[tuple[str, ...]]:
    """What stands besides in the headers of a timetable."""
    told = (line[1:].partition("]") for line in LINES if line.startswith("["))
    return [tuple(given.split()) for name, _, given in told if name == timetable]


def written(timetable: Timetable, name: str, day: date) -> str:
    (fact,) = (each for each in timetable.facts if each.name == name)
    if fact.kind is FactKind.DAY:
        return f"{name}={day}"
    return f"{name}={day}..{day + A_WEEK}"


def words(timetable: Timetable, besides: tuple[str, ...], days: dict[str, date]) -> list[str]:
    """These days, with what else has to be given: besides, and what is required."""
    given = [word for word in besides if word.partition("=")[0] not in days]
    needed = {fact.name for fact in timetable.facts if fact.required and fact.kind in DATED}
    needed -= {*days, *(word.partition("=")[0] for word in given)}
    given += [written(timetable, name, LONG_AGO.get(name, EARLY)) for name in sorted(needed)]
    if "considered" in days:
        given.append("reason=employment")
    return [*given, *(written(timetable, name, day) for name, day in days.items())]


def in_order(pair: Pair, first: str, then: str) -> list[str]:
    """The facts with `first` on an early day and `then` on a late one."""
    days = {first: LONG_AGO.get(first, EARLY), then: LATE}
    return words(rules.timetable(pair.timetable), pair.besides, days)


def refusal(timetable: str, given: list[str], today: date | None = None) -> str:
    found = rules.timetable(timetable)
    around = Surroundings(calendar=example_school(), proposed=True, asked_on=today)
    try:
        compute_words(found, given, around)
    except DomainError as error:
        return named(found, given, error)
    return ""


@pytest.mark.parametrize("timetable", sorted(rules.TIMETABLES))
def test_every_pair_of_days_is_told(timetable: str) -> None:
    dated = [fact.name for fact in rules.TIMETABLES[timetable].facts if fact.kind in DATED]
    told = [{each.one, each.other} for each in pairs() if each.timetable == timetable]
    for one, other in combinations(dated, 2):
        assert {one, other} in told, f"{timetable}: what of {one} and {other}?"


@pytest.mark.parametrize(
    "pair", [pytest.param(each, id=f"{each.timetable}-{each.one}-{each.other}") for each in pairs()]
)
def test_what_cannot_be_is_refused_with_rule_and_fact(pair: Pair) -> None:
    timetable = rules.timetable(pair.timetable)
    forwards = refusal(pair.timetable, in_order(pair, pair.one, pair.other))
    backwards = refusal(pair.timetable, in_order(pair, pair.other, pair.one))
    assert bool(forwards) is (pair.sign == "x"), forwards
    assert bool(backwards) is (pair.sign in ("<", "x")), backwards
    for told in filter(None, (forwards, backwards)):
        rule, _, rest = told.partition(", ")
        assert rule in timetable.rule_ids
        fact, colon, reason = rest.partition(": ")
        assert fact in {fact.name for fact in timetable.facts}
        assert colon
        assert reason
        assert "\n" not in told


NOT_ON_ONE_DAY = ("born", "prior-service", "autumn", "spring")
"""Facts that come a day before the others at least."""


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(each, id=f"{each.timetable}-{each.one}-{each.other}")
        for each in pairs()
        if each.sign == "<" and each.one not in NOT_ON_ONE_DAY
    ],
)
def test_one_day_can_hold_both(pair: Pair) -> None:
    both = {pair.one: LATE, pair.other: LATE}
    assert not refusal(pair.timetable, words(rules.timetable(pair.timetable), pair.besides, both))


PAST = [
    pytest.param(each, fact, id=f"{each.name}-{fact.name}")
    for each in rules.TIMETABLES.values()
    for fact in each.facts
    if fact.past
]


@pytest.mark.parametrize("timetable", sorted(rules.TIMETABLES))
def test_of_every_day_it_is_told_whether_it_may_lie_ahead(timetable: str) -> None:
    found = rules.TIMETABLES[timetable].facts
    told = {fact.name for fact in found if fact.kind in DATED and not fact.past}
    assert told == ahead().get(timetable, set())
    assert all(fact.kind in DATED for fact in found if fact.past)


@pytest.mark.parametrize(("timetable", "fact"), PAST)
def test_what_has_happened_cannot_lie_ahead(timetable: Timetable, fact: Fact) -> None:
    every = [words(timetable, besides, {fact.name: LATE}) for besides in headers(timetable.name)]
    given = next(each for each in every if not refusal(timetable.name, each))
    day = LATE if fact.kind is FactKind.DAY else LATE + A_WEEK
    before = day - timedelta(days=1)
    rule = fact.rule or timetable.rules[0]
    assert refusal(timetable.name, given, before) == (
        f"{rule.id}, {fact.name}: {say(day)} has not come yet: today is {say(before)}."
    )
    assert not refusal(timetable.name, given, day)


@pytest.mark.parametrize(
    ("timetable", "given", "told"),
    [
        (
            "phase-transfer",
            "year=2027 kind=school moves=2027-09-06",
            "REV-15, moves: This cannot be given together with year.",
        ),
        (
            "annual-review",
            "meeting=2027-02-09 outcome=keep finalised=2027-03-20",
            "REV-13, finalised: There is an amended plan only where the plan is to be amended.",
        ),
        (
            "annual-review",
            "meeting=2027-09-01 born=2001-09-01",
            "REV-07, born: Nobody born then has a plan on 1 September 2027: plans end by age",
        ),
        (
            "ceasing",
            "born=2001-09-01 notice=2027-09-01",
            "EHC-27, notice: On 1 September 2027 the plan had ended in any case, by age.",
        ),
        (
            "ceasing",
            "born=2001-09-01 considered=2027-09-01 reason=employment",
            "EHC-27, considered: On 1 September 2027 the plan had ended in any case, by age.",
        ),
        (
            "phase-transfer",
            "year=2027 kind=school finalised=2025-02-14",
            "REV-15, finalised: 14 February 2025 is more than two years before 15 February 2027",
        ),
        (
            "annual-review",
            "meeting=2027-02-09 year-group=22",
            "REV-07, year-group: Give a year group from 0 (reception) to 21.",
        ),
        (
            "needs-assessment",
            "requested=2027-01-04 outcome=refuse draft-served=2027-03-01",
            "EHC-04, draft-served: There was no assessment, so there is no such day:",
        ),
        (
            "re-assessment",
            "asked=2027-01-04 outcome=refuse final-sent=2027-03-01",
            "EHC-23, final-sent: There was no re-assessment, so there is no such day.",
        ),
        (
            "tribunal-order",
            "dated=2027-04-20 kind=amend draft-sent=2027-05-01",
            "TRB-09, draft-sent: An order of the kind amend has no such step.",
        ),
        (
            "census",
            "academic-year=2026 autumn=2027-01-21",
            "IDN-09, spring: This is the day of autumn as well.",
        ),
        (
            "census",
            "academic-year=2026 spring=2027-09-01",
            "IDN-09, spring: This day is not in 2026/27.",
        ),
        (
            "exam-deadlines",
            "year=2027 applied=2027-09-01",
            "EXA-09, applied: 1 September 2027 is after the summer of 2027.",
        ),
        (
            "early-years-profile",
            "academic-year=2026 done=2026-08-31",
            "APD-17, done: 31 August 2026 is before the reception year 2026/27.",
        ),
        (
            "two-year-check",
            "born=2024-05-20 done=2026-05-19",
            "APD-16, done: 19 May 2026 is before the second birthday (20 May 2026).",
        ),
        (
            "subject-access",
            "received=2027-01-04 paused=2027-01-05.. paused=2027-01-12..2027-01-15",
            "GOV-04, paused: Only the last question can be unanswered.",
        ),
    ],
)
def test_other_facts_that_cannot_stand_together(timetable: str, given: str, told: str) -> None:
    assert refusal(timetable, given.split()).startswith(told)


@pytest.mark.parametrize(
    ("timetable", "given"),
    [
        ("annual-review", "meeting=2027-02-09 outcome=keep decided=2027-03-01 year-group=21"),
        ("needs-assessment", "requested=2027-01-04 outcome=refuse decided=2027-02-01"),
        ("annual-review", "meeting=2027-08-31 born=2001-09-01"),
        ("ceasing", "born=2001-09-01 notice=2027-08-31"),
        ("phase-transfer", "year=2027 kind=school finalised=2025-02-15"),
        ("exam-deadlines", "year=2027 applied=2027-08-31"),
        ("early-years-profile", "academic-year=2026 done=2026-09-01"),
        ("two-year-check", "born=2024-05-20 done=2026-05-20"),
        ("subject-access", "received=2027-01-04 paused=2027-01-12.. paused=2027-01-05..2027-01-08"),
        ("authority-transfer", "moved=2027-03-01 known=2027-02-01 last-review=2027-03-01"),
    ],
)
def test_what_only_just_can_be_is_taken(timetable: str, given: str) -> None:
    assert not refusal(timetable, given.split())
