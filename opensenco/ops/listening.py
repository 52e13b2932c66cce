"""A provision of which nothing is heard is raised by the worker, on the fifth school day.

The timekeeper asks several times an hour. Only the task is its own: what has gone quiet is asked of
the day, and is right on the pages whether a worker ran or not.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from opensenco.access.actions import Action
from opensenco.access.installation import installation_actor
from opensenco.access.reach import Reach
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError
from opensenco.provision.models import Allocation
from opensenco.provision.operations.quiet import asked_about, follow_quiet
from opensenco.provision.queries.quiet import key_of, silent


def raise_quiet() -> int:
    """Raise what has gone quiet, settle what was heard of, and give how many were raised.

    Done again on the same day it raises nothing.
    """
    now = clock().now()
    count = 0
    with system_scope("raise provision that has gone quiet"):
        for org, rows in sorted(_changed(now).items()):
            actor = installation_actor(now, frozenset({org}))
            grants = {**actor.hat.grants, Action.PROVISION_ALLOCATE: Reach.ALL}
            hat = replace(actor.hat, grants=grants)
            try:
                count += len(follow_quiet(actor=replace(actor, hat=hat), allocations=rows))
            except DomainError:
                # another worker was first
                continue
    return count


def _changed(now: datetime) -> dict[int, list[Allocation]]:
    """Give by place what is quiet and not raised, and what is raised and quiet no more."""
    quiet = {
        key_of(one.first): one.first for one in silent(Allocation.objects.all(), london_date(now))
    }
    raised = {key_of(one): one for one in asked_about(Allocation.objects.all())}
    found: dict[int, list[Allocation]] = defaultdict(list)
    for key in sorted(quiet.keys() ^ raised.keys()):
        found[key[0]].append(quiet.get(key) or raised[key])
    return found
