"""The ledger: what was promised, due and delivered, worked out once for each page.

The database gives the promises of a stretch of time and, by one grouped question, what was logged
of each. Everything else hangs on these and on the school's days, so it is added up, sorted and cut
into pages here (ADR 0036); always the same number of questions, however many there are.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.questions import Among, as_text, question
from opensenco.access.registry import visible
from opensenco.kernel.dates import iso_day
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.text import sort_key
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.people.policy import standing as pupil_stands
from opensenco.people.states import GroupKind, StaffPart
from opensenco.provision import reckoning
from opensenco.provision.ledger import By, Figures, Line
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.queries.days import Days, days_of
from opensenco.provision.queries.gave import BY_OTHERS, FOR_OTHERS, by_others, logged_of
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.queries.timed import Timed
from opensenco.provision.reckoning import NOTHING, UNTIMED, Logged, Promise
from opensenco.provision.states import Went

#: the columns by which promises are narrowed down to one line
KEYS: dict[str, str] = {
    By.PROVISION: "provision_id", By.CLASS: "class_id", By.STAFF: "staff_id",
    By.PUPIL: "pupil_id",
}  # fmt: skip
COLUMNS = (
    "id", "org_id", "pupil_id", "provision_id", "group_id", "person_id", "times_a_week", "minutes",
    "pupil__sort_key", "provision__name", "begins", "over",
)  # fmt: skip
#: by what the lines can be sorted beside their names
SORTS = (
    "promised", "delivered", "missed", "made_up", "unaccounted", "by_others", "for_others",
)  # fmt: skip
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
        self._promises = _promises(actor, self.days, wanted)
        self._logged: dict[int, Logged] = {}

    @cached_property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._grouped)

    @cached_property
    def total(self) -> Figures:
        """All of it together."""
        whole = reckoning.summed(self._parts)
        # what is given in place of others is given by others: one number in all
        return replace(whole, by_others=sum(one.by_others for one in self._grouped.values()))

    @property
    def tells_apart(self) -> bool:
        """Whether it tells apart what others gave: by member of staff, of all of them."""
        return self.wanted.by == By.STAFF and By.STAFF not in self.wanted.of

    def lines(self, sort: str, start: int, stop: int) -> list[Line]:
        """Give some of the lines in an order: `name` or one of SORTS, "-" before it runs down."""
        down, column = sort.startswith("-"), sort.removeprefix("-")
        by_name = sorted(self._grouped, key=lambda key: (self._names[key], key or 0))
        if column in SORTS:
            by_name.sort(key=lambda key: getattr(self._grouped[key], column), reverse=down)
        else:
            # what has no name comes last, whichever way
            named = [key for key in by_name if key is not None]
            by_name = [*(reversed(named) if down else named), *self._grouped.keys() & {None}]
        keys = by_name[start:stop]
        things = self._things(keys)
        return [Line(self.wanted.by, things.get(key), self._grouped[key]) for key in keys]

    @cached_property
    def sessions(self) -> QuerySet[Session]:
        """What was logged of it, as it stands."""
        return self._sessions_of(self._promises)

    def _sessions_of(self, promises: QuerySet[Allocation]) -> QuerySet[Session]:
        rows = standing_sessions(visible(self._actor, Action.PROVISION_VIEW, Session))
        within = (self.days.span.first, self.days.last)
        rows = rows.filter(on__range=within, allocation__in=promises.values("pk"))
        return rows.exclude(went=Went.MISTAKE)

    def apart(self, which: str) -> QuerySet[Session]:
        """Give the sessions given by somebody else than they were promised of.

        Args:
            which: BY_OTHERS for those of what it is narrowed down to; FOR_OTHERS for those that the
                member of staff it is narrowed down to gave in place of others.
        """
        if which == BY_OTHERS:
            return by_others(self.sessions, self._actor.today)
        others = {by: ref for by, ref in self.wanted.of.items() if by != By.STAFF}
        promises = _promises(self._actor, self.days, replace(self.wanted, of=others))
        whose = self.wanted.of.get(By.STAFF, NOBODY)
        return by_others(self._sessions_of(promises), self._actor.today, whose)

    @cached_property
    def narrowed(self) -> dict[str, str]:
        """What the ledger is narrowed down to, in words, by `By`: as its promises say it, so that
        nobody is named whom the actor does not see."""
        if not self.wanted.of:
            return {}
        named = self._promises.select_related("pupil", "provision").order_by("id")
        row: Any = named.first()
        if row is None:
            return {by: self._without(by) for by in self.wanted.of}
        staff = f"{row.staff_first or ''} {row.staff_last or ''}".strip()
        names = {
            By.PROVISION: row.provision.name,
            By.CLASS: row.class_name or _("No class"),
            By.STAFF: staff or _("Nobody yet"),
            By.PUPIL: row.pupil.register_name,
        }
        return {by: str(names[By(by)]) for by in self.wanted.of}

    def _without(self, by: str) -> str:
        """Name what it is narrowed down to where nothing is promised: an adult by what they gave
        for others, all else in no name."""
        gave = None
        if by == By.STAFF:
            gave = self.apart(FOR_OTHERS).select_related("gave", "person").order_by("id").first()
        return str(gave.given_by.name if gave else By(by).label)

    @cached_property
    def _parts(self) -> list[tuple[Promise, Figures]]:
        """Each promise with its figures: the three questions on which a page rests, and a fourth
        where there are timetables."""
        stretch = self.days
        days_said = {"begins": as_text("starts"), "over": as_text("ends")}
        columns: Any = self._promises.order_by().annotate(**days_said).values_list(*COLUMNS)
        promises = [
            Promise._make((*row[:-2], iso_day(row[-2]), row[-1] and iso_day(row[-1])))
            for row in columns
        ]
        keys = [one.pk for one in promises]
        logged = self._logged = logged_of(
            keys, stretch.span.first, stretch.last, givers=self.tells_apart
        )
        untils = (stretch.last, stretch.until, stretch.before)
        timed = Timed(keys, stretch.span.first, untils, stretch).of
        days = lru_cache(maxsize=None)(stretch.of)
        return [
            (
                one,
                reckoning.figures_of(
                    one,
                    days(one.org, one.starts, one.ends),
                    logged.get(one.pk, NOTHING),
                    timed.get(one.pk, UNTIMED),
                ),
            )
            for one in promises
        ]

    @cached_property
    def _grouped(self) -> dict[Any, Figures]:
        """The figures of each line, by its key."""
        key_of = self._key_of
        together: dict[Any, list[tuple[Promise, Figures]]] = defaultdict(list)
        for one, figures in self._parts:
            together[key_of(one)].append((one, figures))
        lines = {key: reckoning.summed(some) for key, some in together.items()}
        if not self.tells_apart:
            return lines
        known = self._logged
        whose = [(key_of(one), known[one.pk]) for one, _figures in self._parts if one.pk in known]
        return reckoning.told_apart(lines, whose)

    @cached_property
    def _key_of(self) -> Callable[[Promise], int | None]:
        """Give of a promise the key of the line that it stands in."""
        by = self.wanted.by
        if by == By.CLASS:
            classes = self._classes
            return lambda one: classes[one.pupil][0] if one.pupil in classes else None
        if by == By.STAFF:
            runs = self._runs
            return lambda one: one.person or runs.get(one.group or 0)
        plain: dict[str, Callable[[Promise], int | None]] = {
            By.PROVISION: attrgetter("provision"), By.PUPIL: attrgetter("pupil"),
            By.PROMISE: attrgetter("pk"),
        }  # fmt: skip
        return plain[by]

    @cached_property
    def _classes(self) -> dict[int, tuple[int, str]]:
        """The class of each pupil today, its key and its name."""
        pupils = list({one.pupil for one, _figures in self._parts})
        found: dict[int, tuple[int, str]] = {}
        for pupil, group, name in _classes_today.ask(self._actor.today, pupils=pupils):
            found.setdefault(pupil, (group, name))
        return found

    @cached_property
    def _runs(self) -> dict[int, int]:
        """Who runs each group today."""
        groups = list({one.group for one, _figures in self._parts if one.group})
        found: dict[int, int] = {}
        for group, person in _runs_today.ask(self._actor.today, groups=groups):
            found.setdefault(group, person)
        return found

    @cached_property
    def _names(self) -> dict[Any, str]:
        """By what each line is sorted as a name, alike on every database."""
        by = self.wanted.by
        if by == By.CLASS:
            names = dict(self._classes.values())
            return {key: sort_key(names.get(key, "")) for key in self._grouped}
        if by == By.STAFF:
            people = Person.objects.filter(pk__in=[key for key in self._grouped if key])
            rows = people.values_list("pk", "last_name", "first_name")
            return {None: "", **{pk: sort_key(last, first) for pk, last, first in rows}}
        of: dict[str, Callable[[Promise], str]] = {
            By.PROVISION: lambda one: sort_key(one.provision_name),
            By.PUPIL: lambda one: one.pupil_key,
            By.PROMISE: lambda one: f"{one.pupil_key} {sort_key(one.provision_name)}",
        }
        # one promise of each line says it: to make a name a key to sort by takes long
        of_line = {self._key_of(one): one for one, _figures in self._parts}
        return {key: of[by](one) for key, one in of_line.items()}

    def _things(self, keys: Sequence[Any]) -> dict[Any, Any]:
        finds: dict[str, Callable[[], QuerySet[Any]]] = {
            By.PROVISION: Provision.objects.all,
            By.CLASS: Group.objects.all,
            By.STAFF: Person.objects.all,
            By.PUPIL: Pupil.objects.all,
            By.PROMISE: lambda: Allocation.objects.select_related("pupil", "provision"),
        }
        return finds[self.wanted.by]().in_bulk([key for key in keys if key])


def by_staff(actor: Actor) -> bool:
    """Tell whether this actor sees figures by member of staff: who oversees others' time."""
    return actor.can_somewhere(Action.TIME_VIEW)


@question
def _classes_today(day: date) -> QuerySet[Any, Any]:
    spans = GroupPupil.objects.filter(
        on_day(day), Among("pupil", "pupils"), group__kind=GroupKind.CLASS
    )
    return spans.order_by("-starts", "-id").values_list("pupil_id", "group_id", "group__name")


@question
def _runs_today(day: date) -> QuerySet[Any, Any]:
    spans = GroupStaff.objects.filter(on_day(day), Among("group", "groups"), does=StaffPart.RUNS)
    return spans.order_by("starts", "id").values_list("group_id", "person_id")


def _promises(actor: Actor, days: Days, wanted: Wanted) -> QuerySet[Allocation]:
    """Give the promises that run on some day of a stretch.

    Where they are narrowed down, with the class of their pupil and who delivers them.
    """
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
        pupil_stands(), in_error_at__isnull=True, starts__lte=days.last
    )
    rows = rows.exclude(ends__lt=days.span.first)
    if not wanted.of:
        return rows
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
    key = KEYS[by]
    if ref == NOBODY:
        return Q(**{f"{key}__isnull": True})
    return Q(**{f"{key}__in": MODELS[by].objects.filter(ref=ref).values("pk")})
