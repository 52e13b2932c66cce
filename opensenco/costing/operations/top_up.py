"""What comes in for a pupil above the school's own share."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.models import MOST_FOR_A_PUPIL, TopUp
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.people.one_child import of_one_child
from opensenco.support.words import line


@operation(Action.COST_KEEP, on="pupil")
def record_top_up(
    *, actor: Actor, pupil: Pupil, pence: int, first: date, last: date, source: str
) -> TopUp:
    """Record what is paid for a pupil for a time. One that begins on the same day takes its place.

    Raises:
        Invalid: an amount or time that cannot be, or nobody said who pays.
    """
    if not 1 <= pence <= MOST_FOR_A_PUPIL:
        raise Invalid("pence", _("Enter an amount of more than nothing and at most £500,000."))
    if last < first:
        raise Invalid("last", _("The last day is before the first. Check both days."))
    if (last - first).days > 366:
        raise Invalid("last", _("Enter at most one year at a time."))
    payer = line("source", source)
    if not payer:
        raise Invalid("source", _("Say who pays it, and by which decision."))
    row = TopUp(
        org_id=pupil.org_id, pupil=pupil, pence=pence, first=first, last=last, source=payer,
        person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.COST_KEEP, on="top_up")
def take_top_up_back(*, actor: Actor, top_up: TopUp) -> TopUp:
    """Take back what was recorded. The ledger keeps both.

    Raises:
        NotPossible: it was taken back already, or another stands in its place.
    """
    same = TopUp.objects.filter(of_one_child(top_up.pupil.stands), first=top_up.first)
    if top_up.withdrawn or same.order_by("-id").values_list("pk", flat=True)[0] != top_up.pk:
        raise NotPossible(_("This counts no more. Look at what stands now."))
    row = TopUp(
        org_id=top_up.org_id, pupil_id=top_up.pupil_id, pence=top_up.pence, first=top_up.first,
        last=top_up.last, source=top_up.source, withdrawn=True, person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row
