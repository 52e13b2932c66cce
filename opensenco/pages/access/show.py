"""What the pages of adjustments and access show, put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange.out import Table
from opensenco.pages.access.forms import STATES, FilterForm
from opensenco.support.queries import access as queries
from opensenco.support.queries.access import Wanted
from opensenco.support.states import ForWhom
from opensenco.ui.listing import Column, Listing

WORDS = dict(STATES)


@dataclass(frozen=True)
class Shown:
    """Decisions as a list shows them."""

    form: FilterForm
    rows: Sequence[Any]
    listing: Listing
    wanted: Wanted

    @property
    def said(self) -> str:
        """What was asked for, for the log of looks."""
        asked = (self.wanted.state, self.wanted.whom, self.wanted.aim)
        return " ".join(["access", *(one for one in asked if one)])

    @property
    def filtered(self) -> bool:
        """Whether anything but the usual was asked for."""
        return self.wanted != Wanted()


def listed(actor: Actor, query: Mapping[str, str], every: int = 0) -> Shown:
    """Give decisions, sorted and filtered as the address says.

    Args:
        every: rows at most where the whole list goes into a file; else a page of them.
    """
    form = FilterForm(query or None)
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    wanted = Wanted(given.get("state", ""), given.get("whom", ""), given.get("aim", ""))
    rows = queries.decisions(actor, wanted)
    listing = Listing(query, heads(), rows.count(), usual="-decided")
    start, stop = (0, every) if every else (listing.start, listing.stop)
    return Shown(form, queries.listed(rows, listing.sort, start, stop), listing, wanted)


def heads() -> list[Column]:
    """Give the heads of the register."""
    return [
        Column(_("What is in the way"), "barrier"),
        Column(_("What is changed or was asked for")),
        Column(_("For whom"), "whom"),
        Column(_("In place since"), "since"),
        Column(_("Does it help?"), "helped"),
        Column(_("Who decided, when and why"), "decided"),
    ]


def heads_of_plans() -> list[Column]:
    """Give the heads of adjustments in pupils' plans."""
    return [
        Column(_("Pupil"), "name"),
        Column(_("What is in the way"), "barrier"),
        Column(_("What is changed")),
        Column(_("Since"), "since"),
        Column(_("Does it help?"), "helped"),
        Column(_("Who decided, and why")),
    ]


def state(row: Any) -> str:
    """Say how a decision stands."""
    return str(WORDS[row.state])


def whom(row: Any) -> str:
    """Say for whom something is changed."""
    if row.pupil is not None:
        return str(row.pupil.register_name)
    return row.group if row.for_whom == ForWhom.GROUP else _("Everybody")


def helps(row: Any) -> str:
    """Say whether a change helps, and how anybody can tell."""
    said = row.get_helped_display() if row.helped else ""
    return f"{said}: {row.helped_words}" if said and row.helped_words else str(said)


def table(rows: Sequence[Any]) -> Table:
    """Give the register as it goes into a file."""
    names = [
        _("What is in the way"), _("What is changed or was asked for"), _("What for"),
        _("For whom"), _("How it stands"), _("Decided on"), _("Decided by"), _("Why"),
        _("In the accessibility plan"), _("Who sees to it"), _("By when"), _("Cost"),
        _("In place since"), _("Does it help?"), _("Ended on"), _("Why it ended"),
    ]  # fmt: skip
    lines = [
        (
            one.barrier, one.words, str(one.get_aim_display()), whom(one), state(one),
            one.decided_on, one.decided_by, one.why, _("Yes") if one.in_plan else "", one.who,
            one.by, str(one.get_cost_display()), one.starts, helps(one), one.ended_on,
            one.ended_reason,
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Adjustments and access"), names, lines)


def table_of_plans(rows: Sequence[Any]) -> Table:
    """Give the adjustments in pupils' plans as they go into a file."""
    names = [_("Pupil"), _("What is in the way"), _("What is changed"), _("Who does it"),
             _("Since"), _("Does it help?"), _("Decided by"), _("Why")]  # fmt: skip
    lines = [
        (one.pupil.register_name, one.barrier, one.words, one.who, one.starts, helps(one),
         one.decided_by or "", one.decided_why or "")
        for one in rows
    ]  # fmt: skip
    return Table(_("Adjustments in plans"), names, lines)
