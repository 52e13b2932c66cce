"""What is typed into a card, as it is stored: refused in plain words where it cannot be."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.documents.models import Document
from opensenco.ehc.models import EhcPlan
from opensenco.ehc.states import LINE, NAME, TEXT, MoveKind, Section
from opensenco.kernel.errors import Invalid
from opensenco.people.models import Pupil
from opensenco.support.words import line, paragraph
from opensenco.ui.words import day as written

#: the first day on which there was an EHC plan
FIRST = date(2014, 9, 1)
AHEAD = timedelta(days=730)
NAMES = ("authority", "their_reference", "officer", "officer_phone")
#: fields of the card that its form fills; the review that is under way has a form of its own
OF_CARD = (
    *NAMES, "officer_email", "made_on", "reviewed_on", "amended_on", "move_kind", "move_year",
    "move_on", "paper",
)  # fmt: skip
OF_REVIEW = ("meeting_on", "papers_on", "reported_on")
#: days that say what has happened
PAST = ("made_on", "reviewed_on", "amended_on", "papers_on", "reported_on", "named_on", "ended_on")
#: each field, and those it cannot come before
ORDER = (
    ("reviewed_on", ("made_on",)),
    ("amended_on", ("made_on",)),
    ("meeting_on", ("made_on", "reviewed_on")),
    ("papers_on", ("made_on", "reviewed_on")),
    ("reported_on", ("made_on", "reviewed_on", "meeting_on")),
    ("named_on", ("made_on",)),
    ("ended_on", ("made_on", "reviewed_on", "amended_on")),
)


def card(actor: Actor, pupil: Pupil, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a card's form says, as it is stored.

    Raises:
        Invalid: no authority, a day that cannot be, half a move, another child's paper.
    """
    values = {name: line(name, given[name], NAME) for name in NAMES}
    if not values["authority"]:
        raise Invalid("authority", _("Say which authority keeps the plan."))
    if given["made_on"] is None:
        raise Invalid("made_on", _("Enter the day on which the plan was first made."))
    values |= {name: given[name] for name in ("made_on", "reviewed_on", "amended_on")}
    values["officer_email"] = line("officer_email", given["officer_email"], 254)
    return values | _move(given) | {"paper": _paper(pupil, given["paper"])}


def days(actor: Actor, pupil: Pupil, values: Mapping[str, Any]) -> None:
    """Refuse days of a card that cannot be.

    Raises:
        Invalid: at the field that is wrong.
    """
    for name in PAST:
        day = values.get(name)
        if day is not None and day > actor.today:
            raise Invalid(name, _("This is a day to come. Enter it once it has happened."))
    if values["made_on"] < FIRST:
        raise Invalid(
            "made_on", _("There have been EHC plans since 1 September 2014. Choose a later day.")
        )
    if values["made_on"] < pupil.birth_date:
        raise Invalid("made_on", _("This is before the pupil was born. Check the year."))
    meeting = values.get("meeting_on")
    if meeting is not None and meeting > actor.today + AHEAD:
        raise Invalid("meeting_on", _("Choose a day within the next two years."))
    for name, befores in ORDER:
        for before in befores:
            _in_order(name, values.get(name), values.get(before))


def _in_order(name: str, day: date | None, before: date | None) -> None:
    if day is not None and before is not None and day < before:
        raise Invalid(
            name, _("This is before %(day)s. Check both days.") % {"day": written(before)}
        )


def _move(given: Mapping[str, Any]) -> dict[str, Any]:
    kind, year, on = given["move_kind"], given["move_year"], given["move_on"]
    if not kind:
        return {"move_kind": "", "move_year": None, "move_on": None}
    if kind not in MoveKind.values:
        raise Invalid("move_kind", _("Choose one of the moves shown."))
    if kind == MoveKind.BETWEEN:
        if on is None:
            raise Invalid("move_on", _("Enter the first day at the next post-16 place."))
        return {"move_kind": kind, "move_year": None, "move_on": on}
    if year is None or not FIRST.year < year <= 2100:
        raise Invalid("move_year", _("Enter the year of the move, such as 2027."))
    return {"move_kind": kind, "move_year": year, "move_on": None}


def _paper(pupil: Pupil, paper: Document | None) -> Document | None:
    if paper is not None and (paper.pupil_id != pupil.pk or paper.in_error):
        raise Invalid("paper", _("Choose one of this pupil’s papers."))
    return paper


def lines(section: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give one row of section E or F, as it is stored.

    Raises:
        Invalid: it says nothing, or is too long.
    """
    if section not in Section.values:
        raise Invalid("section", _("Choose outcomes or provision."))
    words = paragraph("words", given["words"], TEXT)
    if not words:
        raise Invalid("words", _("Copy the words of the plan."))
    values = {"words": words, "number": line("number", given.get("number", ""), 12)}
    names = ("who", "how_much", "how_often") if section == Section.PROVISION else ()
    return values | {name: line(name, given.get(name, ""), LINE) for name in names}


def reason(text: str) -> str:
    """Give a reason in a few words.

    Raises:
        Invalid: none.
    """
    why = paragraph("reason", text, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    return why


def values_of(plan: EhcPlan, *names: str) -> dict[str, Any]:
    """Give fields of a card as they stand."""
    return {name: getattr(plan, name) for name in names or (*OF_CARD, *OF_REVIEW)}
