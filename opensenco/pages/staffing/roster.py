"""The roster: everybody's week, what has no adult, one person's page."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.time_words import long
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.queries import roster as queries
from opensenco.staffing.queries import trained
from opensenco.staffing.queries.hours import hours_of
from opensenco.staffing.queries.roster import Roster, Row
from opensenco.staffing.queries.sessions import Planned
from opensenco.staffing.queries.supervision import supervisions
from opensenco.support.queries.pupils import codes_of
from opensenco.ui.words import clock

VIEWERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
WEEK = timedelta(days=7)
MOST_TAUGHT = 6
#: weeks round today that can be looked at
MOST_WEEKS = 52


@page(Action.STAFF_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def roster(request: HttpRequest, actor: Actor) -> Answer:
    """Show who gives what in a week, beside their hours; and what has no adult."""
    place, picks = place_asked(request, actor, "staffing:roster")
    found = queries.roster(actor, place, _week(request, actor))
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "roster", _table(found), wanted=place.name)
    here = to("staffing:roster", place)
    show = {
        "place": place, "picks": picks, "roster": found, "long": long, "weekday_of": weekday_of,
        "before": f"{here}&week={(found.first - WEEK).isoformat()}",
        "after": f"{here}&week={(found.first + WEEK).isoformat()}",
        "keeps": actor.can_somewhere(Action.STAFF_KEEP),
    }  # fmt: skip
    pupils = {p.pupil_id for one in (*found.nobody, *found.left) for p in one.promises}
    return Answer("staffing/roster.html", show, listed=Listed(len(pupils), "roster"))


@page(Action.STAFF_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def person(request: HttpRequest, actor: Actor, membership: uuid.UUID) -> Answer:
    """Show one adult: their week, caseload, hours, what they were taught, supervision."""
    member = queries.member(actor, membership)
    day = _week(request, actor)
    first = day - timedelta(days=day.weekday())
    row = queries.week_of(actor, member, day)
    pupils = _pupils(actor, row)
    here = reverse("staffing:person", args=[member.ref])
    reads = actor.can_somewhere(Action.SUPERVISION_READ)
    show = {
        "member": member, "row": row, "first": first, "long": long, "pupils": pupils,
        "days": [first + timedelta(days=n) for n in range(7)],
        "who": short(member.person.ref),
        "hours": [one for one in hours_of(actor, member.org) if one.who == member.person],
        **trained.of_person(actor, member.person, _given(row)),
        "supervisions": list(supervisions(actor, member.org, member.person)[:MOST_TAUGHT])
        if reads else [],
        "before": f"{here}?week={(first - WEEK).isoformat()}",
        "after": f"{here}?week={(first + WEEK).isoformat()}",
        "keeps": actor.can_somewhere(Action.STAFF_KEEP),
        "supervises": actor.can_somewhere(Action.SUPERVISE) and member.person != actor.person,
    }  # fmt: skip
    return Answer("staffing/person.html", show, listed=Listed(len(pupils), "caseload"))


def _given(row: Row | None) -> list[Any]:
    """Give the provisions of one adult's week."""
    if row is None:
        return []
    return [p.provision for one in (*row.sessions, *row.loose) for p in one.promises]


def weekday_of(number: int) -> str:
    """Name a weekday; Monday is 0."""
    return str(WEEKDAYS[number])


def _pupils(actor: Actor, row: Row | None) -> list[tuple[Any, str]]:
    if row is None:
        return []
    every = {p.pupil_id: p.pupil for one in (*row.sessions, *row.loose) for p in one.promises}
    codes = codes_of(actor, every)
    ordered = sorted(every.values(), key=lambda one: (one.sort_key, one.pk))
    return [(one, codes.get(one.pk, "")) for one in ordered]


def _week(request: HttpRequest, actor: Actor) -> date:
    """Give a day of the week that is asked for: today, or a Monday within a year of it."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return actor.today
    first = actor.today - timedelta(days=actor.today.weekday())
    if first <= day < first + WEEK:
        return actor.today
    asked = min(max(day, first - MOST_WEEKS * WEEK), first + MOST_WEEKS * WEEK)
    return asked - timedelta(days=asked.weekday())


def _table(found: Roster) -> Table:
    heads = [
        _("Who"), _("Weekday"), _("From"), _("Until"), _("What"), _("Pupils"), _("Room"),
        _("Minutes a week"), _("Why it stands here"),
    ]  # fmt: skip
    rows = [
        _cells(row.person.name, one, _("left") if not row.here else "")
        for row in found.rows
        for one in (*row.sessions, *row.loose)
    ]
    rows += [_cells(None, one, _("nobody is named")) for one in found.nobody]
    return Table(_("Roster"), heads, rows)


def _cells(who: str | None, one: Planned, why: str) -> tuple[Any, ...]:
    hour = one.hour
    return (
        who, weekday_of(hour.weekday) if hour else None, clock(hour.starts_at) if hour else None,
        clock(hour.ends_at) if hour else None, one.name,
        "; ".join(row.pupil.register_name for row in one.promises),
        one.room.name if one.room else None, one.a_week, why,
    )  # fmt: skip
