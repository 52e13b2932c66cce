"""What the pages of packs show, and what they put on home pages."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange.out import Table
from opensenco.network import queries
from opensenco.network.states import SENSITIVE, TERMS, Part, Purpose, Stage


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """Give the organisations to choose from: the name, what kind it is, the town."""
    return [
        (str(one.ref), ", ".join(p for p in (one.name, one.get_kind_display(), one.town) if p))
        for one in queries.receivers(actor)
    ]


def chosen_place(actor: Actor, ref: str) -> Any:
    """Give the organisation that was chosen from the list."""
    return next(one for one in queries.receivers(actor) if str(one.ref) == ref)


def last_day(purpose: str, until: date | None, today: date) -> date:
    """Give the last day that was asked for, else the usual one of the purpose."""
    return until or today + timedelta(days=TERMS[Purpose(purpose)].days)


def part_choices(parts: Iterable[Part]) -> list[tuple[str, str]]:
    """Give parts to tick; those that need a thought say so."""
    careful = _("%(part)s: only where they need it")
    return [
        (part.value, careful % {"part": part.label} if part in SENSITIVE else str(part.label))
        for part in parts
    ]


def usual_parts(row: Any, offered: Iterable[Part]) -> list[str]:
    """Give the parts that are ticked where nobody has chosen yet: the usual ones of the purpose."""
    usual = TERMS[Purpose(row.purpose)].proposed
    return [part.value for part in offered if part in usual]


def mend_fields(mends: Iterable[queries.Mend]) -> list[tuple[str, str, str, str]]:
    """Give name, label, proposed text and what was found, for each text to read again."""
    fields = []
    for one in mends:
        found = []
        if one.find.must_go:
            found.append(_("Must go: %(words)s.") % {"words": ", ".join(one.find.must_go)})
        if one.find.look_at:
            found.append(_("Look at: %(words)s.") % {"words": ", ".join(one.find.look_at)})
        label = one.label or _("What you ask of them")
        fields.append((one.name, label, one.proposal, " ".join(found)))
    return fields


def waiting(actor: Actor) -> Mapping[str, Any]:
    """Give what waits here of packs, for the home pages."""
    news = queries.news(actor)
    return {"received": news.received, "coming": news.coming, "answered": news.answered}


def table(received: Iterable[queries.ReceivedRow], sent: Iterable[queries.SentRow]) -> Table:
    """Give what was received and what was sent as they go into a file."""
    heads = [
        _("Way"), _("Pupil"), _("What for"), _("From or to"), _("Sent on"), _("Until"),
        _("First or last opened"), _("Answered"),
    ]  # fmt: skip
    ways = {
        Stage.PREPARED: _("not sent yet"),
        Stage.SENT: _("sent by us"),
        Stage.WITHDRAWN: _("taken back"),
    }
    came = [
        (
            _("sent to us"), row.pack.about, row.pack.get_purpose_display(), row.sender,
            row.pack.sent_on, row.pack.until, row.first_opened, _yes(row.answered),
        )
        for row in received
    ]  # fmt: skip
    went = [
        (
            ways[Stage(row.prepared.stage)],
            row.prepared.pupil.register_name, row.prepared.get_purpose_display(),
            row.prepared.to.name, row.prepared.sent_at, row.prepared.until, row.last_opened,
            _yes(row.answered),
        )
        for row in sent
    ]  # fmt: skip
    return Table(_("Packs"), heads, [*came, *went])


def _yes(answered: bool) -> str:
    return _("yes") if answered else ""
