"""A setting's own calendar; all else of the spine is written by other apps' operations."""

from collections.abc import Sequence
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases.models import CalendarDays
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar


@operation(Action.SETTING_EDIT, on="org")
def set_calendar(
    *, actor: Actor, org: Organisation, days: Sequence[tuple[date, date, DayKind]]
) -> Organisation:
    """Put a setting's days in place of those entered before for the same stretch of time.

    Rows that lie between the first and the last of the new days are taken back, not removed.

    Args:
        days: first day, last day (both counted) and what they are. A row of kind YEAR says that the
            others are complete for its days.

    Raises:
        Invalid: no rows, a row that ends before it begins, or terms that overlap.
    """
    if not days:
        raise Invalid("days", "Enter at least one term.")
    SchoolCalendar(org.name, tuple(CalendarRow(*row) for row in days), england())
    CalendarDays.objects.filter(
        org=org,
        taken_back_at__isnull=True,
        first__gte=min(first for first, _last, _kind in days),
        last__lte=max(last for _first, last, _kind in days),
    ).update(taken_back_at=actor.at)
    CalendarDays.objects.bulk_create(
        CalendarDays(org=org, first=first, last=last, kind=kind.value) for first, last, kind in days
    )
    return org
