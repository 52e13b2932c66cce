"""What a pupil list becomes: a row for each pupil, a refusal for each row that is none.

All values are plain and comparable, so that `compare.changes` finds what differs from the record.
Nothing personal shows in a representation: it may end in a log.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from opensenco.exchange.readers import one_row
from opensenco.exchange.readers.languages import Language
from opensenco.exchange.readers.needs import Need
from opensenco.exchange.readers.one_row import Refused
from opensenco.exchange.readers.pupil_columns import PupilField
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import Note

__all__ = ["Layout", "PupilRow", "Reader", "Refused", "Rules"]
#: reads a cell as it was written
Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True, repr=False)
class PupilRow:
    """A pupil as the list has them. "" and None where the cell is blank or there is no column.

    `sen_status` is N, K or E; `sen_history` the withdrawn A, P or S that stood there instead.
    `lines` are all lines that were joined to this row (a list may have one line for each need).
    `more` is what columns of one place alone say, by their code.
    """

    line: int
    surname: str
    forename: str
    birth_date: date
    upn: str = ""
    upn_temporary: bool = False
    former_upn: str = ""
    admission_number: str = ""
    mis_id: str = ""
    middle_names: str = ""
    preferred_surname: str = ""
    preferred_forename: str = ""
    sex: str = ""
    year_group: str = ""
    registration_group: str = ""
    enrolment: str = ""
    entry_date: date | None = None
    leaving_date: date | None = None
    sen_status: str = ""
    sen_history: str = ""
    sen_since: date | None = None
    needs: tuple[Need, ...] = ()
    sen_unit: bool | None = None
    resourced_provision: bool | None = None
    free_school_meals: bool | None = None
    fsm_ever_6: bool | None = None
    pupil_premium: bool | None = None
    eal: bool | None = None
    home_language: Language | None = None
    more: tuple[tuple[str, Any], ...] = ()
    notes: tuple[Note, ...] = ()
    lines: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"PupilRow(line={self.line})"

    def values(self, columns: frozenset[PupilField]) -> dict[str, object]:
        """The facts of the fields that the file has columns for, for `compare.changes`."""
        names = {name for column in columns for name in _NAMES.get(column, (column.value,))}
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name in names}


# Fields of a row that come from a column of another name.
_NAMES = {
    PupilField.UPN: ("upn", "upn_temporary"),
    PupilField.FULL_NAME: ("surname", "forename"),
    PupilField.SEN_STATUS: ("sen_status", "sen_history"),
    PupilField.NEED: ("needs",),
    PupilField.NEED_RANK: ("needs",),
}


@dataclass(frozen=True, slots=True)
class Layout(one_row.Layout):
    """The layout of a pupil list.

    `need_ranks` is the rank that a need column's heading gives, by column, 0 where it gives none.
    """

    need_ranks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the person who imports has said about the file, and the day it is read on.

    `more` reads the cells of columns of one place alone, by their code.
    """

    today: date
    blank_sen_is_none: bool = False
    name_order: NameOrder = NameOrder.SURNAME_COMMA
    more: Mapping[str, Reader] = field(default_factory=dict)
