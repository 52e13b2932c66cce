"""Lists and explains the rules of the law, and computes their dates.

    opensenco law list [--kind KIND] [--json]
    opensenco law explain RULE|TIMETABLE [--json]
    opensenco law compute TIMETABLE key=value ... [--today DAY] [--calendar FILE] [--numbers FILE]
                          [--proposed] [--json]

It needs no database and no settings. Exit code 2 where something was not understood; then one line
on the error stream says what, and nothing is computed. Without --today it is the clock's day, or
the one in OPENSENCO_TODAY.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from opensenco.kernel.clock import SystemClock
from opensenco.kernel.dates import parse_day
from opensenco.kernel.errors import DomainError, Invalid
from opensenco.kernel.words import mark, say, sentence
from opensenco.law import rules
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.reading import read_calendar
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Surroundings, Timetable, compute_words, named
from opensenco.law.due import Due, state
from opensenco.law.overlay_file import COLUMNS, read_numbers
from opensenco.law.parameters import SHIPPED, Origin, Parameters, Used
from opensenco.law.rule import BadFact, Kind, Rule
from opensenco.law.rulebook.counting import CAL_09, CAL_16
from opensenco.law.stored import report


class _Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {_one_line(message)}\n")


def main(words: Sequence[str]) -> int:
    """Run `opensenco law`; give the exit code: 0 done, 2 not understood."""
    options = _parser().parse_args(words)
    try:
        answer: str = options.run(options)
    except DomainError as error:
        print(f"opensenco law {options.part}: {_one_line(error)}", file=sys.stderr)  # noqa: T201
        return 2
    try:
        print(answer)  # noqa: T201 (the answer of a command)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, such as `| head`; Python must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _one_line(said: object) -> str:
    """What is refused may name what was typed, line breaks and all."""
    return " ".join(str(said).split())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("opensenco law", description=(__doc__ or "").partition("\n")[0])
    parts = parser.add_subparsers(dest="part", required=True, metavar="list|explain|compute")
    for name, run in (("list", _list), ("explain", _explain), ("compute", _compute)):
        part = parts.add_parser(name, help=(run.__doc__ or "").partition("\n")[0])
        part.set_defaults(run=run)
        part.add_argument("--json", action="store_true", help="for programs")
        if name == "list":
            part.add_argument("--kind", type=Kind, choices=list(Kind), help="rules of one kind")
        elif name == "explain":
            part.add_argument("name", metavar="RULE", help="a rule, or a timetable by its name")
        else:
            part.add_argument("timetable", metavar="TIMETABLE")
            part.add_argument("facts", nargs="*", metavar="key=value")
            part.add_argument("--today", metavar="DAY", help="as 2027-02-14; otherwise the clock's")
            part.add_argument(
                "--calendar", metavar="FILE", help="the school's: columns from,to,kind"
            )
            part.add_argument(
                "--numbers",
                metavar="FILE",
                help="those the school or authority set, .csv or .toml: columns "
                + ",".join(COLUMNS),
            )
            part.add_argument(
                "--proposed", action="store_true", help="show also what is proposed and not law"
            )
    return parser


def _list(options: argparse.Namespace) -> str:
    """Every rule with its kind, strength and title."""
    listed = [rules.line(rule) for rule in rules.listed(options.kind)]
    if options.json:
        return _json(listed)
    return "\n".join(
        f"{each['rule']}  {each['kind']:<10}{each['strength']:<10}{each['title']}"
        + ("" if each["verified"] else " (unverified)")
        for each in listed
    )


def _explain(options: argparse.Namespace) -> str:
    """What a rule says, where it stands and what computes it; or what a timetable takes."""
    name = options.name
    is_rule = "-" in name and name.rpartition("-")[2].isdigit()
    data = rules.as_data(name) if is_rule else rules.timetable_as_data(name)
    if options.json:
        return _json(data)
    return "\n".join(f"{key}: {_plain(value)}" for key, value in data.items() if value != "")


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"\n  {_inline(each)}" for each in value) or "none"
    return _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        shown = {key: each for key, each in value.items() if each not in ("", [], None)}
        return "; ".join(f"{key} {_inline(each)}" for key, each in shown.items())
    if isinstance(value, list):
        return ", ".join(_inline(each) for each in value)
    return str(value)


def _compute(options: argparse.Namespace) -> str:
    """The steps of a timetable for the facts given, with their dates and reasons."""
    timetable = rules.timetable(options.timetable)
    try:
        today = _today(timetable, options.today)
        around = Surroundings(
            calendar=_calendar(options.calendar),
            parameters=_numbers(options.numbers),
            proposed=options.proposed,
            asked_on=today,
        )
        steps = compute_words(timetable, options.facts, around)
    except DomainError as error:
        raise DomainError(named(timetable, options.facts, error)) from None
    if options.json:
        return _json([report(step, today) for step in steps])
    return "\n".join(_told(step, today) for step in steps) or "Nothing is due."


def _today(timetable: Timetable, text: str | None) -> date:
    given = os.environ.get("OPENSENCO_TODAY") or None if text is None else text
    if given is None:
        return SystemClock().today()
    try:
        return parse_day(given, "today")
    except Invalid as error:
        raise BadFact(timetable.rules[0].id, "today", error.words) from None


def _calendar(path: str | None) -> SchoolCalendar | None:
    if path is None:
        return None
    return read_calendar(_text(path, CAL_09, "calendar"), Path(path).name, england())


def _numbers(path: str | None) -> Parameters:
    if path is None:
        return SHIPPED
    return read_numbers(_text(path, CAL_16, "numbers"), Path(path).name)


def _text(path: str, rule: Rule, fact: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        if not path.strip():
            raise BadFact(rule.id, fact, mark("Give the name of a file.")) from None
        words = mark("The file cannot be read: {reason}.")
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise BadFact(rule.id, fact, sentence(words, reason=reason)) from None


def _told(step: Due, today: date) -> str:
    known = "" if step.verified else ", unverified"
    now = str(state(step, today).words).rstrip(".")
    lines = [
        f"{step.step}: {say(step.on) if step.on else 'no date'}. {now}.",
        f"  {step.rule}, {step.strength}{known}: {step.provision}",
        *(f"  {reason}" for reason in step.reasons),
        *(f"  What moves it: {each}" for each in step.moved_by),
        *(f"  Excused: {each.reason}" for each in step.excused_by),
        *(_set_by(each) for each in step.used if each.origin is not Origin.SHIPPED),
    ]
    return "\n".join(lines)


def _set_by(used: Used[Any]) -> str:
    """A number that a school or authority set, with its dates and source."""
    until = f" to {say(used.last)}" if used.last else ""
    held = f"from {say(used.first)}{until}"
    return f"  Number set by the {used.origin}: {used.key} = {used.value}, {held}: {used.source}"


def _json(data: Any) -> str:
    return json.dumps(data, indent=2)
