"""What a one-time link opens, before anybody is signed in.

The link names a place and an invitation and carries a secret. That secret is the right to read one
invitation: the scope opened for it is that place's, and one row is read in it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from opensenco.access.actor import Actor, Hat
from opensenco.access.models import Invitation, Organisation, Person
from opensenco.access.roles import BY_CODE
from opensenco.access.scope import Scope, scope
from opensenco.kernel.errors import NotFound
from opensenco.people.operations import joining


@dataclass(frozen=True)
class Link:
    """A one-time link as it stands in an address."""

    organisation: uuid.UUID
    invitation: uuid.UUID
    key: str


@dataclass(frozen=True)
class Offer:
    """What a link that works offers.

    Args:
        email: the address it is for.
        made_here: the account was made here for this role and can get its first password.
    """

    email: str
    place: str
    role: str
    made_here: bool


def offered(link: Link, at: datetime) -> Offer | None:
    """Give what a link offers at a moment; None where it does not work, whatever the reason."""
    place = Organisation.objects.filter(ref=link.organisation).first()
    if place is None:
        return None
    with scope(Scope(orgs=frozenset({place.pk}))):
        row = Invitation.objects.filter(ref=link.invitation).select_related("local_role").first()
        if row is None or not joining.works(row, link.key, at):
            return None
        return Offer(row.email, place.name, role_name(row, place), row.membership_id is not None)


def role_name(row: Invitation, place: Organisation) -> str:
    """Give the role as this place calls it."""
    if row.local_role:
        name: str = row.local_role.name
        return name
    role = BY_CODE.get(row.role)
    return role.label(place.senco_word) if role else row.role


def first_password(offer: Offer) -> tuple[Person, bool]:
    """Give whose first password this offer may set, and whether it may.

    Where it may not (the address has one, or is another school's), the person given is a blank one
    for checking what is typed. Accounts are read as the sign-in page reads them, outside any scope.
    """
    person = Person.objects.filter(email=offer.email, is_active=True).first()
    if person is None or person.has_usable_password() or not offer.made_here:
        return Person(email=offer.email), False
    return person, True


def take(
    link: Link, person: Person, at: datetime, besides: Callable[[Actor], object] | None = None
) -> None:
    """Take what a link offers, as the person who is signed in.

    Args:
        besides: what is done with it, or not at all.

    Raises:
        NotFound: there is no such link.
        NotPossible: it is not for this person, or no longer works.
    """
    place = Organisation.objects.filter(ref=link.organisation).first()
    if place is None:
        raise NotFound
    with scope(Scope(orgs=frozenset({place.pk}), person=person.pk), write=True):
        row = Invitation.objects.filter(ref=link.invitation).select_related("local_role").first()
        if row is None:
            raise NotFound
        hat = Hat(
            key="joining",
            role=BY_CODE[row.role],
            name=role_name(row, place),
            places=(place.name,),
            orgs=frozenset({place.pk}),
            grants={},
        )
        actor = Actor(person, hat, at)
        joining.take_roles(actor=actor, invitation=row, key=link.key)
        if besides is not None:
            besides(actor)
