"""A long list: how it is sorted and which page of it is shown, both read from the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. With a `key` its head is a link that sorts by it.

    `num` sets the column right; `hidden` keeps the head's words for screen readers.
    """

    label: str | Promise
    key: str = ""
    num: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """One saved view, tab or page: a place with its own address. `count` stands after the words."""

    label: str | Promise
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Listing:
    """Reads sort and page from an address, and writes the addresses of the others.

    Anything the address cannot mean is taken as the usual: the first column that sorts, page one.
    """

    query: Mapping[str, str]
    columns: Sequence[Column]
    total: int
    size: int = PAGE_SIZE
    usual: str = ""
    _keys: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        keys = frozenset(column.key for column in self.columns if column.key)
        object.__setattr__(self, "_keys", keys)

    @property
    def sort(self) -> str:
        """The key by which rows are sorted, with "-" before it where they run down."""
        asked = self.query.get("sort", "")
        if asked.removeprefix("-") in self._keys:
            return asked
        return self.usual or next((c.key for c in self.columns if c.key), "")

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.total / self.size))

    @property
    def page(self) -> int:
        """The page asked for, from 1; the last one where there are fewer."""
        asked = self.query.get("page", "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        return min(max(number, 1), self.pages)

    @property
    def start(self) -> int:
        """The index of the first row shown, from 0."""
        return (self.page - 1) * self.size

    @property
    def stop(self) -> int:
        """The index after the last row shown."""
        return min(self.start + self.size, self.total)

    def direction(self, column: Column) -> str:
        """Give the value of aria-sort for a column, empty where it does not sort the list."""
        if not column.key or self.sort.removeprefix("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def sort_url(self, column: Column) -> str:
        """Give the address that sorts by a column: up, or down where it already runs up."""
        down = self.direction(column) == "ascending"
        return self._url(sort=f"-{column.key}" if down else column.key, page=None)

    def page_url(self, number: int) -> str:
        """Give the address of another page, with the same sort and filters."""
        return self._url(page=str(number) if number > 1 else None)

    def page_picks(self) -> list[Pick | None]:
        """Give the pages to offer: first, last and those about this one; None is a gap."""
        near = {1, self.pages, self.page - 1, self.page, self.page + 1}
        picks: list[Pick | None] = []
        before = 0
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if number - before > 1:
                picks.append(None)
            picks.append(Pick(str(number), self.page_url(number), number == self.page))
            before = number
        return picks

    def _url(self, **changes: str | None) -> str:
        query: dict[str, list[str]] = {}
        for name in self.query:
            values = getattr(self.query, "getlist", lambda key: [self.query[key]])(name)
            query[name] = [value for value in values if value]
        query |= {name: [] if value is None else [value] for name, value in changes.items()}
        return f"?{urlencode(query, doseq=True)}"


def file_picks(query: Mapping[str, str], path: str = "") -> list[Pick]:
    """Give the addresses of the list that an address shows as a file, whole: for Excel and as CSV.

    Args:
        path: where the files are, if they are not at the page's own address.
    """
    kept = QueryDict(mutable=True)
    for name in query:
        if name not in ("page", "file") and query[name]:
            kept[name] = query[name]
    picks = []
    for label, ending in (("Excel", "xlsx"), ("CSV", "csv")):
        kept["file"] = ending
        picks.append(Pick(label, f"{path}?{kept.urlencode()}"))
    return picks
