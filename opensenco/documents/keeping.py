"""How a file that arrives becomes one that an organisation keeps. Called inside operations."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.documents.files import kinds, refusal
from opensenco.documents.files.names import harmless
from opensenco.documents.files.opening import opens_without_password
from opensenco.documents.files.portrait import drawn_anew, is_photo
from opensenco.documents.files.scanner import Verdict
from opensenco.documents.files.store import Store, Taken
from opensenco.documents.models import StoredFile


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it comes from a form or a folder: its name, and its bytes in pieces."""

    name: str
    pieces: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was looked at and can be kept; it has no name of its own yet.

    `waits` where it waits in a heap that was brought in, and stays there until that is settled.
    """

    name: str
    taken: Taken
    found: kinds.Found
    waits: bool = False


def store_of(org: Organisation) -> Store:
    """Give the files of an organisation."""
    return Store(Path(settings.FILES), org.ref)


def arrive(store: Store, incoming: Incoming) -> Arrived:
    """Write a file down and look at what it is.

    Raises:
        FileNotTaken: it is none that is kept; nothing of it stays.
    """
    taken = store.take(incoming.pieces, settings.LARGEST_FILE)
    try:
        return Arrived(harmless(incoming.name), taken, looked_at(taken.path))
    except BaseException:
        store.drop(taken)
        raise


def looked_at(path: Path) -> kinds.Found:
    """Tell what a file is; one that asks for a password is refused.

    Raises:
        FileNotTaken: it is none that is kept.
    """
    found = kinds.look(path)
    if found.locked and not opens_without_password(path):
        raise refusal.refuse(refusal.LOCKED)
    return found


def stripped(store: Store, incoming: Incoming, whose: bytes, width: int) -> Incoming:
    """Give what is kept of a file that somebody chose: a photo is drawn anew, without where and
    when it was taken; anything else is what it was.

    Raises:
        FileNotTaken: it is too large, empty, or a photo that cannot be drawn.
    """
    taken = store.take(incoming.pieces, settings.LARGEST_FILE)
    try:
        if not is_photo(taken.path):
            return Incoming(incoming.name, [taken.path.read_bytes()])
        name = Path(harmless(incoming.name)).stem
        return Incoming(f"{name}.png", [drawn_anew(taken.path, whose, width)])
    finally:
        store.drop(taken)


def stored(actor: Actor, org: Organisation, taken: Taken, found: kinds.Found) -> StoredFile:
    """Give the row of a file that is kept, made where these bytes are new here.

    Bytes come to their name before the row is written: a kill between both leaves a file that no
    row knows, and never a row without its file.
    """
    known = StoredFile.objects.filter(org=org, digest=taken.digest).first()
    if known is not None:
        return known
    row = StoredFile(
        org=org,
        digest=taken.digest,
        size=taken.size,
        kind=found.kind.code,
        warnings=list(found.warnings),
        scan=Verdict.WAITS if settings.SCANNER else Verdict.NONE,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # somebody filed the same bytes at the same moment
        return StoredFile.objects.get(org=org, digest=taken.digest)
    return row
