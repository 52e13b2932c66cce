"""What costs hang on: conventions, rates, school days, and who shares an adult's time with whom."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opensenco.access.models import Membership
from opensenco.access.questions import Among, as_text, question
from opensenco.cases.calendar import own_calendar
from opensenco.costing.counting import Book, Promise, Share
from opensenco.costing.hours import turns_of
from opensenco.costing.models import Bearing, Convention, Item, Rate
from opensenco.costing.rates import Price, Prices, Way, Ways
from opensenco.costing.states import Bears, Post
from opensenco.costing.timed import SchoolDays
from opensenco.kernel.dates import Span, iso_day
from opensenco.kernel.money import half_up
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, SchoolCalendar
from opensenco.law.money.costing import Charge
from opensenco.law.money.staff import RateBasis
from opensenco.law.money.years import YearKind, funding_year
from opensenco.provision.models import Allocation
from opensenco.provision.states import Layer

APRIL = 4
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


def book_of(
    org_id: int, ways: Ways, year: Span, promises: Iterable[Promise], *, pay: bool,
    whole: bool = False,
) -> Book:  # fmt: skip
    """Give all that the costs of one place hang on, in a year. Asks six times at most.

    Where hours are of week A or B, twice more.

    Args:
        promises: those with whom an adult's time can be shared, with their hours.
        pay: counted at what people are paid; else at standard rates, which tell nobody's pay.
        whole: these promises are all that there are at the place.
    """
    promises = list(promises)
    fellows: dict[Any, list[Promise]] = defaultdict(list)
    for one in promises:
        fellows[one.together].append(one)
    own = own_calendar(org_id, year)
    return Book(
        year, SchoolDays(year, _open_on(year, own.rows), turns_of(org_id, year, promises)),
        ways if pay else ways.at(RateBasis.AUTHORITY_STANDARD),
        prices_of(org_id, pay=pay), fellows,
        bearings_of(org_id, fellows),
        besides_of(org_id, year, promises if whole else None),
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


def bearings_of(
    org_id: int, together: Iterable[Hashable]
) -> dict[Hashable, list[tuple[date, Charge | None]]]:
    """Give who bears the cost of what is given together, where somebody said so.

    What is said of one group holds there; else what is said of the provision.
    """
    said: dict[tuple[int | None, int], dict[date, Charge | None]] = defaultdict(dict)
    rows = Bearing.objects.filter(org=org_id).order_by("first", "id")
    for group, provision, first, bears in rows.values_list(
        "group_id", "provision_id", "first", "bears"
    ):
        usual = bears == Bears.USUAL
        said[group, provision][first] = None if usual else Charge(bears)
    found: dict[Hashable, list[tuple[date, Charge | None]]] = {}
    for key in together if said else ():
        kind, *of = cast("tuple[Any, ...]", key)
        if kind == "group":
            group, provision = of
            own, every = said.get((group, provision), {}), said.get((None, provision), {})
            days = sorted({*own, *every})
            if days:
                found[key] = [(day, _bears(day, own, every)) for day in days]
    return found


def _bears(
    day: date, own: Mapping[date, Charge | None], every: Mapping[date, Charge | None]
) -> Charge | None:
    """Give who bears the cost on a day: as it is said of the group, else of all of its kind."""
    for said in (own, every):
        before = [first for first in said if first <= day]
        if before and (how := said[max(before)]) is not None:
            return how
    return None


def besides_of(
    org_id: int, year: Span, promises: Iterable[Promise] | None
) -> dict[int, list[Share]]:
    """Give what each pupil bears in a year of what provisions cost once: equipment, training.

    A year bears as much as any other in which it is of use, and so does each pupil who is promised
    the provision in it. Rounded to the penny for each, as a line is.

    Args:
        promises: all of the place in the year; None to ask how many pupils have what.
    """
    rows = standing_items(Item.objects.filter(org=org_id)).order_by("first", "id")
    held = [
        row for row in rows.values_list("provision_id", "what", "pence", "first", "years")
        if 0 <= year.first.year - funding_year(kind=kind_of(year), day=row[3]).first.year < row[4]
    ]  # fmt: skip
    if not held:
        return {}
    pupils = _pupils_of(org_id, year) if promises is None else _pupils_in(promises)
    found: dict[int, list[Share]] = defaultdict(list)
    for key, what, pence, _first, years in held:
        if key in pupils:
            each = Fraction(pence, years * pupils[key])
            found[key].append(Share(what, half_up(each), key))
    return found


def _pupils_of(org_id: int, year: Span) -> dict[int, int]:
    counts = promised_at(org_id, year).values("provision_id")
    counted = counts.annotate(pupils=Count("pupil_id", distinct=True))
    return dict(counted.values_list("provision_id", "pupils"))


def _pupils_in(promises: Iterable[Promise]) -> dict[int, int]:
    found: dict[int, set[int]] = defaultdict(set)
    for one in promises:
        found[one.provision].add(one.pupil)
    return {key: len(pupils) for key, pupils in found.items()}


def kind_of(year: Span) -> YearKind:
    """Tell which kind of year begins on that day."""
    return YearKind.FINANCIAL if year.first.month == APRIL else YearKind.ACADEMIC


def standing_items(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Give what counts: what nobody took back."""
    taken = Item.objects.filter(takes_back=OuterRef("pk"), takes_back__isnull=False)
    return rows.filter(~Exists(taken), takes_back__isnull=True)


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
            span = spans[first, last] = Span(iso_day(first), iso_day(last) if last else None)
        together = ("group", group, provision) if group else ("alone", key)
        universal = layer == Layer.UNIVERSAL
        yield Promise(key, pupil, together, who, minutes, times, span, universal, "", provision)


def promise_of(row: Allocation) -> Promise:
    """Give what a pupil was promised, as it is counted."""
    group = ("group", row.group_id, row.provision_id)
    return Promise(
        row.pk, row.pupil_id, group if row.group_id else ("alone", row.pk), row.person_id,
        row.minutes, row.times_a_week, Span(row.starts, row.ends),
        row.provision.layer == Layer.UNIVERSAL, "", row.provision_id,
    )  # fmt: skip


def promised_at(org_id: int, year: Span) -> QuerySet[Allocation]:
    """Give what is promised at a place in a year, to whomever, with what COLUMNS name."""
    rows = Allocation.objects.filter(promised_in(year), org=org_id, pupil__in_error_at__isnull=True)
    days = {"first_day": as_text("starts"), "last_day": as_text("ends")}
    return rows.annotate(**days).order_by()


@question
def promises_in_groups(org_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """What is promised in a year in some groups, to whomever: they share an adult's time."""
    rows = promised_at(org_id, Span(first, last))
    return rows.filter(Among("group", "groups")).values_list(*COLUMNS)
