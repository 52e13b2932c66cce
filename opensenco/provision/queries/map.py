"""The map of what runs today: by pupil, by provision, and counted by layer, year group and need."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.people.days import year_on
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.people.policy import standing as pupil_stands
from opensenco.people.queries import attach_classes
from opensenco.provision.models import Allocation, Provision
from opensenco.support.models import Need
from opensenco.support.queries.reading import reads_status_by

#: what is left out of a choice where something is not known
UNKNOWN = "none"


@dataclass(frozen=True)
class Chosen:
    """What the map is narrowed down to; empty words choose all.

    Args:
        year: a year group as a number in words, or UNKNOWN. need: a code, or UNKNOWN.
    """

    layer: str = ""
    year: str = ""
    need: str = ""


@dataclass(frozen=True)
class OfPupil:
    """What one pupil is given now."""

    pupil: Pupil
    year: int | None
    need: str
    weekly: int
    promises: Sequence[Allocation]

    def in_layer(self, layer: int) -> list[Allocation]:
        """Give what is of one layer."""
        return [one for one in self.promises if one.provision.layer == layer]


@dataclass(frozen=True)
class OfProvision:
    """Who is given one provision now.

    Args:
        groups: in how many groups it is given. people: these and who delivers it, each once.
    """

    provision: Provision
    pupils: int
    weekly: int
    groups: int
    people: str


@dataclass(frozen=True)
class Counts:
    """How many pupils are given something, by a year group or need (None: not known) and layer."""

    rows: Mapping[Any, Mapping[int, int]]
    #: each pupil once, however much they are given
    alls: Mapping[Any, int]


class Map:
    """What runs today, as far as one actor sees it, in the order that is asked for."""

    def __init__(self, actor: Actor, chosen: Chosen) -> None:
        self._actor = actor
        first = visible(actor, reads_status_by(actor), Need).filter(
            pupil=OuterRef("pupil"), ended_on__isnull=True
        )
        rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
            pupil_stands(), on_day(actor.today), in_error_at__isnull=True
        )
        self._all = rows.annotate(
            year=year_on(actor.today, "pupil__"),
            need=Subquery(first.order_by("rank").values("code")[:1]),
            weekly=F("times_a_week") * F("minutes"),
        ).order_by()
        self._rows = self._all.filter(_narrowed(chosen))

    def count_pupils(self) -> int:
        """Give how many pupils are given something."""
        return self._rows.values("pupil_id").distinct().count()

    def by_pupil(self, sort: str, start: int, stop: int) -> list[OfPupil]:
        """Give pupils with what they are given, sorted by `name`, `year`, `need` or `weekly`."""
        grouped = self._rows.values("pupil_id", "pupil__sort_key", "year", "need").annotate(
            sum_weekly=Sum("weekly", output_field=IntegerField())
        )
        columns = {"name": "pupil__sort_key", "weekly": "sum_weekly"}
        rows = list(
            grouped.order_by(*_order(sort, columns, "pupil__sort_key", "pupil_id"))[start:stop]
        )
        found = self._promises("pupil_id", [row["pupil_id"] for row in rows])
        of = [
            OfPupil(some[0].pupil, row["year"], row["need"] or "", row["sum_weekly"], some)
            for row in rows
            if (some := found.get(row["pupil_id"]))
        ]
        attach_classes([one.pupil for one in of], self._actor.today)
        return of

    def count_provisions(self) -> int:
        """Give how many provisions are given to somebody."""
        return self._rows.values("provision_id").distinct().count()

    def by_provision(self, sort: str, start: int, stop: int) -> list[OfProvision]:
        """Give provisions with who gets them, sorted by `layer`, `name`, `pupils` or `weekly`."""
        grouped = self._rows.values("provision_id", "provision__layer", "provision__name").annotate(
            sum_weekly=Sum("weekly", output_field=IntegerField()),
            sum_pupils=Count("pupil_id", distinct=True),
            sum_groups=Count("group_id", distinct=True),
        )
        columns = {"layer": "provision__layer", "name": "provision__name",
                   "pupils": "sum_pupils", "weekly": "sum_weekly"}  # fmt: skip
        order = _order(sort, columns, "provision__name", "provision_id")
        rows = list(grouped.order_by(*order)[start:stop])
        keys = [row["provision_id"] for row in rows]
        provisions, people = Provision.objects.in_bulk(keys), self._people(keys)
        return [
            OfProvision(
                provisions[row["provision_id"]], row["sum_pupils"], row["sum_weekly"],
                row["sum_groups"], people.get(row["provision_id"], ""),
            )
            for row in rows
        ]  # fmt: skip

    def _people(self, keys: Sequence[int]) -> dict[int, str]:
        """Give in which groups and by whom provisions are given, by their names."""
        named = (
            self._rows.filter(provision_id__in=keys)
            .values_list("provision_id", "group__name", "person__first_name", "person__last_name")
            .distinct()
            .order_by("group__name", "person__last_name", "person__first_name")
        )
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for key, group, first, last in named:
            found[key] |= dict.fromkeys(filter(None, (group, f"{first} {last}" if last else "")))
        return {key: ", ".join(names) for key, names in found.items()}

    def counts(self, by: str) -> Counts:
        """Count pupils by layer and by `year` or `need`."""
        cells = self._rows.values(by, "provision__layer").annotate(
            pupils=Count("pupil_id", distinct=True)
        )
        rows: dict[Any, dict[int, int]] = defaultdict(dict)
        for one in cells:
            rows[one[by]][one["provision__layer"]] = one["pupils"]
        alls = self._rows.values(by).annotate(pupils=Count("pupil_id", distinct=True))
        return Counts(rows, {one[by]: one["pupils"] for one in alls})

    def layers(self) -> dict[int, tuple[int, int]]:
        """Give pupils and minutes a week of each layer."""
        rows = self._rows.values("provision__layer").annotate(
            pupils=Count("pupil_id", distinct=True),
            sum_weekly=Sum("weekly", output_field=IntegerField()),
        )
        return {one["provision__layer"]: (one["pupils"], one["sum_weekly"]) for one in rows}

    def choices(self) -> tuple[list[int | None], list[str]]:
        """Give the year groups and the needs that there are to choose from."""
        pairs = list(self._all.values_list("year", "need").distinct())
        years = sorted({year for year, _need in pairs}, key=lambda year: (year is None, year or 0))
        return years, sorted({need or UNKNOWN for _year, need in pairs})

    def _promises(self, key: str, keys: Sequence[int]) -> dict[int, list[Allocation]]:
        rows = self._rows.filter(**{f"{key}__in": keys}).select_related(
            "provision", "group", "person", "pupil", "outcome"
        )
        found: dict[int, list[Allocation]] = defaultdict(list)
        for row in rows.order_by("provision__layer", "provision__name", "pupil__sort_key", "id"):
            found[getattr(row, key)].append(row)
        return found


def _narrowed(chosen: Chosen) -> Q:
    wanted = Q()
    if chosen.layer:
        wanted &= Q(provision__layer=int(chosen.layer))
    if chosen.year:
        unknown = chosen.year == UNKNOWN
        wanted &= Q(year__isnull=True) if unknown else Q(year=int(chosen.year))
    if chosen.need:
        unknown = chosen.need == UNKNOWN
        wanted &= Q(need__isnull=True) if unknown else Q(need=chosen.need)
    return wanted


def _order(sort: str, columns: Mapping[str, str], *then: str) -> list[Any]:
    column = sort.removeprefix("-")
    by = F(columns.get(column, column))
    first = by.desc(nulls_last=True) if sort.startswith("-") else by.asc(nulls_last=True)
    return [first, *then]


def rows_of(found: Sequence[OfPupil]) -> list[tuple[OfPupil, Allocation]]:
    """Give each promise with its pupil, one to a row."""
    return [(one, promise) for one in found for promise in one.promises]
