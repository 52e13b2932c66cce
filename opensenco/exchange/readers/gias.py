"""The national register of establishments (Get Information About Schools), read row by row.

The file is cp1252 or UTF-8, of any of the known layouts, found by column name. Nothing is padded,
guessed or cut: a row that does not fit its header is set aside with its line and a reason.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from opensenco.exchange.readers import gias_columns
from opensenco.exchange.readers.cells import tidy
from opensenco.exchange.readers.establishment import (
    Address,
    Coded,
    Establishment,
    Quarantined,
    SenPlaces,
    Standing,
)
from opensenco.exchange.readers.identifiers import read_postcode, read_ukprn, read_urn
from opensenco.exchange.readers.needs import read_need
from opensenco.exchange.readers.source import MEGABYTE, Source, examine
from opensenco.exchange.readers.table import HAS_NUL, Broken, Row, Shape, find_shape, records
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import FileRefused, Unreadable
from opensenco.kernel.words import Sentence, sentence

LARGEST = 300 * MEGABYTE
_STANDINGS = {
    "open": Standing.OPEN,
    "closed": Standing.CLOSED,
    "open, but proposed to close": Standing.CLOSING,
    "proposed to open": Standing.PROPOSED,
}
_DOES_NOT_APPLY = frozenset({"not applicable", "does not apply"})
_NURSERY = {"has nursery classes": True, "no nursery classes": False}
_SIXTH_FORM = {"has a sixth form": True, "does not have a sixth form": False}
_SECTION_41 = {"approved": True, "not approved": False}
_RESOURCED = {
    "resourced provision": (True, False),
    "sen unit": (False, True),
    "resourced provision and sen unit": (True, True),
    "not applicable": (False, False),
}
# An older layout packs several into one cell, and says of hospital schools what they are.
_PACKED = "~"
_NO_NEED = frozenset({"hospital school", *_DOES_NOT_APPLY})
_WEB = ("http://", "https://", "www.")

T = TypeVar("T")


class Register:
    """The rows of one file; iterate for them, as often as you like.

    `columns` is the number of columns of the layout; `source` says how the file is written.
    """

    def __init__(self, source: Source) -> None:
        """Reads the header. Raises FileRefused where it is not the register's."""
        self.source = source
        with source.open_text() as stream:
            shape = find_shape(stream, gias_columns.known_headings)
        if shape is None:
            raise gias_columns.not_the_register(", ".join(gias_columns.NEEDED))
        self._shape: Shape = shape
        with source.open_text() as stream:
            header = next(records(stream, shape), None)
        if not isinstance(header, Row):
            raise FileRefused(sentence("The headings of this file cannot be read."))
        self._places = gias_columns.columns(header.cells)
        self.columns = len(header.cells)

    def __iter__(self) -> Iterator[Establishment | Quarantined]:
        first_line: dict[str, int] = {}
        with self.source.open_text() as stream:
            rows = records(stream, self._shape, salvage=True)
            next(rows)
            for row in rows:
                read = self._read(row)
                if isinstance(read, Establishment):
                    earlier = first_line.setdefault(read.urn, read.line)
                    if earlier != read.line:
                        read = _quarantine(row, read.urn, _given_before(earlier))
                yield read

    def _read(self, row: Row | Broken) -> Establishment | Quarantined:
        urn = self._urn(row)
        if isinstance(row, Broken):
            return _quarantine(row, urn, row.reason)
        cells = _Cells(row.cells, self._places)
        if self.source.has_nul and any("\0" in cell for cell in row.cells):
            return _quarantine(row, urn, sentence(HAS_NUL))
        try:
            read_urn(cells.text(gias_columns.URN))
        except Unreadable as refusal:
            return _quarantine(row, "", refusal.wrong)
        standing = _STANDINGS.get(cells.text(gias_columns.STATUS).casefold())
        if standing is None:
            return _quarantine(row, urn, sentence("The status is not one that we know."))
        if not cells.text(gias_columns.NAME):
            return _quarantine(row, urn, sentence("The establishment has no name."))
        return _establishment(row.line, urn, standing, cells)

    def _urn(self, row: Row | Broken) -> str:
        place = self._places[gias_columns.URN]
        if place >= len(row.cells):
            return ""
        try:
            return read_urn(tidy(row.cells[place]))
        except Unreadable:
            return ""


def read_register(given: Path | bytes) -> Register:
    """The register in a file, or in the bytes of one.

    Iterating gives an Establishment or a Quarantined for each row, in the order of the file, and
    holds one row in memory at a time. Raises FileRefused where the file as a whole is not the
    register; a row raises nothing.
    """
    return Register(examine(given, LARGEST))


def _quarantine(row: Row | Broken, urn: str, reason: Sentence) -> Quarantined:
    last = row.last_line if isinstance(row, Broken) else row.line
    return Quarantined(row.line, last, urn, reason)


def _given_before(line: int) -> Sentence:
    return sentence("The URN stands on line {line} already.", line=line)


class _Cells:
    """The cells of one row by heading, and the headings whose value could not be read."""

    def __init__(self, cells: list[str], places: Mapping[str, int]) -> None:
        self._cells = cells
        self._places = places
        self.unread: list[str] = []

    def text(self, heading: str) -> str:
        """The tidied text; "" where the layout has no such column or the field does not apply."""
        text = self.whole(heading)
        return "" if text and text.casefold() in _DOES_NOT_APPLY else text

    def whole(self, heading: str) -> str:
        """The tidied text, even where it says that the field does not apply."""
        place = self._places.get(heading)
        cell = "" if place is None else self._cells[place]
        return tidy(cell) if cell else ""

    def read(self, heading: str, reader: Callable[[str], T]) -> T | None:
        """What `reader` makes of the text; None where there is none or it cannot be read."""
        text = self.text(heading)
        if not text:
            return None
        try:
            return reader(text)
        except (Unreadable, ValueError):
            self.unread.append(heading)
            return None

    def choice(self, heading: str, known: dict[str, bool]) -> bool | None:
        return self.read(heading, lambda text: _chosen(text, known))

    def coded(self, heading: str) -> Coded | None:
        code, name = self.text(f"{heading} (code)"), self.text(f"{heading} (name)")
        if not name and (not code or not code.strip("0")):
            return None
        # A name that does not apply leaves its code behind: 0, 00 or 9.
        if not name and self.whole(f"{heading} (name)"):
            return None
        return Coded(_plain_code(code), name)


def _establishment(line: int, urn: str, standing: Standing, cells: _Cells) -> Establishment:
    return Establishment(
        line=line,
        urn=urn,
        name=cells.text(gias_columns.NAME),
        standing=standing,
        la_code=cells.read(gias_columns.LA_CODE, _la_code) or "",
        la_name=cells.text("LA (name)"),
        establishment_number=cells.read("EstablishmentNumber", _establishment_number) or "",
        ukprn=cells.read("UKPRN", read_ukprn) or "",
        type=cells.coded("TypeOfEstablishment"),
        type_group=cells.coded("EstablishmentTypeGroup"),
        phase=cells.coded("PhaseOfEducation"),
        gender=cells.coded("Gender"),
        opened_on=cells.read("OpenDate", _date),
        closed_on=cells.read("CloseDate", _date),
        low_age=cells.read("StatutoryLowAge", _number),
        high_age=cells.read("StatutoryHighAge", _number),
        has_nursery=cells.choice("NurseryProvision (name)", _NURSERY),
        has_sixth_form=cells.choice("OfficialSixthForm (name)", _SIXTH_FORM),
        capacity=cells.read("SchoolCapacity", _number),
        pupils=cells.read("NumberOfPupils", _number),
        fsm_percent=cells.read("PercentageFSM", _percent),
        trust=cells.coded("Trusts"),
        federation=cells.coded("Federations"),
        address=_address(cells),
        website=cells.read("SchoolWebsite", _website) or "",
        phone=cells.text("TelephoneNum"),
        sen=_sen_places(cells),
        district=cells.coded("DistrictAdministrative"),
        easting=cells.read("Easting", _number),
        northing=cells.read("Northing", _number),
        changed_on=cells.read("LastChangedDate", _date),
        unread=tuple(cells.unread),
    )


def _address(cells: _Cells) -> Address:
    return Address(
        street=cells.text("Street"),
        locality=cells.text("Locality"),
        address3=cells.text("Address3"),
        town=cells.text("Town"),
        county=cells.text("County (name)"),
        postcode=cells.read("Postcode", read_postcode) or "",
    )


def _sen_places(cells: _Cells) -> SenPlaces:
    resourced, unit = _resourced(cells)
    return SenPlaces(
        types=_sen_types(cells),
        section_41=cells.choice("Section41Approved (name)", _SECTION_41),
        resourced_provision=resourced,
        resourced_on_roll=cells.read("ResourcedProvisionOnRoll", _number),
        resourced_capacity=cells.read("ResourcedProvisionCapacity", _number),
        unit=unit,
        unit_on_roll=cells.read("SenUnitOnRoll", _number),
        unit_capacity=cells.read("SenUnitCapacity", _number),
    )


@lru_cache(maxsize=8192)
def _date(text: str) -> date:
    return read_date(text)


@lru_cache(maxsize=256)
def _need(text: str) -> str:
    return read_need(text)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError("not a whole number")
    return int(text)


def _percent(text: str) -> Decimal:
    whole, _, part = text.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(text) > 6:
        raise ValueError("not a percentage")
    return Decimal(text)


def _la_code(text: str) -> str:
    if len(text) > 3:
        raise ValueError("not the code of an authority")
    return f"{_number(text):03d}"


def _establishment_number(text: str) -> str:
    if len(text) > 4:
        raise ValueError("not the number of an establishment")
    return f"{_number(text):04d}"


def _plain_code(code: str) -> str:
    return code.lstrip("0") or "0" if code.isdigit() else code


def _website(text: str) -> str:
    """An address that may become a link: never one of another kind, such as javascript."""
    if " " in text or (":" in text and not text.casefold().startswith(_WEB)):
        raise ValueError("not a web address")
    return text


def _chosen(text: str, known: dict[str, bool]) -> bool:
    if text.casefold() not in known:
        raise ValueError("not one of the values of this field")
    return known[text.casefold()]


def _resourced(cells: _Cells) -> tuple[bool | None, bool | None]:
    heading = "TypeOfResourcedProvision (name)"
    text = cells.whole(heading).casefold()
    if text and text not in _RESOURCED:
        cells.unread.append(heading)
    return _RESOURCED.get(text, (None, None))


def _sen_types(cells: _Cells) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for heading in gias_columns.SEN_TYPES:
        packed = cells.text(heading)
        for text in packed.split(_PACKED) if packed else ():
            if not text.strip() or text.strip().casefold() in _NO_NEED:
                continue
            try:
                found[_need(text.strip())] = None
            except Unreadable:
                cells.unread.append(heading)
    return tuple(found)
