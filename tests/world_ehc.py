"""A card of an EHC plan of each school, long ago and taken back: nothing tells of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.ehc.models import EhcLine, EhcPlan
from opensenco.people.models import Pupil
from tests.cast import NOW

EARLY = NOW - timedelta(days=200)
CARD: dict[str, Any] = {
    "authority": "Thornshire County Council", "their_reference": "", "officer": "",
    "officer_email": "", "officer_phone": "", "made_on": date(2025, 3, 10), "reviewed_on": None,
    "amended_on": None, "move_kind": "", "move_year": None, "move_on": None, "paper": None,
}  # fmt: skip


def make_card(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep a card with an outcome and a provision, as it stood after it was taken back.

    It puts no fact on the timeline: tests of that begin with an empty one.
    """
    with as_actor(replace(actor, at=EARLY)):
        card = EhcPlan(
            org_id=pupil.org_id, pupil=pupil, by=actor.person, at=EARLY, in_error_at=EARLY,
            in_error_by=actor.person, in_error_reason=f"{word}: another child’s.",
            **CARD | {"officer": f"{word} Officer"},
        )  # fmt: skip
        card.save()
        rows: list[dict[str, str]] = [
            {"section": "E", "words": f"{word} can say it."},
            {"section": "F", "words": f"{word} is helped.", "who": word},
        ]
        for row in rows:
            EhcLine(org_id=pupil.org_id, pupil=pupil, plan=card, **row).save()
