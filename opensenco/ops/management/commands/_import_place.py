"""`opensenco import place FILE`: a place from its file, all of it or nothing."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.exchange.leaving.archive import Reading, reading
from opensenco.exchange.leaving.inward import place_here
from opensenco.exchange.operations.leaving import bring_place_in
from opensenco.gate.clock import clock


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", type=Path, help="what `opensenco export place` wrote")
    parser.add_argument("--dry-run", action="store_true", help="check the file, and bring nothing")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.set_defaults(run=run)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Check every part of the file, then bring it in, in one transaction.

    Raises:
        CommandError: it cannot be opened.
        NotPossible: it is none of ours, is damaged, or its place has a record here.
    """
    try:
        with reading(options["file"]) as file:
            file.check()
            if options["dry_run"]:
                with system_scope("see whether a place is here already", write=False):
                    place_here(file)
            else:
                with system_scope("bring a place in from its file"):
                    actor = installation_actor(clock().now())
                    bring_place_in(actor=actor, file=file)
            _say(out, file, options)
    except OSError:
        raise CommandError(f"{options['file']} cannot be opened.") from None


def _say(out: TextIO, file: Reading, options: dict[str, Any]) -> None:
    manifest = file.manifest
    rows = Counter({str(one["model"]): int(one["rows"]) for one in manifest["models"]})
    people, brought = rows["access.Person"], not options["dry_run"]
    if options["json"]:
        facts = {"place": manifest["place"]["name"], "rows": rows.total(), "people": people}
        out.write(json.dumps({**facts, "brought_in": brought}) + "\n")
        return
    out.write(f"{manifest['place']['name']}: {rows.total():,} rows, checked\n")
    if not brought:
        out.write("Nothing was brought in.\n")
        return
    out.write(f"Brought in. {people:,} people came without passwords.\n")
    out.write("Compare it with what left, then: opensenco invite NUMBER --first ADDRESS\n")
