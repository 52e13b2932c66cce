"""What the page of the school census shows, read from its address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import explain
from opensenco.exchange.out import Table
from opensenco.kernel.refs import short
from opensenco.law.rules import get
from opensenco.law.timetables.census_days import Collection
from opensenco.pages.census import words
from opensenco.pages.census.extract import Which
from opensenco.people import staffing
from opensenco.support.queries.census import Census, CensusLine, CensusList, census_list, censuses
from opensenco.ui.listing import Column, Listing, Pick, file_picks
from opensenco.ui.words import day

#: views of the list by their names in the address, the usual one without a name
_CHOSEN: dict[str, Callable[[CensusLine], bool]] = {
    "": lambda line: line.listed,
    "errors": lambda line: line.errors,
    "warnings": lambda line: bool(line.found) and not line.errors,
    "changed": lambda line: bool(line.changed),
    "all": lambda line: True,
}


@dataclass(frozen=True)
class Shown:
    """The census of one school as its address asks for it."""

    actor: Actor
    found: CensusList
    every: list[Census]
    places: list[Any]
    place: Any
    view: str
    query: Mapping[str, str]

    @property
    def census(self) -> Census:
        """Which census it is."""
        return self.found.census

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many pupils there are of each kind."""
        return self.found.counts()

    @cached_property
    def lines(self) -> list[CensusLine]:
        """The pupils of the chosen view."""
        return [line for line in self.found.lines if _CHOSEN[self.view](line)]

    @cached_property
    def listing(self) -> Listing:
        """The page of the list."""
        return Listing(self.query, (), len(self.lines))

    @property
    def rows(self) -> list[tuple[CensusLine, list[words.Wrong]]]:
        """The pupils of this page, each with what is wrong."""
        mending = words.Mending(self.actor)
        page = self.lines[self.listing.start : self.listing.stop]
        return [(line, mending.of(line)) for line in page]

    @property
    def columns(self) -> list[Column]:
        """The heads of the table."""
        return [
            Column(_("Pupil")),
            Column(_("SEN provision")),
            Column(_("Types of need, ranked")),
            Column(_("Since")),
            Column(_("What is wrong")),
            Column(_("Since the census before")),
        ]

    @property
    def title(self) -> str:
        """Which census, in words: "Spring school census"."""
        return explain.title(self.census.due)

    @property
    def why(self) -> list[tuple[str, str]]:
        """Why the day is what it is."""
        return explain.why(self.census.due)

    @property
    def imports(self) -> bool:
        """Whether this person can lay the school's own list beside this one."""
        return self.actor.can_somewhere(Action.IMPORT_PUPILS)

    @property
    def money(self) -> str:
        """That the census does not fund."""
        return _(get("IDN-10").text)

    @property
    def days(self) -> list[Pick]:
        """The censuses to choose from."""
        names = {
            Collection.AUTUMN: _("Autumn"),
            Collection.SPRING: _("Spring"),
            Collection.SUMMER: _("Summer"),
        }
        return [
            Pick(
                f"{names[one.collection]}, {day(one.day)}",
                self._url(census=one.day.isoformat()),
                one == self.census,
            )
            for one in self.every
        ]

    @property
    def by_place(self) -> list[Pick]:
        """The schools of a hat with several."""
        return [
            Pick(one.name, self._url(school=short(one.ref)), one == self.place)
            for one in self.places
        ]

    @property
    def views(self) -> list[Pick]:
        """The views with their counts."""
        names = {
            "": (_("SEN, or something to look at"), "listed"),
            "errors": (_("Errors"), "errors"),
            "warnings": (_("To look at"), "warnings"),
            "changed": (_("Changed since the census before"), "changed"),
            "all": (_("Everybody on roll"), "all"),
        }
        return [
            Pick(label, self._url(view=view), view == self.view, self.counts[key])
            for view, (label, key) in names.items()
        ]

    @property
    def extracts(self) -> list[tuple[str, list[Pick]]]:
        """The files of the items: whom each holds, and its two kinds."""
        every, errors = self.counts["all"], self.counts["errors"]
        named = [
            (_("pupils without errors, %(num)s") % {"num": every - errors}, Which.CLEAN),
            (_("everybody on roll with what is wrong, %(num)s") % {"num": every}, Which.ALL),
        ]
        asked = {name: text for name, text in self.query.items() if name in ("census", "school")}
        return [(label, file_picks({**asked, "extract": which})) for label, which in named]

    @property
    def wanted(self) -> str:
        """What was asked for, for the log of looks."""
        return f"{self.file_name()} {self.view}".strip()

    def file_name(self, which: Which | None = None) -> str:
        """Give the name of a file: what it is and of which census; of several schools, of which."""
        kind = "extract" if which else "check"
        school = f"-{self.place.urn}" if len(self.places) > 1 and self.place.urn else ""
        return f"census-sen-{kind}-{self.census.day.isoformat()}{school}"

    def _url(self, **changes: str) -> str:
        kept = {n: self.query.get(n, "") for n in ("census", "school", "view")} | changes
        return f"{reverse('census:list')}?{urlencode({n: v for n, v in kept.items() if v})}"


def census(actor: Actor, query: Mapping[str, str]) -> Shown:
    """Gather the census that an address asks for, else the next one, of a school of this hat."""
    places = staffing.places(actor)
    place = next((one for one in places if short(one.ref) == query.get("school")), places[0])
    every = censuses(actor.today)
    coming = next(one for one in every if one.day >= actor.today)
    chosen = next((one for one in every if one.day == _day(query.get("census", ""))), coming)
    view = query.get("view", "")
    return Shown(
        actor, census_list(actor, place, chosen), every, places, place,
        view if view in _CHOSEN else "", {name: query[name] for name in query},
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def table(shown: Shown) -> Table:
    """Give the check list as it goes into a file."""
    heads = [
        _("Pupil"), _("Class"), "UPN", _("SEN provision"), _("Types of need, ranked"), _("Since"),
        _("What is wrong"), _("Since the census before"),
    ]  # fmt: skip
    rows = [
        (
            line.pupil.register_name, getattr(line.pupil, "class_name", ""), line.pupil.upn,
            line.status, words.needs_ranked(line), line.since, words.all_wrong(line),
            words.all_changed(line),
        )
        for line in shown.lines
    ]  # fmt: skip
    return Table(_("School census"), heads, rows)
