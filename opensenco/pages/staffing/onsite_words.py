"""What is said of who is on site, in words; never why somebody is away."""

import re
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from opensenco.staffing.onsite import Adult, Standing, Where
from opensenco.ui.words import clock, day

#: a number that a phone can call, in what people wrote
_NUMBER = re.compile(r"\+?\d[\d ]{6,18}\d", re.ASCII)
#: whole words, since a weekday is not made its plural by an s in every language
ON_WEEKDAYS = (
    lambda: _("on Mondays"), lambda: _("on Tuesdays"), lambda: _("on Wednesdays"),
    lambda: _("on Thursdays"), lambda: _("on Fridays"), lambda: _("on Saturdays"),
    lambda: _("on Sundays"),
)  # fmt: skip


def weekday_of(number: int) -> str:
    """Name a weekday; Monday is 0."""
    return str(WEEKDAYS[number])


def where(one: Adult, weekday: int) -> str:
    """Say where somebody is, as a whole sentence."""
    if one.covered:
        named = {"who": one.name, "covers": one.covered.name}
        if one.covered.until is None:
            return _("%(who)s is away. %(covers)s stands in.") % named
        return _("%(who)s is away. %(covers)s stands in until %(until)s.") % {
            **named, "until": day(one.covered.until),
        }  # fmt: skip
    return _says(one.standing, weekday) % {
        "who": one.name, "on": ON_WEEKDAYS[weekday](), "place": one.standing.place,
        "since": _at(one.standing.since), "until": _at(one.standing.until),
        "back": _at(one.standing.back),
    }  # fmt: skip


def because(one: Adult, weekday: int) -> str:
    """Say why somebody is called, as a whole sentence."""
    if one.cover is not None:
        named = {"who": one.name, "away": one.cover.name}
        if one.cover.until is None:
            return _("%(who)s stands in for %(away)s.") % named
        return _("%(who)s stands in for %(away)s until %(until)s.") % {
            **named, "until": day(one.cover.until),
        }  # fmt: skip
    return where(one, weekday)


def times(standing: Standing) -> str:
    """Say until when somebody is here, or from when; nothing where it is the whole day."""
    if standing.where is Where.LATER and standing.since is not None:
        return _("from %(since)s") % {"since": clock(standing.since)}
    if standing.until is not None:
        return _("until %(until)s") % {"until": clock(standing.until)}
    return ""


def call(reach: str) -> str:
    """Give the address by which a phone calls the number in these words, of digits alone; nothing
    where there is none."""
    found = _NUMBER.search(reach)
    return f"tel:{found[0].replace(' ', '')}" if found else ""


def said(row: Any) -> str:
    """Say one stretch of a weekday: where, and from when to when."""
    if row.place is None:
        return _("Not at work")
    named = {"place": row.place.name, "from": _at(row.from_at), "until": _at(row.until_at)}
    if row.from_at and row.until_at:
        return _("%(place)s, %(from)s to %(until)s") % named
    if row.from_at:
        return _("%(place)s, from %(from)s") % named
    if row.until_at:
        return _("%(place)s, until %(until)s") % named
    return _("%(place)s, the whole day") % named


def _says(standing: Standing, weekday: int) -> str:
    """Give the sentence of a standing; names and times are put in by who asks."""
    if standing.where is Where.ELSEWHERE and standing.back:
        return _("%(who)s is at %(place)s %(on)s, and here from %(back)s.")
    if standing.where is Where.ELSEWHERE and standing.until:
        return _("%(who)s is at %(place)s %(on)s, until %(until)s.")
    if standing.where is Where.AWAY and standing.back:
        return _("%(who)s is away until %(back)s.")
    if standing.where is Where.UNSAID and standing.until:
        return _("%(who)s is away from %(until)s. No times are said for this weekday.")
    if standing.where is Where.HERE and standing.until:
        return _("%(who)s is here until %(until)s.")
    if standing.where is Where.LEFT and standing.until:
        return _("%(who)s was here until %(until)s.")
    return {
        Where.HERE: _("%(who)s is here today."),
        Where.LATER: _("%(who)s comes at %(since)s."),
        Where.ELSEWHERE: _("%(who)s is at %(place)s %(on)s."),
        Where.LEFT: _("%(who)s has left for today."),
        Where.OFF: _("%(who)s does not work %(on)s."),
        Where.AWAY: _("%(who)s is away today."),
        Where.UNSAID: _("%(who)s has not said when they are here."),
    }[standing.where]


def _at(at: object) -> str:
    return clock(at) if at else ""  # type: ignore[arg-type]
