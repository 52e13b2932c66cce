"""The papers of a pupil are held whatever their date, and let go again."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.models import Hold
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

LONGEST_REASON = 500


@operation(Action.DOCUMENT_CONFIDENTIAL, on="pupil")
def place_hold(*, actor: Actor, pupil: Pupil, reason: str) -> Hold:
    """Keep the papers of a pupil whatever their date: an open dispute, an inquiry, a claim.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: they are held already.
    """
    words = _reason(reason)
    if Hold.objects.filter(pupil=pupil, lifted_at__isnull=True).exists():
        raise NotPossible(_("These papers are held already."))
    hold = Hold(org_id=pupil.org_id, pupil=pupil, reason=words, at=actor.at, person=actor.person)
    hold.save()
    return hold


@operation(Action.DOCUMENT_CONFIDENTIAL, on="hold")
def lift_hold(*, actor: Actor, hold: Hold, reason: str) -> Hold:
    """Say that the papers of a pupil need not be held any more. Their dates count again.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it was lifted already.
    """
    words = _reason(reason)
    if hold.lifted_at is not None:
        raise NotPossible(_("This hold has ended already."))
    hold.lifted_at, hold.lifted_by, hold.lifted_reason = actor.at, actor.person, words
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    return hold


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if len(words.split()) < 2:
        raise Invalid("reason", _("Say in a few words why."))
    if len(words) > LONGEST_REASON:
        raise Invalid("reason", _("Use at most %(most)s characters.") % {"most": LONGEST_REASON})
    return words
