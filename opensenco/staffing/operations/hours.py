"""Contracted hours are entered from a day on, and taken back. The ledger keeps both."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.staffing.models import MOST_A_WEEK, MOST_POST, Hours
from opensenco.staffing.states import Does
from opensenco.support.words import line


@operation(Action.STAFF_KEEP, on="org")
def set_hours(
    *,
    actor: Actor,
    org: Organisation,
    who: Person,
    post: str,
    does: str,
    week: int,
    send: int,
    first: date,
) -> Hours:
    """Enter what hours somebody has from a day on, and how many of them are for SEND.

    Args:
        week, send: minutes in a school week; no minutes say that they work here no longer.

    Raises:
        Invalid: somebody from outside, no post, hours that cannot be.
    """
    if not Membership.objects.filter(org=org, person=who, withdrawn=False).exists():
        raise Invalid("who", _("Choose somebody who works here."))
    if does not in Does.values:
        raise Invalid("does", _("Choose what the hours for SEND go into."))
    called = line("post", post, MOST_POST)
    if not called:
        raise Invalid("post", _("Say what they are employed as, such as “Teaching assistant”."))
    if not 0 <= week <= MOST_A_WEEK:
        raise Invalid("week", _("Enter hours a week from 0 to 60, such as 27.5."))
    if not 0 <= send <= week:
        raise Invalid("send", _("These cannot be more than all hours of the week."))
    row = Hours(
        org=org, who=who, post=called, does=does, week=week, send=send, first=first,
        person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.STAFF_KEEP, on="hours")
def take_hours_back(*, actor: Actor, hours: Hours) -> Hours:
    """Take back what was entered for a day: what held before it holds on.

    Raises:
        NotPossible: it was taken back already, or another stands in its place.
    """
    same = Hours.objects.filter(org=hours.org_id, who=hours.who_id, first=hours.first)
    if hours.withdrawn or same.order_by("-id").values_list("pk", flat=True)[0] != hours.pk:
        raise NotPossible(_("These hours count no more. Look at what holds now."))
    row = Hours(
        org_id=hours.org_id, who_id=hours.who_id, post=hours.post, does=hours.does,
        week=hours.week, send=hours.send, first=hours.first, withdrawn=True, person=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row
