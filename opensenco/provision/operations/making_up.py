"""A session that makes up one that was missed says which."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import Allocation, Session
from opensenco.provision.queries.made_up import MISSED, key_of, makes_up

#: what a row that takes another's place holds as that one did
KEPT = ("went", "minutes", "reason", "note", "closed_because")


def check_made_up(
    allocation: Allocation, missed: Session, on: date, instead_of: Session | None = None
) -> None:
    """Refuse to make up what this session cannot.

    Args:
        instead_of: the row that is being put right.

    Raises:
        NotPossible: it is of another pupil or provision.
        Invalid: it was not missed, came later, or is made up already.
    """
    same = missed.allocation.provision_id == allocation.provision_id
    if missed.allocation.pupil_id != allocation.pupil_id or not same:
        raise NotPossible
    if missed.went not in MISSED or Session.objects.filter(corrects=missed).exists():
        raise Invalid("makes_up", _("That session was put right since. Choose again."))
    if missed.on > on:
        raise Invalid("makes_up", _("That session came later. Choose an earlier one."))
    for other in makes_up([missed]):
        if other.makes_up and key_of(other.makes_up) == key_of(missed) and other != instead_of:
            raise Invalid("makes_up", _("That session is made up already. Choose another."))


def let_go(actor: Actor, were_missed: Iterable[Session]) -> None:
    """Part sessions from what they made up, where that turns out not to have been missed."""
    rows = list(were_missed)
    keys = {key_of(row) for row in rows}
    if not rows:
        return
    for one in list(makes_up(rows)):
        if one.makes_up is None or key_of(one.makes_up) not in keys:
            continue
        Session(
            org_id=one.org_id, pupil_id=one.pupil_id, allocation_id=one.allocation_id,
            group_id=one.group_id, on=one.on, batch=one.batch, number=one.number, corrects=one,
            person=actor.person, at=actor.next_moment(), gave=giver(actor, one.given_by),
            **{name: getattr(one, name) for name in KEPT},
        ).save()  # fmt: skip


def giver(actor: Actor, gave: Person | None) -> Person | None:
    """Give who gave a session as a row of this actor keeps it: nobody where it was they."""
    return None if gave is None or gave == actor.person else gave
