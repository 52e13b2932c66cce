"""The tables “Worked examples: NAME” of docs/law, each row by function and by command.

A page may have several for one timetable: “Worked examples: NAME, exceptions”.

A column is a fact, a step (`due STEP` where a fact has the same name), `state of STEP`, `excused
STEP` (yes), or one of these: `today` (else 1 January 2027), `calendar`, `proposed` (yes: what is
not law is shown too), `vector` (the worked examples it repeats), `refused` (words of the refusal;
then nothing else is looked at) and `what it shows`. Several values of a repeated fact stand with
commas between. An empty cell of a step says that there is no such step, `no date` that it has none.
A step without a column is not looked at.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opensenco.kernel.errors import DomainError
from opensenco.law import rules
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Surroundings, Timetable, compute_words, named
from opensenco.law.stored import report
from opensenco.ops import law as command
from tests.law.pages import CALENDARS, HEADING, Example, examples, headings, name, timetable_of

TODAY = "2027-01-01"
OTHERS = {"today", "calendar", "proposed", "vector", "refused", "what it shows"}


def rows() -> Iterator[Any]:
    for page, heading in headings():
        timetable = timetable_of(heading)
        for number, example in enumerate(examples(page, f"{HEADING}{heading}")):
            found = rules.TIMETABLES.get(timetable)
            marks = [pytest.mark.rule(*found.rule_ids)] if found else []
            if example.get("vector"):
                marks.append(pytest.mark.vector(*example["vector"].split(", ")))
            shown = f"{heading}-{number}-{name(example)}"
            yield pytest.param(timetable, example, id=shown, marks=marks)


def words(timetable: Timetable, example: Example) -> list[str]:
    given = []
    for fact in timetable.facts:
        for text in example.get(fact.name, "").split(",") if fact.repeated else ():
            given += [f"{fact.name}={text.strip()}"] if text.strip() else []
        if not fact.repeated and example.get(fact.name):
            given.append(f"{fact.name}={example[fact.name]}")
    return given


def by_function(
    timetable: Timetable,
    given: list[str],
    calendar: SchoolCalendar | None,
    today: str,
    *,
    proposed: bool,
) -> tuple[list[dict[str, Any]], str]:
    try:
        day = date.fromisoformat(today)
        surroundings = Surroundings(calendar=calendar, proposed=proposed, asked_on=day)
        steps = compute_words(timetable, given, surroundings)
    except DomainError as error:
        return [], named(timetable, given, error)
    return [report(step, date.fromisoformat(today)) for step in steps], ""


def by_command(
    timetable: str,
    given: list[str],
    calendar: Path | None,
    today: str,
    capsys: pytest.CaptureFixture[str],
    *,
    proposed: bool,
) -> tuple[list[dict[str, Any]], str]:
    options = ["--calendar", str(calendar)] if calendar else []
    options += ["--proposed"] if proposed else []
    code = command.main(["compute", timetable, *given, "--today", today, "--json", *options])
    told = capsys.readouterr()
    assert (code == 0) is (told.err == "")
    assert code in (0, 2)
    assert told.err.count("\n") == (1 if code else 0)
    line = told.err.removeprefix("opensenco law compute: ").rstrip("\n")
    return json.loads(told.out) if code == 0 else [], line


def written(calendar: SchoolCalendar, folder: Path) -> Path:
    path = folder / calendar.name
    lines = [f"{row.first},{row.last},{row.kind}" for row in calendar.rows]
    path.write_text("\n".join(["from,to,kind", *lines]), encoding="utf-8")
    return path


def check(steps: list[dict[str, Any]], timetable: Timetable, example: Example) -> None:
    by_step = {step["step"]: step for step in steps}
    assert len(by_step) == len(steps)
    assert set(by_step) <= set(timetable.steps)
    facts = {fact.name for fact in timetable.facts}
    for column, text in example.items():
        kind, _, step = column.rpartition(" ")
        if kind == "due" or (column in timetable.steps and column not in facts):
            shown = by_step[step]["due"] or "no date" if step in by_step else ""
            assert shown == text, column
        elif kind == "state of":
            assert (by_step[step]["state"] if step in by_step else "") == text, column
        elif kind == "excused":
            excused = step in by_step and bool(by_step[step]["excused_by"])
            assert ("yes" if excused else "") == text, column


@pytest.mark.parametrize(("timetable", "example"), list(rows()))
def test_a_row_of_a_page_holds(
    timetable: str,
    example: Example,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = rules.timetable(timetable)
    given = words(found, example)
    today = example.get("today") or TODAY
    named_calendar = example.get("calendar")
    calendar = CALENDARS[named_calendar]() if named_calendar else None
    path = written(calendar, tmp_path) if calendar else None
    proposed = example.get("proposed") == "yes"
    steps, refused = by_function(found, given, calendar, today, proposed=proposed)
    told = by_command(timetable, given, path, today, capsys, proposed=proposed)
    assert (steps, refused) == told
    if example.get("refused"):
        assert example["refused"] in refused
        return
    assert not refused
    check(steps, found, example)


@pytest.mark.parametrize(("page", "heading"), headings())
def test_a_table_has_columns_that_are_looked_at(page: str, heading: str) -> None:
    found = rules.timetable(timetable_of(heading))
    assert page in {rule.page for rule in found.rules}
    told = [f"{kind} {step}" for kind in ("due", "state of", "excused") for step in found.steps]
    known = {fact.name for fact in found.facts} | set(found.steps) | OTHERS | set(told)
    columns = set(examples(page, f"{HEADING}{heading}")[0])
    assert columns <= known, f"{page}.md, {heading}: {columns - known}"
    assert columns & (set(found.steps) | set(told))
