"""What a service advised: it becomes an action with a day, or it is not done, with the reason."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.concerns.follow_states import Becomes
from opensenco.concerns.models import Referral, ReferralAdvice
from opensenco.concerns.said import needed
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.policy import beyond

DO = "referral.advice"


@operation(Action.PLAN_WRITE, on="referral")
def advice_becomes_action(
    *, actor: Actor, referral: Referral, words: str, owner: Person, due: date
) -> ReferralAdvice:
    """Let somebody do by a day what a service advised; it waits for them.

    Raises:
        Invalid: nothing said, a day that is over, or somebody who may not read of the pupil.
        NotPossible: the referral was made in error.
    """
    if due < actor.today:
        raise Invalid("due", _("Choose a day from today on."))
    if beyond(actor, owner, [referral.pupil_id], [Action.PLAN_VIEW]):
        raise Invalid("owner", _("Choose somebody who may read this pupil's plan."))
    row = keep_advice(actor, referral, words, Becomes.ACTION, owner=owner, due=due)
    _wait(actor, row)
    return row


@operation(Action.PLAN_WRITE, on="referral")
def advice_not_followed(
    *, actor: Actor, referral: Referral, words: str, why: str
) -> ReferralAdvice:
    """Keep that something advised is not done, and why.

    Raises:
        Invalid: no reason in a sentence.
        NotPossible: the referral was made in error.
    """
    if len(why.split()) < 3:
        raise Invalid("why", _("Say in a sentence why it is not done."))
    return keep_advice(actor, referral, words, Becomes.NOT, why=why.strip())


@operation(Action.PLAN_VIEW, on="advice")
def settle_advice(
    *, actor: Actor, advice: ReferralAdvice, done: bool, result: str, version: int | None
) -> ReferralAdvice:
    """Say that what was advised is done and what came of it, or that it is given up and why.

    Raises:
        Invalid: nothing is said of what came of it.
        NotPossible: it is nobody's action, settled already, or another's to settle.
        Stale: somebody else settled it in between.
    """
    if advice.becomes != Becomes.ACTION or advice.settled_on is not None:
        raise NotPossible(_("This has been settled already."))
    if actor.person != advice.owner and not actor.can_somewhere(Action.PLAN_WRITE):
        raise NotPossible(_("Whoever does it says so, or whoever co-ordinates."))
    said = result.strip()
    if not said:
        raise Invalid("result", _("Say what came of it, or why it is given up."))
    change(advice, version=version, done=done, settled_on=actor.today, result=said)
    spine.settle_task(actor=actor, source=advice, kind=DO)
    return advice


def keep_advice(
    actor: Actor, referral: Referral, words: str, becomes: Becomes, *,
    owner: Person | None = None, due: date | None = None, why: str = "",
) -> ReferralAdvice:  # fmt: skip
    """Keep one piece of advice, inside an operation that has checked the right to it.

    Raises:
        Invalid: nothing said.
        NotPossible: the referral was made in error.
    """
    if referral.in_error:
        raise NotPossible(_("This is marked as made in error. It stays as it was."))
    row = ReferralAdvice(
        org_id=referral.org_id, pupil=referral.pupil, referral=referral, becomes=becomes,
        words=needed("words", words, _("Say what they advised.")), owner=owner, due=due, why=why,
        on=actor.today, by=actor.person,
    )  # fmt: skip
    row.save()
    told = _("%(service)s advised: %(what)s") % {"service": referral.service, "what": row.words}
    spine.add_fact(
        actor=actor, pupil=referral.pupil, kind="referral.advised", on=actor.today, words=told,
        source=row,
    )  # fmt: skip
    return row


def _wait(actor: Actor, row: ReferralAdvice) -> None:
    spine.open_task(
        actor=actor, org=row.pupil.org, kind=DO, source=row, pupil=row.pupil, person=row.owner,
        due=row.due, reader=Action.PLAN_VIEW,
        words=_("Do what %(service)s advised: “%(what)s”")
        % {"service": row.referral.service, "what": row.words},
    )  # fmt: skip


def hand_advice(actor: Actor, advice: ReferralAdvice, task: Task, to: Person) -> None:
    """Let somebody else do what a service advised. Called inside the operation that hands it on."""
    if advice.owner is not None and advice.settled_on is None:
        change(advice, version=None, owner=to)
