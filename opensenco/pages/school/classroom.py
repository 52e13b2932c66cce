"""What the pages of classes and groups show, offer to choose from, and what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actor import Actor
from opensenco.kernel.refs import short
from opensenco.people import classes as queries
from opensenco.people.states import GroupKind
from opensenco.ui.listing import Column, Pick

Pairs = list[tuple[str, str]]
HEADINGS = {
    GroupKind.CLASS: gettext_lazy("Classes"),
    GroupKind.TEACHING: gettext_lazy("Teaching groups"),
    GroupKind.SUPPORT: gettext_lazy("Support groups"),
}


@dataclass(frozen=True)
class School:
    """The classes and groups of one school."""

    actor: Actor
    places: list[Any]
    place: Any
    ended: bool

    @cached_property
    def kinds(self) -> list[tuple[str, str, list[queries.Line]]]:
        """Kind, heading and lines, of each kind that there is; those that ended in one list."""
        lines = queries.lines(self.actor, self.place, ended=self.ended)
        if self.ended:
            return [("ended", _("Ended"), lines)] if lines else []
        by_kind = [
            (kind.value, str(heading), [one for one in lines if one.kind == kind])
            for kind, heading in HEADINGS.items()
        ]
        return [one for one in by_kind if one[2]]

    @cached_property
    def without(self) -> int:
        """How many pupils are in no class."""
        return queries.count_in_no_class(self.actor, self.place)

    @property
    def columns(self) -> list[Column]:
        """The columns of a list of classes."""
        if self.ended:
            return [Column(_("Name")), Column(_("Kind")), Column(_("Last day"))]
        return [Column(_("Name")), Column(_("Who works with it")), Column(_("Pupils"), num=True)]

    @property
    def by_place(self) -> list[Pick]:
        """The schools of a hat with several."""
        return [Pick(one.name, self._address(one), one == self.place) for one in self.places]

    @property
    def views(self) -> list[Pick]:
        """What runs and what has ended."""
        number = queries.count_ended(self.actor, self.place)
        return [
            Pick(_("Running"), self._address(self.place), not self.ended),
            Pick(_("Ended"), self._address(self.place) + "&show=ended", self.ended, number),
        ]

    @property
    def kind_names(self) -> dict[str, str]:
        """The kinds as they are called."""
        return {kind.value: str(kind.label) for kind in GroupKind}

    def _address(self, place: Any) -> str:
        return f"{reverse('school:classes')}?school={short(place.ref)}"


def school(actor: Actor, query: Mapping[str, Any]) -> School:
    """Gather the classes of the school that an address asks for, else of the first."""
    places = queries.places(actor)
    place = next((one for one in places if short(one.ref) == query.get("school")), places[0])
    return School(actor, places, place, query.get("show") == "ended")


def columns(*, over: bool) -> dict[str, list[Column]]:
    """Give the columns of the two lists of one class or group."""
    days = [Column(_("First day")), Column(_("Last day"))]
    change = [] if over else [Column(_("Change"), hidden=True)]
    return {
        "staff": [Column(_("Name")), Column(_("What they do")), *days, *change],
        "pupils": [Column(_("Name")), *days, *change],
    }


def words_of(row: Any) -> dict[str, Any]:
    """Give what the form of a class or group begins with."""
    part = str(row.part.ref) if row.part else ""
    return {"name": row.name, "part": part, "version": row.version}


def named(people: Mapping[str, queries.Colleague]) -> Pairs:
    """Give colleagues to choose from, each with their role."""
    return [
        (ref, _("%(name)s, %(role)s") % {"name": one.person.name, "role": one.role})
        for ref, one in people.items()
    ]


class Offer:
    """The schools and their parts in which a class is made, and what was chosen.

    Args:
        only: the school of a class that is there already.
    """

    def __init__(self, actor: Actor, only: Any = None) -> None:
        self._places = [only] if only else queries.places(actor)
        self._parts = {
            str(part.ref): part for place in self._places for part in queries.parts(place)
        }

    def places(self) -> Pairs:
        """Give the schools to choose from."""
        return [(str(place.ref), place.name) for place in self._places]

    def parts(self) -> Pairs:
        """Give the parts of the schools; with several schools, each with its own."""
        names = {place.pk: place.name for place in self._places}
        several = len(self._places) > 1
        return [
            (ref, f"{part.name} ({names[part.parent_id]})" if several else part.name)
            for ref, part in self._parts.items()
        ]

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the operation takes."""
        values = self.changed(given)
        wanted = values.pop("place", None)
        values["org"] = next(
            (one for one in self._places if str(one.ref) == wanted), self._places[0]
        )
        return values

    def changed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the operation takes of a class that is there already."""
        return {**given, "part": self._parts.get(given.get("part", ""))}


class PupilOffer:
    """The pupils who can be put into a class or group: of no class, or of one of the classes."""

    def __init__(self, actor: Actor, into: Any, query: Mapping[str, Any]) -> None:
        self.into = into
        self._today = actor.today
        self.without = queries.count_in_no_class(actor, into.org)
        lines = queries.lines(actor, into.org)
        self._classes = [
            one for one in lines if one.kind == GroupKind.CLASS and one.ref != into.ref
        ]
        asked = str(query.get("from", ""))
        line = next((one for one in self._classes if short(one.ref) == asked), None)
        if line is None and not asked and not self.without:
            line = next((one for one in self._classes if one.pupils), None)
        self._line = line
        origin = queries.group(actor, line.ref) if line else None
        self.rows = queries.pupils_to_put(actor, into, origin)

    @property
    def picks(self) -> list[Pick]:
        """Where pupils can come from."""
        address = reverse("school:put_pupils", args=[self.into.ref])
        nowhere = Pick(
            _("In no class"), f"{address}?from={queries.NOWHERE}", self._line is None, self.without
        )
        return [
            nowhere,
            *(
                Pick(one.name, f"{address}?from={short(one.ref)}", one == self._line, one.pupils)
                for one in self._classes
            ),
        ]

    def pupils(self) -> Pairs:
        """Give the pupils to tick; with the year group where no class tells it."""
        return [(str(row.ref), self._name(row)) for row in self.rows]

    def _name(self, row: Any) -> str:
        year = row.year_on(self._today)
        if self._line is not None or not year or year < 1:
            return str(row.register_name)
        return _("%(name)s, year %(year)s") % {"name": row.register_name, "year": year}

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the operation takes."""
        wanted = set(given["pupils"])
        return {**given, "pupils": [row for row in self.rows if str(row.ref) in wanted]}
