"""`opensenco import pupils FILE --urn URN`: a school's pupil list."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import scope, system_scope
from opensenco.exchange import queries
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import Reading, Staged, read_beside, stage_pupils
from opensenco.exchange.readers.pupils import LARGEST
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.states import Match
from opensenco.gate.clock import clock

SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file, the setting, and what cannot be seen from the file."""
    parser.add_argument("file", type=Path, help="the pupil list as CSV")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--urn", help="the setting's number in the national register")
    which.add_argument("--name", help="a setting that the register does not hold")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.add_argument(
        "--blank-sen-is-none",
        action="store_true",
        help="an empty SEN status means that the pupil has none",
    )
    parser.add_argument(
        "--forenames-first",
        action="store_true",
        help="a column of whole names has the surname last",
    )
    parser.set_defaults(run=run)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Read the list, and apply what leaves no doubt, all of it in one transaction.

    Raises:
        CommandError: there is no such setting here, or the file cannot be opened.
        FileRefused: the file is no pupil list.
    """
    content = _content(options["file"])
    with system_scope("import a pupil list"):
        org = _setting(options)
        actor = installation_actor(clock().now(), frozenset({org.pk}))
    order = NameOrder.FORENAME_FIRST if options["forenames_first"] else NameOrder.SURNAME_COMMA
    reading = Reading(options["blank_sen_is_none"], order)
    # From here on in the setting's own scope: one organisation at a time.
    with scope(actor.scope, write=not options["dry_run"]):
        staged = read_beside(actor, org, content, reading)
        facts = _facts(staged)
        if not options["dry_run"]:
            _apply(actor, org, options["file"].name, content, reading)
    _say(out, {**facts, "applied": not options["dry_run"]}, as_json=options["json"])


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        raise CommandError(f"{path} cannot be opened.") from None


def _setting(options: dict[str, Any]) -> Organisation:
    if options["urn"]:
        org = queries.setting_of(options["urn"])
        if org is None:
            raise CommandError(
                f"No setting with the URN {options['urn']} is here. "
                "Adopt it first: opensenco createadmin --urn URN"
            )
        return org
    named = queries.settings_called(options["name"])
    if len(named) != 1:
        raise CommandError(f"{len(named)} settings outside the register have this name.")
    return named[0]


def _apply(
    actor: Actor, org: Organisation, file_name: str, content: bytes, reading: Reading
) -> None:
    row = stage_pupils(actor=actor, org=org, file_name=file_name, content=content, reading=reading)
    apply_import(actor=actor, file_import=row, version=row.version)


def _facts(staged: Staged) -> dict[str, Any]:
    """Give counts and lines; names of children are not for a terminal."""
    counts = Counter(found.match for _said, found in staged.rows)
    return {
        "read": len(staged.rows) + len(staged.refused),
        "new": counts[Match.NEW],
        "changed": counts[Match.CHANGED],
        "unchanged": counts[Match.UNCHANGED],
        "doubtful": counts[Match.DOUBTFUL],
        "refused": len(staged.refused),
        "missing": len(staged.missing),
        "doubtful_lines": [
            {"line": said.line, "why": " ".join(map(str, found.reasons))}
            for said, found in staged.rows
            if found.match is Match.DOUBTFUL
        ],
        "refused_lines": [
            {
                "line": row.line,
                "why": " ".join(
                    f"{fault.column}: {fault.wrong} {fault.mend}" if fault.column
                    else f"{fault.wrong} {fault.mend}"
                    for fault in row.faults
                ),
            }
            for row in staged.refused
        ],
    }  # fmt: skip


def _say(out: TextIO, facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        out.write(json.dumps(facts) + "\n")
        return
    counts = {name: value for name, value in facts.items() if type(value) is int}
    out.write("".join(f"{name:<12}{count:>8,}\n" for name, count in counts.items()))
    for name in ("doubtful_lines", "refused_lines"):
        for row in facts[name][:SHOWN]:
            out.write(f"line {row['line']}: {row['why']}\n")
        if len(facts[name]) > SHOWN:
            out.write(f"and {len(facts[name]) - SHOWN:,} more lines; --json prints them all\n")
    if facts["doubtful"]:
        out.write("Doubtful rows were left out. In the browser a person can decide about them.\n")
    out.write("Applied.\n" if facts["applied"] else "Nothing was applied.\n")
