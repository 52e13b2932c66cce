"""What people can do with the card of an EHC plan, once each."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.ehc.operations import cards, lines
from opensenco.people.models import Pupil
from tests.cast import TODAY, YESTERDAY
from tests.world_ehc import CARD


def do(actor: Actor, pupil: Pupil) -> None:
    """A card is kept, put right, reviewed and amended; its rows too; it ends. Another is wrong."""
    card = cards.begin_card(actor=actor, pupil=pupil, given=CARD)
    given = CARD | {"officer": "Asha Bell", "move_kind": "school", "move_year": 2029}
    cards.put_card_right(actor=actor, plan=card, given=given, version=None)
    cards.plan_review(
        actor=actor, plan=card, version=None, meeting_on=TODAY - timedelta(days=20),
        papers_on=TODAY - timedelta(days=40), reported_on=TODAY - timedelta(days=10),
    )  # fmt: skip
    cards.finish_review(actor=actor, plan=card, version=None, on=YESTERDAY, decided="amend")
    row = lines.add_line(actor=actor, plan=card, section="F", given={"words": "Ten minutes a day"})
    lines.put_line_right(
        actor=actor, line=row, version=None, given={"words": "Ten minutes a day", "who": "A TA"}
    )
    lines.line_in_error(actor=actor, line=row, version=None, reason="Of another plan.")
    cards.amend_plan(actor=actor, plan=card, version=None, on=TODAY, names_place=True)
    cards.end_plan(actor=actor, plan=card, version=None, on=TODAY, reason="It ceased.")
    wrong = cards.begin_card(actor=actor, pupil=pupil, given=CARD)
    cards.card_in_error(actor=actor, plan=wrong, version=None, reason="Of another pupil.")
