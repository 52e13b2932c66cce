"""What the pages about settings below show: what is there, what was found, what one of them is."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange import register_queries as queries
from opensenco.exchange.operations.below import is_ours, places_of
from opensenco.exchange.operations.first_people import peopled
from opensenco.exchange.states import Status
from opensenco.kernel.refs import short
from opensenco.ui import words
from opensenco.ui.listing import Column

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Offer:
    """The organisations of this person below which a setting can be brought here."""

    places: Sequence[Any]

    def choices(self) -> list[tuple[str, str]]:
        """Give them to choose from."""
        return [(short(place.ref), place.name) for place in self.places]

    def chosen(self, given: dict[str, Any]) -> dict[str, Any]:
        """Give what an operation takes."""
        values = dict(given)
        wanted = values.pop("under", None)
        one = next((place for place in self.places if short(place.ref) == wanted), self.places[0])
        return {**values, "org": one}


def offer(actor: Actor) -> Offer:
    """Gather one's own organisations."""
    return Offer(places_of(actor))


def columns() -> list[Column]:
    """Give the heads of the list of settings."""
    names = (_("Setting"), _("Kind"), _("Town"), _("Number"), _("First day"))
    return [Column(name) for name in names]


def invite_url(setting: uuid.UUID) -> str:
    """Give the address where the first person of a setting is invited."""
    return f"{reverse('settings:invite')}?{urlencode({'setting': short(setting)})}"


def without_people(actor: Actor, rows: Sequence[Any]) -> frozenset[int]:
    """Give those of the settings that we brought here in which nobody can sign in yet."""
    brought = {one.setting.pk for one in rows if one.setting.added_by_id in actor.hat.orgs}
    return frozenset(brought - peopled(actor, brought))


def number_of(setting: Any) -> str:
    """Say by which number a setting is known, and whose number that is."""
    if setting.urn:
        return _("URN %(number)s") % {"number": setting.urn}
    if setting.ofsted_urn:
        return _("Ofsted %(number)s") % {"number": setting.ofsted_urn}
    return ""


def address_of(urn: str) -> str:
    """Give the address of one establishment of the register."""
    return f"{reverse('settings:adopt')}?{urlencode({'urn': urn})}"


@dataclass(frozen=True)
class Line:
    """An establishment that was found: what tells it from its namesakes."""

    name: str
    url: str
    where: str
    status: str
    here: bool


def found(asked: str) -> tuple[list[Line], bool]:
    """Find establishments, and tell whether there are more than are shown."""
    rows, more = queries.found(asked)
    return [_line(one) for one in rows], more


def _line(one: queries.Found) -> Line:
    row = one.row
    parts = (row.town, row.postcode, row.la_name, row.phase or row.type_name)
    is_open = row.status == Status.OPEN
    return Line(
        row.name,
        address_of(row.urn),
        ", ".join(filter(None, parts)),
        "" if is_open else str(Status(row.status).label),
        one.here is not None,
    )


@dataclass(frozen=True)
class One:
    """One establishment of the register, with what it was, what follows it and whose it is."""

    row: Any
    facts: Facts
    groups: list[str]
    followed_by: list[tuple[str, str]]
    past: list[tuple[date, str]]
    here: bool
    may_adopt: bool
    elsewhere: bool


def one(offered: Offer, query: Mapping[str, Any]) -> One | None:
    """Gather the establishment that an address asks for, None where there is none."""
    asked = str(query.get("urn", "")).strip()
    known = queries.with_place(asked) if asked else None
    if known is None:
        return None
    row = known.row
    ours = is_ours(row, offered.places)
    return One(
        row=row,
        facts=_facts(row),
        groups=[_group(one) for one in queries.groups_of(row.urn)],
        followed_by=[
            (f"{one.name} ({one.urn})", address_of(one.urn)) for one in queries.successors(row.urn)
        ],
        past=[(event.on, _event(event)) for event in queries.history(row)],
        here=known.here is not None,
        may_adopt=known.may_be_adopted and ours,
        elsewhere=known.may_be_adopted and not ours,
    )


def _facts(row: Any) -> Facts:
    laestab = f"{row.la_code}/{row.number}" if row.number else ""
    ages = (
        _("%(low)s to %(high)s") % {"low": row.low_age, "high": row.high_age}
        if row.low_age is not None and row.high_age is not None
        else ""
    )
    facts = [
        (_("Status"), str(Status(row.status).label)),
        (_("Kind"), row.type_name),
        (_("Phase"), row.phase),
        (_("Ages"), ages),
        (_("Authority"), row.la_name),
        (_("Where"), ", ".join(filter(None, (row.rest.get("street"), row.town, row.postcode)))),
        (_("URN"), row.urn),
        (_("DfE number"), laestab),
        (_("Opened"), words.day(row.opened_on) if row.opened_on else ""),
        (_("Closed"), words.day(row.closed_on) if row.closed_on else ""),
        (_("Last read"), words.day(row.last_read_on)),
    ]
    return [(name, value) for name, value in facts if value]


def _group(one: queries.InGroup) -> str:
    values = {
        "name": one.group.name,
        "kind": one.group.type_name,
        "first": words.day(one.joined_on) if one.joined_on else "",
        "last": words.day(one.left_on) if one.left_on else "",
    }
    if one.left_on and one.left_seen:
        return _("%(name)s (%(kind)s), no longer named by the file of %(last)s") % values
    if one.joined_on and one.left_on:
        return _("%(name)s (%(kind)s), %(first)s to %(last)s") % values
    if one.left_on:
        return _("%(name)s (%(kind)s), until %(last)s") % values
    if one.joined_on:
        return _("%(name)s (%(kind)s), since %(first)s") % values
    return _("%(name)s (%(kind)s)") % values


def _event(event: queries.Event) -> str:
    said = {"what": event.what, "old": _value(event.old), "new": _value(event.new)}
    if not said["old"]:
        return _("%(what)s: %(new)s") % said
    if not said["new"]:
        return _("%(what)s: no longer %(old)s") % said
    return _("%(what)s: %(new)s, before that %(old)s") % said


def _value(value: Any) -> str:
    if isinstance(value, date):
        return words.day(value)
    return str(Status(value).label) if value in Status.values else str(value or "")
