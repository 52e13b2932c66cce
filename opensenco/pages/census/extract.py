"""The SEN items of a census as a file, by the names of the common basic data set.

The return itself is made from the school's own system; this file is to compare with it or to enter
from. Items that this record does not hold stay empty, and what a collection does not ask for is
left out.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from opensenco.exchange.out import Cell, Table
from opensenco.pages.census import words
from opensenco.people.states import Sex
from opensenco.support.queries.census import CensusLine, CensusList

#: years before year 1 as the census writes them; of two codes for one number neither is chosen
_YEARS = {0: "R", -1: "N2", -2: "N1"}
#: returns take the first two types of need; there are columns for more where a pupil has more
_FEWEST_NEEDS = 2


class Which(StrEnum):
    """Whom the file holds."""

    CLEAN = "clean"
    ALL = "all"

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "Which | None":
        """Give which of them an address asks for, None where it wants the check list."""
        wanted = query.get("extract", "")
        return cls(wanted) if wanted in set(cls) else None


def table(found: CensusList, which: Which) -> Table:
    """Give one row for each pupil: those without errors, or all with what is wrong beside them."""
    lines = [line for line in found.lines if which is Which.ALL or not line.errors]
    lines.sort(key=lambda line: (line.pupil.sort_key, line.pupil.pk))
    collects = found.census.collects_needs
    ranks = max([_FEWEST_NEEDS, *(need.rank for line in lines for need in line.needs)])
    heads = [
        "UPN", "Surname", "Forename", "DOB", "Sex", "NCyearActual", "EntryDate", "SENprovision",
    ]  # fmt: skip
    if collects:
        heads += [f"SENtype{rank}" for rank in range(1, ranks + 1)]
        heads += ["SENunitIndicator", "ResourcedProvisionIndicator"]
    if which is Which.ALL:
        heads.append(_("What is wrong"))
    rows = [
        [
            *_person(line, found.census.day),
            line.status,
            *([*_needs(line, ranks), None, None] if collects else []),
            *([words.all_wrong(line)] if which is Which.ALL else []),
        ]
        for line in lines
    ]
    return Table(f"{found.census.day.isoformat()} SEN", heads, rows)


def _person(line: CensusLine, day: date) -> list[Cell]:
    pupil = line.pupil
    year = pupil.year_on(day)
    follows = _YEARS.get(year, str(year) if year > 0 else "") if year is not None else ""
    return [
        pupil.upn, pupil.last_name, pupil.first_name, pupil.birth_date,
        pupil.sex if pupil.sex != Sex.UNKNOWN else "", follows, pupil.joined_on,
    ]  # fmt: skip


def _needs(line: CensusLine, ranks: int) -> list[Cell]:
    by_rank = {need.rank: need.code for need in line.needs}
    return [by_rank.get(rank) for rank in range(1, ranks + 1)]
