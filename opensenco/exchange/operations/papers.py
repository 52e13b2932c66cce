"""A heap of papers is brought in, and a person says of each whose it is and what."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.documents.files.names import harmless
from opensenco.documents.files.opening import inside
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.files.store import Store
from opensenco.documents.keeping import Arrived, Incoming, arrive, store_of
from opensenco.documents.types import TYPES
from opensenco.exchange import staging
from opensenco.exchange.kinds.kind import Item
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.kinds.plans.kind import SAID
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.imports import BATCH
from opensenco.exchange.readers.one_row import Refused
from opensenco.exchange.readers.papers import MOST_PAPERS, NOTHING, TOO_MANY, Sheet
from opensenco.exchange.readers.words import Fault, FileRefused
from opensenco.exchange.states import Decision, ImportKind, Match, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.models import Pupil

#: seconds in which first pages are read while a person waits
PATIENCE = 30.0
FIRST_WORDS = 2_000
CHOOSE_ANOTHER = mark("Mend it or leave it, and bring it in again.")


@dataclass(frozen=True, slots=True)
class Came:
    """One paper of a heap: taken, or refused with why."""

    name: str
    folder: str
    arrived: Arrived | None = None
    why: Sentence | None = None


@operation(Action.IMPORT_PUPILS, on="org")
def stage_papers(
    *,
    actor: Actor,
    org: Organisation,
    papers: Iterable[Sheet],
    level: str = "",
    patience: float = PATIENCE,
) -> FileImport:
    """Bring a heap of papers in and show whose each is. Nothing of the record is touched.

    The files wait beside the others until they are filed or given up.

    Args:
        level: who may open them; empty leaves it to the type of each.
        patience: seconds in which first pages are read; those not read by then are not.

    Raises:
        FileRefused: there are none, too many, or a ZIP file cannot be unpacked.
        NotAllowed: this hat may not file papers about everybody here.
    """
    kind = kind_of(ImportKind.PLANS)
    if not kind.may(actor):
        raise NotAllowed
    ref, store = uuid.uuid4(), store_of(org)
    try:
        came = _came(store, papers, ref)
        values = _values(store, came, ref, level, patience)
        return _staged(actor, org, ref, came, values)
    except BaseException:
        store.forget_waiting(ref)
        raise


def _came(store: Store, papers: Iterable[Sheet], ref: uuid.UUID) -> list[Came]:
    """Write each paper down where it waits."""
    came: list[Came] = []
    for sheet in papers:
        if len(came) >= MOST_PAPERS:
            raise FileRefused(sentence(TOO_MANY, most=MOST_PAPERS))
        name, folder = harmless(sheet.name), harmless(sheet.folder.replace("/", " "))
        try:
            arrived = arrive(store, Incoming(name, sheet.pieces))
        except FileNotTaken as refused:
            came.append(Came(name, folder, why=refused.words))
            continue
        store.wait(arrived.taken, ref)
        came.append(Came(name, folder, arrived))
    if not came:
        raise FileRefused(sentence(NOTHING))
    return came


def _values(
    store: Store, came: Sequence[Came], ref: uuid.UUID, level: str, patience: float
) -> list[dict[str, Any] | None]:
    """Give what each paper that was taken says, with the first words on its page."""
    taken = [one.arrived for one in came if one.arrived]
    files = [(store.waiting(one.taken.digest, ref).path, one.found.kind.code) for one in taken]
    read = iter(inside(files, patience))
    return [
        {
            "name": one.name,
            "folder": one.folder,
            "digest": one.arrived.taken.digest,
            "size": one.arrived.taken.size,
            "kind": one.arrived.found.kind.code,
            "warnings": list(one.arrived.found.warnings),
            "words": staging.storable(next(read).words[:FIRST_WORDS]),
            "level": level,
        }
        if one.arrived
        else None
        for one in came
    ]


def _staged(
    actor: Actor,
    org: Organisation,
    ref: uuid.UUID,
    came: Sequence[Came],
    values: Sequence[dict[str, Any] | None],
) -> FileImport:
    digests = "".join(one["digest"] for one in values if one)
    row = FileImport(
        ref=ref, org=org, kind=ImportKind.PLANS, at=actor.at, by=actor.person,
        compared_at=actor.at, file_name=_heap_name(came),
        digest=hashlib.sha256(digests.encode()).hexdigest(),
        columns={"used": [], "left_out": [], "notes": []},
    )  # fmt: skip
    row.save()
    said = [one for one in values if one]
    found = iter(kind_of(ImportKind.PLANS).beside(actor, org, said, {}))
    rows = []
    for line, (one, told) in enumerate(zip(came, values, strict=True), 1):
        if told is None:
            rows.append(staging.refused_row(row, _refused(line, one)))
        else:
            rows.append(staging.new_row(row, Item(line, told), next(found), ()))
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return row


def _heap_name(came: Sequence[Came]) -> str:
    """Say how many there are: names of files name children."""
    return ngettext("%(num)s paper", "%(num)s papers", len(came)) % {"num": len(came)}


def _refused(line: int, one: Came) -> Refused:
    wrong = one.why or sentence(NOTHING)
    return Refused(line, (Fault("", wrong, sentence(CHOOSE_ANOTHER), one.name),), (one.name,))


@operation(Action.IMPORT_PUPILS, on="file_import")
def say_of_papers(
    *,
    actor: Actor,
    file_import: FileImport,
    version: int | None,
    said: Mapping[int, Mapping[str, Any]],
) -> FileImport:
    """Say of papers that wait whose they are and what, or leave them out.

    Args:
        said: by line, any of pupil (an id), title, kind, dated (an ISO day or empty), level, and
            leave (whether it is left out).

    Raises:
        NotPossible: the heap has been filed or given up.
        Invalid: something said cannot be; the field is "line-7" for line 7.
        Stale: somebody else decided in between.
    """
    if file_import.state != State.READ or file_import.kind != ImportKind.PLANS:
        raise NotPossible(_("These papers do not wait any more."))
    change(file_import, version=version, compared_at=actor.at)
    rows = list(ImportRow.objects.filter(file=file_import).order_by("line"))
    touched = [row for row in rows if row.line in said and row.values]
    _check_pupils(file_import, said)
    for row in touched:
        _say(row, said[row.line])
    touched += staging.compare_again(actor, file_import, rows)
    ImportRow.objects.bulk_update(
        list({row.pk: row for row in touched}.values()),
        [*staging.COMPARED, "values"],
        batch_size=BATCH,
    )
    return file_import


def _check_pupils(file: FileImport, said: Mapping[int, Mapping[str, Any]]) -> None:
    wanted = {one["pupil"] for one in said.values() if one.get("pupil")}
    here = Pupil.objects.filter(pk__in=wanted, org=file.org, in_error_at__isnull=True)
    known = set(here.values_list("pk", flat=True))
    for line, one in said.items():
        if one.get("pupil") and one["pupil"] not in known:
            raise Invalid(f"line-{line}", _("Choose one of the answers shown."))


def _say(row: ImportRow, said: Mapping[str, Any]) -> None:
    if said.get("kind") and said["kind"] not in TYPES:
        raise Invalid(f"line-{row.line}", _("Choose one of the types shown."))
    told = {name: value for name, value in said.items() if name != "leave"}
    row.values = {**row.values, SAID: {**row.values.get(SAID, {}), **told}}
    if "leave" in said and row.match in (Match.NEW, Match.DOUBTFUL):
        row.decision = Decision.LEAVE if said["leave"] else Decision.NONE
