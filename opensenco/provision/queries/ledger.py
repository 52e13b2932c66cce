"""The ledger: sums, order and pages by the database; always the same number of questions.

How many school days a promise runs through is told to the database day by day of its beginning and
its end, so that it can add up, sort and cut into pages what falls due.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.cases.calendar import own_calendar
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.words import Sentence
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.people.policy import standing as pupil_stands
from opensenco.people.states import GroupKind, StaffPart
from opensenco.provision.ledger import By, Figures, Line, span_of
from opensenco.provision.minutes import DAYS_A_WEEK, Counted, school_days
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.queries.delivered import standing_sessions
from opensenco.provision.states import Went

NONE_ENTERED = SchoolCalendar("no term dates", (), england())
NUMBERS = ("promised", "due", "delivered", "due_sessions", "held", "missed", "made_up",
           "unaccounted")  # fmt: skip
#: the columns by which the lines are told apart, and by which they are sorted as names
KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    By.PROVISION: ("provision_id", ("provision__name",)),
    By.CLASS: ("class_id", ("class_name",)),
    By.STAFF: ("staff_id", ("staff_last", "staff_first")),
    By.PUPIL: ("pupil_id", ("pupil__sort_key",)),
    By.PROMISE: ("id", ("pupil__sort_key", "provision__name")),
}
#: by what the lines can be sorted beside their names
SORTS = ("promised", "delivered", "missed", "made_up", "unaccounted")
NOBODY = "none"
#: what a line is of
MODELS: dict[str, Any] = {
    By.PROVISION: Provision, By.CLASS: Group, By.STAFF: Person, By.PUPIL: Pupil,
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What of the ledger is looked at.

    Args:
        of: what it is narrowed down to: the reference by `By`, or NOBODY for what has none.
    """

    by: str
    spell: str
    of: Mapping[str, uuid.UUID | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Days:
    """The stretch of time and how its school days are counted at each place."""

    span: Span
    today: date
    calendars: Mapping[int, SchoolCalendar]

    @property
    def last(self) -> date:
        """The last day of the stretch."""
        return self.span.last or self.today

    @property
    def until(self) -> date:
        """The day by which what is promised is due."""
        return min(self.today, self.last)

    @property
    def before(self) -> date:
        """The last day of which all should be known: yesterday, or the end of a stretch that is
        over."""
        return min(self.today - ONE_DAY, self.last)

    @cached_property
    def remarks(self) -> tuple[Sentence, ...]:
        """What a reader must be told of how days are counted."""
        found = [self.whole(org).remarks for org in self.calendars]
        return tuple(dict.fromkeys(remark for some in found for remark in some))

    def whole(self, org: int) -> Counted:
        """Give the school days of the whole stretch at a place."""
        return school_days(self.span, self.calendars[org])

    def up_to(self, org: int, day: date) -> int:
        """Give how many school days there are from the first day to another, both counted."""
        if day < self.span.first:
            return 0
        return school_days(Span(self.span.first, min(day, self.last)), self._along[org]).days

    @cached_property
    def _along(self) -> dict[int, SchoolCalendar]:
        """One calendar for the whole stretch at each place, so that parts of it add up."""
        return {
            org: NONE_ENTERED if self.whole(org).remarks else own
            for org, own in self.calendars.items()
        }


def days_of(actor: Actor, spell: str) -> Days:
    """Give the stretch of time at the actor's places; of several, along the usual months."""
    year = AcademicYear.of(actor.today).span
    calendars = {org: own_calendar(org, year) for org in sorted(actor.hat.orgs)}
    alone = next(iter(calendars.values())) if len(calendars) == 1 else NONE_ENTERED
    span = span_of(spell, actor.today, alone)
    return Days(span, actor.today, calendars)


class Ledger:
    """What was promised and delivered in a stretch of time, as far as one actor sees it.

    Raises:
        NotAllowed: figures by member of staff, for who does not oversee others' time.
    """

    def __init__(self, actor: Actor, wanted: Wanted) -> None:
        if (wanted.by == By.STAFF or By.STAFF in wanted.of) and not by_staff(actor):
            raise NotAllowed
        self._actor, self.wanted = actor, wanted
        self.days = days_of(actor, wanted.spell)
        self._key, self._names = KEYS[wanted.by]
        self._promises = _promises(actor, self.days, wanted)
        self._rows = _counted(self._promises, self.days)

    @cached_property
    def count(self) -> int:
        """How many lines there are."""
        lines: int = self._promises.values(self._key).order_by().distinct().count()
        return lines

    @cached_property
    def total(self) -> Figures:
        """All of it together."""
        sums = self._rows.aggregate(
            **{f"all_{name}": Sum(name) for name in NUMBERS},
            all_pupils=Count("pupil_id", distinct=True),
        )
        why = _why(self.sessions.values("went", "reason").annotate(times=Count("pk")).order_by())
        return Figures(**{name.removeprefix("all_"): n or 0 for name, n in sums.items()}, why=why)

    def lines(self, sort: str, start: int, stop: int) -> list[Line]:
        """Give some of the lines in an order: `name` or one of SORTS, "-" before it runs down."""
        grouped = self._rows.values(self._key, *self._names).annotate(
            **{f"all_{name}": Sum(name) for name in NUMBERS},
            all_pupils=Count("pupil_id", distinct=True),
        )
        rows = list(grouped.order_by(*self._order(sort))[start:stop])
        things, why = self._things(rows), self._reasons(rows)
        return [self._line(row, things, why) for row in rows]

    @cached_property
    def sessions(self) -> QuerySet[Session]:
        """What was logged of it, as it stands."""
        rows = standing_sessions(visible(self._actor, Action.PROVISION_VIEW, Session))
        within = (self.days.span.first, self.days.last)
        rows = rows.filter(on__range=within, allocation__in=self._promises.values("pk"))
        return rows.exclude(went=Went.MISTAKE)

    @cached_property
    def narrowed(self) -> dict[str, str]:
        """What the ledger is narrowed down to, in words, by `By`: as its promises say it, so that
        nobody is named whom the actor does not see."""
        if not self.wanted.of:
            return {}
        row = self._promises.select_related("pupil", "provision").order_by("id").first()
        if row is None:
            return {by: str(By(by).label) for by in self.wanted.of}
        staff = f"{row.staff_first or ''} {row.staff_last or ''}".strip()  # type: ignore[attr-defined]
        names = {
            By.PROVISION: row.provision.name,
            By.CLASS: row.class_name or _("No class"),  # type: ignore[attr-defined]
            By.STAFF: staff or _("Nobody yet"),
            By.PUPIL: row.pupil.register_name,
        }
        return {by: str(names[By(by)]) for by in self.wanted.of}

    def _order(self, sort: str) -> list[Any]:
        down = sort.startswith("-")
        column = sort.removeprefix("-")
        by = [f"all_{column}"] if column in SORTS else list(self._names)
        firsts = [F(one).desc(nulls_last=True) if down else F(one).asc(nulls_last=True)
                  for one in by]  # fmt: skip
        return [*firsts, *self._names, self._key]

    def _line(
        self, row: Mapping[str, Any], things: Mapping[Any, Any], why: Mapping[Any, dict[str, int]]
    ) -> Line:
        numbers = {name: row[f"all_{name}"] or 0 for name in (*NUMBERS, "pupils")}
        key = row[self._key]
        return Line(self.wanted.by, things.get(key), Figures(**numbers, why=why.get(key, {})))

    def _things(self, rows: Sequence[Mapping[str, Any]]) -> dict[Any, Any]:
        keys = [row[self._key] for row in rows if row[self._key]]
        finds: dict[str, Callable[[], QuerySet[Any]]] = {
            By.PROVISION: Provision.objects.all,
            By.CLASS: Group.objects.all,
            By.STAFF: Person.objects.all,
            By.PUPIL: Pupil.objects.all,
            By.PROMISE: lambda: Allocation.objects.select_related("pupil", "provision"),
        }
        return finds[self.wanted.by]().in_bulk(keys)

    def _reasons(self, rows: Sequence[Mapping[str, Any]]) -> dict[Any, dict[str, int]]:
        """Give why sessions were missed, by line."""
        keys = [row[self._key] for row in rows]
        here = Q(**{f"{self._key}__in": [key for key in keys if key is not None]})
        if None in keys:
            here |= Q(**{f"{self._key}__isnull": True})
        of = dict(self._promises.filter(here).order_by().values_list("id", self._key))
        counted = self.sessions.exclude(went=Went.DELIVERED).order_by()
        found: dict[Any, dict[str, int]] = defaultdict(dict)
        for one in counted.values("allocation_id", "went", "reason").annotate(times=Count("pk")):
            if one["allocation_id"] in of:
                sums, why = found[of[one["allocation_id"]]], one["reason"] or one["went"]
                sums[why] = sums.get(why, 0) + one["times"]
        return found


def by_staff(actor: Actor) -> bool:
    """Tell whether this actor sees figures by member of staff: who oversees others' time."""
    return actor.can_somewhere(Action.TIME_VIEW)


def _why(rows: QuerySet[Any, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        if one["went"] != Went.DELIVERED:
            why = one["reason"] or one["went"]
            found[why] = found.get(why, 0) + one["times"]
    return found


def _promises(actor: Actor, days: Days, wanted: Wanted) -> QuerySet[Allocation]:
    """Give the promises that run on some day of a stretch, with their class and who delivers."""
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
        pupil_stands(), in_error_at__isnull=True, starts__lte=days.last
    )
    rows = rows.exclude(ends__lt=days.span.first)
    inside = GroupPupil.objects.filter(
        on_day(actor.today), pupil=OuterRef("pupil"), group__kind=GroupKind.CLASS
    ).order_by("-starts", "-id")
    runs = GroupStaff.objects.filter(
        on_day(actor.today), group=OuterRef("group"), does=StaffPart.RUNS
    ).order_by("starts", "id")
    rows = rows.annotate(
        class_id=Subquery(inside.values("group")[:1], output_field=BigIntegerField()),
        class_name=Subquery(inside.values("group__name")[:1]),
        staff_id=Coalesce(
            "person_id", Subquery(runs.values("person")[:1]), output_field=BigIntegerField()
        ),
        staff_last=Coalesce("person__last_name", Subquery(runs.values("person__last_name")[:1])),
        staff_first=Coalesce("person__first_name", Subquery(runs.values("person__first_name")[:1])),
    )
    for by, ref in wanted.of.items():
        rows = rows.filter(_narrowed(by, ref))
    return rows


def _narrowed(by: str, ref: uuid.UUID | str) -> Q:
    key = KEYS[by][0]
    if ref == NOBODY:
        return Q(**{f"{key}__isnull": True})
    return Q(**{f"{key}__in": MODELS[by].objects.filter(ref=ref).values("pk")})


def _counted(rows: QuerySet[Allocation], days: Days) -> QuerySet[Allocation]:
    """Let the database count of each promise what is promised, due, delivered and missed."""
    all_days, due_days, days_before = _days(rows, days)
    ledger = (
        standing_sessions(Session.objects.filter(allocation=OuterRef("pk")))
        .filter(on__range=(days.span.first, days.last))
        .order_by()
        .values("allocation")
    )
    held = ledger.filter(went=Went.DELIVERED)
    missed = ledger.exclude(went__in=(Went.DELIVERED, Went.MISTAKE))
    return (
        rows.annotate(
            all_sessions=F("times_a_week") * all_days / DAYS_A_WEEK,
            due_sessions=F("times_a_week") * due_days / DAYS_A_WEEK,
            due_before=F("times_a_week") * days_before / DAYS_A_WEEK,
            held=_number(held.annotate(n=Count("pk"))),
            delivered=_number(held.annotate(n=Sum("minutes"))),
            missed=_number(missed.annotate(n=Count("pk"))),
            linked=_number(held.filter(makes_up__isnull=False).annotate(n=Count("pk"))),
        )
        .annotate(
            promised=F("all_sessions") * F("minutes"),
            due=F("due_sessions") * F("minutes"),
            beyond=F("held") - F("linked") + F("missed") - F("due_sessions"),
        )
        .annotate(
            made_up=Least(F("missed"), F("linked") + Greatest(F("beyond"), Value(0))),
            unaccounted=Greatest(F("due_before") - F("held") + F("linked") - F("missed"), Value(0)),
        )
        .order_by()
    )


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n")[:1], output_field=IntegerField()), Value(0))


def _days(rows: QuerySet[Allocation], days: Days) -> list[Any]:
    """Give the school days of each promise within the stretch: all, those by today, those before.

    Days are counted from the beginning of the stretch to the end of the promise, less those before
    it began; so each day is told once, however many promises begin on it.
    """
    plain = rows.order_by()
    begin = set(plain.filter(starts__gt=days.span.first).values_list("org_id", "starts").distinct())
    end = set(plain.filter(ends__lt=days.last).values_list("org_id", "ends").distinct())
    found = []
    for until in (days.last, days.until, days.before):
        before = [
            When(org_id=org, starts=day, then=Value(days.up_to(org, min(day - ONE_DAY, until))))
            for org, day in sorted(begin)
        ]
        up_to = [
            When(org_id=org, ends=day, then=Value(days.up_to(org, min(day, until))))
            for org, day in sorted(end)
            if day
        ]
        up_to += [When(org_id=org, then=Value(days.up_to(org, until))) for org in days.calendars]
        found.append(_case(up_to) - _case(before))
    return found


def _case(whens: list[When]) -> Case:
    return Case(*whens, default=Value(0), output_field=IntegerField())
