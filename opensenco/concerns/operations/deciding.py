"""Triage: what happens after a concern, who looks after it, and what its writer is told."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.concerns.models import Concern
from opensenco.concerns.operations import after
from opensenco.concerns.policy import may_own
from opensenco.concerns.said import quoted
from opensenco.concerns.states import (
    LOOKED_AT_AGAIN,
    OUTCOME_WORDS,
    ConcernState,
    Verb,
    leads,
)
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid

S = ConcernState


@operation(Action.CONCERN_TRIAGE, on="concern")
def triage_concern(
    *,
    actor: Actor,
    concern: Concern,
    version: int | None,
    outcome: str,
    owner: Person | None = None,
    reason: str = "",
    reply: str = "",
    until: date | None = None,
) -> Concern:
    """Decide what happens after a concern, and answer the one who raised it (IDN-12).

    Args:
        outcome: one of `states.OUTCOMES`.
        owner: who looks after it; nobody where there is no action.
        reason: why; needed where there is no action.
        reply: what the one who raised it is told; needed unless one raised it oneself.
        until: the day to look again; needed for watching and for a short intervention.

    Raises:
        Invalid: an answer is missing or cannot be.
        NotPossible: nothing can be decided at this stage.
        Stale: somebody else decided in between.
    """
    after.check(concern, Verb.TRIAGE, version)
    chosen = _checked(actor, concern, outcome, owner, reason, reply, until)
    values: dict[str, Any] = {
        "state": chosen,
        "outcome": chosen,
        "owner": None if chosen is S.NO_ACTION else owner,
        "reason": reason.strip(),
        "reply": reply.strip(),
        "until": until if chosen in LOOKED_AT_AGAIN else None,
        "decided_by": actor.person,
        "decided_on": actor.today,
        "replied_on": concern.replied_on or actor.today,
    }
    change(concern, version=version, **values)
    after.keep_dues(actor, concern)
    after.wait_for_owner(actor, concern)
    said = str(OUTCOME_WORDS[chosen])
    after.note(
        actor, concern, "concern.triaged",
        _("%(who)s decided about the concern: %(outcome)s.")
        % {"who": actor.person.name, "outcome": said[:1].lower() + said[1:]},
    )  # fmt: skip
    after.answer(
        actor, concern,
        _("Your concern was answered. %(outcome)s. “%(reply)s”")
        % {"outcome": said, "reply": quoted(reply)},
    )  # fmt: skip
    return concern


def _checked(
    actor: Actor,
    concern: Concern,
    outcome: str,
    owner: Person | None,
    reason: str,
    reply: str,
    until: date | None,
) -> ConcernState:
    if not leads(concern.state, Verb.TRIAGE, outcome):
        raise Invalid("outcome", _("Choose what happens now."))
    chosen = ConcernState(outcome)
    if chosen is S.NO_ACTION and not reason.strip():
        raise Invalid("reason", _("Say why nothing is done now."))
    if chosen is not S.NO_ACTION:
        if owner is None:
            raise Invalid("owner", _("Choose who looks after this."))
        if not may_own(owner, concern, actor.today):
            raise Invalid("owner", _("Choose a member of staff who works here today."))
    if chosen in LOOKED_AT_AGAIN:
        check_until(actor.today, until)
    if not reply.strip() and concern.raised_by_id != actor.person.pk:
        raise Invalid("reply", _("Write what the person who raised this is told."))
    return chosen


def check_until(today: date, until: date | None) -> None:
    """Refuse a day to look again that is missing, past, or more than a year away.

    Raises:
        Invalid: one of these, on the field `until`.
    """
    if until is None:
        raise Invalid("until", _("Choose the day on which somebody looks again."))
    if until <= today:
        raise Invalid("until", _("The day to look again must be after today."))
    if (until - today).days > 366:
        raise Invalid("until", _("The day to look again must be within a year."))
