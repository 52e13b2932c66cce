"""What was said not to be held on a day to come goes into the ledger when that day has come."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.calendar import is_closed
from opensenco.gate.operation import operation
from opensenco.kernel.clock import london_date
from opensenco.kernel.dates import say
from opensenco.people.policy import standing as pupil_stands
from opensenco.provision.models import Session
from opensenco.provision.operations.sessions import Held, log_session
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went
from opensenco.staffing.models import StandIn

#: a worker that was down writes what it missed, as long as anybody remembers it
AFTERWARDS = timedelta(days=14)


@operation(Action.COVER_ARRANGE, on="stand_ins")
def write_not_held(*, actor: Actor, stand_ins: Sequence[StandIn]) -> list[Session]:
    """Write into the ledger what was said not to be held, of days that have come.

    Done again it writes nothing: what was written once and taken back since stays so. What somebody
    has logged meanwhile stands, whatever it says.
    """
    rows = not_written(StandIn.objects.filter(pk__in=[one.pk for one in stand_ins]), actor.today)
    together: dict[uuid.UUID, list[StandIn]] = defaultdict(list)
    for row in rows.select_related("allocation").order_by("on", "starts_at", "id"):
        if not is_closed(row.org_id, row.on):
            together[row.together].append(row)
    made: list[Session] = []
    for first, *more in together.values():
        note = _("Said beforehand, on %(day)s.") % {"day": say(london_date(first.at))}
        made += log_session(
            actor=actor, allocations=[one.allocation for one in (first, *more)], on=first.on,
            held=Held(not_held=first.reason, note=note),
            # what is given twice on a day is not held twice
            again=True,
        )  # fmt: skip
    return made


def not_written(rows: QuerySet[StandIn], today: date) -> QuerySet[StandIn]:
    """Leave of what was arranged that which is not held, whose day has come, and of which nothing
    stands in the ledger."""
    of_day = Session.objects.filter(allocation=OuterRef("allocation"), on=OuterRef("on"))
    logged = standing_sessions(of_day).exclude(went=Went.MISTAKE)
    written = of_day.filter(
        went=Went.NOT_HELD, reason=OuterRef("reason"), at__gte=OuterRef("at")
    )  # fmt: skip
    return rows.filter(
        pupil_stands("pupil"),
        Q(allocation__ends__isnull=True) | Q(allocation__ends__gte=F("on")),
        Q(pupil__left_on__isnull=True) | Q(pupil__left_on__gte=F("on")),
        ~Exists(logged),
        ~Exists(written),
        person__isnull=True, taken_back_at__isnull=True, on__range=(today - AFTERWARDS, today),
        allocation__in_error_at__isnull=True, allocation__starts__lte=F("on"),
    )  # fmt: skip
