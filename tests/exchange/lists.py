"""Small pupil lists for tests, as a school's system writes them."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.imports import Reading, stage_file
from opensenco.exchange.states import ImportKind
from opensenco.people.queries import place

HEADER = ("UPN", "Legal Surname", "Legal Forename", "DOB", "Sex", "Reg", "Year", "House")
#: those who are at Larkrise already, as its list has them
IDRIS = ("", "Hassan-Cole", "Idris", "04/05/2018", "M", "4R", "4", "Red")
GRACE = ("", "Atherton", "Grace", "12/09/2018", "F", "4R", "4", "Red")
POPPY = ("", "Wren", "Poppy", "29/02/2020", "F", "2P", "2", "Blue")
#: and one who is not
NOOR = ("T891999922005", "Cloverdale", "Noor", "02/01/2018", "F", "4S", "4", "Red")


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    """Give a row with some cells changed, by heading in lower case: `changed(NOOR, year="5")`."""
    places = {heading.casefold().replace(" ", "_"): n for n, heading in enumerate(HEADER)}
    new = list(row)
    for name, text in cells.items():
        new[places[name]] = text
    return tuple(new)


def csv_of(rows: Iterable[Iterable[str]], header: Iterable[str] = HEADER) -> bytes:
    """Write rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def staged(actor: Actor, *rows: Iterable[str], **how: Any) -> FileImport:
    """Read a list in, as this person, at the only setting of their hat."""
    header = how.pop("header", HEADER)
    return stage_file(
        actor=actor,
        org=place(actor),
        kind=how.pop("kind", ImportKind.PUPILS),
        file_name=how.pop("file_name", "pupils.csv"),
        content=how.pop("content", None) or csv_of(rows, header),
        reading=Reading(**how),
    )


def rows_of(file_import: FileImport) -> list[ImportRow]:
    """Give the rows of a file in order."""
    return list(ImportRow.objects.filter(file=file_import).order_by("line", "part"))


def line(file_import: FileImport, number: int) -> ImportRow:
    """Give one row of a file by its line; the first under the headings is line 2."""
    return ImportRow.objects.get(file=file_import, line=number)
