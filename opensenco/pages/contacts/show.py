"""What the pages of the contact log show, put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import contact_log as log
from opensenco.cases.contact_log import Wanted
from opensenco.cases.starter import options
from opensenco.exchange.out import Table
from opensenco.pages.contacts.forms import FilterForm
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing

SHORT = 160
#: what is begun from any home page: the verb, what the address is called, and its words
BEGINS: tuple[tuple[Action, str, Promise], ...] = (
    (Action.CONTACT_LOG, "contacts:choose", gettext_lazy("Record a contact")),
    (Action.CONTACT_VIEW, "contacts:list", gettext_lazy("Contact log")),
    (Action.LETTER_WRITE, "letters:start", gettext_lazy("Letters")),
    (Action.TIME_LOG, "time:week", gettext_lazy("My time")),
    (Action.HANDOVER_READ, "handover:list", gettext_lazy("Hand-overs")),
)


@dataclass(frozen=True)
class Shown:
    """Contacts as a page shows them."""

    form: FilterForm
    rows: Sequence[Any]
    listing: Listing
    wanted: Wanted

    @property
    def said(self) -> str:
        """What was asked for, for the log of looks."""
        asked = (self.wanted.how, self.wanted.state, "mine" if self.wanted.mine else "")
        return " ".join(["contacts", *(one for one in asked if one)])

    @property
    def filtered(self) -> bool:
        """Whether anything but the usual was asked for."""
        return self.wanted != Wanted()


def listed(actor: Actor, query: Mapping[str, str], *, pupil: Any = None, every: int = 0) -> Shown:
    """Give contacts, sorted and filtered as the address says.

    Args:
        pupil: of this pupil alone.
        every: rows at most where the whole list goes into a file; else a page of them.
    """
    form = FilterForm(query or None)
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    wanted = Wanted(
        cleaned.get("how", ""), cleaned.get("first"), cleaned.get("last"),
        cleaned.get("state", ""), cleaned.get("whose", "") == "mine",
    )  # fmt: skip
    rows = log.chosen(actor, wanted, pupil)
    listing = Listing(query, heads(pupil), rows.count(), usual=log.USUAL)
    start, stop = (0, every) if every else (listing.start, listing.stop)
    return Shown(form, log.listed(rows, listing.sort, start, stop), listing, wanted)


def heads(pupil: Any) -> list[Column]:
    """Give the heads of the list."""
    about = [] if pupil else [Column(_("Pupil"), "pupil")]
    return [
        Column(_("Day"), "on"),
        *about,
        Column(_("How"), "how"),
        Column(_("What it was about")),
        Column(_("Who wrote it")),
        Column(_("Follow up by")),
    ]


def table(rows: Sequence[Any]) -> Table:
    """Give the log as it goes into a file."""
    names = [
        _("Day"), _("Pupil"), _("How"), _("Who began it"), _("With whom"),
        _("What it was about"), _("What came of it"), _("Minutes"), _("Confidential"),
        _("Follow up by"), _("Followed up"), _("Who wrote it"), _("Written"), _("Version"),
    ]  # fmt: skip
    lines = [
        (
            one.on, one.pupil.register_name, str(one.get_how_display()),
            str(one.get_direction_display()), one.with_whom, one.words, came_of(one),
            one.minutes, _("yes") if one.confidential else "", one.follow_up_by,
            "" if one.follow_up_by is None or one.waits else _("yes"), one.person.name, one.at,
            one.version,
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Contact log"), names, lines)


def what(row: Any) -> str:
    """Say what a contact was in one line."""
    return log.sentence(row)


def came_of(row: Any) -> str:
    """Say what came of a contact; empty where nobody said."""
    return str(options("contact-outcome").get(row.came_of, row.came_of))


def shortened(text: str) -> str:
    """Give the beginning of what was said, for a row of the list."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def written_here(actor: Actor) -> dict[str, Any]:
    """Give what this person can begin from their home page: calls, letters, time."""
    return {
        "links": [(address, words) for verb, address, words in BEGINS if actor.can_somewhere(verb)]
    }


def facts(row: Any) -> list[tuple[str, str]]:
    """Give what is known of one contact, as terms and answers."""
    said = [
        (_("Day"), words.day(row.on)),
        (_("How"), f"{row.get_how_display()}. {row.get_direction_display()}."),
        (_("With whom"), row.with_whom),
        (_("Minutes"), str(row.minutes or "")),
        (_("What came of it"), came_of(row)),
        (_("Follow up by"), words.day(row.follow_up_by) if row.follow_up_by else ""),
        (_("Written by"), f"{row.person.name}, {words.moment(row.at)}"),
    ]
    return [(term, answer) for term, answer in said if answer]
