"""Read a file: the national register (gias) or a school's pupils."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from opensenco.ops.management.commands import _import_gias, _import_pupils


class Command(BaseCommand):
    """`opensenco import gias FILE` and `opensenco import pupils FILE --urn URN`."""

    help = "Read a file: the national register (gias) or a school's pupils."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what kind of file it is, and what that kind needs."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="gias|pupils")
        _import_gias.add_arguments(
            kinds.add_parser("gias", help="the national register of establishments, as CSV")
        )
        _import_pupils.add_arguments(kinds.add_parser("pupils", help="a pupil list, as CSV"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file."""
        options["run"](self.stdout, options)
