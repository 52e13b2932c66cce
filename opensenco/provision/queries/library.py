"""The school's library, and what one chooses from when giving something of it."""

import uuid

from django.db.models import Count, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.gate.rows import find
from opensenco.people.days import running, stays
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.provision.models import Allocation, Provision
from opensenco.support.models import Outcome, SenStatus
from opensenco.support.states import Stage, Status

MOST_PUPILS = 200


def provision(actor: Actor, ref: uuid.UUID, action: Action = Action.PROVISION_VIEW) -> Provision:
    """Give the provision of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Provision, ref, "org")


def provisions(actor: Actor) -> list[Provision]:
    """Give the school's library by layer and name."""
    rows = visible(actor, Action.PROVISION_VIEW, Provision).filter(ended_on__isnull=True)
    return list(rows.order_by("layer", "name", "id"))


def deliverers(actor: Actor) -> list[tuple[Person, str]]:
    """Give the staff who can deliver and log, with their role, by surname."""
    codes = [code for code, role in BY_CODE.items() if Action.SESSION_LOG in role.grants]
    rows = (
        visible(actor, Action.WHO_SEES, Membership)
        .filter(on_day(actor.today), role__in=codes, person__is_active=True)
        .select_related("person", "org")
        .order_by("person__last_name", "person__first_name", "id")
    )
    found: dict[int, tuple[Person, str]] = {}
    for row in rows:
        found.setdefault(row.person.pk, (row.person, BY_CODE[row.role].label(row.org.senco_word)))
    return list(found.values())


def usual_deliverer(actor: Actor, row: Provision) -> Person | None:
    """Give who delivers a provision to most pupils now."""
    best = (
        visible(actor, Action.PROVISION_VIEW, Allocation)
        .filter(on_day(actor.today), provision=row, person__isnull=False, in_error_at__isnull=True)
        .values("person")
        .annotate(pupils=Count("pk"))
        .order_by("-pupils", "person")
        .first()
    )
    return Person.objects.filter(pk=best["person"]).first() if best else None


def groups_to_choose(actor: Actor) -> list[tuple[Group, int]]:
    """Give the groups in which something can be given, with how many pupils are in each today."""
    rows = visible(actor, Action.PROVISION_ALLOCATE, Group).filter(running(actor.today))
    counts = dict(
        GroupPupil.objects.filter(on_day(actor.today), group__in=rows.values("pk"))
        .values_list("group")
        .annotate(pupils=Count("pupil", distinct=True))
    )
    return [(row, counts.get(row.pk, 0)) for row in rows.order_by("kind", "name", "id")]


def pupils_in(actor: Actor, group: Group) -> list[Pupil]:
    """Give the pupils of a group today to whom this actor may give something, by register name."""
    inside = GroupPupil.objects.filter(on_day(actor.today), group=group).values("pupil")
    rows = visible(actor, Action.PROVISION_ALLOCATE, Pupil).filter(pk__in=inside)
    return list(rows.order_by("sort_key", "id"))


def pupils_to_choose(actor: Actor, group: Group | None = None) -> list[Pupil]:
    """Give the pupils to tick, with their class, by class and register name.

    Without a group: those on SEN support or with an EHC plan, at most 200.
    """
    if group is not None:
        rows = pupils_in(actor, group)
    else:
        with_status = SenStatus.objects.filter(
            on_day(actor.today),
            in_error_at__isnull=True,
            code__in=[Status.EHC_PLAN, Status.SEN_SUPPORT],
        )
        rows = list(
            visible(actor, Action.PROVISION_ALLOCATE, Pupil)
            .filter(stays(actor.today), pk__in=with_status.values("pupil"))
            .order_by("sort_key", "id")[:MOST_PUPILS]
        )
    attach_classes(rows, actor.today)
    return rows


def outcomes_to_choose(actor: Actor, pupil: Pupil) -> list[Outcome]:
    """Give the outcomes of a pupil's plan that is not closed, in their order."""
    rows = visible(actor, Action.PROVISION_ALLOCATE, Outcome).filter(
        ~Q(cycle__stage=Stage.CLOSED),
        pupil=pupil, in_error_at__isnull=True, dropped_on__isnull=True,
        cycle__in_error_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("cycle", "number"))
