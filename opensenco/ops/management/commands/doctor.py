"""Look at this installation, and say in plain words what is well and what is not."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from opensenco.ops import doctor
from opensenco.ops.doctor import Finding, Level, deploy, isolation

ON_SQLITE = (
    "SQLite has no row-level security. In its place stand the managers, which were tried here "
    "and add the condition to every question; the tests' tripwire, which stops a statement that "
    "names a table without it; and the rights on the file. Whoever reads the file reads all."
)


class Command(BaseCommand):
    """Looks and changes nothing. Ends with 1 where something is wrong."""

    help = "Look at this installation, and say in plain words what is well and what is not."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is looked at."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--deploy", action="store_true", help="the settings of a server too")
        which.add_argument(
            "--isolation", action="store_true", help="try each table's wall as the web's login"
        )
        parser.add_argument("--all", action="store_true", help="read every file to its end")
        parser.add_argument("--json", action="store_true", help="print what was found for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look.

        Raises:
            CommandError: something is wrong.
        """
        if options["isolation"]:
            self._isolation(as_json=options["json"])
            return
        findings = doctor.examine(every_file=options["all"])
        if options["deploy"]:
            findings += deploy.deployment()
        self._tell(findings, as_json=options["json"])

    def _tell(self, findings: Iterable[Finding], *, as_json: bool) -> None:
        found = list(findings)
        if as_json:
            self.stdout.write(json.dumps([asdict(one) for one in found]))
        else:
            for one in found:
                self.stdout.write(f"{one.level.value:<6}{one.about:<12}{one.says}")
        if wrong := sum(one.level is Level.WRONG for one in found):
            raise CommandError(
                "One thing is wrong." if wrong == 1 else f"{wrong} things are wrong."
            )

    def _isolation(self, *, as_json: bool) -> None:
        tried = []
        for one in isolation.tables():
            tried.append(one)
            if not as_json:
                said = "holds" if one.holds else f"LEAKS: {', '.join(one.leaks)}"
                note = f" ({one.open_by_design})" if one.open_by_design else ""
                self.stdout.write(f"{one.table:<48}{one.rows:>10,}  {said}{note}")
        if as_json:
            self.stdout.write(json.dumps([asdict(one) for one in tried]))
        elif connection.vendor == "sqlite":
            self.stdout.write(ON_SQLITE)
        leaking = [one.table for one in tried if not one.holds]
        if leaking:
            raise CommandError(f"{len(leaking)} tables leak: {', '.join(leaking)}.")
        if not as_json:
            self.stdout.write(f"All {len(tried)} tables hold.")
