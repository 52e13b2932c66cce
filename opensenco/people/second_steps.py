"""Who of the staff of a place has what for the second step of signing in; never a secret."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from opensenco.access import factors
from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held, needs_second_step
from opensenco.access.elsewhere import ties
from opensenco.access.elsewhere.providers import name_of, provider
from opensenco.access.factors import Factors
from opensenco.access.models import Membership
from opensenco.access.registry import visible
from opensenco.access.signing_in import SecondStepReset
from opensenco.gate.rows import find
from opensenco.people.policy import come, on_day
from opensenco.people.staffing import WITH_A_CONTACT


@dataclass(frozen=True)
class Standing:
    """One colleague: their role, and what they have.

    Args:
        ref: of the role, which is how they are helped.
        needed: the role needs a second step.
        elsewhere: what the providers are called by which they sign in. Whether one asks for a
            second step is known when somebody comes by it, and not before.
        reset_at: when it was last taken away, and is to be set up anew.
    """

    ref: uuid.UUID
    name: str
    email: str
    role: str
    place: str
    needed: bool
    has: Factors
    own: bool
    reset_at: datetime | None
    elsewhere: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether they need a second step and come by nothing that may have one."""
        return self.needed and not self.has and not self.elsewhere


def of_staff(actor: Actor) -> list[Standing]:
    """Give all who hold a role today, once each: those who still have none first, by surname."""
    rows = visible(actor, Action.SIGN_IN_HELP, Membership).filter(come(), on_day(actor.today))
    rows = rows.filter(withdrawn=False).exclude(role__in=WITH_A_CONTACT)
    rows = rows.select_related("person", "org", "local_role", "part")
    first: dict[int, Membership] = {}
    for row in rows.order_by("person__last_name", "person__first_name", "id"):
        first.setdefault(row.person_id, row)
    has, come_by = factors.of_people(first), ties.of_people(first)
    resets = dict(_resets(actor))
    found = [
        replace(
            _standing(actor, row, has.get(person, Factors()), resets.get(row.pk)),
            # one that whoever runs the server has taken away lets nobody in any more
            elsewhere=tuple(name_of(key) for key in come_by.get(person, ()) if provider(key)),
        )
        for person, row in first.items()
    ]
    return sorted(found, key=lambda one: not one.missing)


def _resets(actor: Actor) -> list[tuple[int, datetime]]:
    rows = visible(actor, Action.SIGN_IN_HELP, SecondStepReset).order_by("at", "id")
    return list(rows.values_list("membership_id", "at"))


def _standing(actor: Actor, row: Membership, has: Factors, reset_at: datetime | None) -> Standing:
    return Standing(
        row.ref, row.person.name, row.person.email, held(row)[0], row.org.name,
        needs_second_step(row), has, row.person_id == actor.person.pk,
        None if has else reset_at,
    )  # fmt: skip


def membership(actor: Actor, ref: uuid.UUID) -> Membership:
    """Give the role of a colleague whom this actor may help."""
    return find(actor, Action.SIGN_IN_HELP, Membership, ref, "person", "org", "local_role", "part")


def has(row: Membership) -> Factors:
    """Give what a colleague has."""
    return factors.of(row.person)
