"""`opensenco import undo REFERENCE --urn URN`: take an applied list back."""

import json
import uuid
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any, TextIO

from django.core.management.base import CommandError

from opensenco.access.installation import installation_actor
from opensenco.access.scope import scope, system_scope
from opensenco.exchange import queries
from opensenco.exchange.operations.undoing import prospect, undo_import
from opensenco.exchange.sentences import said
from opensenco.gate.clock import clock
from opensenco.kernel.refs import RefConverter
from opensenco.ops.management.commands._import_lists import importing, setting_of


def add_arguments(parser: ArgumentParser) -> None:
    """Take which list, of which setting."""
    parser.add_argument("reference", help="what `import` printed, or the end of the page's address")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--urn", help="the setting's number in the national register")
    which.add_argument("--name", help="a setting that the register does not hold")
    parser.add_argument("--dry-run", action="store_true", help="say what would go back, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.set_defaults(run=run)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Take back what nobody has changed since, all of it in one transaction.

    Raises:
        CommandError: there is no such setting or list here.
        NotPossible: the list does not stand applied.
    """
    ref = _reference(options["reference"])
    with system_scope("take a list back"):
        org = setting_of(options)
        actor = importing(installation_actor(clock().now(), frozenset({org.pk})))
    with scope(actor.scope, write=not options["dry_run"]):
        file = queries.file_import(actor, ref)
        found = prospect(actor, file)
        why = found.why()
        lines = {row.pk: row.line for row in queries.rows_by_id(file, list(why))}
        if not options["dry_run"]:
            undo_import(actor=actor, file_import=file, version=file.version)
    facts = {
        "back": len(found.rows() - why.keys()),
        "stay": len(why),
        "lines": [
            {"line": lines[pk], "why": " ".join(map(said, several))} for pk, several in why.items()
        ],
        "undone": not options["dry_run"],
    }
    _say(out, facts, as_json=options["json"])


def _reference(text: str) -> uuid.UUID:
    """Read a reference as commands print it, or as it stands in an address."""
    with suppress(ValueError):
        return uuid.UUID(text)
    with suppress(ValueError):
        return RefConverter().to_python(text)
    raise CommandError("This is no reference of a list.")


def _say(out: TextIO, facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        out.write(json.dumps(facts) + "\n")
        return
    out.write(f"back  {facts['back']:>8,}\nstay  {facts['stay']:>8,}\n")
    for one in facts["lines"]:
        out.write(f"line {one['line']}: {one['why']}\n")
    out.write("Taken back.\n" if facts["undone"] else "Nothing was taken back.\n")
