"""Timetables by name: what they declare, how facts are read, and how they are refused."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opensenco.kernel.dates import Span
from opensenco.kernel.errors import DomainError, NotFound
from opensenco.kernel.words import mark
from opensenco.law import rules
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.reading import read_calendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.computing import (
    Fact,
    FactKind,
    NotLaw,
    Surroundings,
    Timetable,
    compute,
    compute_words,
    named,
    parse,
)
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answered_by
from opensenco.law.rule import BadFact, Kind, NotInForce, Rule
from opensenco.law.rulebook.identification import IDN_09
from opensenco.law.strength import Evidence, Provision, Strength
from tests.law.pages import example_school, headings, timetable_of

HERE = Path(__file__).parent
ALL = [pytest.param(each, id=each.name) for each in rules.TIMETABLES.values()]
AROUND = {"facts", "calendar", "holidays", "parameters"}


def dotted(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


@pytest.mark.parametrize("timetable", ALL)
def test_a_timetable_declares_what_it_is(timetable: Timetable) -> None:
    names = [timetable.name, *timetable.steps, *(fact.name for fact in timetable.facts)]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    assert len({fact.name for fact in timetable.facts}) == len(timetable.facts)
    assert len(set(timetable.steps)) == len(timetable.steps)
    assert timetable.steps
    assert all(fact.help.endswith(".") for fact in timetable.facts)
    assert all((fact.kind is FactKind.CHOICE) is bool(fact.choices) for fact in timetable.facts)
    for rule in timetable.rules:
        assert rules.RULES[rule.id] is rule


@pytest.mark.parametrize("timetable", ALL)
def test_a_timetable_is_answered_by_functions_that_carry_its_rules(timetable: Timetable) -> None:
    carried = {dotted(function) for rule in timetable.rules for function in timetable.gives}
    assert all(
        set(answered_by(rule.id)) & carried for rule in timetable.rules if rule.kind.computes
    )
    for asks in timetable.asks:
        assert "facts" in asks
        assert asks <= AROUND


@pytest.mark.parametrize("timetable", ALL)
def test_the_facts_are_those_that_the_law_takes(timetable: Timetable) -> None:
    taken = inspect.signature(timetable.takes).parameters
    names = {fact.keyword for fact in timetable.facts}
    if not any(each.kind is inspect.Parameter.VAR_KEYWORD for each in taken.values()):
        assert names == set(taken)
    needed = {
        name
        for name, each in taken.items()
        if each.default is inspect.Parameter.empty
        and each.kind is not inspect.Parameter.VAR_KEYWORD
        and "factory" not in str(each.default)
    }
    assert needed == {fact.keyword for fact in timetable.facts if fact.required}


@pytest.mark.parametrize("timetable", ALL)
def test_a_fact_that_is_not_known_is_refused_everywhere(timetable: Timetable) -> None:
    with pytest.raises(BadFact) as refused:
        compute_words(timetable, ["no-such-fact=1"])
    assert (refused.value.rule, refused.value.field) == (timetable.rules[0].id, "no-such-fact")


def test_every_page_of_a_timetable_has_examples() -> None:
    # These five read their tables in tests of their own.
    own = {"census", "concern-reply", "cycle-review", "parent-meetings", "tell-parents"}
    assert {timetable_of(heading) for _, heading in headings()} | own == set(rules.TIMETABLES)


def promises() -> list[tuple[bool, str, set[str], set[str]]]:
    found = []
    for line in (HERE / "promises.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            timetable, facts, steps = (part.strip() for part in line.split("|"))
            name = timetable.removeprefix("pending ")
            found.append((name != timetable, name, set(facts.split()), set(steps.split())))
    return found


@pytest.mark.parametrize(("pending", "name", "facts", "steps"), promises())
def test_names_that_others_build_on_stay(
    pending: bool, name: str, facts: set[str], steps: set[str]
) -> None:
    if pending:
        assert name not in rules.TIMETABLES, "It is written: take “pending” away in promises.txt."
        return
    found = rules.timetable(name)
    assert facts <= {fact.name for fact in found.facts}
    assert steps <= set(found.steps)


def _made(**given: Any) -> dict[str, Any]:
    return given


PROPOSAL = Rule(
    id="REF-99",
    title=mark("A proposal"),
    kind=Kind.CLOCK,
    strength=Strength.PROPOSED,
    evidence=Evidence.SECONDARY,
    provision=Provision("A white paper"),
    page="calendar",
    text=mark("Not law."),
)


def answer(*, facts: dict[str, Any]) -> tuple[Due, ...]:
    return tuple(
        due_by(rule, step=rule.id.lower(), title="Step", on=facts["day"], reasons=())
        for rule in (IDN_09, PROPOSAL)
    )


FACTS = (
    Fact("day", FactKind.DAY, mark("A day."), required=True),
    Fact("closed", FactKind.SPAN, mark("A span.")),
    Fact("support", FactKind.OPEN_SPAN, mark("Spans."), repeated=True),
    Fact("kind-of", FactKind.CHOICE, mark("A choice."), choices=("none", "one", "two")),
    Fact("year", FactKind.YEAR, mark("A year.")),
    Fact("academic-year", FactKind.ACADEMIC_YEAR, mark("A school year.")),
    Fact("told", FactKind.YES_NO, mark("Yes or no."), rule=PROPOSAL),
    Fact("score", FactKind.NUMBER, mark("A number.")),
)
TRIAL = Timetable(
    name="trial",
    title=mark("Trial"),
    facts=FACTS,
    rules=(IDN_09, PROPOSAL),
    steps=("idn-09", "ref-99"),
    takes=_made,
    gives=(answer,),
)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("closed=2027-07-22..2027-09-01", Span(date(2027, 7, 22), date(2027, 9, 1))),
        ("support=2027-07-22..", (Span(date(2027, 7, 22)),)),
        ("kind-of=two", "two"),
        ("kind-of=none", "none"),
        ("year=2027", 2027),
        ("academic-year=2026", AcademicYear(2026)),
        ("academic-year=2026/27", AcademicYear(2026)),
        ("told=yes", True),
        ("told=no", False),
        ("score=84", 84),
    ],
)
def test_a_fact_is_read_by_its_kind(word: str, value: object) -> None:
    fact = word.partition("=")[0].replace("-", "_")
    assert parse(TRIAL, ["day=2027-02-14", word]) == {"day": date(2027, 2, 14), fact: value}


def test_none_says_that_there_is_none_and_a_repeated_fact_is_a_tuple() -> None:
    assert parse(TRIAL, ["day=2027-02-14", "closed=none", "support=none"]) == {
        "day": date(2027, 2, 14)
    }
    given = parse(
        TRIAL, ["day=2027-02-14", "support=2026-01-01..2026-02-01", "support=2027-01-01.."]
    )
    assert [str(span) for span in given["support"]] == ["2026-01-01..2026-02-01", "2027-01-01.."]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "IDN-09, day: This fact is needed."),
        (["day=none"], "IDN-09, day: Write the date as year, month, day: 2027-02-14."),
        (["day=2027-02-29"], "IDN-09, day: Enter a real date, such as 14 February 2027."),
        (["day=14 February"], "IDN-09, day: Write the date as year, month, day: 2027-02-14."),
        (["day=2027-02-14", "day=2027-02-14"], "IDN-09, day: This fact is given twice."),
        (["closed=none", "closed=none"], "IDN-09, closed: This fact is given twice."),
        (["closed=none", "closed=2027-01-01..2027-01-02"], "IDN-09, closed: This fact is given"),
        (["support=none", "support=2027-01-01.."], "IDN-09, support: There is none, or there"),
        (["support=2027-01-01..", "support=none"], "IDN-09, support: There is none, or there"),
        (["support=none", "support=none"], "IDN-09, support: There is none, or there is one"),
        (["day"], "IDN-09, day: Write the fact, an equals sign and its value."),
        (["day="], "IDN-09, day: Write the fact, an equals sign and its value."),
        (["=2027-02-14"], "IDN-09, ?: There is no such fact here."),
        (["dya=2027-02-14"], "IDN-09, dya: There is no such fact here. There is: day."),
        (["closed=2027-01-01"], "IDN-09, closed: Write two dates with two dots between"),
        (["closed=2027-01-01.."], "IDN-09, closed: Give the last day too."),
        (["closed=2027-01-02..2027-01-01"], "IDN-09, closed: The end must be on or after"),
        (["kind-of=three"], "IDN-09, kind-of: Write one of these: none, one, two."),
        (["year=27"], "IDN-09, year: The year must be four numbers"),
        (["year=0027"], "IDN-09, year: The year must be from 1900 to 2199."),
        (["academic-year=2026/28"], "IDN-09, academic-year: The academic year from 2026"),
        (["told=maybe"], "REF-99, told: Write yes or no."),
        (["score=-1"], "IDN-09, score: Write a whole number."),
    ],
)
def test_a_bad_fact_is_one_line_with_rule_and_fact(words: list[str], line: str) -> None:
    given = (
        words
        if not words or words[0].startswith(("day", "dya", "="))
        else [
            "day=2027-02-14",
            *words,
        ]
    )
    with pytest.raises(BadFact) as refused:
        compute_words(TRIAL, given)
    assert named(TRIAL, given, refused.value).startswith(line)


def test_what_is_only_proposed_is_shown_only_where_asked_for() -> None:
    facts = {"day": date(2020, 1, 1)}
    assert [step.step for step in compute(TRIAL, facts)] == ["idn-09"]
    both = compute(TRIAL, facts, Surroundings(proposed=True))
    assert [step.step for step in both] == ["idn-09", "ref-99"]
    alone = Timetable(
        name="alone",
        title=mark("Alone"),
        facts=FACTS,
        rules=(PROPOSAL,),
        steps=("idn-09", "ref-99"),
        takes=_made,
        gives=(answer,),
    )
    with pytest.raises(NotLaw, match="REF-99, alone: this is only proposed"):
        compute(alone, facts)
    assert compute(alone, facts, Surroundings(proposed=True)) == both


def test_school_days_are_not_counted_without_a_calendar() -> None:
    concern = rules.timetable("concern-reply")
    with pytest.raises(BadFact) as refused:
        compute_words(concern, ["raised=2026-09-14"])
    assert str(refused.value).startswith("IDN-12, calendar: This counts school days")
    around = Surroundings(calendar=example_school())
    (reply,) = compute_words(concern, ["raised=2026-09-14"], around)
    assert reply.on == date(2026, 9, 28)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["raised=2027-07-20"], "IDN-12, calendar: “Example school” does not cover"),
        (["raised=2014-08-31"], "IDN-12, raised: 31 August 2014 is before this rule came into"),
    ],
)
def test_a_refusal_of_the_law_names_rule_and_fact(words: list[str], line: str) -> None:
    concern = rules.timetable("concern-reply")
    with pytest.raises(DomainError) as refused:
        compute_words(concern, words, Surroundings(calendar=example_school()))
    assert named(concern, words, refused.value).startswith(line)


@pytest.mark.rule("CAL-09")
@pytest.mark.parametrize(
    ("raised", "line"),
    [
        (
            "2026-12-14",
            (
                "IDN-12, calendar: “a.csv” does not cover 19 December 2026, so the date cannot be "
                "worked out. Nothing is said in it of 19 December 2026 to 3 January 2027; enter "
                "what these days are."
            ),
        ),
        ("2026-12-22", "Nothing is said in it of 19 December 2026 to 3 January 2027; enter what"),
        ("2027-02-10", "Nothing is said in it of 13 February 2027 to 17 February 2027; enter"),
        (
            "2026-08-20",
            "does not cover 21 August 2026, so the date cannot be worked out. It covers",
        ),
        ("2027-03-24", "It covers 18 February 2027 to 25 March 2027."),
    ],
)
def test_a_calendar_with_a_gap_says_from_when_to_when(raised: str, line: str) -> None:
    text = (
        "from,to,kind\n2027-02-18,2027-03-25,term\n2026-09-01,2026-12-18,term\n"
        "2027-01-04,2027-02-12,term\n"
    )
    around = Surroundings(calendar=read_calendar(text, "a.csv", england()))
    concern, given = rules.timetable("concern-reply"), [f"raised={raised}"]
    with pytest.raises(DomainError) as refused:
        compute_words(concern, given, around)
    assert line in named(concern, given, refused.value)


@pytest.mark.parametrize(
    ("timetable", "given", "line"),
    [
        ("mediation", ["declined=2029-01-01"], "TRB-04, declined: “Bank holidays of England” does"),
        ("mediation", ["declined=2027-02-30"], "TRB-04, declined: Enter a real date"),
        ("annual-review", ["meeting=2027-02-09", "notice=soon"], "REV-11, notice: Write the date"),
        ("medical-plan", ["told=2027-02-30"], "MED-03, told: Enter a real date"),
    ],
)
def test_a_refusal_names_the_rule_of_the_fact_and_not_the_first_of_the_timetable(
    timetable: str, given: list[str], line: str
) -> None:
    found = rules.timetable(timetable)
    with pytest.raises(DomainError) as refused:
        compute_words(found, given)
    assert named(found, given, refused.value).startswith(line)


def test_a_number_that_is_not_in_force_names_rule_and_facts() -> None:
    line = named(TRIAL, ["day=2027-02-14", "year=2027"], NotInForce("No value of x."))
    assert line == "IDN-09, day, year: No value of x."


def test_a_timetable_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="There is: census"):
        rules.timetable("cenus")


@pytest.mark.rule("CAL-09")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The first line of the calendar must be: from,to,kind."),
        ("from;to;kind", "The first line of the calendar must be: from,to,kind."),
        ("from,to,kind\n2026-09-01,2026-12-18", "Line 2 must have three parts"),
        ("from,to,kind\n2026-09-01,2026-12-18,terms", "Line 2: the kind must be one of these"),
        ("from,to,kind\n\n2026-09-31,2026-12-18,term", "Line 3: Enter a real date"),
        ("from,to,kind\n2026-12-18,2026-09-01,term", "Line 2 ends before it begins."),
        (
            "from,to,kind\n2026-09-01,2026-12-18,term\n2026-12-18,2027-01-18,term",
            "Line 3: this term overlaps the one in line 2.",
        ),
        (
            "from,to,kind\n2027-01-04,2027-03-25,term\n\n2026-09-01,2027-01-04,term",
            "Line 4: this term overlaps the one in line 2.",
        ),
        (
            "from,to,kind\n2026-11-03,2026-11-05,closed\n2026-11-05,2026-11-07,open",
            "Line 2: 5 November 2026 is open as well, in line 3.",
        ),
        ('from,to,kind\n"2026-09-01,2026-12-18,term', "Line 2 is not well written"),
        (f"from,to,kind\n{'x' * 200_000},2026-12-18,term", "Line 2 is not well written"),
    ],
)
def test_a_calendar_that_cannot_be_says_which_line(text: str, words: str) -> None:
    with pytest.raises(BadFact) as refused:
        read_calendar(text, "a.csv", england())
    assert str(refused.value).startswith(f"CAL-09, calendar: {words}")


@pytest.mark.rule("CAL-09")
def test_a_calendar_is_read_whatever_saved_it() -> None:
    text = "\ufefffrom,to,kind\r\n2026-09-01,2026-12-18,term\r\n,,\r\n"
    calendar = read_calendar(text, "a.csv", england())
    assert calendar.terms == (Span(date(2026, 9, 1), date(2026, 12, 18)),)
    assert calendar.name == "a.csv"
    upside_down = "from,to,kind\n2027-01-04,2027-03-25,term\n2026-09-01,2026-12-18,term\n"
    for text in (upside_down, upside_down.replace("\n", "\r")):
        terms = read_calendar(text, "a.csv", england()).terms
        assert [term.first for term in terms] == [date(2026, 9, 1), date(2027, 1, 4)]
