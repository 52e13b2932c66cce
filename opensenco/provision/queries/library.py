"""Reading the library, and who and which groups can be chosen when something is promised."""

import uuid

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.gate.rows import find
from opensenco.kernel.text import search_key, sort_key
from opensenco.people.models import Group, Pupil
from opensenco.people.policy import on_day
from opensenco.provision.library import starter
from opensenco.provision.models import Provision


def library(actor: Actor, words: str = "", layer: str = "", area: str = "") -> list[Provision]:
    """Give the library by name, chosen by part of a name, layer and area. It holds some hundred."""
    rows = visible(actor, Action.PROVISION_VIEW, Provision).filter(retired_on__isnull=True)
    if layer:
        rows = rows.filter(layer=layer)
    if area:
        rows = rows.filter(Q(area=area) | Q(area="all-areas"))
    wanted = search_key(words).split()
    return sorted(
        (row for row in rows if all(word in _found_by(row) for word in wanted)),
        key=lambda row: sort_key(row.name),
    )


def _found_by(row: Provision) -> str:
    """Give what a searcher may type: the name, and the other names of the starter's entry."""
    entry = starter().find(row.starter_id) if row.starter_id else None
    return search_key(" ".join([row.name, *(entry.aliases if entry else [])]), 2_000)


def item(actor: Actor, ref: uuid.UUID, action: Action = Action.PROVISION_VIEW) -> Provision:
    """Give the library's item of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Provision, ref, "org")


def starter_size() -> int:
    """Give how many entries the starter library holds."""
    return len(starter().entries)


def adults(actor: Actor, pupil: Pupil) -> list[Person]:
    """Give the staff of a pupil's setting who can deliver something, by surname."""
    staff = [code for code, role in BY_CODE.items() if not role.guest]
    rows = Membership.objects.filter(
        on_day(actor.today), org_id=pupil.org_id, role__in=staff
    ).select_related("person")
    found = {row.person_id: row.person for row in rows}
    return sorted(found.values(), key=lambda one: sort_key(one.last_name, one.first_name))


def groups(actor: Actor, pupil: Pupil) -> list[Group]:
    """Give the groups of a pupil's setting in which something can be given, by name."""
    rows = visible(actor, Action.PROVISION_ALLOCATE, Group).filter(
        org_id=pupil.org_id, ended_on__isnull=True
    )
    return sorted(rows, key=lambda one: sort_key(one.name))
