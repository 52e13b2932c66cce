"""Recording a concern, and taking one back that was made in error."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.concerns.models import Concern
from opensenco.concerns.operations import after
from opensenco.concerns.said import quoted
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil


@operation(Action.CONCERN_RAISE, on="pupil")
def raise_concern(
    *,
    actor: Actor,
    pupil: Pupil,
    noticed: str,
    where_when: str = "",
    tried: str = "",
    said: str = "",
) -> Concern:
    """Record what somebody noticed about a pupil. No plan, code or diagnosis is needed (IDN-12).

    It waits for whoever decides about concerns of this pupil, with the reply date of the law.

    Args:
        noticed: what was noticed; the only answer that is needed.
        where_when: where and when it happens.
        tried: what has been tried.
        said: what the child and the parents say.

    Raises:
        Invalid: nothing was noticed.
    """
    if not noticed.strip():
        raise Invalid("noticed", _("Say in a few words what you have noticed."))
    concern = Concern(
        org_id=pupil.org_id,
        pupil=pupil,
        noticed=noticed.strip(),
        where_when=where_when.strip(),
        tried=tried.strip(),
        said=said.strip(),
        raised_by=actor.person,
        raised_on=actor.today,
    )
    concern.save()
    reply_on = after.keep_dues(actor, concern)
    who = actor.person.name
    after.hand_over(
        actor,
        concern,
        after.TRIAGE,
        _("New concern from %(who)s: “%(words)s”") % {"who": who, "words": quoted(concern.noticed)},
        to=None,
        due=reply_on,
    )
    after.note(actor, concern, "concern.raised", _("%(who)s recorded a concern.") % {"who": who})
    return concern


@operation(Action.RECORD_INVALIDATE, on="concern")
def mark_concern_in_error(
    *, actor: Actor, concern: Concern, version: int | None, reason: str
) -> Concern:
    """Mark a concern as made in error, with a reason. It waits for nobody and stays in the history.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if concern.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    change(
        concern,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )
    spine.settle_task(actor=actor, source=concern)
    after.keep_dues(actor, concern)
    spine.withdraw_facts(
        actor=actor,
        pupil=concern.pupil,
        source=concern,
        words=_("A concern was recorded here in error."),
        reader=Action.CONCERN_VIEW,
    )
    after.answer(
        actor,
        concern,
        _("Your concern was marked as made in error: “%(reason)s”") % {"reason": quoted(reason)},
    )
    return concern
