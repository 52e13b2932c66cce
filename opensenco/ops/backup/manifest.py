"""What a backup says of itself: read before anything of it is believed."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Part:
    """One file of a backup as it lies there.

    Args:
        sha256: of its bytes, sealed ones where it is sealed.
    """

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "Part":
        """Look a file over."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(path.name, path.stat().st_size, digest)


@dataclass(frozen=True)
class Manifest:
    """What a backup is.

    Args:
        made_at: the moment at which the database was read, in UTC.
        version: of OpenSENCO.
        database: sqlite or postgresql.
        sealed: whether a key is needed to read it.
        pool: the folder beside it in which its files lie; empty where it is the database alone.
        migrations: the newest of each app.
        counts: rows by table.
        files: how many files belong to it, and `bytes` how many bytes those have.
        lacking: how many files the record names that were not there, or not as they were kept.
    """

    made_at: str
    version: str
    database: str
    sealed: bool
    pool: str
    migrations: dict[str, str]
    counts: dict[str, int]
    files: int
    bytes: int
    lacking: int
    parts: tuple[Part, ...]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.counts.values())

    def write(self, folder: Path) -> None:
        """Write it beside the parts."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / NAME).write_text(f"{text}\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read it.

        Raises:
            CommandError: there is none, or it is of a kind that this version does not know.
        """
        try:
            said: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if said["format"] != FORMAT:
                raise CommandError(
                    f"The backup in {folder} is of kind {said['format']}; this version of "
                    f"OpenSENCO reads kind {FORMAT}. Use the version that made it."
                )
            parts = tuple(Part(**part) for part in said.pop("parts"))
            return cls(parts=parts, **said)
        except FileNotFoundError:
            raise CommandError(f"There is no backup in {folder}: it has no {NAME}.") from None
        except (OSError, ValueError, KeyError, TypeError):
            raise CommandError(f"{folder / NAME} cannot be read.") from None

    def check(self, folder: Path) -> None:
        """Hold each part against its checksum.

        Raises:
            CommandError: names the first part that is not as it was written.
        """
        for part in self.parts:
            try:
                as_written = Part.of(folder / part.name) == part
            except OSError:
                raise CommandError(f"{part.name} of the backup is not there.") from None
            if not as_written:
                raise CommandError(f"{part.name} of the backup is damaged: its checksum differs.")
