"""What the sheet of a class shows, and what of it goes on paper."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.pdf.sheet import Row, SheetPaper
from opensenco.documents.photos import with_photo
from opensenco.documents.states import PhotoFor
from opensenco.people import working_with
from opensenco.support.queries.classes import Sheet, sheet_of
from opensenco.support.queries.having_read import Version
from opensenco.ui import on_screen

#: what is said first of a class: so many lines, each of which helps at least so many
MOST_COMMON, AT_LEAST = 3, 2


@dataclass(frozen=True)
class SheetPage:
    """The sheet of a class or group.

    Args:
        common: what helps most of them at once, and how many; counted from the lines as written.
        photos: of which pupils there is a photo for this page, by their numbers.
        adults: who teaches or runs it. prints: whether this person may take it away on paper.
        notes: whether they keep notes of it.
    """

    sheet: Sheet
    common: list[tuple[str, int]]
    adults: list[str]
    prints: bool
    photos: frozenset[int] = frozenset()
    notes: bool = False

    @property
    def pupils(self) -> list[Any]:
        """Whom it shows, for the log of looks."""
        return [one.card.pupil for one in self.sheet.cards]


def sheet_page(actor: Actor, group: Any, use: PhotoFor = PhotoFor.SHEET) -> SheetPage:
    """Gather the sheet of a class or group, or the card for whoever covers it."""
    sheet = sheet_of(actor, group)
    staff = working_with.staff_today(actor, group)
    return SheetPage(
        sheet=sheet,
        common=_common(sheet),
        adults=[row.person.name for row in staff if row.does != "covers"],
        prints=actor.can_somewhere(Action.PLAN_PRINT),
        notes=actor.can_somewhere(Action.THREAD_JOIN),
        photos=with_photo(actor, [one.card.pupil for one in sheet.cards], use),
    )


def _common(sheet: Sheet) -> list[tuple[str, int]]:
    written: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for one in sheet.cards:
        for text in dict.fromkeys(one.card.strategies):
            key = " ".join(text.casefold().rstrip(".").split())
            written.setdefault(key, text)
            counted[key] += 1
    most = [(written[key], many) for key, many in counted.most_common() if many >= AT_LEAST]
    return most[:MOST_COMMON]


def marks(given: Iterable[str]) -> dict[uuid.UUID, Version]:
    """Read what the form says was on the sheet: reference and version. Nonsense is no mark."""
    found = {}
    for text in given:
        ref, _space, version = text.partition(" ")
        try:
            if seen := Version.read(version):
                found[uuid.UUID(ref)] = seen
        except ValueError:
            continue
    return found


def paper_of(actor: Actor, page: SheetPage, *, cover: bool) -> SheetPaper:
    """Give the sheet as it goes on paper: no surname, no status, no need."""
    group = page.sheet.group
    return SheetPaper(
        school=group.org.name,
        group=group.name,
        cover=cover,
        adults=tuple(page.adults),
        coordinator_word=group.org.senco_word,
        common=tuple(text for text, _many in page.common),
        rows=tuple(_row(one) for one in page.sheet.cards),
        size=page.sheet.size,
        printed_on=actor.today,
    )


def _row(one: Any) -> Row:
    card = one.card
    return Row(
        name=on_screen.on_paper(card.pupil),
        health=tuple(_alert(alert) for alert in one.alerts),
        communication=tuple(card.communication),
        do=tuple(card.strategies),
        avoid=card.avoid,
    )


def _alert(alert: Any) -> str:
    if not alert.what_to_do:
        return str(alert.alert)
    return _("%(alert)s. %(do)s") % {"alert": alert.alert.rstrip("."), "do": alert.what_to_do}
