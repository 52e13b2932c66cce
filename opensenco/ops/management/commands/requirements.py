"""Show what is wanted, what is built and what the tests prove."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.ops import requirements
from opensenco.ops.requirements import RequirementsError, Verdict

HEADINGS = ("ID", "What", "State", "Proven", "Tests", "Missing")


class Command(BaseCommand):
    """Joins docs/requirements.toml with what the last test runs proved; opens no database."""

    help = (
        "Show every requirement with its state and its proof. Exits with 1 where one that is "
        "marked built is not proven."
    )
    requires_system_checks = ()
    root: Path = requirements.ROOT

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --open and --json."""
        parser.add_argument(
            "--open",
            action="store_true",
            help="only what is still to do: marked open, or marked built without proof",
        )
        parser.add_argument("--json", action="store_true", help="print JSON and no table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdicts.

        Raises:
            CommandError: a file cannot be used, or something is called built without proof; one
                line each, exit status 1.
        """
        try:
            register = requirements.read_register(self.root / requirements.REGISTER)
            results = requirements.read_results(self.root / requirements.RESULTS)
        except RequirementsError as error:
            raise CommandError(str(error)) from error
        verdicts = requirements.join(register, results)
        shown = [
            verdict
            for verdict in verdicts
            if not options["open"] or verdict.requirement.state == "open" or verdict.unfounded
        ]
        if options["json"]:
            self.stdout.write(json.dumps(as_data(verdicts, shown), indent=1))
        else:
            self.stdout.write("\n".join([*table(shown), "", summary(verdicts)]))
            if not results:
                self.stdout.write("No test run has left a result. Run: python3 run.py test")
        unfounded = [verdict for verdict in verdicts if verdict.unfounded]
        if unfounded:
            lines = [f"{each.requirement.id}: {'; '.join(each.missing)}" for each in unfounded]
            raise CommandError("\n".join(["Marked built and not proven:", *lines]))


def missing(verdict: Verdict) -> str:
    """Say what is missing: our own note first, then what the proof lacks."""
    return "; ".join(filter(None, (verdict.requirement.note, *verdict.missing)))


def table(verdicts: Sequence[Verdict]) -> list[str]:
    """Lay the verdicts out in columns, one line each, headings first."""
    rows = [
        (
            verdict.requirement.id,
            verdict.requirement.title,
            verdict.requirement.state,
            "yes" if verdict.proven else "no",
            str(verdict.tests),
            missing(verdict),
        )
        for verdict in verdicts
    ]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (HEADINGS, *rows)
    ]


def counts(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """Count all, built, proven, and those marked open that the tests already prove."""
    states = [(verdict.requirement.state, verdict.proven) for verdict in verdicts]
    return {
        "all": len(states),
        "built": sum(state == "built" for state, _ in states),
        "proven": sum(proven for _, proven in states),
        "open_and_proven": states.count(("open", True)),
    }


def summary(verdicts: Sequence[Verdict]) -> str:
    """Say in one line how far we are."""
    number = counts(verdicts)
    return (
        f"{number['all']} requirements: {number['built']} marked built, {number['proven']} proven, "
        f"{number['open_and_proven']} of these still marked open."
    )


def as_data(verdicts: Sequence[Verdict], shown: Sequence[Verdict]) -> dict[str, object]:
    """Give what --json prints: counts over everything, and the requirements asked for."""
    return {
        "counts": counts(verdicts),
        "requirements": [
            {
                "id": verdict.requirement.id,
                "title": verdict.requirement.title,
                "priority": verdict.requirement.priority,
                "state": verdict.requirement.state,
                "note": verdict.requirement.note,
                "proven": verdict.proven,
                "missing": list(verdict.missing),
                "tests": [requirements.facts(result) for result in verdict.results],
            }
            for verdict in shown
        ],
    }
