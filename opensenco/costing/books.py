"""What costs hang on: conventions, rates, school days, and who shares an adult's time with whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from opensenco.access.models import Membership
from opensenco.access.questions import Among, question
from opensenco.cases.calendar import own_calendar
from opensenco.costing.counting import Book, Price, Prices, Promise, SchoolDays, Way, Ways
from opensenco.costing.models import Convention, Rate
from opensenco.costing.states import Post
from opensenco.kernel.dates import Span
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, SchoolCalendar
from opensenco.law.money.costing import Charge
from opensenco.law.money.staff import RateBasis
from opensenco.law.money.years import YearKind, funding_year
from opensenco.provision.models import Allocation
from opensenco.provision.states import Layer

ASSISTANTS = frozenset({"TA", "KEY_PERSON"})
TEACHERS = frozenset({
    "TEACHER", "SENCO", "SENCO_LEAD", "SENCO_PHASE", "SENCO_SHARED", "SENCO_TRUST", "HEAD", "SLT",
    "DESIGNATED_TEACHER", "EY_SENCO",
})  # fmt: skip
#: days are read as text: thousands of promises begin and end on the same few, each read once
COLUMNS = ("pk", "pupil_id", "group_id", "provision_id", "person_id", "minutes", "times_a_week",
           "provision__layer", "first_day", "last_day")  # fmt: skip


def counting_rates(rows: Iterable[Rate]) -> list[Rate]:
    """Give of each day and kind the row that was entered last, if it does not take back."""
    newest: dict[tuple[Any, ...], Rate] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        newest[row.who_id, row.post if row.who_id is None else "", row.kind, row.first] = row
    return [row for row in newest.values() if not row.withdrawn]


def ways_of(org_id: int) -> Ways:
    """Give the conventions of a place."""
    rows = Convention.objects.filter(org=org_id).order_by("first", "id")
    return Ways(
        Way(
            first=row.first, basis=RateBasis(row.kind), charge=Charge(row.charge), weeks=row.weeks,
            year=YearKind(row.year), teacher_hours=row.teacher_hours, usual_post=row.usual_post,
        )
        for row in rows
    )  # fmt: skip


def prices_of(org_id: int, *, pay: bool) -> Prices:
    """Give the rates of a place; without pay, the standard ones and who holds which post."""
    rows = Rate.objects.filter(org=org_id)
    if not pay:
        # of a person only which post they hold: that tells nothing of what they are paid
        rows = rows.filter(kind=RateBasis.AUTHORITY_STANDARD.value)
    entered = [
        Price(row.post, row.who_id, RateBasis(row.kind), row.pence, row.first)
        for row in sorted(counting_rates(rows), key=lambda row: row.pk)
    ]
    held = Membership.objects.filter(org=org_id, withdrawn=False).order_by("starts", "id")
    posts: dict[int, str] = {}
    for person, role in held.values_list("person_id", "role"):
        if role in ASSISTANTS:
            posts[person] = Post.TA.value
        elif role in TEACHERS:
            posts[person] = Post.TEACHER.value
    return Prices(entered, posts)


def year_of(ways: Ways, day: date) -> Span:
    """Give the year that a day lies in, as a place counts it."""
    return funding_year(kind=ways.on(day).year, day=day)


def book_of(org_id: int, ways: Ways, year: Span, promises: Iterable[Promise], *, pay: bool) -> Book:
    """Give all that the costs of one place hang on, in a year. Asks three times.

    Args:
        promises: those with whom an adult's time can be shared.
        pay: counted at what people are paid; else at standard rates, which tell nobody's pay.
    """
    fellows: dict[Any, list[Promise]] = defaultdict(list)
    for one in promises:
        fellows[one.together].append(one)
    own = own_calendar(org_id, year)
    return Book(
        year, SchoolDays(year, _open_on(year, own.rows)),
        ways if pay else ways.at(RateBasis.AUTHORITY_STANDARD),
        prices_of(org_id, pay=pay), fellows,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _open_on(year: Span, rows: tuple[CalendarRow, ...]) -> tuple[bool, ...]:
    """Tell of each day of a year whether the school is open: along the days that it entered, and
    where it entered none, on every weekday that is no bank holiday."""
    return tuple(_open_days(year, SchoolCalendar("term dates", rows, england())))


def _open_days(year: Span, calendar: SchoolCalendar) -> Iterator[bool]:
    holidays = england()
    for day in year.days():
        if any(day in span for span in calendar.covered):
            yield calendar.is_school_day(day)
        else:
            yield day in holidays.covered and holidays.is_working_day(day)


def promised_in(year: Span) -> Q:
    """Give the condition for promises that run on some day of a year."""
    ends = Q(ends__isnull=True) | Q(ends__gte=year.first)
    return Q(in_error_at__isnull=True, starts__lte=year.last) & ends


def promises_of(rows: Iterable[Sequence[Any]]) -> Iterator[Promise]:
    """Give rows of COLUMNS as they are counted."""
    spans: dict[tuple[str, str | None], Span] = {}
    for key, pupil, group, provision, who, minutes, times, layer, first, last in rows:
        span = spans.get((first, last))
        if span is None:
            day = date.fromisoformat
            span = spans[first, last] = Span(day(first), day(last) if last else None)
        together = ("group", group, provision) if group else ("alone", key)
        yield Promise(key, pupil, together, who, minutes, times, span, layer == Layer.UNIVERSAL)


def promise_of(row: Allocation) -> Promise:
    """Give what a pupil was promised, as it is counted."""
    group = ("group", row.group_id, row.provision_id)
    return Promise(
        row.pk, row.pupil_id, group if row.group_id else ("alone", row.pk), row.person_id,
        row.minutes, row.times_a_week, Span(row.starts, row.ends),
        row.provision.layer == Layer.UNIVERSAL,
    )  # fmt: skip


def promised_at(org_id: int, year: Span) -> QuerySet[Allocation]:
    """Give what is promised at a place in a year, to whomever, with what COLUMNS name."""
    rows = Allocation.objects.filter(promised_in(year), org=org_id, pupil__in_error_at__isnull=True)
    text = TextField()
    days = {"first_day": Cast("starts", text), "last_day": Cast("ends", text)}
    return rows.annotate(**days).order_by()


@question
def promises_in_groups(org_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """What is promised in a year in some groups, to whomever: they share an adult's time."""
    rows = promised_at(org_id, Span(first, last))
    return rows.filter(Among("group", "groups")).values_list(*COLUMNS)
