"""The clock of a request: what the law makes of its days, and who is waited for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.access.registry import may
from opensenco.kernel.dates import Span
from opensenco.kernel.words import mark
from opensenco.law.calendar.holidays import england
from opensenco.law.due import Due
from opensenco.law.timetables.subject_access import RequestFacts, timetable
from opensenco.people.policy import on_day
from opensenco.protection.models import DataRequest, RequestPause
from opensenco.protection.states import Asks, Known, State

#: what has not come by then was lost, and can be asked for anew
LOST_AFTER = timedelta(minutes=30)
#: the same month holds for every request about personal data (article 12)
TITLES = {"reply": mark("Answer the request about personal data"),
          "extended-reply": mark("Answer the request about personal data, extended")}  # fmt: skip


def facts_of(row: DataRequest, pauses: Iterable[RequestPause]) -> RequestFacts:
    """Give the days of a request as the law asks for them."""
    spans = [Span(one.asked_on, one.answered_on) for one in pauses]
    return RequestFacts(
        received=row.received_on,
        identity=row.identity_on,
        paused=tuple(sorted(spans, key=lambda span: span.first)),
        extended=row.extended_on,
        replied=row.decided_on if row.state in (State.ANSWERED, State.REFUSED) else None,
    )


def dues_of(row: DataRequest, pauses: Iterable[RequestPause]) -> tuple[Due, ...]:
    """Give the steps `reply` and, once the person was told of it in time, `extended-reply`.

    Raises:
        BadFact: days that cannot stand together.
        CalendarNotCovered: the bank holidays of those days are not known yet.
    """
    steps = timetable(facts=facts_of(row, pauses), holidays=england())
    if row.extended_on is None:
        steps = steps[:1]
    if row.asks == Asks.ACCESS:
        return steps
    return tuple(replace(one, title=TITLES[one.step]) for one in steps)


def answer_by(steps: Iterable[Due]) -> date | None:
    """Give the day by which the answer is due: the extended one where the first is excused."""
    for one in steps:
        if not one.excused_by:
            return one.on
    return None


def proof_is_awaited(row: DataRequest) -> bool:
    """Tell whether time does not run yet because proof of identity was asked for."""
    return row.identity == Known.WAITS


def lost(actor: Actor, row: DataRequest) -> bool:
    """Tell whether what is being gathered has taken so long that it was lost."""
    return row.moved_at < actor.at - LOST_AFTER


def somebody_leads(actor: Actor, row: DataRequest) -> bool:
    """Tell whether anybody at the place reads what is marked for the safeguarding lead today."""
    today = Membership.objects.filter(on_day(actor.today), org_id=row.org_id, withdrawn=False)
    return today.filter(role="DSL").exists() or may(actor, Action.SAFEGUARDING_VIEW, row)
