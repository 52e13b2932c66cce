"""Small registers for tests: the extract, with rows changed, added, broken or left out."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

EXTRACT = Path(__file__).parent / "extracts" / "gias_135.csv"
TABLE = list(csv.reader(io.StringIO(EXTRACT.read_bytes().decode("cp1252"), newline="")))
HEADER = TABLE[0]
WHOLE = [cells for cells in TABLE[1:] if len(cells) == len(HEADER)]


def register(
    folder: Path,
    changes: Mapping[str, Mapping[str, str]] | None = None,
    *,
    without: Iterable[str] = (),
    more: Iterable[list[str]] = (),
) -> Path:
    """Write a register: the extract's whole rows, some of them changed by URN or left out."""
    rows = []
    for cells in WHOLE:
        row = dict(zip(HEADER, cells, strict=True))
        if row["URN"] in set(without):
            continue
        rows.append(list((row | dict((changes or {}).get(row["URN"], {}))).values()))
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows, *more])
    path = folder / "register.csv"
    path.write_bytes(out.getvalue().encode("cp1252"))
    return path
