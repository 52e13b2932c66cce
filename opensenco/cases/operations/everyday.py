"""A setting's own calendar, and a record opened with a reason that the SENCO is told.

All else of the spine is written by other apps' operations.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine, term_dates
from opensenco.cases.calendar import own_calendar
from opensenco.cases.models import CalendarDays, CalendarYear, PublishedYear
from opensenco.cases.remaking import remake_dues
from opensenco.cases.term_dates import Entry
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.dates import Span
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import OutOfDutyOpening, Pupil

#: whose days are there for the settings below to start from
PUBLISHING = frozenset({Organisation.Kind.AUTHORITY, Organisation.Kind.TRUST})


@operation(Action.CALENDAR_EDIT, on="org")
def enter_term_dates(
    *,
    actor: Actor,
    org: Organisation,
    year: AcademicYear,
    entries: Sequence[Entry],
    version: int | None,
) -> CalendarYear:
    """Put a setting's terms, half-terms and closed days of a year in place of those entered before.

    The earlier days are taken back, not removed. Dates of the setting that are still to be kept are
    counted again.

    Args:
        version: of the year as the writer read it; 0 where it had not been entered, None where
            there was no form.

    Raises:
        Invalid: a fault of `cases.term_dates`, or a term that overlaps one of another year.
        Stale: somebody else entered the year in between.
    """
    for fault in term_dates.faults(year, entries):
        raise Invalid(fault.field, fault.words)
    row = _claimed(actor, org, year, version)
    CalendarDays.objects.filter(year=row, taken_back_at__isnull=True).update(taken_back_at=actor.at)
    known = term_dates.reach(year, entries)
    CalendarDays.objects.bulk_create(
        CalendarDays(
            org=org, year=row, first=one.first, last=one.last, kind=one.kind.value, at=actor.at
        )
        for one in (known, *entries)
    )
    # refuses terms that overlap those of the year before or after
    own_calendar(org.pk, Span(known.first, known.last))
    _publish(actor, org, year, entries)
    remake_dues(actor, org)
    return row


@operation(Action.CALENDAR_EDIT, on="org")
def take_back_term_dates(*, actor: Actor, org: Organisation, year: AcademicYear) -> CalendarYear:
    """Take back the days of a year: it then is as if nobody had entered it.

    Raises:
        NotPossible: it has not been entered.
    """
    row = CalendarYear.objects.filter(org=org, starts=year.starts).first()
    if row is None:
        raise NotPossible
    CalendarDays.objects.filter(year=row, taken_back_at__isnull=True).update(taken_back_at=actor.at)
    change(row, version=None, at=actor.at, by=actor.person)
    _publish(actor, org, year, ())
    remake_dues(actor, org)
    return row


def _publish(actor: Actor, org: Organisation, year: AcademicYear, entries: Sequence[Entry]) -> None:
    """Let the settings of an authority or trust start from its days, as they are now."""
    if org.kind not in PUBLISHING:
        return
    days = [[one.kind.value, one.first.isoformat(), one.last.isoformat()] for one in entries]
    PublishedYear(org=org, starts=year.starts, days=days, at=actor.at).save()


def _claimed(
    actor: Actor, org: Organisation, year: AcademicYear, version: int | None
) -> CalendarYear:
    row = CalendarYear.objects.filter(org=org, starts=year.starts).first()
    if row is not None:
        return change(row, version=version, at=actor.at, by=actor.person)
    if version:
        raise Stale
    row = CalendarYear(org=org, starts=year.starts, at=actor.at, by=actor.person)
    row.save()
    return row


@operation(Action.OUT_OF_DUTY_OPEN, on="pupil")
def open_out_of_duty(*, actor: Actor, pupil: Pupil, reason: str) -> OutOfDutyOpening:
    """Open a record outside one's duty until the day ends; the SENCO is told why.

    Raises:
        Invalid: no reason that says anything.
    """
    if len(reason.split()) < 3:
        raise Invalid("reason", "Say in a few words why you need to open this record today.")
    row = OutOfDutyOpening(
        org_id=pupil.org_id,
        pupil=pupil,
        person=actor.person,
        reason=reason.strip(),
        at=actor.at,
        day=actor.today,
    )
    row.save()
    spine.tell(
        actor=actor, org=pupil.org, pupil=pupil, source=row, role_action=Action.ACCESS_LOG_VIEW,
        words=_("%(who)s opened this record outside their duty: “%(reason)s”")
        % {"who": actor.person.name, "reason": row.reason},
    )  # fmt: skip
    return row
