"""What its owner does with a concern: try something, pass it on, say how it ended."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.concerns.models import Concern
from opensenco.concerns.operations import after
from opensenco.concerns.operations.deciding import check_until
from opensenco.concerns.said import quoted
from opensenco.concerns.states import ConcernState, Verb
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid

S = ConcernState


@operation(Action.CONCERN_CARRY, on="concern")
def take_up_strategies(
    *, actor: Actor, concern: Concern, version: int | None, trying: str, until: date | None
) -> Concern:
    """Say what will be tried in class, and until when; the concern stays with its teacher.

    A teacher may do so before anybody decides, about a pupil whom they teach: minor concerns are
    dealt with in class. Whoever decides about concerns is told.

    Raises:
        Invalid: nothing is tried, or the day to look again cannot be.
        NotPossible: not at this stage.
        Stale: somebody else changed it in between.
    """
    after.check(concern, Verb.TAKE_UP, version)
    if not trying.strip():
        raise Invalid("trying", _("Say what you will try."))
    check_until(actor.today, until)
    by_oneself = concern.state == S.RAISED
    change(
        concern,
        version=version,
        state=S.TRYING,
        trying=trying.strip(),
        until=until,
        owner=actor.person,
        replied_on=concern.replied_on or actor.today,
    )
    after.keep_dues(actor, concern)
    after.wait_for_owner(actor, concern)
    who, what = actor.person.name, quoted(trying)
    words = _("%(who)s tries in class: “%(what)s”") % {"who": who, "what": what}
    after.note(actor, concern, "concern.taken_up", words)
    after.answer(actor, concern, words)
    if by_oneself:
        spine.tell(
            actor=actor, org=concern.org, pupil=concern.pupil, source=concern,
            role_action=Action.CONCERN_TRIAGE,
            words=_("%(who)s keeps this concern in class and tries: “%(what)s”")
            % {"who": who, "what": what},
        )  # fmt: skip
    return concern


@operation(Action.CONCERN_CARRY, on="concern")
def pass_on(*, actor: Actor, concern: Concern, version: int | None, reason: str) -> Concern:
    """Pass a concern on to whoever decides about concerns, with a reason.

    Raises:
        Invalid: no reason.
        NotPossible: not at this stage.
        Stale: somebody else changed it in between.
    """
    after.check(concern, Verb.PASS_ON, version)
    if not reason.strip():
        raise Invalid("reason", _("Say why you pass it on."))
    change(
        concern,
        version=version,
        state=S.PASSED_ON,
        passed_on_because=reason.strip(),
        owner=None,
        until=None,
    )
    words = _("%(who)s passes a concern on: “%(why)s”") % {
        "who": actor.person.name,
        "why": quoted(reason),
    }
    after.hand_over(actor, concern, "concern.triage", words, to=None)
    after.note(actor, concern, "concern.passed_on", words)
    after.answer(actor, concern, words)
    return concern


@operation(Action.CONCERN_CARRY, on="concern")
def settle_concern(*, actor: Actor, concern: Concern, version: int | None, result: str) -> Concern:
    """Say how a concern ended: it waits for nobody any more. The one who raised it is told.

    Starting SEN support from a concern, or making a referral, settles it by this as well.

    Raises:
        Invalid: nothing is said.
        NotPossible: not at this stage.
        Stale: somebody else changed it in between.
    """
    after.check(concern, Verb.SETTLE, version)
    if not result.strip():
        raise Invalid("result", _("Say how it ended."))
    change(concern, version=version, state=S.SETTLED, result=result.strip(), until=None)
    spine.settle_task(actor=actor, source=concern)
    words = _("%(who)s settled the concern: “%(how)s”") % {
        "who": actor.person.name,
        "how": quoted(result),
    }
    after.note(actor, concern, "concern.settled", words)
    after.answer(actor, concern, words)
    return concern
