"""Hours and clashes in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from opensenco.provision.clashes import Clash
from opensenco.provision.queries.expected import name_of
from opensenco.provision.states import ClashOf, Turn
from opensenco.support.states import words_of
from opensenco.ui.words import clock, day


def span(hour: Any) -> str:
    """Say from when to when: "9:15 to 9:35"."""
    return _("%(begins)s to %(ends)s") % {
        "begins": clock(hour.starts_at),
        "ends": clock(hour.ends_at),
    }


def hour(one: Any) -> str:
    """Say an hour: "Tuesday 9:15 to 9:35", and in which weeks where they take turns."""
    said = {"day": WEEKDAYS[one.weekday], "span": span(one)}
    if not one.week:
        return _("%(day)s %(span)s") % said
    return _("%(day)s %(span)s, %(week)s") % {**said, "week": words_of(Turn, one.week).lower()}


def slot(row: Any) -> str:
    """Say an hour with its room and who is named for it."""
    return ", ".join([hour(row), *(str(one.name) for one in (row.room, row.person) if one)])


def days(one: Any, today: date) -> str:
    """Say from when hours hold where that is to come, and until when; empty where both are open."""
    first, last = one.span.first, one.span.last
    said = {"first": day(first), "last": day(last) if last else ""}
    if first > today:
        words = _("From %(first)s until %(last)s") if last else _("From %(first)s")
        return words % said
    return _("Until %(last)s") % said if last else ""


def clash(one: Clash) -> str:
    """Say in one sentence what something new meets."""
    said = {
        "thing": one.thing.name, "other": name_of(one.other.of), "hour": hour(one.other.hour),
    }  # fmt: skip
    if one.kind is not ClashOf.PUPIL and _each_alone(one):
        words = _(
            "%(other)s would be given to two pupils at one hour, each alone, and needs %(thing)s "
            "twice. If they have it together, choose their group."
        )
        return words % said
    by_kind = {
        ClashOf.PUPIL: _("%(thing)s has %(other)s on %(hour)s."),
        ClashOf.PERSON: _("%(thing)s gives %(other)s on %(hour)s."),
        ClashOf.ROOM: _("%(thing)s is used for %(other)s on %(hour)s."),
    }
    return by_kind[one.kind] % said


def _each_alone(one: Clash) -> bool:
    """Tell whether the same is given to two pupils at one hour, in no group."""
    mine, other = one.one, one.other
    return (
        mine.hour == other.hour and mine.of.provision_id == other.of.provision_id
        and mine.of.group_id is None and other.of.group_id is None
    )  # fmt: skip


def clashes(found: Iterable[Clash]) -> list[str]:
    """Say what something new meets, each once."""
    return list(dict.fromkeys(clash(one) for one in found))
