"""Who bears the cost of one provision's groups, and what it costs beside hours."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.beside_models import MOST_FOR_AN_ITEM, MOST_YEARS, Bearing, Item
from opensenco.costing.states import Bears, ItemKind
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Group
from opensenco.provision.models import Allocation, Provision
from opensenco.support.words import line


@operation(Action.COST_KEEP, on="provision")
def set_bearing(
    *,
    actor: Actor,
    provision: Provision,
    bears: str,
    first: date,
    because: str,
    group: Group | None = None,
) -> Bearing:
    """Say who bears the cost of a provision's groups, or of one of them, from a day on.

    Raises:
        Invalid: no such way, no reason, or a group that does not have this provision.
    """
    if bears not in Bears.values:
        raise Invalid("bears", _("Choose one of these."))
    if (
        group is not None
        and not Allocation.objects.filter(provision=provision, group=group).exists()
    ):
        raise Invalid("group", _("Choose a group that is given this."))
    reason = line("because", because)
    if not reason:
        raise Invalid("because", _("Say why, such as: the group would not run without this pupil."))
    row = Bearing(
        org_id=provision.org_id, provision=provision, group=group, bears=bears, first=first,
        because=reason, person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.COST_KEEP, on="provision")
def add_item(
    *,
    actor: Actor,
    provision: Provision,
    kind: str,
    what: str,
    pence: int | None,
    first: date,
    years: int | None = None,
) -> Item:
    """Enter what a provision costs beside hours, once; it is shared by all who have it.

    Args:
        years: for how many it is of use; each bears as much. One where nothing is said.

    Raises:
        Invalid: nothing said of what it is, a sum or a number of years that cannot be.
    """
    if kind not in ItemKind.values:
        raise Invalid("kind", _("Choose one of these."))
    words = line("what", what)
    if not words:
        raise Invalid("what", _("Say what it is. For example: a licence for the programme."))
    if pence is None or not 1 <= pence <= MOST_FOR_AN_ITEM:
        raise Invalid("pence", _("Enter an amount of more than nothing and at most £100,000."))
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise Invalid("years", _("Enter years from 1 to %(most)s.") % {"most": MOST_YEARS})
    row = Item(
        org_id=provision.org_id, provision=provision, kind=kind, what=words, pence=pence,
        first=first, years=years or 1, person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.COST_KEEP, on="item")
def take_item_back(*, actor: Actor, item: Item) -> Item:
    """Take back what was entered wrongly: it counts no more. The record keeps both.

    Raises:
        NotPossible: it was taken back already, or is itself what takes another back.
    """
    if item.takes_back is not None or Item.objects.filter(takes_back=item).exists():
        raise NotPossible(_("This counts no more."))
    row = Item(
        org_id=item.org_id, provision=item.provision, kind=item.kind, what=item.what,
        pence=item.pence, first=item.first, years=item.years, takes_back=item,
        person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row
