"""Reads the plans of the test set: short lines, so that many can be written and read."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from opensenco.plainwords.plan import OutcomeText, PlanText, ProvisionText

HERE = Path(__file__).parent
STARTS, REVIEW = date(2027, 1, 6), date(2027, 3, 19)


def plans(name: str) -> dict[str, tuple[PlanText, dict[str, Any]]]:
    """Give the plans of a file by their names, each with what else its entry says."""
    data = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return {one["name"]: (plan(one), one) for one in data["plan"]}


def plan(one: dict[str, Any]) -> PlanText:
    """Make a plan of an entry; what it does not say is there."""
    return PlanText(
        outcomes=tuple(_outcome(n, row) for n, row in enumerate(one.get("outcomes", ()), 1)),
        provision=tuple(_provision(n, row) for n, row in enumerate(one.get("provision", ()), 1)),
        needs=tuple(one.get("needs", ())),
        strategies=tuple(one.get("strategies", ())),
        at_home=tuple(one.get("at_home", ())),
        found=one.get("found", ""),
        starts=STARTS,
        review_on=None if one.get("no_review") else REVIEW,
        parents_said=one.get("parents_said", True),
        pupil_said=one.get("pupil_said", True),
    )


def _outcome(number: int, row: str | dict[str, Any]) -> OutcomeText:
    if isinstance(row, dict):
        return OutcomeText(key=str(number), **row)
    text, baseline, aim, measure = (part.strip() for part in row.split("|"))
    return OutcomeText(key=str(number), text=text, baseline=baseline, aim=aim, measure=measure)


def _provision(number: int, row: str | dict[str, Any]) -> ProvisionText:
    if isinstance(row, dict):
        given = dict(row)
        return ProvisionText(
            key=str(number), name=given["name"], words=given.get("words", ""),
            minutes=given.get("minutes"), times_a_week=given.get("times"),
            who=given.get("who", ""), kind=given.get("kind", "provision"),
            outcomes=frozenset(given.get("outcomes", ())), needs=frozenset(given.get("needs", ())),
        )  # fmt: skip
    name, words, minutes, times, who, outcomes = (part.strip() for part in row.split("|"))
    return ProvisionText(
        key=str(number), name=name, words=words, who=who,
        minutes=int(minutes) if minutes else None, times_a_week=int(times) if times else None,
        outcomes=frozenset(filter(None, (part.strip() for part in outcomes.split(",")))),
    )  # fmt: skip


def good_lines() -> list[tuple[str, PlanText]]:
    """Give single lines of good plans, each in a plan that lacks nothing else."""
    data = tomllib.loads((HERE / "good-lines.toml").read_text(encoding="utf-8"))
    outcome = "Reads 40 words. | 12 of 40 | 40 of 40 | Word list each Friday"
    reading = "Reading | Mrs Hill hears a page. | 10 | 3 | Mrs Hill | 1"
    found: list[tuple[str, PlanText]] = []
    for kind, lines in data.items():
        for line in lines:
            one: dict[str, Any] = {"outcomes": [outcome], "provision": [reading]}
            if kind == "outcome":
                one["outcomes"] = [line]
            elif kind == "provision":
                one["provision"] = [line]
            elif kind == "adjustment":
                name, words, _minutes, _times, who, _outcomes = line.split("|")
                given = {"kind": kind, "name": name, "words": words, "who": who, "outcomes": ["1"]}
                one["provision"] = [reading, given]
            else:
                part = {"strategy": "strategies", "home": "at_home"}.get(kind, kind)
                one[part] = line if kind == "found" else [line]
            found.append((line, plan(one)))
    return found
