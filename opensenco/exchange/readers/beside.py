"""The three files that stand beside the national register: links, groups and their members.

Read like the register itself: columns by name, cp1252 or UTF-8, one row in memory at a time, a row
that does not fit set aside with its line and a reason. Names of heads of groups are not read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from opensenco.exchange.readers.cells import tidy
from opensenco.exchange.readers.establishment import Quarantined
from opensenco.exchange.readers.identifiers import read_identifier, read_postcode, read_urn
from opensenco.exchange.readers.source import MEGABYTE, Source, examine
from opensenco.exchange.readers.table import HAS_NUL, Broken, Row, Shape, find_shape, records
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import FileRefused, Unreadable
from opensenco.kernel.words import Sentence, mark, sentence

LARGEST = 300 * MEGABYTE
LONGEST_NAME = 200
_LONGEST_CODE = 20


@dataclass(frozen=True, slots=True)
class Link:
    """Two establishments of which one follows, holds or became part of the other.

    `kind` is the register's own word for what `other_urn` is to `urn`: "Successor - merged".
    """

    line: int
    urn: str
    other_urn: str
    other_name: str
    kind: str
    since: date | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one link from another."""
        return self.urn, self.other_urn, self.kind


@dataclass(frozen=True, slots=True)
class Group:
    """A trust, federation, sponsor or group of children's centres."""

    line: int
    uid: str
    group_id: str
    name: str
    type_code: str
    type_name: str
    status: str
    opened_on: date | None
    closed_on: date | None
    company_number: str
    ukprn: str
    town: str
    postcode: str

    @property
    def key(self) -> str:
        """What tells one group from another."""
        return self.uid


@dataclass(frozen=True, slots=True)
class Member:
    """An establishment in a group, from a day where the file says since when."""

    line: int
    urn: str
    uid: str
    group_name: str
    type_code: str
    type_name: str
    joined_on: date | None
    left_on: date | None

    @property
    def key(self) -> tuple[str, str, date | None]:
        """What tells one span of membership from another."""
        return self.uid, self.urn, self.joined_on


Thing = TypeVar("Thing", Link, Group, Member)


@dataclass(frozen=True, slots=True)
class Kind(Generic[Thing]):
    """One of the three files: the headings it needs, those read besides, and how a row is read.

    A heading may have others under which it stands in some copies, divided by "|".
    """

    needed: tuple[str, ...]
    besides: tuple[str, ...]
    read: "Callable[[Cells], Thing]"
    not_this: str
    twice: str

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is read."""
        return (*self.needed, *self.besides)


class Cells:
    """The cells of one row by heading."""

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self.line = row.line
        self._cells = row.cells
        self._places = places

    def text(self, heading: str, limit: int = LONGEST_NAME) -> str:
        """The tidied text, "" where the file lacks the column. Raises Unreadable if too long."""
        place = self._places.get(heading)
        text = "" if place is None else tidy(self._cells[place])
        if len(text) > limit:
            raise Unreadable(
                sentence(
                    "The field “{field}” is longer than {limit} characters.",
                    field=heading,
                    limit=limit,
                ),
                sentence("Download the file again."),
            )
        return text

    def need(self, heading: str, limit: int = LONGEST_NAME) -> str:
        """The tidied text. Raises Unreadable where there is none."""
        text = self.text(heading, limit)
        if not text:
            raise Unreadable(
                sentence("The field “{field}” is empty.", field=heading),
                sentence("Download the file again."),
            )
        return text

    def urn(self, heading: str) -> str:
        """A number of the register. Raises Unreadable."""
        return read_urn(self.text(heading))

    def day(self, heading: str) -> date | None:
        """A date, None where the cell is empty. Raises Unreadable."""
        text = self.text(heading)
        return read_date(text) if text else None


def _link(cells: Cells) -> Link:
    return Link(
        line=cells.line,
        urn=cells.urn("URN"),
        other_urn=cells.urn("LinkURN"),
        other_name=cells.text("LinkName"),
        kind=cells.need("LinkType", 100),
        since=cells.day("LinkEstablishedDate"),
    )


def _uid(cells: Cells) -> str:
    return read_identifier(cells.need("Group UID", _LONGEST_CODE))


def _type(cells: Cells) -> dict[str, str]:
    code = cells.text("Group Type (code)", _LONGEST_CODE)
    return {
        "type_code": code.lstrip("0") or "0" if code.isdigit() else code,
        "type_name": cells.need("Group Type", 100),
    }


def _group(cells: Cells) -> Group:
    opened = "Open date"
    return Group(
        line=cells.line,
        uid=_uid(cells),
        group_id=cells.text("Group ID", _LONGEST_CODE),
        name=cells.need("Group Name"),
        status=cells.text("Group Status", 40),
        opened_on=cells.day(opened) or cells.day("Incorporated on (open date)"),
        closed_on=cells.day("Closed Date"),
        company_number=read_company(cells.text("Companies House Number", _LONGEST_CODE)),
        ukprn=cells.text("UKPRN", _LONGEST_CODE),
        town=cells.text("Group Town", 100),
        postcode=_postcode(cells.text("Group Postcode", 40)),
        **_type(cells),
    )


def _member(cells: Cells) -> Member:
    joined, left = cells.day("Joined date|Date joined"), cells.day("Left date|Date left")
    closed = cells.day("Closed Date")  # of the group
    if left is None and closed and (joined is None or closed >= joined):
        left = closed
    if joined and left and left < joined:
        raise Unreadable(
            sentence("The day of leaving stands before the day of joining."),
            sentence("Download the file again."),
        )
    return Member(
        line=cells.line,
        urn=cells.urn("URN"),
        uid=_uid(cells),
        group_name=cells.need("Group Name"),
        joined_on=joined,
        left_on=left,
        **_type(cells),
    )


def read_company(text: str) -> str:
    """A number of Companies House: digits that a spreadsheet cut are filled up to eight.

    Raises Unreadable where a spreadsheet has damaged it.
    """
    if not text:
        return ""
    return read_identifier(text).upper().zfill(8)


def _postcode(text: str) -> str:
    try:
        return read_postcode(text) if text else ""
    except Unreadable:
        return ""


LINKS: Kind[Link] = Kind(
    needed=("URN", "LinkURN", "LinkType"),
    besides=("LinkName", "LinkEstablishedDate"),
    read=_link,
    not_this=mark(
        "This is not the file of links between establishments: it has no column {missing}. "
        "Download all establishment links as CSV from Get Information About Schools."
    ),
    twice=mark("This link stands on line {line} already."),
)
GROUPS: Kind[Group] = Kind(
    needed=("Group UID", "Group Name", "Group Type"),
    besides=(
        "Group ID",
        "Companies House Number",
        "Group Type (code)",
        "Closed Date",
        "Open date",
        "Incorporated on (open date)",
        "Group Status",
        "Group Town",
        "Group Postcode",
        "UKPRN",
    ),
    read=_group,
    not_this=mark(
        "This is not the file of groups: it has no column {missing}. "
        "Download all group records as CSV from Get Information About Schools."
    ),
    twice=mark("The Group UID stands on line {line} already."),
)
MEMBERS: Kind[Member] = Kind(
    needed=("URN", "Group UID", "Group Name", "Group Type"),
    besides=(
        "Group Type (code)",
        "Closed Date",
        "Joined date|Date joined",
        "Left date|Date left",
    ),
    read=_member,
    not_this=mark(
        "This is not the file of members of groups: it has no column {missing}. "
        "Download all group links as CSV from Get Information About Schools."
    ),
    twice=mark("This membership stands on line {line} already."),
)


class Beside(Generic[Thing]):
    """The rows of one such file; iterate for them, in the order of the file."""

    def __init__(self, source: Source, kind: Kind[Thing]) -> None:
        """Reads the header. Raises FileRefused where it is another file's."""
        self.source = source
        self._kind: Kind[Thing] = kind
        known = {_key(one) for heading in kind.headings for one in heading.split("|")}
        with source.open_text() as stream:
            shape = find_shape(stream, lambda cells: sum(_key(cell) in known for cell in cells))
        if shape is None:
            raise self._refused(kind.needed)
        self._shape: Shape = shape
        with source.open_text() as stream:
            header = next(records(stream, shape), None)
        self._places = self._columns(header.cells if isinstance(header, Row) else [])

    def __iter__(self) -> Iterator[Thing | Quarantined]:
        first_line: dict[object, int] = {}
        with self.source.open_text() as stream:
            rows = records(stream, self._shape)
            next(rows)
            for row in rows:
                read = self._read(row)
                if not isinstance(read, Quarantined):
                    earlier = first_line.setdefault(read.key, read.line)
                    if earlier != read.line:
                        read = _aside(row, sentence(self._kind.twice, line=earlier))
                yield read

    def _columns(self, header: list[str]) -> dict[str, int]:
        keys = [_key(heading) for heading in header]
        places: dict[str, int] = {}
        for heading in self._kind.headings:
            names = [_key(name) for name in heading.split("|")]
            found = [place for place, key in enumerate(keys) if key in names]
            if len(found) > 1:
                raise FileRefused(
                    sentence(
                        "Two columns are called “{heading}”. Download the file again.",
                        heading=tidy(header[found[1]]),
                    )
                )
            places |= {heading: found[0]} if found else {}
        if missing := [heading for heading in self._kind.needed if heading not in places]:
            raise self._refused(missing)
        return places

    def _refused(self, missing: list[str] | tuple[str, ...]) -> FileRefused:
        return FileRefused(sentence(self._kind.not_this, missing=", ".join(missing)))

    def _read(self, row: Row | Broken) -> Thing | Quarantined:
        if isinstance(row, Broken):
            return _aside(row, row.reason)
        if self.source.has_nul and any("\0" in cell for cell in row.cells):
            return _aside(row, sentence(HAS_NUL))
        try:
            return self._kind.read(Cells(row, self._places))
        except Unreadable as refusal:
            return _aside(row, refusal.wrong)


def read_beside(given: Path | bytes, kind: Kind[Thing]) -> Beside[Thing]:
    """The rows of a file of links, groups or members.

    Raises FileRefused where the file as a whole is another one; a row raises nothing.
    """
    return Beside(examine(given, LARGEST), kind)


def _key(heading: str) -> str:
    return tidy(heading).casefold()


def _aside(row: Row | Broken, reason: Sentence) -> Quarantined:
    last = row.last_line if isinstance(row, Broken) else row.line
    return Quarantined(row.line, last, "", reason)
