"""A timetable as it can be named: its facts, the words they are given in, and what answers.

A module of `law/timetables` ends with its tuple TIMETABLES and is found by itself (`law/rules.py`).
`compute` takes the words a person types, `key=value`, and gives the steps. It reads no file and no
clock: calendars, numbers and the setting for what is only proposed are handed in.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from typing import Any

from opensenco.kernel.dates import Span, parse_day
from opensenco.kernel.errors import DomainError, Invalid
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import BankHolidays, england
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.due import Due
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.rule import BadFact, NotInForce, Rule
from opensenco.law.strength import Strength

NONE = "none"


class FactKind(StrEnum):
    """How a fact is written, and what becomes of it."""

    DAY = "day"
    """2027-02-14: a `date`."""
    SPAN = "span"
    """2027-07-22..2027-09-01, both counted: a `Span` with an end."""
    OPEN_SPAN = "open-span"
    """The same; the part after the dots may be empty."""
    CHOICE = "choice"
    """One of the words listed: a `str`."""
    YEAR = "year"
    """2027: an `int`."""
    ACADEMIC_YEAR = "academic-year"
    """2026 or 2026/27: an `AcademicYear`."""
    YES_NO = "yes-no"
    """yes or no: a `bool`."""
    NUMBER = "number"
    """A whole number, not below nought: an `int`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: the name people write, its kind, and a sentence of help.

    `keyword` is the name by which the class of facts takes it. A repeated fact comes as a tuple.
    The word `none` says of a fact that is not required that there is none. `rule` is named in a
    refusal in place of the first rule of the timetable. `past` is true of a fact that only says
    what has happened, so that it cannot lie ahead of today; a day that something is counted from
    may, since people plan with it.
    """

    name: str
    kind: FactKind
    help: str
    required: bool = False
    repeated: bool = False
    choices: tuple[str, ...] = ()
    rule: Rule | None = None
    past: bool = False

    @property
    def keyword(self) -> str:
        return self.name.replace("-", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a timetable may need besides facts: bank holidays, a school's calendar, numbers.

    `proposed` is the setting that shows what is not law; nothing of it is ever late. `asked_on` is
    needed only to refuse words that say of a day to come that something happened on it.
    """

    holidays: BankHolidays = field(default_factory=england)
    calendar: SchoolCalendar | None = None
    parameters: Parameters = SHIPPED
    proposed: bool = False
    asked_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """A timetable by its stable name.

    `takes` makes the facts from keywords; `gives` are the functions that answer, in the order of
    their steps. Each is called with `facts` and, where its signature names them, `calendar`,
    `holidays` and `parameters`. `rules` are those it answers, the first being the one whose page
    holds the worked examples; `steps` all the names of steps that can come out.
    """

    name: str
    title: str
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    steps: tuple[str, ...]
    takes: Callable[..., Any]
    gives: tuple[Callable[..., tuple[Due, ...]], ...]

    @property
    def rule_ids(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.rules)

    @cached_property
    def asks(self) -> tuple[frozenset[str], ...]:
        """For each function of `gives`, the names of what it takes."""
        return tuple(frozenset(inspect.signature(each).parameters) for each in self.gives)

    @cached_property
    def needs_calendar(self) -> bool:
        """Whether it counts school days, and can say nothing without a school's calendar."""
        return any(
            "calendar" in names and each.default is inspect.Parameter.empty
            for function, names in zip(self.gives, self.asks, strict=True)
            for each in [inspect.signature(function).parameters.get("calendar")]
            if each is not None
        )

    @cached_property
    def only_proposed(self) -> bool:
        """Whether nothing of it is law."""
        return all(rule.strength is Strength.PROPOSED for rule in self.rules)


class NotLaw(DomainError):
    """Only proposed: shown only where the setting for proposals is on."""

    code = "not-law"


def compute(
    timetable: Timetable, facts: Any, around: Surroundings | None = None
) -> tuple[Due, ...]:
    """The steps for `facts`, made by `timetable.takes`. Steps that are only proposed are left out
    unless the setting is on.

    Raises BadFact, NotInForce, NotLaw and CalendarNotCovered.
    """
    around = around or Surroundings()
    if timetable.only_proposed and not around.proposed:
        words = mark("{rule}, {name}: this is only proposed and not law; ask for proposals to see.")
        raise NotLaw(sentence(words, rule=timetable.rules[0].id, name=timetable.name))
    if timetable.needs_calendar and around.calendar is None:
        raise BadFact(
            timetable.rules[0].id,
            "calendar",
            mark("This counts school days, so it needs the calendar of the school."),
        )
    offered = {
        "facts": facts,
        "calendar": around.calendar,
        "holidays": around.holidays,
        "parameters": around.parameters,
    }
    steps: list[Due] = []
    for function, names in zip(timetable.gives, timetable.asks, strict=True):
        steps += function(**{name: offered[name] for name in names})
    if around.proposed:
        return tuple(steps)
    return tuple([step for step in steps if step.strength is not Strength.PROPOSED])


def compute_words(
    timetable: Timetable, words: Iterable[str], around: Surroundings | None = None
) -> tuple[Due, ...]:
    """The steps for facts written as `key=value`. Raises what `compute` and `parse` raise."""
    around = around or Surroundings()
    return compute(timetable, parse(timetable, words, around.asked_on), around)


def parse(timetable: Timetable, words: Iterable[str], today: date | None = None) -> Any:
    """The facts in `words`, each `key=value`, as `timetable.takes` makes them.

    Raises BadFact for a word that is none, an unknown fact, one given twice, one that is missing or
    cannot be, or, where `today` is given, that has not happened yet; NotInForce for a day before
    the law.
    """
    given = _collect(timetable, words)
    keywords: dict[str, Any] = {}
    for fact in timetable.facts:
        texts = given.get(fact.name, [])
        if fact.required and not texts:
            raise _refused(timetable, fact, mark("This fact is needed."))
        if texts:
            values = tuple(_value(timetable, fact, text) for text in texts)
            keywords[fact.keyword] = values if fact.repeated else values[0]
    facts = timetable.takes(**keywords)
    if today is not None:
        for fact in timetable.facts:
            _check_happened(timetable, fact, keywords.get(fact.keyword), today)
    return facts


def named(timetable: Timetable, given: Iterable[str], error: DomainError) -> str:
    """The refusal as one line that names the rule and the fact, for `given` words."""
    if isinstance(error, BadFact | NotLaw) or (isinstance(error, NotInForce) and error.named):
        return str(error)
    facts = [word.partition("=")[0] for word in given]
    if isinstance(error, CalendarNotCovered) and error.table != england().name:
        facts = ["calendar"]
    by_name = {fact.name: fact.rule for fact in timetable.facts}
    told = {by_name.get(fact) or timetable.rules[0] for fact in facts}
    rule = told.pop() if len(told) == 1 else timetable.rules[0]
    return f"{rule.id}, {', '.join(dict.fromkeys(facts))}: {error}"


def _collect(timetable: Timetable, words: Iterable[str]) -> Mapping[str, list[str]]:
    by_name = {fact.name: fact for fact in timetable.facts}
    given: dict[str, list[str]] = {}
    for word in words:
        name, equals, text = (part.strip() for part in word.partition("="))
        fact = by_name.get(name)
        if fact is None:
            raise BadFact(timetable.rules[0].id, name or "?", _unknown(name, tuple(by_name)))
        if not equals or not text:
            raise _refused(timetable, fact, mark("Write the fact, an equals sign and its value."))
        texts = given.setdefault(name, [])
        if texts and not fact.repeated:
            raise _refused(timetable, fact, mark("This fact is given twice."))
        if texts and (_says_none(fact, [text]) or _says_none(fact, texts)):
            raise _refused(timetable, fact, mark("There is none, or there is one: not both."))
        texts.append(text)
    return {name: texts for name, texts in given.items() if not _says_none(by_name[name], texts)}


def _says_none(fact: Fact, texts: list[str]) -> bool:
    """Whether `none` was said of a fact for which it is not a value of its own."""
    return texts == [NONE] and not fact.required and NONE not in fact.choices


def _unknown(name: str, names: tuple[str, ...]) -> Sentence:
    near = get_close_matches(name, names, n=1)
    words = mark("There is no such fact here. There is: {names}.")
    return sentence(words, names=", ".join(near or names))


def _value(timetable: Timetable, fact: Fact, text: str) -> Any:
    try:
        return _READ[fact.kind](fact, text)
    except Invalid as error:
        raise _refused(timetable, fact, error.words) from None


def _check_happened(timetable: Timetable, fact: Fact, given: Any, today: date) -> None:
    if not fact.past or given is None:
        return
    for value in given if fact.repeated else (given,):
        day = (value.last or value.first) if isinstance(value, Span) else value
        if day > today:
            words = mark("{day} has not come yet: today is {today}.")
            raise _refused(timetable, fact, sentence(words, day=day, today=today))


def _refused(timetable: Timetable, fact: Fact, words: Sentence | str) -> BadFact:
    return BadFact((fact.rule or timetable.rules[0]).id, fact.name, words)


def _span(fact: Fact, text: str) -> Span:
    span = Span.parse(text, fact.name)
    if span.last is None:
        raise Invalid(fact.name, mark("Give the last day too."))
    return span


def _choice(fact: Fact, text: str) -> str:
    if text not in fact.choices:
        words = mark("Write one of these: {choices}.")
        raise Invalid(fact.name, sentence(words, choices=", ".join(fact.choices)))
    return text


def _number(fact: Fact, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Invalid(fact.name, mark("Write a whole number."))
    return int(text)


def _year(fact: Fact, text: str) -> int:
    if len(text) != 4:
        raise Invalid(fact.name, mark("The year must be four numbers, such as 2027."))
    return parse_day(f"{text}-01-01", fact.name).year


def _yes_no(fact: Fact, text: str) -> bool:
    if text not in ("yes", "no"):
        raise Invalid(fact.name, mark("Write yes or no."))
    return text == "yes"


def _day(fact: Fact, text: str) -> date:
    return parse_day(text, fact.name)


_READ: dict[FactKind, Callable[[Fact, str], Any]] = {
    FactKind.DAY: _day,
    FactKind.SPAN: _span,
    FactKind.OPEN_SPAN: lambda fact, text: Span.parse(text, fact.name),
    FactKind.CHOICE: _choice,
    FactKind.YEAR: _year,
    FactKind.ACADEMIC_YEAR: lambda fact, text: AcademicYear.parse(text),
    FactKind.YES_NO: _yes_no,
    FactKind.NUMBER: _number,
}
