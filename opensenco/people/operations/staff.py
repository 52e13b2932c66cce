"""People who sign in, and the roles they hold from a day to a day."""

from datetime import date, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import LocalRole, Membership, Organisation, Person
from opensenco.access.roles import BY_CODE, combined
from opensenco.access.roles_in_words import roles_of_tier
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people import leaving
from opensenco.people.policy import on_day

#: roles whose sight is a part of the setting
OF_A_PART = {"SENCO_PHASE"}


@operation(Action.PEOPLE_MANAGE)
def add_person(*, actor: Actor, first_name: str, last_name: str, email: str) -> Person:
    """Add somebody who can sign in once they have set a password.

    Raises:
        NotPossible: the address signs somebody in already. Pages use `joining.add_colleague`, which
            does not tell so.
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
    check_role(org=org, role=role, starts=starts, ends=ends, part=part, local_role=local_role)
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


def check_role(
    *,
    org: Organisation,
    role: str,
    starts: date,
    ends: date | None,
    part: Organisation | None,
    local_role: LocalRole | None,
) -> None:
    """Refuse a role that an organisation cannot give.

    Raises:
        Invalid: no such role, one that this tier does not have, one of another place, a part that
            is not ours or is missing, or an end before the start.
    """
    known = BY_CODE.get(role)
    if known is None or org.kind not in known.tiers:
        raise Invalid("role", "Choose a role that this organisation has.")
    if local_role is not None and (local_role.org_id != org.pk or role not in local_role.combines):
        raise Invalid("role", "Choose a role that this organisation has.")
    if ends and ends < starts:
        raise Invalid("ends", "The last day must be the first day or later.")
    if part is not None and part.parent_id != org.pk:
        raise Invalid("part", "Choose a part of this setting.")
    if part is None and role in OF_A_PART and local_role is None:
        raise Invalid("part", "Choose the part: without one this role sees nobody.")


@operation(Action.PEOPLE_MANAGE, on="membership")
def end_role(*, actor: Actor, membership: Membership, version: int | None, on: date) -> Membership:
    """End a role on a day; from the next day it gives no sight.

    Raises:
        Invalid: the day is before the role began.
        NotPossible: it has ended already, or one would end one's own only way in.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(actor, membership)
    if on < membership.starts:
        raise Invalid("on", "The last day must be the day the role began or later.")
    if membership.person_id == actor.person.pk and membership.pk in actor.hat.memberships:
        raise NotPossible("You cannot end the role you are using. Ask a colleague to do it.")
    return change(membership, version=version, ends=on)


@operation(Action.PEOPLE_MANAGE, on="membership")
def end_role_at_once(*, actor: Actor, membership: Membership, version: int | None) -> Membership:
    """End a role in this moment: the next page that its person asks for is refused.

    With the last role that they have here, whatever else opens this place to them ends as well,
    and they are signed out everywhere (`people.leaving`).

    Raises:
        NotPossible: it has ended already, has not begun, or it is the one that is being used.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(actor, membership)
    if membership.starts > actor.today:
        raise NotPossible("This role has not begun. Take it back instead.")
    if membership.person_id == actor.person.pk and membership.pk in actor.hat.memberships:
        raise NotPossible("You cannot end the role you are using. Ask a colleague to do it.")
    before = actor.today - timedelta(days=1)
    # begun today: then no day has had it
    row = change(membership, version=version, ends=before, withdrawn=membership.starts > before)
    left = Membership.objects.filter(
        on_day(actor.today), org_id=row.org_id, person_id=row.person_id, withdrawn=False
    )
    if not left.exists():
        leaving.close(actor, row.org, row.person)
    return row


@operation(Action.PEOPLE_MANAGE, on="membership")
def withdraw_role(*, actor: Actor, membership: Membership, version: int | None) -> Membership:
    """Take back a role before its first day; no day will have had it.

    Raises:
        NotPossible: it has begun or ended; end it on a day instead.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(actor, membership)
    if membership.starts <= actor.today:
        raise NotPossible("This role has begun. End it on a day instead.")
    before = membership.starts - timedelta(days=1)
    return change(membership, version=version, ends=before, withdrawn=True)


def _refuse_ended(actor: Actor, membership: Membership) -> None:
    if membership.withdrawn or (membership.ends and membership.ends < actor.today):
        raise NotPossible("This role has ended already. Give a new one instead.")


@operation(Action.ROLE_NARROW, on="org")
def shape_role(
    *, actor: Actor, org: Organisation, name: str, combines: list[str], without: list[str]
) -> LocalRole:
    """Make the school's own role: shipped roles combined, verbs taken away. It never adds one.

    Raises:
        Invalid: no role chosen, one this place does not have, a verb that none of them has,
            nothing left, or a name that is taken.
    """
    _check_shape(org, name, combines, without)
    if LocalRole.objects.filter(org=org, name=name.strip()).exists():
        raise Invalid("name", "There is a role of this name here. Choose another name.")
    row = LocalRole(org=org, name=name.strip(), combines=combines, without=without)
    row.save()
    return row


@operation(Action.ROLE_NARROW, on="local_role")
def reshape_role(
    *,
    actor: Actor,
    local_role: LocalRole,
    version: int | None,
    name: str,
    combines: list[str],
    without: list[str],
) -> LocalRole:
    """Change the school's own role. Whoever holds it has what is left from the next page on.

    Raises:
        Invalid: as for `shape_role`.
        Stale: somebody else changed it in between.
    """
    org = local_role.org
    _check_shape(org, name, combines, without)
    if LocalRole.objects.filter(org=org, name=name.strip()).exclude(pk=local_role.pk).exists():
        raise Invalid("name", "There is a role of this name here. Choose another name.")
    return change(
        local_role, version=version, name=name.strip(), combines=combines, without=without
    )


def _check_shape(org: Organisation, name: str, combines: list[str], without: list[str]) -> None:
    here = {role.code for role in roles_of_tier(org.kind)}
    if not combines or not set(combines) <= here:
        raise Invalid("combines", "Choose one or more of the staff roles.")
    if not name.strip():
        raise Invalid("name", "Give the role a name.")
    whole = combined(combines, [])
    if not set(without) <= {action.value for action in whole}:
        raise Invalid("without", "Take away only what the chosen roles can do.")
    if not combined(combines, without):
        raise Invalid("without", "Leave something that this role can do.")
