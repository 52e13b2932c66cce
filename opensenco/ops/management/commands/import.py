"""Read a file: the national register (gias), settings, a list, or a whole place."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from opensenco.exchange.kinds.known import KINDS
from opensenco.ops.management.commands import (
    _import_gias,
    _import_lists,
    _import_papers,
    _import_place,
    _import_settings,
    _import_undo,
)


class Command(BaseCommand):
    """`opensenco import gias FILE` and `opensenco import pupils FILE --urn URN`."""

    help = "Read a file: the national register (gias), settings, a list, or a whole place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what kind of file it is, and what that kind needs."""
        names = "|".join(["gias", "settings", "place", "undo", *(code.value for code in KINDS)])
        kinds = parser.add_subparsers(dest="kind", required=True, metavar=names)
        _import_gias.add_arguments(
            kinds.add_parser("gias", help="the national register of establishments, as CSV")
        )
        _import_settings.add_arguments(
            kinds.add_parser(
                "settings", help="childminders and nurseries that are not in the register"
            )
        )
        _import_undo.add_arguments(kinds.add_parser("undo", help="take an applied list back"))
        place = kinds.add_parser("place", help="a whole place from its file, as it left")
        _import_place.add_arguments(place)
        heap = kinds.add_parser("plans", help="plans and reports as documents: a heap of papers")
        _import_papers.add_arguments(heap)
        lists = {code: kind for code, kind in KINDS.items() if not kind.papers}
        for code, kind in lists.items():
            one = kinds.add_parser(code.value, help=f"a list of {code.label}")
            _import_lists.add_arguments(one, kind)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file."""
        options["run"](self.stdout, options)
