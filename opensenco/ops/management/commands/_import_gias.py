"""`opensenco import gias FILE`: the national register of establishments."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.db import OperationalError

from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.exchange.beside import Beside, prepared_beside
from opensenco.exchange.models import Establishment
from opensenco.exchange.operations.register import last_reading, take_over_register, told
from opensenco.exchange.register import Prepared, prepared
from opensenco.exchange.register_queries import Below, closed_here
from opensenco.gate.clock import clock

SHOWN = 20
#: how the two databases say so
DISK_FULL = ("disk is full", "No space left on device")
#: the files that may come with the register, by the name of their option
BESIDES = {
    "links": "all establishment links: which follows which",
    "groups": "all group records: trusts, federations, sponsors, children's centres",
    "members": "all group links: which establishment is in which group",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files and how careful to be."""
    parser.add_argument("file", type=Path, help="all establishment data, as downloaded")
    for name, what in BESIDES.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=what)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.add_argument(
        "--partial",
        action="store_true",
        help="apply the rows that can be read even where more than a tenth cannot",
    )
    parser.set_defaults(run=run)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Compare the files with what is stored, write what is new, and say what was done.

    Raises:
        CommandError: too many rows cannot be read, and the counts have been printed; there is no
            room on the disk.
        FileRefused: a file is not what it was given as.
    """
    try:
        facts, refusal = _done(options)
    except OSError as error:
        raise CommandError(f"{error.strerror or error}. Nothing was applied.") from None
    except OperationalError as error:
        if not any(words in str(error) for words in DISK_FULL):
            raise
        raise CommandError("There is no room on the disk. Nothing was applied.") from None
    _say(out, facts, as_json=options["json"])
    if refusal:
        raise CommandError(refusal)


def _done(options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Give what was found and done, and why nothing was where a file is broken."""
    paths = {name: options[name] for name in BESIDES if options.get(name)}
    with system_scope("compare the register with a file", write=False):
        known = dict(Establishment.objects.values_list("urn", "digest"))
        last = last_reading()
        besides = prepared_beside(paths, clock().today())
    with prepared(options["file"], known, last) as found:
        files: list[Prepared | Beside] = [found, *besides]
        broken = [one for one in files if one.broken and not options["partial"]]
        applied = not broken and not options["dry_run"]
        if applied:
            _apply(found, besides, partly=options["partial"])
        facts = _facts(found, besides, applied=applied)
    with system_scope("tell which settings here have closed", write=False):
        facts["closed_here"] = [_closed(one) for one in closed_here()]
    return facts, _refusal(broken[0]) if broken else ""


def _closed(one: Below) -> dict[str, Any]:
    return {
        "urn": one.setting.urn,
        "setting": one.setting.name,
        "followed_by": [
            {"urn": other.urn, "name": other.name} for other in one.followed_by if other.is_open
        ],
    }


def _refusal(one: Prepared | Beside) -> str:
    return (
        f"{len(one.quarantined):,} of {one.read:,} rows cannot be read, more than a tenth. "
        "Nothing was applied. Download the file again, or take the rest with --partial."
    )


def _apply(found: Prepared, besides: list[Beside], *, partly: bool) -> None:
    with system_scope("take over the national register"):
        actor = installation_actor(clock().now())
        take_over_register(actor=actor, prepared=found, besides=besides, partly=partly)


def _facts(found: Prepared, besides: list[Beside], *, applied: bool) -> dict[str, Any]:
    return {
        "read": found.read,
        "new": found.new,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "quarantined": len(found.quarantined),
        "missing": found.missing,
        "applied": applied,
        "quarantine": [told(row) for row in found.quarantined],
        **{
            one.name: {**one.counts(), "quarantine": [told(row) for row in one.quarantined]}
            for one in besides
        },
    }


def _say(out: TextIO, facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        out.write(json.dumps(facts) + "\n")
        return
    _say_file(out, facts)
    for name in BESIDES:
        if name in facts:
            out.write(f"\n{name}\n")
            _say_file(out, facts[name])
    for one in facts["closed_here"]:
        names = ", ".join(f"{other['name']} ({other['urn']})" for other in one["followed_by"])
        follows = f" It is followed by {names}." if names else ""
        out.write(f"The register says that {one['setting']} has closed.{follows}\n")
    out.write("Applied.\n" if facts["applied"] else "Nothing was applied.\n")


def _say_file(out: TextIO, facts: dict[str, Any]) -> None:
    counts = {name: value for name, value in facts.items() if type(value) is int}
    out.write("".join(f"{name:<12}{count:>8,}\n" for name, count in counts.items()))
    rows = facts["quarantine"]
    for row in rows[:SHOWN]:
        out.write(f"line {row['line']}: {row['reason']}\n")
    if len(rows) > SHOWN:
        out.write(f"and {len(rows) - SHOWN:,} more lines; --json prints them all\n")
