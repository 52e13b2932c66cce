"""Places on their way: a file written by hand, and databases emptied for one that comes."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from tests.support.databases import Copy
from tests.support.postgres import Server
from tests.support.record import OnSqlite

DEED = "d3e7c3d2-5d41-4f77-9f2c-4f8b2e9fa055"
PLACE = "6f2f0a52-6a0e-4b19-8a34-6b1e6f4f0c11"
HEAD = "0a6d2f3e-97f4-4f0f-8a57-0d9f6f2f7a22"
PUPIL = "b1c5a1b0-3b2f-4d55-9d0a-2f6f0c7e8d33"
ROLE = "c2d6b2c1-4c30-4e66-8e1b-3f7a1d8f9e44"
ORGANISATION = {"ref": PLACE, "version": 1, "kind": "setting", "name": "Farlight School",
                "urn": "990777"}  # fmt: skip
TABLES: dict[str, list[dict[str, Any]]] = {
    "access.Organisation": [ORGANISATION],
    "access.Person": [
        {"ref": HEAD, "email": "head@farlight.example", "first_name": "Hedda", "last_name": "Farr"}
    ],
    "access.Membership": [
        {"ref": ROLE, "org": PLACE, "version": 1, "person": HEAD, "role": "HEAD",
         "starts": "2020-09-01"}
    ],
    "people.Pupil": [
        {"ref": PUPIL, "org": PLACE, "version": 1, "first_name": "Wren", "last_name": "Ashdown",
         "birth_date": "2018-02-03", "search_key": "wren ashdown", "sort_key": "ashdown wren",
         "joined_on": "2022-09-01"}
    ],
    "audit.Entry": [
        {"ref": DEED, "org": PLACE, "at": "2022-09-01T08:00:00Z", "person": "elsewhere",
         "role": "Officer", "action": "pupil.add", "verb": "add_pupil", "pupil": PUPIL}
    ],
}  # fmt: skip


def written(path: Path, tables: dict[str, list[dict[str, Any]]] = TABLES, **more: Any) -> Path:
    """Write a file of a place as another system would, with what the guide asks for and no more.

    Args:
        more: what the manifest says otherwise.
    """
    parts, models = [], []
    with zipfile.ZipFile(path, "w") as out:
        for label, rows in tables.items():
            words = "".join(json.dumps(row) + "\n" for row in rows).encode()
            out.writestr(f"data/{label}.jsonl", words)
            digest = hashlib.sha256(words).hexdigest()
            parts.append({"path": f"data/{label}.jsonl", "sha256": digest, "bytes": len(words)})
            models.append({"model": label, "rows": len(rows)})
        manifest = {
            "format": "opensenco-place", "format_version": 1, "place": ORGANISATION,
            "models": models, "parts": parts, **more,
        }  # fmt: skip
        out.writestr("manifest.json", json.dumps(manifest))
    return path


def emptied(place: Copy, server: Server) -> None:
    """Take every row and every paper out of a database."""
    if "DATABASE_URL" not in place.environment:
        OnSqlite(place.data).empty()
    else:
        with server.connect(place.name) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                " AND tablename !~ '^(django_|auth_)'"
            ).fetchall()
            names = ", ".join(f'"{table}"' for (table,) in tables)
            connection.execute(f"TRUNCATE {names} CASCADE")
    files = place.data / "files"
    if files.exists():
        files.rename(place.data / "files-as-they-were")
