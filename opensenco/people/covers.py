"""Who stands in for whom: now, to come, and what ended; for whom somebody stands in today."""

import uuid
from datetime import date

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.cover_models import COVERS, SencoCover
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.people.policy import come, on_day

CO_ORDINATORS = ("SENCO", "SENCO_LEAD", "EY_SENCO", "SENCO_SHARED", "SENCO_TRUST", "SENCO_PHASE")
MOST = 60


def co_ordinates(row: Membership) -> bool:
    """Tell whether a role is one that somebody can stand in for."""
    return row.role in CO_ORDINATORS and not row.withdrawn


def reaches_all(actor: Actor) -> bool:
    """Tell whether this actor reaches every plan of the place already."""
    return actor.hat.reach(Action.PLAN_WRITE) is Reach.ALL


def to_cover(actor: Actor, org: Organisation) -> list[Membership]:
    """Give the roles today of those who co-ordinate here, without who stands in, by surname."""
    rows = visible(actor, Action.WHO_SEES, Membership).filter(
        on_day(actor.today), come(), org=org, role__in=CO_ORDINATORS, withdrawn=False
    )
    standing_in = SencoCover.objects.filter(org=org).values("membership")
    found = rows.exclude(pk__in=standing_in).select_related("person", "part", "org", "local_role")
    return list(found.order_by("person__last_name", "person__first_name", "id"))


def standing(org: Organisation, away: Person, starts: date, ends: date) -> QuerySet[SencoCover]:
    """Give who stands in for somebody in some of these days."""
    return SencoCover.objects.filter(
        Q(membership__ends__isnull=True) | Q(membership__ends__gte=starts),
        org=org, away=away, membership__starts__lte=ends, membership__withdrawn=False,
    )  # fmt: skip


def listed(actor: Actor) -> list[SencoCover]:
    """Give the covers of this actor's places, those of the latest days first."""
    rows = visible(actor, Action.WHO_SEES, SencoCover).filter(membership__withdrawn=False)
    found = rows.select_related("away", "by", "org", "membership__person", "membership__part")
    return list(found.order_by("-membership__starts", "-id")[:MOST])


def of_membership(actor: Actor) -> dict[int, SencoCover]:
    """Give the covers of today, by the number of the role of who stands in."""
    rows = visible(actor, Action.WHO_SEES, SencoCover).filter(
        membership__in=Membership.objects.filter(on_day(actor.today)).values("pk")
    )
    related = rows.select_related("away", "membership__person")
    return {row.membership_id: row for row in related}


def cover(actor: Actor, ref: uuid.UUID) -> SencoCover:
    """Give the cover of a reference, for who was away, stood in or arranges it.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, Action.PLAN_WRITE, SencoCover, ref, "org", "away", "by", "membership__person",
        "membership__part",
    )  # fmt: skip


def of_mine(actor: Actor) -> list[SencoCover]:
    """Give who stood or stands in for this actor, and for whom they do, the latest first."""
    mine = Q(away=actor.person) | Q(membership__person=actor.person)
    rows = visible(actor, Action.WHO_SEES, SencoCover).filter(mine, membership__withdrawn=False)
    found = rows.select_related("away", "membership__person", "membership__part")
    return list(found.order_by("-membership__starts", "-id")[:MOST])


def covered(actor: Actor) -> Q | None:
    """Give the condition over a person by name, for those for whom this actor stands in today.

    None for a hat by which nobody stands in: then nothing is asked.
    """
    if actor.hat.role.code not in COVERS:
        return None
    rows = SencoCover.objects.filter(membership__in=actor.hat.memberships, org__in=actor.hat.orgs)
    return Q(person__in=rows.values("away"))
