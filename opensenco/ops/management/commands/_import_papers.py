"""`opensenco import plans FILE|FOLDER|ZIP… --urn URN`: a heap of papers, from the server's disk."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, TextIO

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from opensenco.access.installation import installation_actor
from opensenco.access.scope import scope, system_scope
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.papers import stage_papers
from opensenco.exchange.readers.papers import PIECE, Sheet, is_litter, is_zip, unpacked
from opensenco.gate.clock import clock
from opensenco.ops.management.commands import _import_lists

#: seconds in which first pages are read; nobody waits at a screen
PATIENCE = 900.0


def add_arguments(parser: ArgumentParser) -> None:
    """Take the papers and the setting."""
    parser.add_argument("files", type=Path, nargs="+", help="papers, folders of them, or ZIP files")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--urn", help="the setting's number in the national register")
    which.add_argument("--name", help="a setting that the register does not hold")
    usual = "who may open them; without it as is usual for the type of each"
    parser.add_argument("--level", choices=["ordinary", "confidential"], default="", help=usual)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do not")
    parser.add_argument("--json", action="store_true", help="print the counts for programs")
    parser.set_defaults(run=run)


def run(out: TextIO, options: dict[str, Any]) -> None:
    """Find whose each paper is, and file those that leave no doubt, in one transaction.

    Raises:
        CommandError: there is no such setting here, or a file cannot be opened.
        FileRefused: there are none, too many, or a ZIP file cannot be unpacked.
    """
    with system_scope("file a heap of papers"):
        org = _import_lists.setting_of(options)
        keeper = installation_actor(clock().now(), frozenset({org.pk}))
        actor = _import_lists.importing(keeper)
    with scope(actor.scope, write=True), transaction.atomic():
        row = stage_papers(
            actor=actor, org=org, papers=_sheets(options["files"]),
            level=options["level"], patience=PATIENCE,
        )  # fmt: skip
        facts = _import_lists.facts_of(row)
        if options["dry_run"]:
            kind_of(row.kind).settled(row)
            transaction.set_rollback(True)
        else:
            facts["import"] = str(row.ref)
            apply_import(actor=actor, file_import=row, version=row.version)
    _import_lists.say(out, {**facts, "applied": not options["dry_run"]}, as_json=options["json"])


def _sheets(paths: list[Path]) -> Iterator[Sheet]:
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and not p.is_symlink()]
            for one in inside:
                if not is_litter(one.name):
                    yield from _of_file(one, str(one.parent.relative_to(path.parent)))
        else:
            yield from _of_file(path, "")


def _of_file(path: Path, folder: str) -> Iterator[Sheet]:
    try:
        with path.open("rb") as file:
            if is_zip(file):
                yield from unpacked(file, settings.LARGEST_FORM)
            else:
                yield Sheet(path.name, _pieces(file), folder)
    except PermissionError:
        raise CommandError(f"{path} cannot be opened.") from None
    except FileNotFoundError:
        raise CommandError(f"{path} is not there.") from None


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
