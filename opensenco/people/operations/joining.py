"""Adding colleagues by their address, and their coming through the one-time link.

Whoever adds a colleague must not learn whether an address signs in at another school. So the
answer and the questions to the database are the same for a new address and for one that is taken:
the address is offered to the database, which keeps the first owner, and then looked for within our
own wall. Nor may a school that made an account for somebody else's address come in by it: a role
at another school is taken only by its owner's sign-in *and* the link of that school.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Invitation, LocalRole, Membership, Organisation, Person
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.operations.staff import check_role
from opensenco.people.policy import on_day
from opensenco.people.staffing import WITH_A_CONTACT

LINK_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Added:
    """What came of adding a colleague.

    Args:
        invitation: what waits for them; None for a colleague who signs in here already.
        key: the secret of the one-time link, to be shown once; empty with no invitation.
    """

    email: str
    invitation: Invitation | None
    key: str


@operation(Action.PEOPLE_MANAGE, on="org")
def add_colleague(
    *,
    actor: Actor,
    org: Organisation,
    first_name: str,
    last_name: str,
    email: str,
    role: str,
    starts: date,
    ends: date | None = None,
    part: Organisation | None = None,
    local_role: LocalRole | None = None,
) -> Added:
    """Add somebody to the staff from a day to a day, found or made by their address.

    Raises:
        Invalid: a role this place does not have, an end before the start, or the role held already.
        NotPossible: one would give oneself a role, and a colleague could.
    """
    address = email.strip().lower()
    check_role(org=org, role=role, starts=starts, ends=ends, part=part, local_role=local_role)
    same = {"org": org, "role": role, "part": part, "local_role": local_role}
    overlaps = Q(ends__isnull=True) | Q(ends__gte=starts)
    waiting = Invitation.objects.filter(overlaps, email=address, **same)
    if waiting.filter(taken_at__isnull=True, withdrawn_at__isnull=True).exists():
        raise Invalid(
            "email", "This address has this role here already, and has not used its link."
        )
    person, made = _person_of(actor, org, address, first_name.strip(), last_name.strip())
    if person is not None and not made:
        _refuse_twice(person, overlaps & (Q(starts__lte=ends) if ends else Q()), same)
        _refuse_to_oneself(actor, org, person)
    membership = _membership(actor, person, {**same, "starts": starts, "ends": ends})
    if person is not None and not made and person.has_usable_password():
        return Added(address, None, "")
    key, hashed = _new_key()
    invitation = Invitation(
        **same, email=address, first_name=first_name.strip(), last_name=last_name.strip(),
        starts=starts, ends=ends, membership=membership, key=hashed,
        key_until=actor.at + LINK_LASTS, added_by=actor.person,
    )  # fmt: skip
    invitation.save()
    return Added(address, invitation, key)


def _person_of(
    actor: Actor, org: Organisation, address: str, first_name: str, last_name: str
) -> tuple[Person | None, bool]:
    """Give the person of an address where they are ours, made now where the address was free.

    The same statements run in every case. An address of another school's gives nobody.
    """
    new = Person(email=address, first_name=first_name, last_name=last_name, added_by=actor.person)
    new.set_unusable_password()
    with suppress(IntegrityError), transaction.atomic():
        new.save()
    found = Person.objects.filter(email=address).first()
    if found is None or found.ref == new.ref:
        return found, found is not None
    ours = Membership.objects.filter(org=org, person=found).exists()
    return (found if ours else None), False


def _membership(
    actor: Actor, person: Person | None, values: dict[str, object]
) -> Membership | None:
    """Write the membership. For an address that is not ours the same is written and undone, so
    that the answer takes as long."""
    row = Membership(person=person or actor.person, **values)
    with transaction.atomic():
        row.save()
        if person is None:
            transaction.set_rollback(True)
    return row if person is not None else None


def _refuse_twice(person: Person, overlaps: Q, same: dict[str, object]) -> None:
    if Membership.objects.filter(overlaps, person=person, withdrawn=False, **same).exists():
        raise Invalid("role", "They have this role here at that time already.")


def _refuse_to_oneself(actor: Actor, org: Organisation, person: Person) -> None:
    """Nobody widens their own sight, except where nobody else could do it."""
    if person.pk != actor.person.pk:
        return
    others = (
        Membership.objects.filter(on_day(actor.today), org=org)
        .exclude(person=person)
        .select_related("local_role", "org")
    )
    if any(Action.PEOPLE_MANAGE in held(row)[1] for row in others):
        raise NotPossible("You cannot give yourself a role. Ask a colleague who manages staff.")


@operation(Action.PEOPLE_MANAGE, on="invitation")
def renew_link(*, actor: Actor, invitation: Invitation) -> str:
    """Make a new one-time link and give its secret; the link before it no longer works.

    Raises:
        NotPossible: they have come already, or the role was taken back.
    """
    key, _hash = _new_key()
    put_key(actor, invitation, key)
    return key


def put_key(actor: Actor, invitation: Invitation, key: str) -> None:
    """Let an invitation be opened by another secret, and from now on for as long as any.

    Raises:
        NotPossible: they have come already, or the role was taken back.
    """
    _refuse_settled(invitation)
    change(invitation, version=None, key=_hashed(key), key_until=actor.at + LINK_LASTS)


@operation(Action.PEOPLE_MANAGE, on="invitations")
def renew_links(*, actor: Actor, invitations: Sequence[Invitation]) -> list[str]:
    """Make a new one-time link for each of several colleagues; the links before no longer work.

    Raises:
        NotPossible: one of them has come already, or their role was taken back. None is made then.
    """
    keys = []
    for invitation in invitations:
        _refuse_settled(invitation)
        key, hashed = _new_key()
        change(invitation, version=None, key=hashed, key_until=actor.at + LINK_LASTS)
        keys.append(key)
    return keys


@operation(Action.PEOPLE_MANAGE, on="org")
def invite_anew(*, actor: Actor, org: Organisation) -> list[Invitation]:
    """Let everybody with a role here and no password come by a one-time link, as after a move.

    Their roles stand already. Parents and pupils come with a contact's rights and not by this.
    """
    held_still = Membership.objects.filter(org=org, withdrawn=False).filter(
        Q(ends__isnull=True) | Q(ends__gte=actor.today)
    )
    asked = Invitation.objects.filter(waiting(), org=org).values_list("membership_id", flat=True)
    there, rows = set(asked), []
    for row in held_still.exclude(role__in=WITH_A_CONTACT).select_related("person").order_by("id"):
        person = row.person
        if row.pk in there or person.has_usable_password() or not person.is_active:
            continue
        _key, hashed = _new_key()
        rows.append(Invitation(
            org=org, email=person.email, first_name=person.first_name, last_name=person.last_name,
            role=row.role, local_role_id=row.local_role_id, part_id=row.part_id,
            starts=row.starts, ends=row.ends, membership=row, key=hashed,
            key_until=actor.at + LINK_LASTS, added_by=actor.person,
        ))  # fmt: skip
    return Invitation.objects.bulk_create(rows)


@operation(Action.PEOPLE_MANAGE, on="invitation")
def take_back(*, actor: Actor, invitation: Invitation, version: int | None) -> Invitation:
    """Take back a role that nobody has come for; its link no longer works.

    Raises:
        NotPossible: they have come already, or it was taken back.
        Stale: somebody else changed it in between.
    """
    _refuse_settled(invitation)
    if invitation.membership is not None:
        row = invitation.membership
        change(row, version=None, ends=row.starts - timedelta(days=1), withdrawn=True)
    return change(invitation, version=version, withdrawn_at=actor.at)


def _refuse_settled(invitation: Invitation) -> None:
    if invitation.taken_at or invitation.withdrawn_at:
        raise NotPossible("This link has been used or taken back already.")


@operation(Action.SIGNED_IN)
def take_roles(*, actor: Actor, invitation: Invitation, key: str) -> Membership:
    """Take the roles that wait for one's own address at a place, with the secret of one link.

    Raises:
        NotPossible: the link is not this one, is too old, or was used or taken back.
    """
    if actor.person.email != invitation.email or not works(invitation, key, actor.at):
        raise NotPossible("This link no longer works. Ask for a new one where you got it.")
    rows = Invitation.objects.filter(
        waiting(), org_id=invitation.org_id, email=invitation.email
    ).order_by("id")
    taken = {row.pk: _take(actor, row) for row in rows}
    return taken[invitation.pk]


def _take(actor: Actor, invitation: Invitation) -> Membership:
    membership = invitation.membership or Membership(
        org_id=invitation.org_id, person=actor.person, role=invitation.role,
        local_role=invitation.local_role, part=invitation.part,
        starts=invitation.starts, ends=invitation.ends,
    )  # fmt: skip
    if invitation.membership is None:
        membership.save()
    change(invitation, version=None, membership=membership, taken_at=actor.at)
    found: Membership = membership
    return found


def waiting() -> Q:
    """Give the condition for invitations that nobody has come for."""
    return Q(taken_at__isnull=True, withdrawn_at__isnull=True)


def works(invitation: Invitation, key: str, at: datetime) -> bool:
    """Tell whether this secret opens this invitation at a moment."""
    return (
        hmac.compare_digest(_hashed(key), invitation.key)
        and invitation.taken_at is None
        and invitation.withdrawn_at is None
        and at < invitation.key_until
    )


def _new_key() -> tuple[str, str]:
    key = secrets.token_urlsafe(24)
    return key, _hashed(key)


def _hashed(key: str) -> str:
    """Give what is kept of a secret. It is long and random, so one round of hashing is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
