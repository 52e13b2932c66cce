"""What was said not to be held on a day to come is written into the ledger when the day has come.

The timekeeper asks several times an hour. What somebody has logged meanwhile stands; what was taken
back before its day is written never, and what is taken back after corrects the ledger as always.
"""

import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.installation import installation_actor
from opensenco.access.reach import Reach
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError
from opensenco.staffing.models import StandIn
from opensenco.staffing.operations.not_held import not_written, write_not_held


def write_what_was_not_held() -> int:
    """Write into the ledger what was said not to be held, and give how many rows that were.

    Done again it writes nothing.
    """
    now = clock().now()
    count = 0
    with system_scope("write into the ledger what was said not to be held"):
        for org, rows in _waiting(london_date(now)):
            actor = installation_actor(now, frozenset({org}))
            may = dict.fromkeys((Action.COVER_ARRANGE, Action.SESSION_LOG), Reach.ALL)
            hat = replace(actor.hat, grants={**actor.hat.grants, **may})
            try:
                count += len(write_not_held(actor=replace(actor, hat=hat), stand_ins=rows))
            except DomainError:
                # another worker, or somebody at a page, was first
                continue
    return count


def _waiting(today: date) -> list[tuple[int, list[StandIn]]]:
    """Give what is to be written by the sessions that it was said of, with the place of each."""
    together: dict[uuid.UUID, list[StandIn]] = defaultdict(list)
    for row in not_written(StandIn.objects.all(), today).order_by("on", "starts_at", "id"):
        together[row.together].append(row)
    return [(rows[0].org_id, rows) for rows in together.values()]
