"""Where things of the record are read and done: the one table from a kind of record to its page.

Apps keep what a task, a date or a notice is about, and know no address. The table of addresses
(`opensenco.config.urls`) says here which page that is, so a page can move without a stored row.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.urls import get_resolver

from opensenco.ui.addresses import url


@dataclass(frozen=True)
class Way:
    """The page of one kind of record.

    Args:
        read: the name of the address where it is read.
        done: the name of the address where what waits or is due is done, where it is another.
        by_pupil: the pupil's reference stands in the address, not the record's own.
        kinds: by the kind of what waits, the name of the address where just that is done.
    """

    read: str
    done: str = ""
    by_pupil: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)


class Kept(Protocol):
    """A row that says what it is about: a task, a date, a notice."""

    @property
    def source_label(self) -> str:
        """The kind of record, "support.Cycle"; empty where it is about none."""

    @property
    def source_ref(self) -> uuid.UUID | None:
        """Its reference."""

    @property
    def pupil(self) -> Any:
        """Whom it is about; None where it is about no child."""


_ways: dict[str, Way] = {}
_frame: dict[str, str] = {}


def set_ways(ways: Mapping[str, Way], frame: Mapping[str, str]) -> None:
    """Say which page each kind of record has, and which pages the frame leads to.

    Args:
        ways: by the label of the model, "support.Cycle".
        frame: names of addresses by what the frame calls them: "find", "account", ….
    """
    for table, given in ((_ways, ways), (_frame, frame)):
        table.clear()
        table.update(given)  # type: ignore[arg-type]


def known() -> Mapping[str, Way]:
    """Give the whole table."""
    return _ways


def read_at(row: Kept) -> str:
    """Give the address where what a row is about is read; empty where it has no page."""
    way = _ways.get(row.source_label)
    return _address(way, way.read, row) if way else ""


def done_at(row: Kept) -> str:
    """Give the address where what waits or is due is done; empty where it has no page."""
    way = _ways.get(row.source_label)
    if way is None:
        return ""
    return _address(way, way.kinds.get(getattr(row, "kind", "")) or way.done or way.read, row)


def _address(way: Way, name: str, row: Kept) -> str:
    ref = row.pupil.ref if way.by_pupil else row.source_ref
    return url(name, ref)


def place(name: str, *args: object) -> str:
    """Give the address of a page that the frame leads to by its name there.

    Raises:
        KeyError: the table of addresses names no such page.
    """
    if not _frame:
        # a worker or a command has asked for no address yet, and the table is read with the first
        _known = get_resolver().url_patterns
    return url(_frame[name], *args)
