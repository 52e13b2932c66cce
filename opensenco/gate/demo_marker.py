"""The note in the data folder that says whose the database is: the demo's, made on which day.

Only what the note calls the demo's is ever thrown away.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from django.conf import settings
from django.db import connection

NAME = "demo.json"


class SignIn(NamedTuple):
    """A made-up person as whom one can sign in.

    Attributes:
        who: what the person is, "SENCO of Alder Primary School".
        email: what to sign in with.
        password: and its password.
        waits: one sentence of what waits for them, as it was when the world was made.
    """

    who: str
    email: str
    password: str
    waits: str = ""


@dataclass(frozen=True)
class Marker:
    """What the note says.

    Attributes:
        database: which database it speaks of, as `this_database` gives it.
        day: the day that the demo world was made for.
        built: false from before its first row until after its last.
        sign_ins: as whom one can sign in.
    """

    database: str
    day: date
    built: bool = False
    sign_ins: tuple[SignIn, ...] = ()

    @classmethod
    def read(cls, folder: Path, database: str) -> Self | None:
        """Give the note about this database, or None where there is none."""
        try:
            found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        if found["database"] != database:
            return None
        people = tuple(SignIn(*person) for person in found["sign_ins"])
        day = date.fromisoformat(found["day"])
        return cls(database=database, day=day, built=found["built"], sign_ins=people)

    def write(self, folder: Path) -> None:
        """Put the note in place, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self) | {"day": self.day.isoformat()}, indent=1)
        beside = folder / f"{NAME}.new"
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, folder / NAME)


def this_database() -> str:
    """Give this process's database as a note names it, the same for every role."""
    place = connection.settings_dict
    return " ".join([connection.vendor, str(place["HOST"]), str(place["NAME"])])


def read_here() -> Marker | None:
    """Give the note about this process's database, where that database is still there."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return None
    return Marker.read(settings.DATA, this_database())


def waiting() -> dict[str, str]:
    """Give by address what waits for each person, as the note of this database says it."""
    marker = read_here()
    return {one.email: one.waits for one in marker.sign_ins} if marker else {}


def forget(folder: Path, database: Path) -> None:
    """Remove a demo's SQLite database, the file itself first, and last the note about it."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{database}{suffix}").unlink()
    (folder / NAME).unlink(missing_ok=True)
