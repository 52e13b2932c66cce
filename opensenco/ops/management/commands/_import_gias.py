"""`opensenco import gias FILE`: the national register of establishments."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.exchange.models import Establishment
from opensenco.exchange.operations.register import last_reading, take_over_register, told
from opensenco.exchange.register import Prepared, prepared
from opensenco.gate.clock import clock

SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file and how careful to be."""
    parser.add_argument("file", type=Path, help="all establishment data, as downloaded")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.add_argument(
        "--partial",
        action="store_true",
        help="apply the rows that can be read even where more than a tenth cannot",
    )
    parser.set_defaults(run=run)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Compare the file with what is stored, write what is new, and say what was done.

    Raises:
        CommandError: too many rows cannot be read; the counts have been printed.
        FileRefused: the file is not the register.
    """
    with system_scope("compare the register with a file", write=False):
        known = dict(Establishment.objects.values_list("urn", "digest"))
        last = last_reading()
    with prepared(options["file"], known, last) as found:
        refused = found.broken and not options["partial"]
        applied = not refused and not options["dry_run"]
        if applied:
            _apply(found, partly=options["partial"])
        _say(out, found, applied=applied, as_json=options["json"])
    if refused:
        raise CommandError(
            f"{len(found.quarantined):,} of {found.read:,} rows cannot be read, more than a tenth. "
            "Nothing was applied. Download the file again, or take the rest with --partial."
        )


def _apply(found: Prepared, *, partly: bool) -> None:
    with system_scope("take over the national register"):
        actor = installation_actor(clock().now())
        take_over_register(actor=actor, prepared=found, partly=partly)


def _say(out: TextIO, found: Prepared, *, applied: bool, as_json: bool) -> None:
    counts = {
        "read": found.read,
        "new": found.new,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "quarantined": len(found.quarantined),
        "missing": found.missing,
    }
    rows = [told(row) for row in found.quarantined]
    if as_json:
        out.write(json.dumps({**counts, "applied": applied, "quarantine": rows}) + "\n")
        return
    out.write("".join(f"{name:<12}{count:>8,}\n" for name, count in counts.items()))
    for row in rows[:SHOWN]:
        out.write(f"line {row['line']}: {row['reason']}\n")
    if len(rows) > SHOWN:
        out.write(f"and {len(rows) - SHOWN:,} more lines; --json prints them all\n")
    out.write("Applied.\n" if applied else "Nothing was applied.\n")
