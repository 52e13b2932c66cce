"""Write the papers of data protection as the models declare them, or see whether they are true."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.ops.data_protection import papers


class Command(BaseCommand):
    """`opensenco data-protection --to FOLDER`; opens no database."""

    help = "Write the record of processing, the impact assessment and the privacy notices."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where they go, or whether they are only compared."""
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a folder")
        parser.add_argument("--check", action="store_true", help="write nothing, tell what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare them.

        Raises:
            CommandError: something differs, or cannot be written.
        """
        folder: Path = options["to"]
        found = papers()
        if options["check"]:
            other = [name for name, text in found.items() if _read(folder / name) != text]
            if other:
                raise CommandError(f"Not as the models say: {', '.join(other)}.")
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in found.items():
                (folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{len(found)} papers in {folder}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
