"""`opensenco import settings FILE`: childminders and nurseries that the register does not hold."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.db.models import Q

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.exchange.doubles import Judged, Verdict, judged
from opensenco.exchange.operations.settings import bring_settings
from opensenco.exchange.readers.settings import SettingRow, read_settings
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.register import MOST_QUARANTINED
from opensenco.exchange.sentences import said
from opensenco.gate.clock import clock
from opensenco.kernel.words import sentence

SHOWN = 20
ABOVE = (Organisation.Kind.AUTHORITY, Organisation.Kind.AREA, Organisation.Kind.AGENCY)


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file, to whom its settings belong, and how careful to be."""
    parser.add_argument("file", type=Path, help="the list as CSV or an Excel workbook")
    parser.add_argument(
        "--under",
        metavar="NAME",
        help="the authority (name or code), area or agency here that new settings belong to",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.add_argument(
        "--partial",
        action="store_true",
        help="apply the rows that can be read even where more than a tenth cannot",
    )
    parser.set_defaults(run=run)


@dataclass
class _Outcome:
    rows: list[Judged]
    quarantine: list[dict[str, Any]]

    @property
    def read(self) -> int:
        return len(self.rows) + len(self.quarantine)

    @property
    def broken(self) -> bool:
        return len(self.quarantine) > MOST_QUARANTINED * self.read

    def count(self, verdict: Verdict) -> int:
        return sum(one.verdict is verdict for one in self.rows)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Read the list, add and correct its settings in one transaction, and say what was done.

    Raises:
        CommandError: too many rows cannot be read, and the counts have been printed; there is no
            such organisation.
        FileRefused: the file is no such list.
    """
    rows, file = read_settings(options["file"])
    wrong = [
        {"line": one.line, "reason": " ".join(f"{_told(f)}" for f in one.faults)}
        for one in file.refused
    ]
    if not rows and not wrong:
        raise FileRefused(sentence("This file has headings and no rows."))
    with system_scope("import a list of settings"):
        under = _above(options["under"])
        found = _judged(rows, wrong)
        refused = found.broken and not options["partial"]
        applied = not refused and not options["dry_run"]
        if applied:
            actor = installation_actor(clock().now())
            bring_settings(actor=actor, rows=found.rows, under=under)
    _say(out, found, applied=applied, as_json=options["json"])
    if refused:
        raise CommandError(
            f"{len(found.quarantine):,} of {found.read:,} rows cannot be read, more than a tenth. "
            "Nothing was applied. Mend the file, or take the rest with --partial."
        )


def _above(name: str | None) -> Organisation | None:
    if name is None:
        return None
    wanted = Q(name__iexact=name.strip()) | (Q(la_code=name.strip()) & ~Q(la_code=""))
    rows = list(Organisation.objects.filter(wanted, kind__in=ABOVE))
    if len(rows) != 1:
        raise CommandError(f"{len(rows)} authorities, areas or agencies here have this name.")
    return rows[0]


def _judged(rows: Sequence[SettingRow], wrong: list[dict[str, Any]]) -> _Outcome:
    """Hold the rows beside the record and beside each other."""
    found = _Outcome([], wrong)
    first: dict[object, int] = {}
    for row in rows:
        keys: list[object] = [(row.name.casefold(), row.postcode, row.ofsted_urn)]
        keys += [row.ofsted_urn] if row.ofsted_urn else []
        earlier = next((first[key] for key in keys if key in first), None)
        one = judged(row)
        if earlier is not None:
            why = f"This setting stands on line {earlier} already."
            wrong.append({"line": row.line, "reason": why})
        elif one.verdict is Verdict.REFUSED:
            wrong.append({"line": row.line, "reason": one.why})
        else:
            first |= dict.fromkeys(keys, row.line)
            found.rows.append(one)
    wrong.sort(key=lambda one: one["line"])
    return found


def _told(fault: Any) -> str:
    column = f"{fault.column}: " if fault.column else ""
    return f"{column}{said(fault.wrong)} {said(fault.mend)}"


def _say(out: TextIO, found: _Outcome, *, applied: bool, as_json: bool) -> None:
    counts = {
        "read": found.read,
        "new": found.count(Verdict.NEW),
        "changed": found.count(Verdict.CHANGED),
        "unchanged": found.count(Verdict.UNCHANGED),
        "quarantined": len(found.quarantine),
    }
    if as_json:
        facts = {**counts, "applied": applied, "quarantine": found.quarantine}
        out.write(json.dumps(facts) + "\n")
        return
    out.write("".join(f"{name:<12}{count:>8,}\n" for name, count in counts.items()))
    for row in found.quarantine[:SHOWN]:
        out.write(f"line {row['line']}: {row['reason']}\n")
    if len(found.quarantine) > SHOWN:
        out.write(f"and {len(found.quarantine) - SHOWN:,} more lines; --json prints them all\n")
    out.write("Applied.\n" if applied else "Nothing was applied.\n")
