"""The package: a ZIP with a page to read, the same as JSON and CSV, the files, and their checksums.

The same decisions give the same bytes, apart from the day on which it was asked for. It holds no
script, and opens in any browser without the internet.
"""

import hashlib
import json
import re
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.template import engines
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.access.models import Organisation
from opensenco.access.personal import PARTS
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.files.store import Store
from opensenco.documents.keeping import store_of
from opensenco.documents.retention import KEEPS
from opensenco.exchange.out import csv_file
from opensenco.exchange.out.table import Table
from opensenco.kernel.clock import london_date
from opensenco.people.models import Pupil
from opensenco.protection.copying import Piece
from opensenco.protection.models import GatheredItem, RequestPackage
from opensenco.protection.states import GROUNDS, Decision

LARGEST = 4 * 1024 * 1024 * 1024
BLACK = "█████"
STYLE = Path(__file__).parent / "package.css"
_PIECE = 256 * 1024
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Told:
    """One piece as it is given: what it is, its words, and its file."""

    title: str
    part: str
    day: str
    values: list[list[str]]
    earlier: list[list[Any]]
    file: str = ""
    blacked_out: str = ""


@dataclass
class Packed:
    """A package that was made and is not kept yet. Close it, or use it in a `with`."""

    file: IO[bytes]
    given: int
    withheld: dict[str, int] = field(default_factory=dict)

    def pieces(self) -> Iterator[bytes]:
        """Give its bytes in pieces."""
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            yield piece

    def __enter__(self) -> "Packed":
        return self

    def __exit__(self, *_why: object) -> None:
        self.file.close()


@dataclass(frozen=True)
class Cover:
    """What stands on a package: of whom, for whom, and whether somebody has looked it through.

    Args:
        asked_by: empty where it is a copy that nobody has looked through.
        lead: it is the safeguarding lead's own part.
    """

    org: Organisation
    pupil: Pupil
    at: datetime
    asked_by: str = ""
    lead: bool = False


def packed(row: RequestPackage) -> Packed:
    """Make the package of a request, within the open scope, in a file that nobody else sees."""
    items = GatheredItem.objects.filter(data_request=row.data_request, lead=row.lead)
    cover = Cover(row.org, row.pupil, row.at, row.data_request.asked_by, row.lead)
    return pack(list(items.select_related("instead__file").order_by("id")), cover)


def copied(pieces: Iterable[Piece], cover: Cover) -> Packed:
    """Make a package of all pieces, with nothing kept back: for the place's own use."""
    items = [
        GatheredItem(
            part=one.part, label=one.label, of_ref=one.of_ref, on=one.on, title=one.title,
            content=one.content, digest=one.digest, file_name=one.file_name,
            decision=Decision.GIVE,
        )
        for one in pieces
    ]  # fmt: skip
    return pack(items, cover)


def pack(items: Sequence[GatheredItem], cover: Cover) -> Packed:
    """Make a package of decided pieces."""
    given = [one for one in items if one.decision in (Decision.GIVE, Decision.WITHOUT)]
    held_back = Counter(one.ground for one in items if one.decision == Decision.WITHHOLD)
    blacked = Counter(one.ground for one in items if one.decision == Decision.WITHOUT)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever keeps it closes it)
    try:
        with _Zip(file, cover) as made:
            told = [made.told(one, number) for number, one in enumerate(given, start=1)]
            made.write(told, held_back, blacked)
    except BaseException:
        file.close()
        raise
    return Packed(file, len(given), dict(sorted(held_back.items())))


class _Zip:
    """Writes the parts of a package and notes the checksum of each."""

    def __init__(self, file: IO[bytes], cover: Cover) -> None:
        self.cover, self.day = cover, london_date(cover.at)
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.store: Store = store_of(cover.org)
        self.sums: list[tuple[str, str]] = []
        self._there: dict[str, str] = {}

    def __enter__(self) -> "_Zip":
        return self

    def __exit__(self, *_why: object) -> None:
        self.zip.close()

    def told(self, item: GatheredItem, number: int) -> Told:
        """Give a piece as it is given; its file goes in where it has one."""
        hide = item.hidden if item.decision == Decision.WITHOUT else []
        values = [[label, black_out(text, hide)] for label, text in item.content["values"]]
        earlier = [
            [when, who, [[label, black_out(text, hide)] for label, text in before]]
            for when, who, before in item.content.get("earlier", ())
        ]
        return Told(
            title=black_out(item.title, hide), part=item.part,
            day=written(item.on, "j F Y") if item.on else "", values=values, earlier=earlier,
            file=self._file(*_given(item), number) if item.digest else "",
            blacked_out=str(GROUNDS[item.ground].words) if hide or item.instead_id else "",
        )  # fmt: skip

    def _file(self, kept: str, file_name: str, number: int) -> str:
        if kept in self._there:
            return self._there[kept]
        name = f"files/{number:04}-{_SAFE.sub('-', file_name)[-80:]}"
        try:
            path = self.store.whole(kept)
        except FileNotTaken:
            # one damaged file keeps nobody from the rest; the page says that it is missing
            return _("This file is not where it was kept, and could not be given.")
        digest = hashlib.sha256()
        with path.open("rb") as source, self.zip.open(self._info(name), "w") as into:
            while piece := source.read(_PIECE):
                digest.update(piece)
                into.write(piece)
        self.sums.append((name, digest.hexdigest()))
        self._there[kept] = name
        return name

    def write(self, told: Sequence[Told], held_back: Counter[str], blacked: Counter[str]) -> None:
        """Write the page, the data, what was kept back, and the checksums of all."""
        show = self._page(told, held_back, blacked)
        page = engines["jinja2"].get_template("protection/package.html").template  # type: ignore[attr-defined]
        self._text("index.html", page.render(show))
        self._text("style.css", STYLE.read_text(encoding="utf-8"))
        self._text("record.json", json.dumps(self._data(told), ensure_ascii=False, indent=1))
        for part, some in _by_part(told).items():
            rows = [(one.title, one.day, label, text) for one in some for label, text in one.values]
            table = Table(str(PARTS[part].words), ("what", "day", "field", "text"), rows)
            self._bytes(f"csv/{part}.csv", csv_file.written(table))
        kept = [(str(GROUNDS[code].words), n) for code, n in sorted(held_back.items())]
        table = Table("kept back", ("ground", "pieces"), kept)
        self._bytes("csv/kept-back.csv", csv_file.written(table))
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums))
        self._bytes("checksums.sha256", sums.encode())

    def _page(
        self, told: Sequence[Told], held_back: Counter[str], blacked: Counter[str]
    ) -> dict[str, Any]:
        parts = [(PARTS[code], some) for code, some in _by_part(told).items()]
        return {
            "pupil": self.cover.pupil, "place": self.cover.org.name,
            "asked_by": self.cover.asked_by,
            "day": written(self.day, "j F Y"), "parts": parts, "given": len(told),
            "keeps": KEEPS, "lead": self.cover.lead,
            "kept_back": [(GROUNDS[code], n) for code, n in sorted(held_back.items())],
            "blacked": [(GROUNDS[code], n) for code, n in sorted(blacked.items())],
        }  # fmt: skip

    def _data(self, told: Sequence[Told]) -> dict[str, Any]:
        return {
            "format": "opensenco-subject-access",
            "format_version": 1,
            "place": self.cover.org.name,
            "made_on": self.day.isoformat(),
            "pieces": [
                {
                    "part": one.part, "what": one.title, "day": one.day,
                    "values": [{"label": label, "text": text} for label, text in one.values],
                    "earlier": [
                        {"until": when, "changed_by": who,
                         "said": [{"label": label, "text": text} for label, text in before]}
                        for when, who, before in one.earlier
                    ],
                    "file": one.file, "blacked_out_because": one.blacked_out,
                }
                for one in told
            ],
        }  # fmt: skip

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, (self.day.year, self.day.month, self.day.day, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info

    def _text(self, name: str, text: str) -> None:
        self._bytes(name, text.encode())

    def _bytes(self, name: str, content: bytes) -> None:
        self.zip.writestr(self._info(name), content)
        if name != "checksums.sha256":
            self.sums.append((name, hashlib.sha256(content).hexdigest()))


def _given(item: GatheredItem) -> tuple[str, str]:
    """Give by what digest and name a file is given: its blacked-out copy's where there is one."""
    if item.instead is not None:
        return item.instead.file.digest, item.instead.name
    return item.digest, item.file_name


def _by_part(told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        found[one.part].append(one)
    return {code: found[code] for code in PARTS if code in found}


def black_out(text: str, hidden: Sequence[str]) -> str:
    """Give a text without some words, in whatever case and with whatever space between them."""
    for words in sorted(hidden, key=len, reverse=True):
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        text = re.sub(pattern, BLACK, text, flags=re.IGNORECASE)
    return text
