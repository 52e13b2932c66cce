"""What a row of a pupil list says of a pupil, in the terms of our record.

A value that the file does not give is not there at all: a missing column and an empty cell change
nothing in the record.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from opensenco.exchange.readers.any_list import Item
from opensenco.exchange.readers.languages import NO_LANGUAGE
from opensenco.exchange.readers.pupil import PupilRow
from opensenco.exchange.readers.pupil_columns import PupilField
from opensenco.exchange.readers.words import Note
from opensenco.kernel.words import sentence
from opensenco.law.codes.sen import NO_SPECIALIST_ASSESSMENT
from opensenco.support.operations.needs import MOST_NEEDS
from opensenco.support.states import Status

#: a pupil's own details, which `change_pupil` changes; then the class; then SEN
DETAILS = (
    "last_name", "first_name", "known_as", "birth_date", "upn", "sex", "year_group",
    "joined_on", "left_on", "home_language",
)  # fmt: skip
GROUP = "group"
#: what ends with a last day that the list gives: shown beside it, and done by itself
PLACES, PROMISES = "ends_places", "ends_promises"
SEN = ("sen_status", "needs")
#: help to find the pupil, or to date the status; nothing of them is kept by itself
ASIDE = ("former_upn", "sen_since")
DATES = frozenset({"birth_date", "joined_on", "left_on", "sen_since"})
LABELS = {
    "last_name": gettext_lazy("Surname"),
    "first_name": gettext_lazy("First name"),
    "known_as": gettext_lazy("Known as"),
    "birth_date": gettext_lazy("Date of birth"),
    "upn": gettext_lazy("Unique pupil number"),
    "sex": gettext_lazy("Sex"),
    "year_group": gettext_lazy("Year group"),
    "joined_on": gettext_lazy("Joined"),
    "left_on": gettext_lazy("Left"),
    "home_language": gettext_lazy("Language at home"),
    GROUP: gettext_lazy("Class"),
    PLACES: gettext_lazy("Ends with the last day"),
    PROMISES: gettext_lazy("Promises that end with it"),
    "sen_status": gettext_lazy("SEN status"),
    "needs": gettext_lazy("Needs, the greatest first"),
}
#: columns that bring something; all others are left out, and said to be
TAKEN = frozenset(
    {
        PupilField.SURNAME,
        PupilField.FORENAME,
        PupilField.FULL_NAME,
        PupilField.PREFERRED_FORENAME,
        PupilField.BIRTH_DATE,
        PupilField.UPN,
        PupilField.FORMER_UPN,
        PupilField.SEX,
        PupilField.YEAR_GROUP,
        PupilField.REGISTRATION_GROUP,
        PupilField.ENTRY_DATE,
        PupilField.LEAVING_DATE,
        PupilField.HOME_LANGUAGE,
    }
)
TAKEN_FOR_SEN = frozenset(
    {PupilField.SEN_STATUS, PupilField.SEN_SINCE, PupilField.NEED, PupilField.NEED_RANK}
)
# Years before reception have codes in the census and numbers here.
_YEARS = {"R": 0, "N2": -1, "N1": -2, "E2": -3, "E1": -3}


def said_of(row: PupilRow, *, sen: bool) -> Item:
    """Give what a row says that we keep.

    Args:
        sen: take SEN status and needs too.
    """
    notes = list(row.notes)
    values: dict[str, Any] = {
        "last_name": row.surname,
        "first_name": row.forename,
        "birth_date": row.birth_date.isoformat(),
        "upn": row.upn,
        "former_upn": row.former_upn,
        "sex": row.sex,
        "year_group": _year(row.year_group),
        GROUP: row.registration_group,
        "home_language": _language(row),
        **_stay(row, notes),
    }
    if sen:
        values |= _sen(row, notes)
    values |= row.more
    given = {name: value for name, value in values.items() if value not in ("", None, [])}
    if row.preferred_forename:
        # A preferred name that is the first name says that there is no other.
        other = row.preferred_forename != row.forename
        given["known_as"] = row.preferred_forename if other else ""
    return Item(row.line, given, tuple(notes))


def _year(code: str) -> int | None:
    return int(code) if code.isdigit() else _YEARS.get(code)


def _language(row: PupilRow) -> str:
    language = row.home_language
    return "" if language is None or language.code in NO_LANGUAGE else language.name


def _stay(row: PupilRow, notes: list[Note]) -> dict[str, str]:
    joined, left = row.entry_date, row.leaving_date
    if joined and left and left < joined:
        notes.append(Note("", sentence("The date of leaving is before the date of entry.")))
        return {}
    return {
        "joined_on": joined.isoformat() if joined else "",
        "left_on": left.isoformat() if left else "",
    }


def _sen(row: PupilRow, notes: list[Note]) -> dict[str, Any]:
    codes = [need.code for need in row.needs]
    if row.sen_status == Status.NO_SEN:
        codes = []
    if row.sen_status == Status.EHC_PLAN and NO_SPECIALIST_ASSESSMENT in codes:
        notes.append(
            Note("", sentence("NSA does not go with an EHC plan. The needs were left out."))
        )
        codes = []
    if len(codes) > MOST_NEEDS:
        notes.append(
            Note("", sentence("Of these needs the first {count} are taken.", count=MOST_NEEDS))
        )
        codes = codes[:MOST_NEEDS]
    since = row.sen_since.isoformat() if row.sen_since else ""
    return {"sen_status": row.sen_status, "sen_since": since, "needs": codes}


def as_python(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give stored values as operations take them: dates are dates."""
    return {
        name: date.fromisoformat(value) if name in DATES and value else value
        for name, value in values.items()
    }
