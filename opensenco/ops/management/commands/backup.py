"""Make a backup while OpenSENCO runs: database, files, manifest; sealed where there is a key."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.ops.backup.keeping import Rule
from opensenco.ops.backup.making import Made, make
from opensenco.ops.backup.sealing import Key

#: it was made, and lacks files that the record names
LACKS = 3


class Command(BaseCommand):
    """Makes one backup; old ones go by rule."""

    help = (
        "Make a backup while OpenSENCO runs. With --key it is sealed for the holders of the keys "
        "in that file; this machine needs their public keys only."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, for whom, and which older ones stay."""
        parser.add_argument("--to", required=True, type=Path, metavar="DIR")
        parser.add_argument("--key", type=Path, metavar="FILE", help="age1… or ssh-… keys")
        parser.add_argument(
            "--keep",
            metavar="DAYS[/WEEKS[/MONTHS]]",
            help="take older ones away: the newest of each of so many days, weeks, months stays",
        )
        parser.add_argument("--json", action="store_true", help="print the manifest for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it.

        Raises:
            CommandError: it was not made; or it was, and files that the record names are missing.
        """
        key = Key.read(options["key"]) if options["key"] else None
        rule = Rule.read(options["keep"]) if options["keep"] else None
        made = make(options["to"].resolve(), key=key, keep=rule)
        self._tell(made, as_json=options["json"])
        if made.manifest.lacking:
            raise CommandError(
                f"{made.manifest.lacking:,} files that the record names are missing or damaged. "
                "The backup has all the others; `opensenco doctor --all` says which they are.",
                returncode=LACKS,
            )

    def _tell(self, made: Made, *, as_json: bool) -> None:
        said = made.manifest
        if as_json:
            facts = {
                "folder": str(made.folder), "rows": said.rows, "files": said.files,
                "bytes": said.bytes, "sealed": said.sealed, "lacking": said.lacking,
                "dropped": list(made.dropped),
            }  # fmt: skip
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(f"backup      {made.folder}")
        self.stdout.write(f"rows        {said.rows:>8,} in {len(said.counts):,} tables")
        self.stdout.write(f"files       {said.files:>8,}")
        self.stdout.write(f"sealed      {'yes' if said.sealed else 'no':>8}")
        if made.dropped:
            self.stdout.write(f"taken away  {len(made.dropped):>8,} older backups")
