"""The questions that reports ask of the record, by their names.

Each is answered for one place, within the rights of whoever draws the report, as a table in which
every number is hidden that could name a child. How many questions each asks of the database does
not hang on how many pupils there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.kernel.small_numbers import Guarded, Tables
from opensenco.reports.document import Table


@dataclass(frozen=True)
class Asking:
    """Who asks, of which place, and from which day on what happened counts."""

    actor: Actor
    org: Organisation
    since: date

    @cached_property
    def register(self) -> "Register":
        """The register of today, asked once however many parts show it."""
        from opensenco.reports.questions import register

        return register.counted(self)


@dataclass(frozen=True)
class Register:
    """The pupils of the register counted three ways, guarded as one: by status, area and year."""

    statuses: tuple[str, ...]
    areas: tuple[object, ...]
    years: tuple[int | None, ...]
    tables: Tables

    def of_status(self, status: str) -> Guarded:
        """Give how many have a status, as it is shown."""
        return self.tables.tables[0][self.statuses.index(status)]


Question = Callable[[Asking], Table]


def questions() -> Mapping[str, Question]:
    """Give every question by its name, as the files of kinds use it."""
    from opensenco.reports.questions import access, aims, money, register, work

    files = (register, work, money, access, aims)
    return {name: asked for file in files for name, asked in file.QUESTIONS.items()}
