"""What the page of term dates shows: which school, which year, and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from opensenco.access.actor import Actor
from opensenco.cases import queries
from opensenco.cases.term_dates import Entry
from opensenco.kernel.dates import Span
from opensenco.kernel.errors import DomainError
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.school.termform import entries_of, values_of
from opensenco.ui.listing import Pick

#: how many years before and after this one are offered
BACK, AHEAD = 2, 1


@dataclass(frozen=True)
class Shown:
    """One school year of one school."""

    found: queries.TermYear
    places: list[Any]
    today_year: AcademicYear

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
        """What has been entered of it."""
        return self.found.entries

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
    places = queries.places_with_a_calendar(actor)
    place = next((one for one in places if short(one.ref) == query.get("school")), places[0])
    today_year = AcademicYear.of(actor.today)
    try:
        year = AcademicYear.parse(str(query.get("year", "")))
    except DomainError:
        year = today_year
    return Shown(queries.term_year(place, year), places, today_year)
