"""Figures that a school releases by term: protected before they are written, and frozen then.

One to four pupils are hidden, with whatever would tell them by subtraction
(`kernel.small_numbers`), and all else is rounded to five: a school's exact numbers of two terms
would tell of one child who came or left.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.registry import visible
from opensenco.kernel.small_numbers import Guarded, guard
from opensenco.kernel.text import sort_key
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.codes.sen import Area
from opensenco.network.models import Release
from opensenco.people.policy import on_day
from opensenco.support.queries.figures import support_figures
from opensenco.support.states import Status

ROUNDED = 5
SMALL, HIDDEN = "small", "hidden"
#: terms beside each other on a page, the newest
MOST_TERMS = 6
#: above a school; a family of schools reads what its authority makes of it
AUDIENCES = frozenset(
    {Organisation.Kind.AUTHORITY, Organisation.Kind.AREA, Organisation.Kind.TRUST}
)
Cell: TypeAlias = int | Literal["small", "hidden"]
Figures: TypeAlias = dict[str, dict[str, Any]]
TERMS: tuple[Promise, ...] = (
    _("Autumn term %(year)s"), _("Spring term %(year)s"), _("Summer term %(year)s"),
)  # fmt: skip
#: what is counted, in the order of the page: the same keys in each release
MEASURES: dict[str, Promise | str] = {
    **{code.value: code.label for code in (Status.SEN_SUPPORT, Status.EHC_PLAN)},
    **{f"area.{area.name.lower()}": _(area.label) for area in Area},
    "area.other": _("Other, or no need ranked yet"),
}


@dataclass(frozen=True)
class Table:
    """What was released to somebody: a row for each school, a column for each term."""

    measure: str
    terms: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def term_of(day: date) -> str:
    """Give the term of a day: "2026/27-2" is the spring term. Figures go by the census's terms."""
    number = 1 if day.month >= 9 else 2 if day.month <= 3 else 3
    return f"{AcademicYear.of(day)}-{number}"


def term_words(term: str) -> str:
    """Say a term that `term_of` gave."""
    year, _dash, number = term.partition("-")
    starts = AcademicYear.parse(year).starts
    return str(TERMS[int(number) - 1]) % {"year": starts if number == "1" else starts + 1}


def figures_of(actor: Actor, org: Organisation) -> Figures:
    """Count a school's pupils with SEN support or a plan, as they may leave it.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    found = support_figures(actor, org.pk)
    codes = (Status.SEN_SUPPORT, Status.EHC_PLAN)
    statuses = [found.by_status[code.value] for code in codes]
    tables = guard(statuses, list(found.by_area.values()))
    areas = [f"area.{area.name.lower()}" if area else "area.other" for area in found.by_area]
    names = ([code.value for code in codes], areas)
    return {
        "cells": {
            name: _cell(one)
            for keys, table in zip(names, tables.tables, strict=True)
            for name, one in zip(keys, table, strict=True)
        }
    }


def _cell(one: Guarded) -> Cell:
    if one.value is None:
        return SMALL if one.small else HIDDEN  # type: ignore[return-value]
    return ROUNDED * ((one.value + ROUNDED // 2) // ROUNDED)


def seen(figures: Figures) -> str:
    """Give a mark of figures, so that what is released is what was looked at."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()[:32]


def audiences(actor: Actor, org: Organisation) -> list[Organisation]:
    """Give the authority, area and trust above a school or its family today, by name."""
    rows = Affiliation.objects.filter(on_day(actor.today), member=org).select_related("of__parent")
    above = {one for row in rows for one in (row.of, row.of.parent) if one is not None}
    found = [one for one in above if one.kind in AUDIENCES]
    return sorted(found, key=lambda one: (sort_key(one.name), one.pk))


def released_by(actor: Actor) -> list[Release]:
    """Give what the places of this hat have released, the latest term first."""
    rows = visible(actor, Action.FIGURES_VIEW, Release).filter(from_org__in=actor.hat.orgs)
    return list(rows.select_related("org", "from_org").order_by("-term", "from_org__name", "id"))


def table(actor: Actor, measure: str) -> Table:
    """Give one measure of all that was released to this hat's places, by school and term."""
    rows = visible(actor, Action.FIGURES_VIEW, Release).filter(org__in=actor.hat.orgs)
    found = list(rows.select_related("from_org").order_by("term", "id"))
    terms = tuple(sorted({row.term for row in found}, reverse=True)[:MOST_TERMS])
    schools: dict[int, tuple[str, dict[str, Cell]]] = {}
    for row in found:
        _name, cells = schools.setdefault(row.from_org_id, (row.from_org.name, {}))
        cells[row.term] = row.figures["cells"].get(measure)
    return Table(measure, terms[::-1], _lines(schools.values(), terms[::-1]))


def _lines(
    schools: Iterable[tuple[str, dict[str, Cell]]], terms: tuple[str, ...]
) -> tuple[tuple[str, tuple[Cell | None, ...]], ...]:
    by_name = sorted(schools, key=lambda one: sort_key(one[0]))
    return tuple((name, tuple(cells.get(term) for term in terms)) for name, cells in by_name)
