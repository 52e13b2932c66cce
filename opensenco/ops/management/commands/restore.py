"""Bring a backup back into an empty place, whole and looked over, or not at all."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.ops import doctor
from opensenco.ops.backup.restoring import check, find, restore
from opensenco.ops.backup.sealing import Key
from opensenco.ops.upgrading import pending


class Command(BaseCommand):
    """Brings one backup back; with --check reads it and writes nothing."""

    help = (
        "Bring a backup back into an empty place: an empty database, a data folder without files. "
        "With --check, read all of it and hold it against its checksums instead."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which one, and what opens it."""
        parser.add_argument("source", type=Path, metavar="FROM", help="a backup, or a folder of")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key that opens it")
        parser.add_argument("--check", action="store_true", help="read it, and write nothing")
        parser.add_argument("--json", action="store_true", help="print what was done for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back, or look it over.

        Raises:
            CommandError: it cannot be read, or something is here already.
        """
        key = Key.read(options["key"]) if options["key"] else None
        found = find(options["source"].resolve(), key)
        check(found) if options["check"] else restore(found)
        said = found.manifest
        if options["json"]:
            facts = {
                "folder": str(found.folder), "made_at": said.made_at, "rows": said.rows,
                "files": said.files, "version": said.version, "restored": not options["check"],
            }  # fmt: skip
            self.stdout.write(json.dumps(facts))
            return
        done = "looked over" if options["check"] else "brought back"
        self.stdout.write(f"{done}: the backup of {said.made_at}, version {said.version}")
        self.stdout.write(f"rows        {said.rows:>8,} in {len(said.counts):,} tables")
        self.stdout.write(f"files       {said.files:>8,}")
        if not options["check"]:
            self._looked_over()

    def _looked_over(self) -> None:
        """Let the doctor see what came back, where it has the shape of this version."""
        if later := pending():
            self.stdout.write(f"{len(later)} migrations are younger. Now: opensenco upgrade")
            return
        findings = doctor.examine(every_file=True)
        for one in findings:
            if one.level is not doctor.Level.WELL:
                self.stdout.write(f"{one.level.value:<6}{one.about:<12}{one.says}")
        wrong = [one.about for one in findings if one.level is doctor.Level.WRONG]
        if amiss := [about for about in wrong if about not in doctor.BESIDE]:
            raise CommandError(f"It is brought back, and {amiss[0]} is not as it should be.")
        self.stdout.write("The doctor has looked it over: the record is well.")
