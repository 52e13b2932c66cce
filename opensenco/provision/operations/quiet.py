"""A provision that goes quiet is raised once; what waits is settled when it is heard of again."""

from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, question
from opensenco.cases import spine_many
from opensenco.cases.models import Task
from opensenco.cases.spine_many import Told
from opensenco.gate.operation import operation
from opensenco.kernel.dates import say
from opensenco.provision.models import Allocation
from opensenco.provision.queries.quiet import Key, Silent, key_of, silent

QUIET = "provision.quiet"


@operation(Action.PROVISION_ALLOCATE, on="allocations")
def follow_quiet(*, actor: Actor, allocations: Sequence[Allocation]) -> list[Allocation]:
    """Raise what of these promises has gone quiet, and settle what waits for one heard of since.

    Done again on the same day it changes nothing: what is raised already keeps its first day.

    Args:
        allocations: of one place; what is done together with one of them is looked at as well.

    Returns:
        By which promise each was raised just now.
    """
    rows = list(allocations)
    quiet = {key_of(one.first): one for one in silent(_together(rows), actor.today)}
    waiting = list(asked_about(_together(rows)))
    _settle(actor, waiting, quiet)
    raised = {key_of(one) for one in waiting}
    fresh = [one for key, one in quiet.items() if key not in raised]
    spine_many.open_tasks(
        actor=actor, of=Allocation, kind=QUIET, role_action=Action.PROVISION_ALLOCATE,
        tasks=[Told(one.first, actor.today, _words(one)) for one in fresh],
    )  # fmt: skip
    return [one.first for one in fresh]


def heard_of(actor: Actor, allocations: Sequence[Allocation]) -> None:
    """Settle what waits because these promises had gone quiet, where they have not any more.

    Called by what logs, ends and withdraws them; mostly nothing waits, and it asks once.
    """
    if waiting := _waiting(allocations):
        still = silent(_together(allocations), actor.today)
        _settle(actor, waiting, {key_of(one.first) for one in still})


def asked_about(rows: QuerySet[Allocation]) -> QuerySet[Allocation]:
    """Give the promises by which something waits because it went quiet."""
    tasks = Task.objects.filter(
        kind=QUIET, settled_at__isnull=True, source_label=Allocation._meta.label
    )
    return rows.filter(ref__in=tasks.values("source_ref")).order_by("id")


@question
def _waiting_for() -> QuerySet[Allocation]:
    of_a_group = Q(Among("group_id", "groups")) & Q(Among("provision_id", "provisions"))
    return asked_about(Allocation.objects.filter(Q(Among("id", "alone")) | of_a_group))


def _waiting(rows: Sequence[Allocation]) -> list[Allocation]:
    """Give what waits of these and of what is done together with them, in words of before."""
    alone = [one.pk for one in rows if one.group_id is None]
    groups = {(one.group_id, one.provision_id) for one in rows if one.group_id is not None}
    found = _waiting_for.ask(
        alone=alone,
        groups=sorted(group for group, _provision in groups),
        provisions=sorted({provision for _group, provision in groups}),
    )
    return [one for one in found if one.pk in alone or (one.group_id, one.provision_id) in groups]


def _together(rows: Sequence[Allocation]) -> QuerySet[Allocation]:
    """Give what is done together with these promises, themselves among it."""
    alone = Q(pk__in=[one.pk for one in rows if one.group_id is None])
    of_groups = {(one.group_id, one.provision_id) for one in rows if one.group_id is not None}
    for group, provision in sorted(of_groups):
        alone |= Q(group=group, provision=provision)
    return Allocation.objects.filter(alone)


def _settle(actor: Actor, waiting: Sequence[Allocation], still: Collection[Key]) -> None:
    over = [one for one in waiting if key_of(one) not in still]
    spine_many.settle_tasks(actor=actor, of=Allocation, sources=over, kind=QUIET)


def _words(one: Silent) -> str:
    """Say what is quiet and since when."""
    name = one.name
    if len(one.allocations) > 1:
        words = ngettext(
            "%(name)s, %(num)s pupil", "%(name)s, %(num)s pupils", len(one.allocations)
        )
        name = words % {"name": name, "num": len(one.allocations)}
    if one.heard is None:
        return _("Find out about %(name)s: no session has been logged") % {"name": name}
    said = {"name": name, "day": say(one.heard)}
    return _("Find out about %(name)s: nothing has been logged since %(day)s") % said
