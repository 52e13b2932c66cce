"""What holds for every timetable that has worked examples, whatever its facts.

Examples of docs/law are moved through the years, so that they meet other weekdays, leap years and
bank holidays; then one fact is moved further. Within one state of the law a later fact never gives
an earlier day, an exception never shortens, and computing again gives the same.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from opensenco.kernel.dates import Span, parse_day
from opensenco.kernel.errors import DomainError
from opensenco.law import rules
from opensenco.law.computing import FactKind, Surroundings, Timetable, compute_words, parse
from opensenco.law.due import Due
from opensenco.law.registry import answered_by
from opensenco.law.rule import BadFact
from opensenco.law.stored import from_data, to_data
from tests.law.pages import CALENDARS, HEADING, Example, examples, headings, timetable_of
from tests.law.test_worked_examples import words

NAMES = sorted({timetable_of(heading) for _, heading in headings()})
DAYS = {FactKind.DAY}
SPANS = {FactKind.SPAN, FactKind.OPEN_SPAN}
YEARS = range(-11, 2)
MAY_TURN: dict[tuple[str, str], str] = {}
"""A timetable and fact for which a later day may give an earlier one, and why that is the law."""
NO_EXCEPTION = {("senco-award", "prior-service"): "The clock starts with the earliest service."}
"""A span that is no exception, or not only one; its own test says what it does."""


@cache
def bases(name: str) -> tuple[Example, ...]:
    """The examples of a timetable that are not refused."""
    found = []
    for page, heading in headings():
        if timetable_of(heading) == name:
            rows = examples(page, f"{HEADING}{heading}")
            found += [row for row in rows if not row.get("refused")]
    return tuple(found)


def moved(timetable: Timetable, given_words: list[str], by: int, only: str = "") -> list[str]:
    """The facts with every day, or those of the fact `only`, moved by so many days."""
    kinds = {fact.name: fact.kind for fact in timetable.facts}
    out = []
    for word in given_words:
        name, _, text = word.partition("=")
        if text == "none" or (only and name != only):
            out.append(word)
        elif kinds[name] in DAYS:
            out.append(f"{name}={parse_day(text) + timedelta(days=by)}")
        elif kinds[name] in SPANS:
            span = Span.parse(text)
            last = span.last + timedelta(days=by) if span.last else None
            out.append(f"{name}={Span(span.first + timedelta(days=by), last)}")
        else:
            out.append(word)
    return out


def around(base: Example) -> Surroundings:
    """What the example is computed in: its calendar, and what is not law where it says so."""
    calendar = base.get("calendar", "")
    return Surroundings(
        calendar=CALENDARS[calendar]() if calendar else None,
        proposed=base.get("proposed") == "yes",
    )


def compute(timetable: Timetable, given_words: list[str], base: Example) -> tuple[Due, ...]:
    try:
        return compute_words(timetable, given_words, around(base))
    except DomainError:
        assume(False)
        raise


@cache
def reach(name: str, number: int) -> tuple[int, ...]:
    """By how many years the example can be moved and is still computed: its rule may be young."""
    timetable, base = rules.timetable(name), bases(name)[number]

    def computes(by: int) -> bool:
        try:
            compute_words(timetable, moved(timetable, words(timetable, base), by), around(base))
        except DomainError:
            return False
        return True

    if base.get("calendar"):
        return (0,)
    return tuple(each for each in YEARS if computes(365 * each) and computes(365 * each + 40)) or (
        0,
    )


def same_law(one: Due, other: Due) -> bool:
    return {(each.key, each.first) for each in one.used} == {
        (each.key, each.first) for each in other.used
    }


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@hypothesis_settings(max_examples=60)
def test_a_later_fact_never_gives_an_earlier_day(name: str, data: st.DataObject) -> None:
    timetable = rules.timetable(name)
    number = data.draw(st.integers(0, len(bases(name)) - 1))
    base = bases(name)[number]
    given_words = words(timetable, base)
    dated = [
        fact.name
        for fact in timetable.facts
        if fact.kind in DAYS and base.get(fact.name) and (name, fact.name) not in MAY_TURN
    ]
    if not dated:
        return
    years = data.draw(st.sampled_from(reach(name, number)))
    start = moved(timetable, given_words, 365 * years + data.draw(st.integers(0, 40)))
    fact = data.draw(st.sampled_from(dated))
    later = moved(timetable, start, data.draw(st.integers(1, 70)), only=fact)
    early = {due.step: due for due in compute(timetable, start, base)}
    late = {due.step: due for due in compute(timetable, later, base)}
    for step in early.keys() & late.keys():
        one, other = early[step], late[step]
        if one.on and other.on and same_law(one, other):
            assert one.on <= other.on, (step, start, later)


def test_the_rights_are_told_from_the_duties() -> None:
    found = {
        (name, due.step)
        for name in NAMES
        for base in bases(name)
        for due in compute_words(
            rules.timetable(name), words(rules.timetable(name), base), around(base)
        )
        if due.right is not None
    }
    assert found == {
        ("annual-review", "comments-close"),
        ("appeal", "appeal"),
        ("appeal", "appeal-advised"),
        ("draft-plan", "representations-close"),
        ("mediation", "contact-adviser"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_exception_never_shortens(name: str) -> None:
    timetable = rules.timetable(name)
    excuses = {
        fact.name
        for fact in timetable.facts
        if fact.kind in SPANS and not fact.required and (name, fact.name) not in NO_EXCEPTION
    }
    for base in bases(name):
        every = words(timetable, base)
        without = [word for word in every if word.partition("=")[0] not in excuses]
        before = {due.step: due.on for due in compute_words(timetable, without, around(base))}
        for due in compute_words(timetable, every, around(base)):
            plain = before.get(due.step)
            if due.on and plain:
                assert due.on >= plain


@pytest.mark.parametrize("name", NAMES)
def test_computing_again_and_keeping_gives_the_same(name: str) -> None:
    timetable = rules.timetable(name)
    for base in bases(name):
        steps = compute_words(timetable, words(timetable, base), around(base))
        assert steps == compute_words(timetable, words(timetable, base), around(base))
        assert steps == tuple(from_data(to_data(step)) for step in steps)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_and_step_of_a_timetable_has_an_example(name: str) -> None:
    timetable = rules.timetable(name)
    steps = {}
    for base in bases(name):
        for due in compute_words(timetable, words(timetable, base), around(base)):
            steps[due.step] = due
            assert due.reasons
            assert due.title
            assert due.rule in rules.RULES
    assert set(steps) == set(timetable.steps)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_gives_a_step_carries_the_rule_of_the_step(name: str) -> None:
    timetable = rules.timetable(name)
    for function in timetable.gives:
        alone = replace(timetable, gives=(function,))
        dotted = f"{function.__module__}.{function.__qualname__}"
        for base in bases(name):
            for due in compute_words(alone, words(timetable, base), around(base)):
                assert dotted in answered_by(due.rule), due.step


@pytest.mark.rule("CAL-01")
@pytest.mark.parametrize("name", NAMES)
def test_a_moment_is_never_taken_for_a_day(name: str) -> None:
    timetable = rules.timetable(name)
    by_keyword = replace(timetable, takes=dict)
    for base in bases(name):
        facts = parse(by_keyword, words(timetable, base))
        for keyword, value in facts.items():
            if isinstance(value, date):
                moment = datetime(value.year, value.month, value.day, 23, 30, tzinfo=UTC)
                with pytest.raises(BadFact, match="plain date"):
                    timetable.takes(**(facts | {keyword: moment}))


def test_moving_keeps_what_is_no_day() -> None:
    order = rules.timetable("tribunal-order")
    start = ["dated=2027-04-20", "kind=assess"]
    assert moved(order, start, 1) == ["dated=2027-04-21", "kind=assess"]
    assert moved(order, start, 1, only="kind") == start
    assert date.fromisoformat("2027-04-21").isoweekday() == 3
