"""Writing the file of a place: every row that it may see, in tables that anybody can read."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.db import models

from opensenco.access.models import Organisation
from opensenco.access.scope import Scope, snapshot
from opensenco.access.tenancy import Between
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.keeping import store_of
from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.archive import Writing, beside, pieces_of, writing
from opensenco.exchange.leaving.inside import Row
from opensenco.exchange.leaving.meaning import dictionary, meaning_of
from opensenco.exchange.leaving.rows import Outward, columns_of, pages
from opensenco.exchange.leaving.values import cell, line
from opensenco.exchange.readers.cells import made_harmless

#: told after each table: how many are done, of how many
Seen = Callable[[int, int], object]
ACROSS = (
    "Packs are copies that one place sends to another. This file holds those that this place sent, "
    "and those that it received and may still read; what was withdrawn, or whose last day has "
    "passed, stays with its sender. Receipts, replies and released figures stand with them. The "
    "other place has its own copy and its own file. People of other places are not named by "
    "reference: where one would stand, it says “elsewhere”."
)
READ_ME = """\
The whole record of one place, as it stood at one moment
=========================================================

manifest.json    what is in this file: version of the form, moment, counts, and for every other
                 part its size and SHA-256; what was left out, and why
dictionary.json  what every table and field means
data/            one table in each file, as JSON Lines: one row of JSON on each line, in UTF-8
tables/          the same tables as CSV for a spreadsheet. Words that begin like a formula have an
                 apostrophe before them there, so that nothing runs; data/ has them as they are
files/           papers of the record, each named by the SHA-256 of its bytes. Which document one
                 belongs to stands in documents.StoredFile and documents.DocumentVersion

A row is known by its "ref". A field that points at another row holds that row's "ref".
X.history holds every version of the rows of X, the oldest first.
Days are 2027-03-10, moments 2027-03-10T09:30:00Z. Exact numbers are text, so that none is rounded.
“elsewhere” stands for somebody who is not known in this place, “installation” for a command.

This file is not encrypted. It holds everything about every child: keep it as you keep the record.
"""


@dataclass
class Facts:
    """What was written."""

    rows: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    digests: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    file_bytes: int = 0


def write_place(place: Organisation, to: Path, at: datetime, seen: Seen | None = None) -> Facts:
    """Write the whole record of a place as it stands at one moment.

    It is read as staff of that place and of no other, whoever asks: nothing across the wall comes
    in. What is in memory is some hundred rows, and the names of its files.

    Args:
        at: the moment that the file says.

    Raises:
        OSError: it cannot be written there. Nothing is left then.
    """
    with snapshot(Scope(orgs=frozenset({place.pk}))), writing(to, at) as out:
        facts, names = Facts(), Outward(place)
        names.organisation(place.pk)
        for pk in Organisation.objects.filter(parent=place).values_list("pk", flat=True):
            names.organisation(pk)
        # organisations go last: by then it is known which were named
        tables = sorted(what.carried(), key=lambda model: model is Organisation)
        for done, model in enumerate(tables, start=1):
            _table(out, model, names, facts)
            if seen:
                seen(done, len(tables))
        _files(out, place, facts)
        out.text("dictionary.json", json.dumps(dictionary(), ensure_ascii=False, indent=1))
        out.text("README.txt", READ_ME)
        out.finish(_manifest(out, place, facts))
    return facts


def _table(out: Writing, model: type[models.Model], names: Outward, facts: Facts) -> None:
    """Write a table twice, reading it once: its CSV waits in a nameless file meanwhile."""
    label, found = what.label_of(model), pages(model, names)
    first = next(found, None)
    if first is None:
        return
    with beside() as waiting:
        sheet = io.TextIOWrapper(waiting, encoding="utf-8-sig", newline="", write_through=True)
        rows = csv.DictWriter(sheet, list(columns_of(model)))
        rows.writeheader()

        def lines() -> Iterator[bytes]:
            page: list[Row] | None = first
            while page:
                for row in page:
                    _counted(model, names, facts, row)
                    rows.writerow({name: _cell(value) for name, value in row.items()})
                    yield line(row)
                page = next(found, None)

        out.add(f"data/{label}.jsonl", lines()).rows = facts.rows[label]
        sheet.detach()
        out.add(f"tables/{label}.csv", pieces_of(waiting)).rows = facts.rows[label]


def _cell(value: Any) -> str:
    return made_harmless(cell(value)) if isinstance(value, str) else cell(value)


def _counted(model: type[models.Model], names: Outward, facts: Facts, row: Row) -> None:
    label = what.label_of(model)
    facts.rows[label] += 1
    if label in what.WITH_FILES and row["digest"]:
        facts.digests.add(row["digest"])
    if isinstance(model.tenancy, Between):  # type: ignore[attr-defined]
        ours = row["from_org"] == names.organisation(names.place.pk)
        (facts.sent if ours else facts.received)[label] += 1


def _files(out: Writing, place: Organisation, facts: Facts) -> None:
    store = store_of(place)
    for digest in sorted(facts.digests):
        try:
            path = store.whole(digest)
        except FileNotTaken:
            facts.missing.append(digest)
            continue
        with path.open("rb") as file:
            facts.file_bytes += out.add(f"files/{digest}", pieces_of(file), squeeze=False).bytes


def _manifest(out: Writing, place: Organisation, facts: Facts) -> dict[str, Any]:
    return {
        "format": what.FORMAT,
        "format_version": what.FORMAT_VERSION,
        "application": {"name": "OpenSENCO", "version": application_version()},
        "made_at": out.made_at.isoformat(),
        "encrypted": False,
        "place": {
            "ref": str(place.ref), "kind": place.kind, "name": place.name, "urn": place.urn,
            "la_code": place.la_code, "group_uid": place.group_uid, "ofsted_urn": place.ofsted_urn,
        },
        "models": [
            {"model": label, "rows": facts.rows[label], "meaning": meaning_of(model)}
            for model in what.carried()
            for label in [what.label_of(model)]
        ],
        "files": {
            "count": len(facts.digests) - len(facts.missing), "bytes": facts.file_bytes,
            "missing": facts.missing,
        },
        "across": {
            "said": ACROSS, "made_here": dict(sorted(facts.sent.items())),
            "received": dict(sorted(facts.received.items())),
        },
        "left_out": {
            "models": what.LEFT_OUT,
            "fields": {f"{label}.{name}": why
                       for (label, name), why in what.LEFT_OUT_FIELDS.items()},
            "rows": {label: why for label, (_condition, why) in what.ONLY.items()},
        },
    }  # fmt: skip


def application_version() -> str:
    """Give which OpenSENCO this is."""
    try:
        return version("opensenco")
    except PackageNotFoundError:
        return "unpacked, without a number"
