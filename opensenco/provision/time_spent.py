"""What the ledger of sessions tells of people's time."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.states import Work
from opensenco.cases.time_log import People, Spent
from opensenco.provision.models import Session
from opensenco.provision.states import Went


def spent_on_sessions(
    actor: Actor, first: date, last: date, *, own: bool, of: People = None
) -> Sequence[Spent]:
    """Give the time of sessions that took place, each once however many pupils it had.

    It counts for who gave it: that is who logged it, unless it was logged for somebody else. A
    group's session is as long as that of the pupil who stayed longest.
    """
    if own:
        mine = Q(gave=actor.person) | Q(gave__isnull=True, person=actor.person)
        rows = Session.objects.filter(mine, org__in=actor.hat.orgs)
    else:
        rows = visible(actor, Action.PROVISION_VIEW, Session)
    if of is not None:
        rows = rows.filter(Q(gave__in=of) | Q(gave__isnull=True, person__in=of))
    righted = Session.objects.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    held = rows.filter(~Exists(righted), on__range=(first, last), went=Went.DELIVERED)
    held = held.filter(allocation__in_error_at__isnull=True)
    together: dict[tuple[uuid.UUID, int], list[Session]] = defaultdict(list)
    for row in held.select_related(
        "pupil__same_as", "person", "gave", "allocation__provision"
    ).order_by("on", "id"):
        together[row.batch, row.given_by.pk].append(row)
    return [
        Spent(
            person=parts[0].given_by, on=parts[0].on, work=Work.SESSION,
            minutes=max(part.minutes for part in parts),
            pupils=tuple(dict.fromkeys(part.pupil.stands for part in parts)),
            source_label=Session._meta.label, source_ref=batch,
            words=parts[0].allocation.provision.name,
        )
        for (batch, _person), parts in together.items()
    ]  # fmt: skip
