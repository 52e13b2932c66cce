"""`opensenco import pupils FILE --urn URN`, and every other kind of list of a school."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.db import transaction

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.scope import scope, system_scope
from opensenco.exchange import queries
from opensenco.exchange.kinds.kind import Kind
from opensenco.exchange.kinds.known import KINDS, kind_of
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import Reading, stage_file
from opensenco.exchange.readers.lists import LARGEST
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import again, said
from opensenco.exchange.states import ImportKind, Match
from opensenco.gate.clock import clock

SHOWN = 20


def add_arguments(parser: ArgumentParser, kind: Kind) -> None:
    """Take the file, the setting, and what cannot be seen from the file."""
    parser.add_argument("file", type=Path, help="the list as an Excel workbook or CSV")
    parser.add_argument("--sheet", default="", help="of a workbook, the sheet with the list")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--urn", help="the setting's number in the national register")
    which.add_argument("--name", help="a setting that the register does not hold")
    if kind.code is ImportKind.TERMS:
        which.add_argument(
            "--authority",
            metavar="CODE",
            help="an authority's three figures: its settings can start from its days",
        )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    if kind.asks_sen:
        parser.add_argument(
            "--blank-sen-is-none",
            action="store_true",
            help="an empty SEN status means that the pupil has none",
        )
    if kind.asks_names:
        parser.add_argument(
            "--forenames-first",
            action="store_true",
            help="a column of whole names has the surname last",
        )
    for code, label in kind.once.items():
        parser.add_argument(
            f"--{code}", type=_day, metavar="YYYY-MM-DD", help=f"{label} of every row"
        )
    parser.set_defaults(run=run)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("Write the day like 2027-03-10.") from None


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Read the list, and apply what leaves no doubt, all of it in one transaction.

    Raises:
        CommandError: there is no such setting here, or the file cannot be opened.
        FileRefused: the file is no such list.
    """
    kind = kind_of(options["kind"])
    content = _content(options["file"])
    with system_scope("import a list"):
        org = setting_of(options)
        actor = importing(installation_actor(clock().now(), frozenset({org.pk})))
    reading = _reading(options)
    # From here on in the setting's own scope: one organisation at a time.
    with scope(actor.scope, write=True), transaction.atomic():
        row = stage_file(
            actor=actor, org=org, kind=kind.code, file_name=options["file"].name,
            content=content, reading=reading,
        )  # fmt: skip
        if unclear := row.columns.get("unclear"):
            raise FileRefused(again(unclear))
        facts = facts_of(row)
        if options["dry_run"]:
            transaction.set_rollback(True)
        else:
            facts["import"] = str(row.ref)
            apply_import(actor=actor, file_import=row, version=row.version)
    say(out, {**facts, "applied": not options["dry_run"]}, as_json=options["json"])


def importing(actor: Actor) -> Actor:
    """Give the installation the verbs of the lists that it reads in, for this command alone."""
    more = {verb: Reach.ALL for kind in KINDS.values() for verb in kind.verbs}
    more |= dict.fromkeys((Action.RECORD_INVALIDATE, Action.CONTACT_VIEW), Reach.ALL)
    # all fields of a school's own are open to whoever may look back over its records
    more |= dict.fromkeys((Action.FIELD_FILL, Action.PUPIL_HISTORY), Reach.ALL)
    return replace(actor, hat=replace(actor.hat, grants={**actor.hat.grants, **more}))


def _reading(options: dict[str, Any]) -> Reading:
    forenames = options.get("forenames_first")
    order = NameOrder.FORENAME_FIRST if forenames else NameOrder.SURNAME_COMMA
    once = {
        code: day.isoformat()
        for code in kind_of(options["kind"]).once
        if (day := options.get(code)) is not None
    }
    return Reading(bool(options.get("blank_sen_is_none")), order, None, options["sheet"], once)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        raise CommandError(f"{path} cannot be opened.") from None


def setting_of(options: dict[str, Any]) -> Organisation:
    """Give the setting that the command names.

    Raises:
        CommandError: there is none, or there are several.
    """
    if options.get("authority"):
        return _authority(options["authority"])
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


def _authority(code: str) -> Organisation:
    found = queries.authority_of(code)
    if found is None:
        raise CommandError(
            f"No authority with the code {code} is here. It comes with the first of its schools: "
            "opensenco adopt --urn URN"
        )
    return found


def facts_of(file: FileImport) -> dict[str, Any]:
    """Give counts and lines; names of people are not for a terminal."""
    tally = queries.tally(file)
    names = [Match.NEW, Match.CHANGED, Match.UNCHANGED, Match.DOUBTFUL, Match.REFUSED]
    doubtful, refused = queries.lines(file, Match.DOUBTFUL), queries.lines(file, Match.REFUSED)
    return {
        "read": tally.read,
        **{name.value: tally.by_match[name.value] for name in names},
        "missing": tally.missing,
        "doubtful_lines": [
            {"line": row.line, "why": " ".join(map(said, row.reasons))} for row in doubtful
        ],
        "refused_lines": [
            {"line": row.line, "why": " ".join(map(_told, row.faults))} for row in refused
        ],
    }


def _told(fault: dict[str, Any]) -> str:
    column = f"{fault['column']}: " if fault["column"] else ""
    return f"{column}{said(fault['wrong'])} {said(fault['mend'])}"


def say(out: TextIO, facts: dict[str, Any], *, as_json: bool) -> None:
    """Print counts and lines, for people or for programs."""
    if as_json:
        out.write(json.dumps(facts) + "\n")
        return
    counts = {name: value for name, value in facts.items() if type(value) is int}
    out.write("".join(f"{name:<12}{count:>8,}\n" for name, count in counts.items()))
    if "import" in facts:
        out.write(f"import      {facts['import']}\n")
    for name in ("doubtful_lines", "refused_lines"):
        for row in facts[name][:SHOWN]:
            out.write(f"line {row['line']}: {row['why']}\n")
        if len(facts[name]) > SHOWN:
            out.write(f"and {len(facts[name]) - SHOWN:,} more lines; --json prints them all\n")
    if facts["doubtful"]:
        out.write("Doubtful rows were left out. In the browser a person can decide about them.\n")
    out.write("Applied.\n" if facts["applied"] else "Nothing was applied.\n")
