"""What is missing of single pupils, for the home page of whoever co-ordinates."""

from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.guides import count_unexplained
from opensenco.ehc.queries import count_without_card
from opensenco.support.queries.gaps import Gaps, gaps


def missing(actor: Actor) -> dict[str, Any]:
    """Give what the register lacks, for those who can mend it."""
    sets = actor.can_somewhere(Action.STATUS_SET) and actor.can_somewhere(Action.REGISTER_VIEW)
    keeps = actor.can_somewhere(Action.EHC_KEEP) and actor.can_somewhere(Action.PLAN_VIEW)
    return {
        "gaps": gaps(actor) if sets else Gaps(),
        "cardless": count_without_card(actor) if keeps else 0,
        "unexplained": count_unexplained(actor) if keeps else 0,
    }
