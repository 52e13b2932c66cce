"""People who sign in, and the roles they hold from a day to a day."""

from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import LocalRole, Membership, Organisation, Person
from opensenco.access.roles import BY_CODE
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible


@operation(Action.PEOPLE_MANAGE)
def add_person(*, actor: Actor, first_name: str, last_name: str, email: str) -> Person:
    """Add somebody who can sign in once they have set a password.

    Raises:
        NotPossible: the address signs somebody in already (the database says so; no more is told).
    """
    person = Person(
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        email=email.strip().lower(),
        added_by=actor.person,
    )
    person.set_unusable_password()
    person.save()
    return person


@operation(Action.PEOPLE_MANAGE, on="org")
def give_role(
    *,
    actor: Actor,
    org: Organisation,
    person: Person,
    role: str,
    starts: date,
    ends: date | None = None,
    part: Organisation | None = None,
    local_role: LocalRole | None = None,
) -> Membership:
    """Give a person a role in an organisation, from a day to a day.

    Raises:
        Invalid: no such role, a role that this tier does not have, or an end before the start.
    """
    known = BY_CODE.get(role)
    if known is None or org.kind not in known.tiers:
        raise Invalid("role", "Choose a role that this organisation has.")
    if ends and ends < starts:
        raise Invalid("ends", "The last day must be the first day or later.")
    if part is not None and part.parent_id != org.pk:
        raise Invalid("part", "Choose a part of this setting.")
    row = Membership(
        org=org,
        person=person,
        role=role,
        local_role=local_role,
        part=part,
        starts=starts,
        ends=ends,
    )
    row.save()
    return row


@operation(Action.PEOPLE_MANAGE, on="membership")
def end_role(*, actor: Actor, membership: Membership, version: int | None, on: date) -> Membership:
    """End a role on a day; from the next day it gives no sight.

    Raises:
        Invalid: the day is before the role began.
        NotPossible: one would end one's own only way in.
    """
    if on < membership.starts:
        raise Invalid("on", "The last day must be the day the role began or later.")
    if membership.person_id == actor.person.pk and membership.pk in actor.hat.memberships:
        raise NotPossible("You cannot end the role you are using. Ask a colleague to do it.")
    return change(membership, version=version, ends=on)


@operation(Action.ROLE_NARROW, on="org")
def shape_role(
    *, actor: Actor, org: Organisation, name: str, combines: list[str], without: list[str]
) -> LocalRole:
    """Make the school's own role: shipped roles combined, verbs taken away. It never adds one.

    Raises:
        Invalid: no role chosen, an unknown one, or one for parents, pupils or visitors.
    """
    chosen = [BY_CODE.get(code) for code in combines]
    if not chosen or any(role is None or role.guest for role in chosen):
        raise Invalid("combines", "Choose one or more of the staff roles.")
    row = LocalRole(org=org, name=name.strip(), combines=combines, without=without)
    row.save()
    return row
