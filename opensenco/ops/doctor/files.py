"""The doctor looks at the files: each row's file is there, and is what was kept."""

import random
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from opensenco.access.scope import system_scope
from opensenco.documents.files.store import Store, digest_of
from opensenco.ops.doctor import Finding, look, well, wrong
from opensenco.ops.kept_files import named_files

#: files that are read to their end where not all are
SAMPLE = 200
#: names that are said of each kind of fault
MOST_NAMED = 5


def files(*, every: bool) -> Iterator[Finding]:
    """Say which files are gone or damaged, and how many no row knows.

    Args:
        every: read all of them to their end; else all are looked for, and a few hundred read.
    """
    with system_scope("list the files that the record names", write=False):
        named = list(named_files())
    places = {
        Store(settings.FILES, ref).path(digest): (digest, size) for ref, digest, size in named
    }
    gone = [place for place, (_digest, size) in places.items() if not _has(place, size)]
    yield from _told("gone, or have another size than was kept", gone)
    there = [place for place in places if place not in set(gone)]
    chosen = there if every or len(there) <= SAMPLE else random.sample(there, SAMPLE)
    damaged = [place for place in chosen if not _whole(place, places[place][0])]
    yield from _told("damaged: their content is not what was kept", damaged)
    if not gone and not damaged:
        read = "all of them read" if len(chosen) == len(there) else f"{len(chosen):,} of them read"
        yield well("files", f"{len(places):,} files are where they were kept, {read}.")
    if every:
        yield from _strays(set(places))


def _strays(known: set[Path]) -> Iterator[Finding]:
    strays = sum(place not in known for place in settings.FILES.glob("*/[0-9a-f][0-9a-f]/*"))
    if strays:
        yield look(
            "files",
            f"{strays:,} files belong to no row: they came in just now, or their row was never "
            "written. They harm nobody.",
        )


def _told(what: str, places: list[Path]) -> Iterator[Finding]:
    if places:
        some = ", ".join(
            place.relative_to(settings.FILES).as_posix() for place in places[:MOST_NAMED]
        )
        yield wrong("files", f"{len(places):,} are {what}: {some}. A backup may have them.")


def _has(place: Path, size: int | None) -> bool:
    try:
        return size in (None, place.stat().st_size)
    except OSError:
        return False


def _whole(place: Path, digest: str) -> bool:
    try:
        return digest_of(place) == digest
    except OSError:
        return False
