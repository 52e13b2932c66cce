"""Values of cells: dates, names, yes and no, years at school.

Each reader takes a tidied, non-empty text and gives the value, or raises Unreadable with what is
wrong and how to mend it. Sentences never repeat what the cell held.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.dates import without_weekday
from opensenco.kernel.words import MONTHS, mark, sentence

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}}|[A-Za-z]{{3,9}})[-/.](\d{{1,2}}){_TIME}", re.A)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}", re.A)
_DAY_WORD = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]?([A-Za-z]{3,9})\.?,?[-/. ]?"
    rf"(\d{{4}}|\d{{2}}){_TIME}",
    re.A,
)
_SERIAL = re.compile(r"\d{4,6}(\.\d+)?", re.A)
_POINT_ZERO = re.compile(r"\.0+$")
_TWO_DIGIT_CENTURY = 2000

#: how people are addressed; no part of a name
ADDRESSED = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "sir", "dame"]
)
WRITE_DATE = mark("Write the date as day, month, year, like 03/09/2016.")
_YES = frozenset({"y", "yes", "true", "t", "1", "✓", "✔", "☑"})
_NO = frozenset({"n", "no", "false", "f", "0"})
_SEXES = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"}
_EARLY = {
    "r": "R",
    "rec": "R",
    "reception": "R",
    "0": "R",
    "n1": "N1",
    "nursery1": "N1",
    "n2": "N2",
    "nursery2": "N2",
    "e1": "E1",
    "e2": "E2",
    "m": "M",
    "x": "X",
}
_LAST_YEAR = 14
LONGEST_NAME = 100


class NameOrder(StrEnum):
    """How a column with whole names is written."""

    SURNAME_COMMA = "surname-comma"
    FORENAME_FIRST = "forename-first"


def read_date(text: str) -> date:
    """A date in any usual British or international form, with or without a time of day.

    2016-09-03, 03/09/2016, 3.9.2016, 3 Sep 2016, Saturday 3rd September 2016,
    2016-Sep-03 00:00:00. A year of two digits is of this century. The month never comes first.
    Whether the day of the week fits is asked by `kernel.dates.other_weekday`.
    """
    _weekday, text = without_weekday(text)
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(found[3], found[2], found[1])
    if found := _DAY_FIRST.fullmatch(text):
        if _month_first(found):
            raise Unreadable(
                sentence("The date seems to have the month before the day."), sentence(WRITE_DATE)
            )
        return _date(found[1], found[2], found[3])
    if found := _DAY_WORD.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if _SERIAL.fullmatch(text):
        raise Unreadable(
            sentence("This is a spreadsheet's number for a date, not a date."),
            sentence("Format the column as a date in the spreadsheet and save it as CSV again."),
        )
    raise Unreadable(sentence("This is not a date."), sentence(WRITE_DATE))


def written_month_first(texts: Iterable[str]) -> bool:
    """Whether a column of dates is written with the month before the day.

    It is where some date could only be read so and none could only be read day first. One slip
    among dates that begin with days above 12 is that row's fault, not the column's.
    """
    month_first = False
    for text in texts:
        found = _DAY_FIRST.fullmatch(text)
        if found and int(found[1]) > 12:
            return False
        month_first = month_first or (found is not None and _month_first(found))
    return month_first


def _month_first(found: re.Match[str]) -> bool:
    return int(found[2]) > 12 and 1 <= int(found[1]) <= 12


def _date(day: str, month: str, year: str) -> date:
    number = int(year) + (_TWO_DIGIT_CENTURY if len(year) == 2 else 0)
    try:
        return date(number, _month(month), int(day))
    except ValueError:
        raise Unreadable(sentence("There is no such day."), sentence(WRITE_DATE)) from None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    start = "sep" if text.casefold() == "sept" else text.casefold()
    return next((n for n in range(1, 13) if MONTHS[n].casefold().startswith(start)), 0)


def read_yes_no(text: str) -> bool:
    """Yes or no as systems write it: Y, Yes, True, T, 1, a tick; N, No, False, F, 0."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(sentence("This is not yes or no."), sentence("Write Yes or No."))


def read_sex(text: str) -> str:
    """The census code: M or F."""
    found = _SEXES.get(text.casefold())
    if found is None:
        raise Unreadable(sentence("The sex is not M or F."), sentence("Write M or F."))
    return found


def read_year_group(text: str) -> str:
    """The census code of the year a pupil follows: E1, E2, N1, N2, R, 1 to 14, M mixed, X none."""
    word = _without_year(folded(_POINT_ZERO.sub("", text)))
    if word.replace(" ", "") in _EARLY:
        return _EARLY[word.replace(" ", "")]
    number = re.fullmatch(r"0?(\d{1,2})", word, re.A)
    if number and 1 <= int(number[1]) <= _LAST_YEAR:
        return str(int(number[1]))
    raise Unreadable(
        sentence("The year group is not one that we know."),
        sentence("Write R, N1, N2 or a number from 1 to 14."),
    )


def _without_year(text: str) -> str:
    for start in ("nc year", "ncyear", "ncy", "year group", "year", "yr"):
        if text.startswith(start):
            return text.removeprefix(start).strip() or text
    return re.sub(r"^y ?(?=\d|r$)", "", text)


def read_name(text: str) -> str:
    """A name or part of one: at least one letter, at most 100 characters."""
    if len(text) > LONGEST_NAME:
        raise Unreadable(
            sentence("The name is longer than {limit} characters.", limit=LONGEST_NAME),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    if not any(char.isalpha() for char in text):
        raise Unreadable(
            sentence("The name has no letters in it."),
            sentence("Write the name, or check that the row is not shifted."),
        )
    return text


def _without_title(text: str) -> str:
    """A name without "Mrs" or "Dr" before it, where two words are left."""
    title, _, rest = text.strip().partition(" ")
    is_one = title.casefold().rstrip(".") in ADDRESSED and " " in rest.strip()
    return rest.strip() if is_one else text


def split_name(text: str, order: NameOrder = NameOrder.SURNAME_COMMA) -> tuple[str, str]:
    """Surname and forename of a whole name.

    "Okafor, Ada" is always clear. Without a comma it is split only where the person who imports
    has said that forenames come first: the last word is then the surname.
    """
    if text.count(",") == 1:
        surname, forename = (part.strip() for part in text.split(","))
    elif order is NameOrder.FORENAME_FIRST and "," not in text:
        forename, _, surname = _without_title(text).rpartition(" ")
    else:
        surname = forename = ""
    if not surname or not forename:
        raise Unreadable(
            sentence("We cannot tell the surname from the first name."),
            sentence(
                "Write the surname first and a comma after it, or say on the page of columns that "
                "the surname comes last."
            ),
        )
    return read_name(surname), read_name(forename)
