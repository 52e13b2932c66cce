"""Bring the record to this version: copied first, looked over after, back as it was if it fails."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.ops import doctor, upgrading


class Command(BaseCommand):
    """Upgrades, and says each step."""

    help = (
        "Bring the record to the shape of this version. Pages say meanwhile that it takes a few "
        "minutes. Where anything fails the record is put back as it was."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long is waited for what has begun."""
        parser.add_argument(
            "--grace", type=float, default=upgrading.GRACE, metavar="SECONDS",
            help="for requests that have begun (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument(
            "--wait", type=float, default=upgrading.MOST_WAIT, metavar="SECONDS",
            help="for a job that has begun (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print what was done for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it.

        Raises:
            CommandError: it failed; says whether the record is as it was.
        """
        as_json = options["json"]
        done = upgrading.upgrade(
            (lambda line: None) if as_json else self._say,
            grace=options["grace"], wait=options["wait"],
        )  # fmt: skip
        wrong = [one for one in done.findings if one.level is doctor.Level.WRONG]
        if as_json:
            facts = {
                "steps": done.steps,
                "backup": str(done.backup or ""),
                "wrong": [f"{one.about}: {one.says}" for one in wrong],
            }
            self.stdout.write(json.dumps(facts))
        elif done.steps:
            self._say("Done. `opensenco serve` begins anew by itself; start other servers again.")
        if wrong:
            raise CommandError(f"{wrong[0].about}: {wrong[0].says} `opensenco doctor` says more.")

    def _say(self, line: str) -> None:
        """Print now: whoever waits reads how far it is."""
        self.stdout.write(line)
        self.stdout.flush()
