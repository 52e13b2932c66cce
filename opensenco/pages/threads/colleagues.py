"""One walk with a colleague: lessons seen, what was advised and shown, and what came of it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.concerns import observations
from opensenco.concerns.observation_states import WasSeen
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.threads.advising import STAFF
from opensenco.people import classes
from opensenco.threads import advice as read
from opensenco.threads import asked
from opensenco.threads.walks import compared, walk
from opensenco.ui.listing import Column, Pick

#: the first entry about Idris in the tests' world is read by those who work with him
READERS = {**STAFF, "other_teacher": 403, "admin": 403, "dsl": 403}
LEADS = {**STAFF, "teacher": 403, "other_teacher": 403, "ta": 403, "admin": 403, "dsl": 403}
COLUMNS = (
    Column(gettext_lazy("Colleague")),
    Column(gettext_lazy("Role")),
    Column(gettext_lazy("Asked"), num=True),
    Column(gettext_lazy("Advised or coached"), num=True),
    Column(gettext_lazy("Shown in a lesson"), num=True),
    Column(gettext_lazy("Lessons seen"), num=True),
    Column(gettext_lazy("What came of it is said"), num=True),
)


@page(Action.SENCO_ASK, logs=Logs.LIST, who=READERS)
def walked(request: HttpRequest, actor: Actor, advice: uuid.UUID) -> Answer:
    """Show the lessons before and after something that was taught, and what came of it."""
    row = read.one(actor, advice)
    if row.pupil is None:
        alone: dict[str, Any] = {"row": row, "pupil": None, "lessons": [], "lines": [],
                                 "steps": walk(row.ref, [], [row]), "opens": False}  # fmt: skip
        return Answer("threads/walk.html", alone, listed=Listed(1))
    visits = observations.visits_of_pupil(actor, row.pupil)
    steps = walk(row.ref, visits, [*read.of_pupil(actor, row.pupil)])
    lessons = [one.seen for one in steps if one.seen is not None]
    lines = [
        (one.words, [(seen, str(WasSeen(seen).label) if seen else "") for seen in one.seen])
        for one in compared(lessons)
    ]
    show: dict[str, Any] = {"row": row, "pupil": row.pupil, "steps": steps, "lessons": lessons,
            "lines": lines,
            "opens": may(actor, Action.PUPIL_VIEW, row.pupil),
            "looks": may(actor, Action.OBSERVE, row.pupil), "short": short}  # fmt: skip
    return Answer("threads/walk.html", show, opened=[row.pupil], listed=Listed(len(steps)))


@dataclass(frozen=True)
class Line:
    """What was done with one colleague in a year, in numbers."""

    ref: uuid.UUID
    name: str
    role: str
    numbers: tuple[int, ...]


@page(Action.SENCO_ANSWER, logs=Logs.LIST, who=LEADS)
def colleague_list(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show each colleague with what was asked, advised, shown and seen in a school year."""
    year = year_in(actor, request)
    lines = _lines(actor, year)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "colleagues", _table(lines), wanted=str(year))
    show = {"lines": lines, "columns": COLUMNS, "year": year,
            "years": years_to_pick(actor, reverse("threads:colleagues"), year)}  # fmt: skip
    return Answer("threads/colleagues.html", show, listed=Listed(len(lines), str(year)))


@page(Action.SENCO_ANSWER, logs=Logs.LIST, who=LEADS)
def colleague(request: HttpRequest, actor: Actor, membership: uuid.UUID) -> Answer | HttpResponse:
    """Show what one colleague asked, was advised and shown, which lessons were seen, what came."""
    row = classes.colleague(actor, membership)
    address = reverse("threads:colleague", args=[membership])
    return _of(request, actor, row.person, address, own=row.person == actor.person)


@page(Action.SENCO_ASK, logs=Logs.LIST, who=STAFF)
def mine(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show to a colleague the same of themselves."""
    return _of(request, actor, actor.person, reverse("threads:with_me"), own=True)


def _of(
    request: HttpRequest, actor: Actor, person: Any, address: str, *, own: bool
) -> Answer | HttpResponse:
    year = year_in(actor, request)
    happened = _happened(actor, person, year)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "colleague", _steps_table(happened), wanted=str(year))
    pupils = {one.pupil.pk: one.pupil for one in happened if one.pupil is not None}
    show = {"person": person, "own": own, "year": year, "happened": happened,
            "years": years_to_pick(actor, address, year),
            "leads": actor.can_somewhere(Action.SENCO_ANSWER)}  # fmt: skip
    listed = Listed(len(happened), str(year))
    return Answer("threads/colleague.html", show, opened=[*pupils.values()], listed=listed)


@dataclass(frozen=True)
class Happened:
    """Something that a colleague asked, was taught, or that was seen in their lesson.

    Args:
        kind: "asked", "taught" or "seen". told: what it was. came: what came of it, or the answer.
    """

    on: date
    kind: str
    what: str
    pupil: Any
    by: str
    told: str
    came: str
    strategies: tuple[str, ...]
    row: Any


def _happened(actor: Actor, person: Any, year: AcademicYear) -> list[Happened]:
    """Give what happened with a colleague in a year, the newest first."""
    days = (year.first, year.last)
    found = [
        Happened(london_date(one.written_at), "asked", _("Asked"), one.pupil, one.asked_by.name,
                 one.words, one.answer, tuple(one.strategies), one)
        for one in asked.asked_by(actor, person, *days)
    ]  # fmt: skip
    found += [
        Happened(one.on, "taught", str(one.get_kind_display()), one.pupil, one.who, one.words,
                 one.came_of, tuple(one.strategies), one)
        for one in read.taught_to(actor, person, *days)
    ]  # fmt: skip
    if actor.can_somewhere(Action.OBSERVATION_VIEW):
        found += [
            Happened(one.on, "seen", str(one.get_kind_display()), one.pupil, one.by.name, one.seen,
                     one.next_step, (), one)
            for one in observations.visits_to(actor, person, *days)
        ]  # fmt: skip
    return sorted(found, key=lambda one: one.on, reverse=True)


def _lines(actor: Actor, year: AcademicYear) -> list[Line]:
    days = (year.first, year.last)
    questions, taught = asked.counted(actor, *days), read.counted(actor, *days)
    visits = observations.counted_visits(actor, *days)
    return [
        Line(one.ref, one.person.name, one.role, (
            questions.get(one.person.pk, 0), *taught.get(one.person.pk, (0, 0, 0))[:2],
            visits.get(one.person.pk, 0), taught.get(one.person.pk, (0, 0, 0))[2],
        ))
        for one in classes.all_colleagues(actor)
    ]  # fmt: skip


def year_in(actor: Actor, request: HttpRequest) -> AcademicYear:
    """Give the school year of an address: this one where it says none."""
    try:
        return AcademicYear.parse(request.GET.get("year", ""))
    except Invalid:
        return AcademicYear.of(actor.today)


def years_to_pick(actor: Actor, address: str, chosen: AcademicYear) -> list[Pick]:
    """Give this school year and the two before, to pick one."""
    now = AcademicYear.of(actor.today)
    years = [AcademicYear(now.starts - back) for back in range(3)]
    return [
        Pick(str(one), f"{address}?year={one.starts}" if one != now else address, one == chosen)
        for one in years
    ]


def _table(lines: list[Line]) -> Table:
    names = [str(one.label) for one in COLUMNS]
    rows: list[tuple[Any, ...]] = [(one.name, one.role, *one.numbers) for one in lines]
    return Table(_("Work with colleagues"), names, rows)


def _steps_table(happened: list[Happened]) -> Table:
    names = [_("Day"), _("What"), _("Pupil"), _("By"), _("In words"), _("Strategies"),
             _("Answer, next step or what came of it")]  # fmt: skip
    rows: list[tuple[date | datetime | str, ...]] = [
        (one.on, one.what, one.pupil.register_name if one.pupil else "", one.by, one.told,
         "; ".join(one.strategies), one.came)
        for one in happened
    ]  # fmt: skip
    return Table(_("Work with a colleague"), names, rows)
