"""A reader of the file of a place that knows nothing of ours: what another system's maker writes.

Only `docs/guide/leaving.md` was read for it. It imports what comes with Python and nothing else.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Place:
    """A place, as it can be read from its file."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        self.manifest = json.loads(self.zip.read("manifest.json"))
        described = json.loads(self.zip.read("dictionary.json"))
        self.dictionary = {one["model"]: one for one in described}
        self.by_ref: dict[str, Row] = {}
        for table in self.tables():
            if not table.endswith(".history"):
                self.by_ref |= {row["ref"]: row for row in self.rows(table)}

    def damaged(self) -> list[str]:
        """Give the parts that are other than the manifest says, or that it does not name."""
        said = {part["path"]: part["sha256"] for part in self.manifest["parts"]}
        there = set(self.zip.namelist()) - {"manifest.json"}
        wrong = [path for path in said
                 if hashlib.sha256(self.zip.read(path)).hexdigest() != said[path]]  # fmt: skip
        return wrong + sorted(there ^ said.keys())

    def tables(self) -> list[str]:
        """Give the tables that have rows."""
        return [one["model"] for one in self.manifest["models"] if one["rows"]]

    def rows(self, table: str) -> list[Row]:
        """Give the rows of a table, from its JSON Lines."""
        if f"data/{table}.jsonl" not in self.zip.namelist():
            return []
        lines = self.zip.read(f"data/{table}.jsonl").decode().splitlines()
        return [json.loads(line) for line in lines]

    def sheet(self, table: str) -> list[dict[str, str]]:
        """Give the rows of a table, from its CSV."""
        text = self.zip.read(f"tables/{table}.csv").decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def lost(self) -> list[str]:
        """Give keys that lead nowhere, by the dictionary's own word on what each points at."""
        found = []
        for table in self.tables():
            fields = self.dictionary[table]["fields"]
            keys = [one["name"] for one in fields if "references" in one]
            for row in self.rows(table):
                found += [f"{table}.{name}" for name in keys
                          if row[name] not in (None, "elsewhere", "installation")
                          and row[name] not in self.by_ref]  # fmt: skip
        return found

    def child(self, first_name: str) -> Row:
        """Give one child with all that names them, by table."""
        pupil = next(row for row in self.rows("people.Pupil") if row["first_name"] == first_name)
        about: dict[str, list[Row]] = defaultdict(list)
        for table in self.tables():
            about[table] = [row for row in self.rows(table) if row.get("pupil") == pupil["ref"]]
        return {"pupil": pupil, **about}

    def paper(self, document: Row) -> bytes:
        """Give the bytes of the newest version of a document."""
        versions = [row for row in self.rows("documents.DocumentVersion")
                    if row["document"] == document["ref"]]  # fmt: skip
        newest = max(versions, key=lambda row: int(row["number"]))
        return self.zip.read(f"files/{self.by_ref[newest['file']]['digest']}")
