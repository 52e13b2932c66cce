"""Files of links, groups and members, read beside what is stored. Nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from opensenco.exchange.models import EstablishmentLink, RegisterGroup, RegisterSpan
from opensenco.exchange.readers.beside import (
    GROUPS,
    LINKS,
    MEMBERS,
    Group,
    Kind,
    Link,
    Member,
    Thing,
    read_beside,
)
from opensenco.exchange.readers.establishment import Quarantined
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.register import MOST_QUARANTINED
from opensenco.exchange.spans import Span, compare
from opensenco.exchange.states import GroupFamily, family_of
from opensenco.kernel.text import search_key
from opensenco.kernel.words import sentence

#: the names by which commands and readings call the three files, in the order of their reading
NAMES = ("links", "groups", "members")
GROUP_COLUMNS = (
    "uid", "group_id", "name", "family", "type_code", "type_name", "status", "opened_on",
    "closed_on", "company_number", "ukprn", "town", "postcode", "search_key",
)  # fmt: skip


@dataclass
class Beside:
    """What one of these files would do.

    Attributes:
        new: rows to be added, as unsaved models.
        changed: rows to be written over, as models.
        present: ids of the stored rows that the file has and that stay as they are.
        made: groups of which only their members are known.
    """

    name: str
    digest: str = ""
    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    present: list[int] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    missing: int = 0
    made: list[RegisterGroup] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many rows the file has, under its headings."""
        return len(self.new) + len(self.changed) + len(self.present) + len(self.quarantined)

    @property
    def broken(self) -> bool:
        """Whether so many rows were set aside that the file itself must be doubted."""
        return len(self.quarantined) > MOST_QUARANTINED * self.read

    def counts(self) -> dict[str, int]:
        """Give the counts as programs read them."""
        return {
            "read": self.read,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.present),
            "quarantined": len(self.quarantined),
            "missing": self.missing,
        }


def prepared_beside(paths: Mapping[str, Path], today: date) -> list[Beside]:
    """Read these files beside what is stored, in a scope that may read all of it.

    Args:
        paths: by name, see NAMES.

    Raises:
        FileRefused: one of them is another file.
    """
    found: list[Beside] = []
    groups: dict[str, RegisterGroup] = {}
    if "links" in paths:
        found.append(_links(paths["links"], today))
    if "groups" in paths:
        found.append(_groups(paths["groups"], today, groups))
    if "members" in paths:
        found.append(_members(paths["members"], today, groups))
    return found


def _rows(path: Path, kind: Kind[Thing], found: Beside) -> Iterator[Thing]:
    """Give the rows that can be read; the others are noted.

    Raises:
        FileRefused: it is another file, or has no rows.
    """
    file = read_beside(path, kind)
    found.digest = file.source.digest
    empty = True
    for row in file:
        empty = False
        if isinstance(row, Quarantined):
            found.quarantined.append(row)
        else:
            yield row
    if empty:
        raise FileRefused(
            sentence(
                "This file has headings and no rows. Download it again: {file}", file=path.name
            )
        )


def _links(path: Path, today: date) -> Beside:
    found = Beside("links")
    names = ("urn", "other_urn", "kind", "pk", "other_name", "since")
    known = {row[:3]: row[3:] for row in EstablishmentLink.objects.values_list(*names)}
    stored = len(known)
    for row in _rows(path, LINKS, found):
        pk, *before = known.get(row.key, (None,))
        if pk and before == [row.other_name, row.since]:
            found.present.append(pk)
            continue
        (found.changed if pk else found.new).append(_link(row, pk, today))
    found.missing = stored - len(found.present) - len(found.changed)
    return found


def _link(row: Link, pk: int | None, today: date) -> EstablishmentLink:
    return EstablishmentLink(
        pk=pk, urn=row.urn, other_urn=row.other_urn, other_name=row.other_name, kind=row.kind,
        since=row.since, last_read_on=today,
    )  # fmt: skip


def _groups(path: Path, today: date, read: dict[str, RegisterGroup]) -> Beside:
    found = Beside("groups")
    known = {row.uid: row for row in RegisterGroup.objects.all()}
    for row in _rows(path, GROUPS, found):
        before = known.get(row.uid)
        now = group_of(row, today)
        read[row.uid] = now
        if before is None:
            found.new.append(now)
        elif all(getattr(before, name) == getattr(now, name) for name in GROUP_COLUMNS):
            found.present.append(before.pk)
        else:
            now.pk = before.pk
            found.changed.append(now)
    found.missing = len(known) - len(found.present) - len(found.changed)
    return found


def group_of(row: Group | Member, today: date) -> RegisterGroup:
    """Give a group as it would be stored, from its own row or from a member's."""
    if isinstance(row, Member):
        known = {"name": row.group_name, "type_code": row.type_code, "type_name": row.type_name}
    else:
        plain = set(GROUP_COLUMNS) - {"uid", "family", "search_key"}
        known = {name: getattr(row, name) for name in plain}
    group = RegisterGroup(uid=row.uid, family=family_of(row.type_name), last_read_on=today, **known)
    group.search_key = search_key(f"{group.name} {group.town} {group.postcode}", limit=300)
    return group


def _members(path: Path, today: date, groups: dict[str, RegisterGroup]) -> Beside:
    found = Beside("members")
    families: dict[str, GroupFamily] = {
        uid: GroupFamily(family)
        for uid, family in RegisterGroup.objects.values_list("uid", "family")
    } | {uid: GroupFamily(group.family) for uid, group in groups.items()}
    rows = list(_rows(path, MEMBERS, found))
    for row in rows:
        if row.uid not in families:
            made = group_of(row, today)
            families[row.uid] = GroupFamily(made.family)
            found.made.append(made)
    names = ("uid", "urn", "joined_on", "left_on", "left_seen", "pk")
    known = [Span(*row) for row in RegisterSpan.objects.order_by("pk").values_list(*names)]
    spans = compare(rows, known, families, today)
    found.quarantined += spans.quarantined
    found.new = _stored(spans.new, today)
    found.changed = _stored(spans.changed, today)
    found.present = [span.pk for span in spans.unchanged if span.pk]
    found.missing = spans.missing
    return found


def _stored(spans: Iterable[Span], today: date) -> list[RegisterSpan]:
    return [
        RegisterSpan(
            pk=span.pk, uid=span.uid, urn=span.urn, joined_on=span.joined_on,
            left_on=span.left_on, left_seen=span.left_seen, last_read_on=today,
        )
        for span in spans
    ]  # fmt: skip
