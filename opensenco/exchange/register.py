"""A file of the register, read beside what is stored: what is new, what changed, what is neither.

Nothing is written to the database here. What has to be written waits in a spool on disk, so that
the transaction that follows is short and the memory small.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from opensenco.exchange.models import Establishment
from opensenco.exchange.readers.establishment import Establishment as Read
from opensenco.exchange.readers.establishment import Quarantined
from opensenco.exchange.readers.gias import Register, read_register
from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.text import search_key
from opensenco.kernel.words import Sentence, sentence

#: our column by the reader's name of the fact, where the two differ
COLUMNS = {
    "urn": "urn",
    "name": "name",
    "standing": "status",
    "la_code": "la_code",
    "la_name": "la_name",
    "establishment_number": "number",
    "type_code": "type_code",
    "type_name": "type_name",
    "phase_name": "phase",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
    "low_age": "low_age",
    "high_age": "high_age",
    "town": "town",
    "postcode": "postcode",
    "website": "website",
    "phone": "phone",
}
_LIMITS = {
    column.name: column.max_length
    for column in Establishment._meta.fields
    if column.max_length and column.name in COLUMNS.values()
}
# Of the rows of a file; more means that the file as a whole is broken.
MOST_QUARANTINED = 0.1


@dataclass
class Prepared:
    """What a file of the register would do.

    Attributes:
        spool: what has to be written, a JSON object on each line.
        known: how many establishments are stored before it.
        last_reading: number of the reading that it was compared with, 0 before the first.
    """

    spool: IO[str]
    digest: str
    known: int
    last_reading: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    present: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many rows the file has, under its headings."""
        return self.new + self.changed + self.unchanged + len(self.quarantined)

    @property
    def missing(self) -> int:
        """How many stored establishments the file does not have. They stay as they are."""
        return self.known - self.changed - self.unchanged

    @property
    def broken(self) -> bool:
        """Whether so many rows were set aside that the file itself must be doubted."""
        return len(self.quarantined) > MOST_QUARANTINED * self.read

    def waiting(self) -> Iterator[dict[str, Any]]:
        """Give what has to be written, row by row, as keyword arguments of the model."""
        self.spool.seek(0)
        for line in self.spool:
            yield json.loads(line)


@contextmanager
def prepared(path: Path, known: Mapping[str, str], last_reading: int) -> Iterator[Prepared]:
    """Read a file of the register beside what is stored.

    Args:
        known: digest by URN of all that is stored.
        last_reading: number of the last reading that was applied.

    Raises:
        FileRefused: the file as a whole is not the register, or has no rows.
    """
    register = read_register(path)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        found = Prepared(spool, register.source.digest, len(known), last_reading)
        _sort_out(register, known, found)
        if not found.read:
            raise FileRefused(
                sentence("This file has headings and no rows. Download the register again.")
            )
        yield found


def _sort_out(register: Register, known: Mapping[str, str], found: Prepared) -> None:
    for row in register:
        if isinstance(row, Quarantined):
            found.quarantined.append(row)
            continue
        values = _columns(row)
        if fault := _too_long(values):
            found.quarantined.append(Quarantined(row.line, row.line, row.urn, fault))
            continue
        found.present.append(row.urn)
        text = _as_json(values)
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        before = known.get(row.urn)
        if before == digest:
            found.unchanged += 1
            continue
        found.new += before is None
        found.changed += before is not None
        key = search_key(f"{row.name} {row.address.town} {row.address.postcode}", limit=300)
        more = _as_json({"digest": digest, "search_key": key})
        found.spool.write(f"{text[:-1]}, {more[1:]}\n")


def _columns(row: Read) -> dict[str, Any]:
    """Give a row as our columns, in what JSON can hold; what has no column goes into `rest`."""
    facts = {name: _plain(value) for name, value in row.values().items()}
    values = {column: facts.pop(name) for name, column in COLUMNS.items()}
    values["rest"] = {name: value for name, value in facts.items() if value not in ("", None, ())}
    return values


_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _plain(value: object) -> Any:
    """Give a value as JSON holds it. Most are plain already, and there are two million."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _too_long(values: Mapping[str, Any]) -> Sentence | None:
    """Say which field is longer than we keep; nothing is cut to make it fit."""
    for column, limit in _LIMITS.items():
        if len(values[column]) > limit:
            return sentence(
                "The field “{field}” is longer than {limit} characters.",
                field=column.replace("_", " "),
                limit=limit,
            )
    return None
