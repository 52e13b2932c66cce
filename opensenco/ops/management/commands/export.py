"""Take a place's whole record out as an open file, or compare two such files."""

import json
from argparse import ArgumentParser
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from opensenco.access.installation import installation_actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.scope import scope, system_scope
from opensenco.exchange.leaving.archive import reading
from opensenco.exchange.leaving.comparing import Compared, compared
from opensenco.exchange.leaving.guide import guide
from opensenco.exchange.leaving.writing import Facts, write_place
from opensenco.exchange.operations.leaving import hand_out_copy
from opensenco.gate.clock import clock
from opensenco.ops.management.commands._export_pupil import pupil_written
from opensenco.ops.management.commands._places import place_of

#: references that are printed of each kind of difference
SHOWN = 5


class Command(BaseCommand):
    """`opensenco export place NUMBER --to FILE`, `… pupil NUMBER PUPIL`, `… compare A B`."""

    help = "Take a place's whole record out as an open file, or compare two such files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be done, and what that needs."""
        kinds = parser.add_subparsers(
            dest="kind", required=True, metavar="place|authority|pupil|compare|dictionary"
        )
        place = kinds.add_parser("place", help="one place: all that it holds, papers included")
        _number(place, "its URN, an authority's code, a trust's UID or Ofsted's number")
        place.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new ZIP file")
        above = kinds.add_parser(
            "authority", help="an authority's or trust's own record, and places below it"
        )
        _number(above, "the authority's code or the trust's UID")
        above.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a folder")
        which = above.add_mutually_exclusive_group()
        which.add_argument("--with", nargs="+", default=[], metavar="NUMBER", dest="others",
                           help="places below it that go as well, a file each")  # fmt: skip
        which.add_argument("--with-all", action="store_true", help="all places below it")
        child = kinds.add_parser(
            "pupil", help="all that is held about one pupil, not looked through"
        )
        _number(child, "the URN or Ofsted's number of the place")
        child.add_argument("pupil", metavar="PUPIL", help="a pupil number (UPN) or reference")
        child.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new ZIP file")
        two = kinds.add_parser("compare", help="compare two files by what they say")
        two.add_argument("first", type=Path)
        two.add_argument("second", type=Path)
        kinds.add_parser("dictionary", help="print what every table and field of a file means")
        for one in (place, above, child, two):
            one.add_argument("--json", action="store_true", help="print the facts for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it.

        Raises:
            CommandError: there is no such place, the file is there already, or two files differ.
            DomainError: a file is none of ours, or is damaged.
        """
        if options["kind"] == "dictionary":
            self.stdout.write(guide(), ending="")
            return
        ways = {"place": self._place, "authority": self._authority, "pupil": self._pupil,
                "compare": self._compare}  # fmt: skip
        ways[options["kind"]](options)

    def _place(self, options: dict[str, Any]) -> None:
        self._say(options, [(options["to"], *_written(place_of(options["number"]), options["to"]))])

    def _pupil(self, options: dict[str, Any]) -> None:
        done = pupil_written(place_of(options["number"]), options["pupil"], options["to"])
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        self.stdout.write(f"{done['pieces']:,} pieces, {done['bytes']:,} bytes: {done['file']}")
        self.stdout.write(
            "Nobody has looked it through: it names other people. To answer a request, take it "
            "down in the browser."
        )

    def _authority(self, options: dict[str, Any]) -> None:
        """The authority sees no school's record: each place named is a file of its own."""
        above = place_of(options["number"])
        below = _below(above, clock().now().date())
        wanted = [place_of(number) for number in options["others"]]
        if strange := [one.name for one in wanted if one.pk not in {b.pk for b in below}]:
            raise CommandError(f"Not below {above.name}: {', '.join(strange)}.")
        folder: Path = options["to"]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        places = [above, *(below if options["with_all"] else wanted)]
        self._say(options, [(to, *_written(one, to)) for one in places
                            for to in [folder / f"{_name(one)}.zip"]])  # fmt: skip

    def _say(self, options: dict[str, Any], done: list[tuple[Path, Organisation, Facts]]) -> None:
        for to, place, facts in done:
            papers = len(facts.digests) - len(facts.missing)
            said = {
                "place": place.name, "file": str(to), "bytes": to.stat().st_size,
                "rows": facts.rows.total(), "papers": papers, "papers_missing": len(facts.missing),
            }  # fmt: skip
            if options["json"]:
                self.stdout.write(json.dumps(said))
                continue
            self.stdout.write(f"{place.name}: {facts.rows.total():,} rows, {papers:,} papers")
            if facts.missing:
                self.stdout.write(
                    f"{len(facts.missing):,} papers are not as they were kept, and are missing. "
                    "The manifest names them."
                )
            self.stdout.write(f"{to}: {to.stat().st_size:,} bytes, not encrypted. Keep it safe.")

    def _compare(self, options: dict[str, Any]) -> None:
        with ExitStack() as stack:
            files = [stack.enter_context(_opened(options[name])) for name in ("first", "second")]
            for file in files:
                file.check()
            found = compared(*files)
        if options["json"]:
            self.stdout.write(json.dumps(_facts(found)))
        else:
            self._differences(found)
        if not found.alike:
            raise CommandError("The two files differ.")

    def _differences(self, found: Compared) -> None:
        for label, table in found.tables.items():
            for words, refs in (
                ("only in the first", table.only_first), ("only in the second", table.only_second)
            ):  # fmt: skip
                if refs:
                    self.stdout.write(f"{label}: {len(refs):,} {words}: {', '.join(refs[:SHOWN])}")
            for ref, names in list(table.other.items())[:SHOWN]:
                self.stdout.write(f"{label}: {ref} differs in {', '.join(names)}")
            if len(table.other) > SHOWN:
                self.stdout.write(f"{label}: {len(table.other):,} rows differ")
        for path in found.files[:SHOWN]:
            self.stdout.write(f"only in one of them: {path}")
        if found.journey:
            self.stdout.write(
                f"{found.journey} entries of the books tell of the way alone, and are left out."
            )
        if found.alike:
            self.stdout.write(f"Alike: {found.rows:,} rows, and every paper.")


def _number(parser: ArgumentParser, words: str) -> None:
    parser.add_argument("number", metavar="NUMBER", help=f"{words}, or the name of a place "
                        "that has none")  # fmt: skip


def _facts(found: Compared) -> dict[str, Any]:
    return {
        "alike": found.alike, "rows": found.rows, "files": found.files, "journey": found.journey,
        "tables": {label: {"only_first": one.only_first, "only_second": one.only_second,
                           "other": one.other} for label, one in found.tables.items()},
    }  # fmt: skip


def _opened(path: Path) -> Any:
    if not path.is_file():
        raise CommandError(f"{path} is not there.")
    return reading(path)


def _below(above: Organisation, today: date) -> list[Organisation]:
    """Give the places that belong to an authority or trust today, at any remove."""
    held = Q(ends__isnull=True) | Q(ends__gte=today)
    seen, new = {above.pk: above}, [above.pk]
    while new:
        members = Affiliation.objects.filter(held, of__in=new, starts__lte=today).values("member")
        rows = Organisation.objects.filter(Q(pk__in=members) | Q(parent__in=new)).order_by("id")
        fresh = [row for row in rows if row.pk not in seen and row.kind != Organisation.Kind.PART]
        seen |= {row.pk: row for row in fresh}
        new = [row.pk for row in fresh]
    return [row for pk, row in seen.items() if pk != above.pk]


def _name(place: Organisation) -> str:
    number = place.urn or place.la_code or place.group_uid or place.ofsted_urn
    return number or place.ref.hex


def _written(place: Organisation, to: Path) -> tuple[Organisation, Facts]:
    if to.exists():
        raise CommandError(f"{to} is there already. Name a new file.")
    if not to.parent.is_dir():
        raise CommandError(f"{to.parent} is no folder.")
    now = clock().now()
    with system_scope("say in the books that a place is copied"):
        actor = installation_actor(now, frozenset({place.pk}))
    with scope(actor.scope, write=True):
        hand_out_copy(actor=actor, org=place)
    try:
        return place, write_place(place, to, now)
    except OSError as error:
        raise CommandError(f"{to} cannot be written: {error.strerror}.") from None
