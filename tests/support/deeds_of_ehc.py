"""What people can do with the card of an EHC plan, once each."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.ehc.operations import cards, giving, lines
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
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
    held = Allocation.objects.filter(pupil=pupil, in_error_at=None).select_related("provision")
    chosen = [one.provision for one in held.order_by("id")[:1]]
    said = giving.Said("provision", chosen, times=3, per="week", minutes=10)
    giving.say_what_gives(actor=actor, line=row, said=said)
    lines.line_in_error(actor=actor, line=row, version=None, reason="Of another plan.")
    cards.amend_plan(actor=actor, plan=card, version=None, on=TODAY, names_place=True)
    cards.end_plan(actor=actor, plan=card, version=None, on=TODAY, reason="It ceased.")
    wrong = cards.begin_card(actor=actor, pupil=pupil, given=CARD)
    cards.card_in_error(actor=actor, plan=wrong, version=None, reason="Of another pupil.")
