"""A card of an EHC plan of each school, long ago and taken back: nothing is due because of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.ehc.models import EhcLine, EhcTie
from opensenco.ehc.operations import cards, lines
from opensenco.people.models import Pupil
from opensenco.provision.models import Provision
from tests.cast import NOW

EARLY = NOW - timedelta(days=200)
CARD: dict[str, Any] = {
    "authority": "Thornshire County Council", "their_reference": "", "officer": "",
    "officer_email": "", "officer_phone": "", "made_on": date(2025, 3, 10), "reviewed_on": None,
    "amended_on": None, "move_kind": "", "move_year": None, "move_on": None, "paper": None,
}  # fmt: skip


def make_card(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep a card with an outcome and a provision, and take it back as another child's."""
    early = replace(actor, at=EARLY)
    card = cards.begin_card(actor=early, pupil=pupil, given=CARD | {"officer": f"{word} Officer"})
    lines.add_line(actor=early, plan=card, section="E", given={"words": f"{word} can say it."})
    lines.add_line(
        actor=early, plan=card, section="F", given={"words": f"{word} is helped.", "who": word}
    )
    cards.card_in_error(actor=early, plan=card, version=None, reason=f"{word}: another child’s.")


def make_tie(actor: Actor, pupil: Pupil, word: str) -> None:
    """Tie the row of section F to something of the library, and take it back long ago."""
    line = EhcLine.objects.filter(pupil=pupil, section="F").order_by("id")[0]
    thing = Provision.objects.filter(org=pupil.org).order_by("id")[0]
    row = EhcTie(
        org_id=pupil.org_id, pupil=pupil, line=line, provision=thing, by=actor.person, at=EARLY,
        in_error_at=EARLY, in_error_by=actor.person, in_error_reason=word,
    )  # fmt: skip
    with as_actor(replace(actor, at=EARLY)):
        row.save()
