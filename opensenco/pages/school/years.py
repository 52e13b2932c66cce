"""What the page of term dates shows: which school, which year, and what it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actor import Actor
from opensenco.cases import term_years
from opensenco.cases.operations.everyday import PUBLISHING
from opensenco.cases.published import Published, moved_since, published_for
from opensenco.cases.term_dates import ENTERED, Entry, Moved, with_moves
from opensenco.kernel.dates import Span
from opensenco.kernel.errors import DomainError
from opensenco.kernel.refs import short
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.school.termform import entries_of, values_of
from opensenco.ui.listing import Pick

#: how many years before and after this one are offered
BACK, AHEAD = 2, 1
#: what days are called where they are told of one by one
NAMES: dict[DayKind, Promise] = {
    DayKind.TERM: _("Term"),
    DayKind.HALF_TERM: _("Half-term"),
    DayKind.INSET: _("Training day"),
    DayKind.CLOSED: _("Closed"),
}


@dataclass(frozen=True)
class Shown:
    """One school year of one school."""

    found: term_years.TermYear
    places: list[Any]
    today_year: AcademicYear
    #: the year as those above have published it, and what they changed since ours was entered
    offers: list[Published] = field(default_factory=list)
    differences: list[tuple[Published, list[Moved]]] = field(default_factory=list)
    #: what the form begins with in place of what was entered: the days of one of those
    taken: list[Entry] | None = None

    @property
    def place(self) -> Any:
        """The school whose year this is."""
        return self.found.org

    @property
    def year(self) -> AcademicYear:
        """The academic year."""
        return self.found.year

    @property
    def entries(self) -> list[Entry]:
        """What the form begins with: what was entered, or what is taken over from above."""
        return self.found.entries if self.taken is None else self.taken

    @property
    def publishes(self) -> bool:
        """Whether settings below begin from these days."""
        return self.place.kind in PUBLISHING

    def start_url(self, one: Published) -> str:
        """Where the form begins with the days of an authority or trust."""
        return f"{self.address}&{urlencode({'start': short(one.by.ref)})}"

    def take_url(self, one: Published) -> str:
        """Where the form begins with our days and what an authority or trust has changed."""
        return f"{self.address}&{urlencode({'take': short(one.by.ref)})}"

    @property
    def values(self) -> dict[str, Any]:
        """What the form begins with."""
        row = self.found.row
        return values_of(self.entries, row.version if row else 0)

    @property
    def address(self) -> str:
        """Where this year of this school is."""
        return self._address(self.place, self.year)

    @property
    def by_place(self) -> list[Pick]:
        """The schools of a hat with several."""
        return [
            Pick(one.name, self._address(one, self.year), one == self.place) for one in self.places
        ]

    @property
    def by_year(self) -> list[Pick]:
        """The years that can be chosen: round today, and every year that was entered."""
        here = self.today_year.starts
        starts = {*range(here - BACK, here + AHEAD + 1), self.year.starts, *self.found.entered}
        return [
            Pick(str(year), self._address(self.place, year), year == self.year)
            for year in map(AcademicYear, sorted(starts))
        ]

    @cached_property
    def school_days(self) -> int | None:
        """How many school days the year has; None where that cannot be said."""
        terms = self.found.calendar.terms
        if not terms:
            return None
        try:
            return self.found.calendar.school_days_in(Span(terms[0].first, terms[-1].last))
        except DomainError:
            return None

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what was typed as the operation takes it, with what the page does not ask for."""
        entries = [*entries_of(given), *self.found.others]
        return {"entries": entries, "version": given["version"]}

    def _address(self, place: Any, year: AcademicYear) -> str:
        asked: dict[str, Any] = {"school": short(place.ref)} if len(self.places) > 1 else {}
        asked["year"] = year.starts
        return f"{reverse('school:calendar')}?{urlencode(asked)}"


def shown(actor: Actor, query: Mapping[str, Any]) -> Shown:
    """Gather the year that an address asks for, else this year of the first school."""
    places = term_years.places_with_a_calendar(actor)
    place = next((one for one in places if short(one.ref) == query.get("school")), places[0])
    today_year = AcademicYear.of(actor.today)
    try:
        year = AcademicYear.parse(str(query.get("year", "")))
    except DomainError:
        year = today_year
    found = term_years.term_year(place, year)
    offers = [one for one in published_for(place, actor.today) if one.year == year]
    entered = found.row.at if found.row else None
    differing = [(one, moved_since(one, found.entries, entered)) for one in offers]
    differing = [pair for pair in differing if pair[1]]
    return Shown(
        found, places, today_year, offers, differing, _taken(query, found, offers, differing)
    )


def _taken(
    query: Mapping[str, Any],
    found: term_years.TermYear,
    offers: Sequence[Published],
    differing: Sequence[tuple[Published, list[Moved]]],
) -> list[Entry] | None:
    """Give what the form begins with where an address asks for another's days."""
    for one in offers:
        if query.get("start") == short(one.by.ref):
            return [row for row in one.entries if row.kind in ENTERED]
    for one, moves in differing:
        if query.get("take") == short(one.by.ref):
            return with_moves(found.entries, moves)
    return None
