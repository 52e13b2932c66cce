"""What the pages of EHC plans show: the card in words, its dates, its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import explain
from opensenco.cases.dues import dues
from opensenco.documents import queries as documents
from opensenco.ehc import promised, queries
from opensenco.ehc.states import MoveKind
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.kernel.refs import short
from opensenco.people import queries as people
from opensenco.support import queries as support
from opensenco.support.states import Status
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing


@dataclass(frozen=True)
class CardPage:
    """The card of one pupil's EHC plan.

    Args:
        dues: what the law asks for by when, each with its title and its why.
        coded: whether the pupil's status is EHC plan today.
        owed: rows of section F with what came of them, by the row's key; none for who may not see
            provision. remarks: how days were counted.
        may: what this person has the right to.
    """

    pupil: Any
    card: queries.Card
    dues: list[tuple[Any, str, list[tuple[str, str]]]]
    coded: bool
    versions: list[Any]
    may: dict[str, bool]
    owed: dict[int, promised.Owed]
    remarks: list[str]

    @property
    def gaps(self) -> int:
        """How many rows of section F nothing gives now."""
        return sum(one.gap for one in self.owed.values())

    @property
    def writes(self) -> bool:
        """Whether the card can be written here and now."""
        return self.may["keep"] and self.card.plan is not None

    @property
    def thin(self) -> list[Any]:
        """Provision that does not say who, how much or how often: the law asks for all three."""
        return [
            row for row in self.card.provision if not (row.who and row.how_much and row.how_often)
        ]


def card_page(actor: Actor, pupil: Any) -> CardPage:
    """Gather the card of a pupil's EHC plan."""
    people.attach_classes([pupil], actor.today)
    card = queries.card_of(actor, pupil)
    held = support.status_of(actor, pupil)
    rows = dues(actor, pupil=pupil)[0] if card.plan else []
    own = [row for row in rows if card.plan and row.source_ref == card.plan.ref]
    owed = promised.owed(actor, card.provision)
    history = card.plan is not None and actor.can_somewhere(Action.PUPIL_HISTORY)
    return CardPage(
        pupil=pupil,
        card=card,
        dues=[(row, explain.title(row.due), explain.why(row.due, actor)) for row in own],
        coded=held is not None and held.code == Status.EHC_PLAN,
        versions=queries.versions_of(card.plan) if history and card.plan else [],
        may={
            "keep": may(actor, Action.EHC_KEEP, pupil),
            "error": actor.can_somewhere(Action.RECORD_INVALIDATE),
            "print": may(actor, Action.PLAN_PRINT, pupil),
        },
        owed={one.line.pk: one for one in owed},
        remarks=[explain.said(one) for one in promised.remarks_of(owed)],
    )


def officer(plan: Any) -> list[tuple[str, str]]:
    """Give whose plan it is and whom to reach, as terms and answers."""
    said = [
        (_("Authority"), plan.authority),
        (_("Their reference"), plan.their_reference),
        (_("Officer"), plan.officer),
        (_("Phone"), plan.officer_phone),
        (_("Email"), plan.officer_email),
    ]
    return [(term, answer) for term, answer in said if answer]


def days(plan: Any) -> list[tuple[str, str]]:
    """Give the days of a card, as terms and answers."""
    reviewed = _day(plan.reviewed_on)
    if plan.decided:
        reviewed = f"{reviewed}. {plan.get_decided_display()}."
    said = [
        (_("First made"), _day(plan.made_on)),
        (_("Last review ended"), reviewed),
        (_("Newest amended plan"), _day(plan.amended_on)),
        (_("Next review meeting"), _day(plan.meeting_on)),
        (_("Papers sent"), _day(plan.papers_on)),
        (_("Report sent"), _day(plan.reported_on)),
        (_("Next move between phases"), move(plan)),
        (_("Next place named in the plan of"), _day(plan.named_on)),
        (_("Ended"), _day(plan.ended_on)),
        (_("Why it ended"), plan.end_reason),
    ]
    return [(term, answer) for term, answer in said if answer]


def _day(day: Any) -> str:
    return words.day(day) if day else ""


def move(plan: Any) -> str:
    """Say the next move between phases; empty where none is on the card."""
    if not plan.move_kind:
        return ""
    when = words.day(plan.move_on) if plan.move_on else str(plan.move_year)
    return f"{when}. {MoveKind(plan.move_kind).label}."


def papers(actor: Actor, pupil: Any) -> list[Any]:
    """Give the papers of a pupil that can be the plan; none for who may not open papers."""
    if not actor.can_somewhere(Action.DOCUMENT_VIEW):
        return []
    return documents.to_name(actor, pupil)


def paper_choices(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Give papers to choose from."""
    return [(short(row.ref), row.title) for row in rows]


def given_card(given: Mapping[str, Any], rows: Sequence[Any]) -> dict[str, Any]:
    """Give what the operation takes, from what the form of a card gave."""
    paper = next((row for row in rows if short(row.ref) == given["paper"]), None)
    return {**given, "paper": paper}


def as_it_stands(plan: Any, rows: Sequence[Any]) -> dict[str, Any]:
    """Give a card by the names of its form's fields."""
    names = (
        "authority", "their_reference", "officer", "officer_email", "officer_phone", "made_on",
        "reviewed_on", "amended_on", "move_kind", "move_year", "move_on", "version",
    )  # fmt: skip
    paper = next((short(row.ref) for row in rows if row.pk == plan.paper_id), "")
    return {**{name: getattr(plan, name) for name in names}, "paper": paper}


def to_begin(pupil: Any, day: Any) -> dict[str, Any]:
    """Give what a new card begins with: the move that the year group has before it."""
    year = pupil.year_on(day)
    turns = day.year + (1 if day.month >= 9 else 0)
    if year in (5, 6):
        return {"move_kind": MoveKind.SCHOOL.value, "move_year": turns + 6 - year, "version": 0}
    if year in (10, 11):
        return {"move_kind": MoveKind.POST_16.value, "move_year": turns + 11 - year, "version": 0}
    return {"version": 0}


def heads() -> list[Column]:
    """Give the heads of the list."""
    return [
        Column(_("Pupil"), "name"),
        Column(_("Authority"), "authority"),
        Column(_("Officer"), "officer"),
        Column(_("First made"), "made"),
        Column(_("Last review ended"), "reviewed"),
        Column(_("Review due"), "review"),
        Column(_("Next place due"), "place"),
    ]


@dataclass(frozen=True)
class Shown:
    """Cards as the list shows them."""

    form: Any
    rows: Sequence[Any]
    listing: Listing
    filtered: bool


def listed(actor: Actor, query: Mapping[str, str], form: Any, *, whole: bool = False) -> Shown:
    """Give cards, sorted and filtered as the address says.

    Args:
        whole: all of them, for a file; else a page.
    """
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    authority, until = chosen.get("authority", ""), chosen.get("until")
    rows = queries.standing(actor, authority, until)
    listing = Listing(query, heads(), rows.count(), usual=queries.USUAL)
    start, stop = (0, out.MOST) if whole else (listing.start, listing.stop)
    found = queries.listed(rows, listing.sort, start, stop)
    people.attach_classes([row.pupil for row in found], actor.today)
    return Shown(form, found, listing, bool(authority or until))


def table(rows: Sequence[Any]) -> Table:
    """Give the list as it goes into a file."""
    names = [_("Pupil"), _("Class"), _("School"), _("Authority"), _("Their reference"),
             _("Officer"), _("Phone"), _("Email"), _("First made"), _("Last review ended"),
             _("Newest amended plan"), _("Review due"), _("Next place due")]  # fmt: skip
    lines = [
        (
            row.pupil.register_name, getattr(row.pupil, "class_name", ""), row.org.name,
            row.authority, row.their_reference, row.officer, row.officer_phone, row.officer_email,
            row.made_on, row.reviewed_on, row.amended_on, row.next_review, row.next_place,
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("EHC plans"), names, lines)
