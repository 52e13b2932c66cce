"""Reading the national register: finding a setting, what follows it, and what it was before."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.exchange.models import (
    Establishment,
    EstablishmentLink,
    EstablishmentPast,
    RegisterGroup,
    RegisterSpan,
)
from opensenco.exchange.states import ADOPTABLE, Status
from opensenco.kernel.errors import DomainError
from opensenco.kernel.identifiers import read_laestab, read_postcode
from opensenco.kernel.refs import RefConverter
from opensenco.kernel.text import search_key

#: links that are followed from one to the next, at most; the register has rings
LONGEST_CHAIN = 10
#: settings shown at once
MOST_FOUND = 50
_OPEN = (Status.OPEN, Status.CLOSING, Status.PROPOSED)
#: links that say what came after
FOLLOWS = Q(kind__istartswith="Successor") | Q(kind__istartswith="Result of Amalgamation")
_DIGITS = re.compile(r"\d{5,7}", re.ASCII)
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?", re.ASCII)


@dataclass(frozen=True)
class Following:
    """An establishment that followed another, by the links of the register."""

    urn: str
    name: str
    kind: str
    since: date | None
    is_open: bool


@dataclass(frozen=True)
class Event:
    """One thing that the register said anew: when it was read, what, from what, to what."""

    on: date
    what: Promise
    old: Any
    new: Any
    reading: int | None


@dataclass(frozen=True)
class InGroup:
    """A time in a group; `left_seen` where the last day is that of the file that lacked it."""

    group: RegisterGroup
    joined_on: date | None
    left_on: date | None
    left_seen: bool


def successors(urn: str) -> list[Following]:
    """Give what followed an establishment, and what followed those, the nearest first."""
    return following([urn]).get(urn, [])


def following(urns: Iterable[str]) -> dict[str, list[Following]]:
    """Give for each of these numbers what followed it, a few questions for all of them."""
    first = list(urns)
    steps: dict[str, list[EstablishmentLink]] = defaultdict(list)
    asked: set[str] = set()
    ahead = set(first)
    for _step in range(LONGEST_CHAIN):
        ahead -= asked
        if not ahead:
            break
        links = list(EstablishmentLink.objects.filter(FOLLOWS, urn__in=ahead).order_by("id"))
        asked |= ahead
        for link in links:
            steps[link.urn].append(link)
        ahead = {link.other_urn for link in links}
    names = {link.other_urn for links in steps.values() for link in links}
    rows = Establishment.objects.filter(urn__in=names).values_list("urn", "name", "status")
    known = {urn: (name, status) for urn, name, status in rows}
    return {urn: _chain(urn, steps, known) for urn in first if steps[urn]}


def _chain(
    urn: str, steps: dict[str, list[EstablishmentLink]], known: dict[str, tuple[str, str]]
) -> list[Following]:
    found: dict[str, Following] = {}
    ahead = [urn]
    while ahead:
        here = ahead.pop(0)
        for link in steps.get(here, ()):
            other = link.other_urn
            if other in found or other == urn:
                continue
            name, status = known.get(other, (link.other_name, ""))
            found[other] = Following(other, name, link.kind, link.since, status in _OPEN)
            ahead.append(other)
    return list(found.values())


#: what each kept field is called where it changed
_CHANGED: dict[str, Promise] = {
    "name": _("Name"),
    "status": _("Status"),
    "opened_on": _("Opening day"),
    "closed_on": _("Closing day"),
    "type_name": _("Type"),
    "phase": _("Phase"),
    "la_code": _("Authority"),
    "number": _("Number with the authority"),
}
#: what a change of status is called, by what it was and became
_TURNS: dict[tuple[str, str], Promise] = {
    (Status.OPEN, Status.CLOSED): _("Closed"),
    (Status.CLOSING, Status.CLOSED): _("Closed"),
    (Status.CLOSED, Status.OPEN): _("Opened again"),
    (Status.PROPOSED, Status.OPEN): _("Opened"),
    (Status.OPEN, Status.CLOSING): _("Proposed to close"),
    (Status.CLOSING, Status.OPEN): _("No longer proposed to close"),
    (Status.PROPOSED, Status.CLOSED): _("Never opened"),
}
_SINCE_FIRST = ("name", "status", "opened_on", "closed_on")


def history(establishment: Establishment) -> list[Event]:
    """Give what the register said anew of an establishment, the latest first.

    Rows of the first version, which have no reading, knew four fields only.
    """
    past = EstablishmentPast.objects.filter(establishment=establishment)
    versions = list(past.select_related("reading").order_by("id"))
    found: list[Event] = []
    for before, later in zip_longest(versions, versions[1:]):
        after = later or establishment
        fields = _CHANGED if before.reading else _SINCE_FIRST
        number = before.reading.number if before.reading else None
        for field in fields:
            old, new = getattr(before, field), getattr(after, field)
            if old != new and not (isinstance(after, EstablishmentPast) and _unknown(after, field)):
                what = _TURNS.get((old, new)) if field == "status" else None
                found.append(Event(before.until, what or _CHANGED[field], old, new, number))
    return found[::-1]


def _unknown(row: EstablishmentPast, field: str) -> bool:
    return row.reading is None and field not in _SINCE_FIRST


def groups_of(urn: str) -> list[InGroup]:
    """Give the groups in which an establishment is and was, the latest first."""
    spans = list(RegisterSpan.objects.filter(urn=urn))
    rows = RegisterGroup.objects.filter(uid__in={span.uid for span in spans})
    groups = {row.uid: row for row in rows}
    found = [
        InGroup(groups[span.uid], span.joined_on, span.left_on, span.left_seen)
        for span in spans
        if span.uid in groups
    ]
    found.sort(key=lambda one: (one.left_on or date.max, one.joined_on or date.min), reverse=True)
    return found


@dataclass(frozen=True)
class Found:
    """An establishment that was looked for, and the organisation it was adopted as, if any."""

    row: Establishment
    here: Organisation | None

    @property
    def may_be_adopted(self) -> bool:
        """Whether it is open, or about to open, and not here yet."""
        return self.here is None and ADOPTABLE[Status(self.row.status)]


def found(words: str) -> tuple[list[Found], bool]:
    """Find establishments by name, town, postcode, URN or DfE number; open ones first.

    Returns:
        At most MOST_FOUND of them, and whether there are more.
    """
    rows = _matching(words)
    if rows is None:
        return [], False
    begins = Q(search_key__startswith=search_key(words))
    ranked = rows.order_by(
        Case(When(status__in=_OPEN, then=Value(0)), default=Value(1)),
        Case(When(begins, then=Value(0)), default=Value(1)),
        "search_key",
        "id",
    )
    shown = list(ranked[: MOST_FOUND + 1])
    return list(_found(shown[:MOST_FOUND]).values()), len(shown) > MOST_FOUND


def with_place(urn: str) -> Found | None:
    """Give the establishment of a number, and the organisation it was adopted as."""
    row = Establishment.objects.filter(urn=urn).first()
    return _found([row])[urn] if row else None


def _found(rows: list[Establishment]) -> dict[str, Found]:
    here = Organisation.objects.filter(urn__in=[row.urn for row in rows])
    adopted = {place.urn: place for place in here}
    return {row.urn: Found(row, adopted.get(row.urn)) for row in rows}


def _matching(words: str) -> QuerySet[Establishment] | None:
    """Give the rows for what was typed: a number, a postcode, else words of name and town."""
    text = " ".join(words.split())
    everything = Establishment.objects.all()
    if not text:
        return None
    try:
        number = read_laestab(text).text
        same = Q(la_code=number[:3], number=number[3:]) | Q(urn=number)
        return everything.filter(same)
    except DomainError:
        pass
    if _DIGITS.fullmatch(text):
        return everything.filter(urn=text)
    try:
        return everything.filter(postcode=read_postcode(text).text)
    except DomainError:
        pass
    if _DISTRICT.fullmatch(text.upper()):
        return everything.filter(postcode__startswith=f"{text.upper()} ")
    tokens = search_key(text).split()
    if not tokens:
        return None
    for token in tokens:
        everything = everything.filter(search_key__contains=token)
    return everything


@dataclass(frozen=True)
class Below:
    """A setting below an organisation, with what the register last said of it, if it is there."""

    setting: Organisation
    since: date
    register: Establishment | None
    followed_by: tuple[Following, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the register says that it has closed."""
        return self.register is not None and self.register.status == Status.CLOSED


def settings_below(place_ids: Iterable[int], today: date) -> list[Below]:
    """Give the settings that belong to these organisations today, by name; closed ones first."""
    spans = Affiliation.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today),
        of__in=list(place_ids),
        starts__lte=today,
        member__kind=Organisation.Kind.SETTING,
    ).select_related("member")
    rows = [(span.member, span.starts) for span in spans.order_by("member__name", "id")]
    return _with_register(rows)


def brought_here(actor: Actor, asked: str) -> Organisation | None:
    """Give the setting of a short reference that one's own organisation brought here, or None."""
    try:
        ref = RefConverter().to_python(asked)
    except ValueError:
        return None
    rows = Organisation.objects.filter(ref=ref, added_by__in=actor.hat.orgs)
    return rows.select_related("added_by").first()


def closed_here() -> list[Below]:
    """Give the settings here that the register says have closed, each with what follows it."""
    closed = Establishment.objects.filter(status=Status.CLOSED).values("urn")
    rows = Organisation.objects.filter(urn__in=closed).exclude(urn="").order_by("name", "id")
    return _with_register([(row, row.opened_on or date.min) for row in rows])


def _with_register(rows: list[tuple[Organisation, date]]) -> list[Below]:
    urns = [row.urn for row, _since in rows if row.urn]
    told = {row.urn: row for row in Establishment.objects.filter(urn__in=urns)}
    closed = [urn for urn, row in told.items() if row.status == Status.CLOSED]
    after = following(closed)
    found = [
        Below(row, since, told.get(row.urn), tuple(after.get(row.urn, ()))) for row, since in rows
    ]
    return sorted(found, key=lambda one: not one.closed)
