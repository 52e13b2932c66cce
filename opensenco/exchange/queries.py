"""Reading what exchange keeps: the register, settings, files that were read."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import visible
from opensenco.exchange.kinds.known import KINDS, kind_of
from opensenco.exchange.models import Establishment, FileImport, ImportRow, ReadPack, Trace
from opensenco.exchange.states import OUTCOMES, Decision, ImportKind, Match, State
from opensenco.gate.rows import find
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.ofsted import read_ofsted
from opensenco.people.models import Pupil
from opensenco.people.one_child import of_one_child
from opensenco.people.queries import attach_classes
from opensenco.people.who_was import NAMES, guarded_names


def establishment(urn: str) -> Establishment | None:
    """Give the establishment that the register has under a number."""
    return Establishment.objects.filter(urn=urn.strip()).first()


def setting_of(urn: str) -> Organisation | None:
    """Give the setting here that was adopted under a number of the register."""
    return Organisation.objects.filter(urn=urn.strip()).exclude(urn="").first()


def authority_of(code: str) -> Organisation | None:
    """Give the authority here that has a code of the register."""
    return Organisation.objects.filter(la_code=code.strip()).exclude(la_code="").first()


def settings_called(name: str, ofsted_urn: str = "") -> list[Organisation]:
    """Give the settings outside the register that have this name, whatever its case.

    Args:
        ofsted_urn: Ofsted's number, where one of several is meant.

    Raises:
        Invalid: that is no such number.
    """
    rows = Organisation.objects.filter(
        kind=Organisation.Kind.SETTING, urn="", name__iexact=" ".join(name.split())
    )
    number = read_ofsted(ofsted_urn)
    return list((rows.filter(ofsted_urn=number) if number else rows).order_by("id"))


def known_person(email: str) -> Person | None:
    """Give who signs in with this address, whatever its case. Their scope must be open."""
    return Person.objects.filter(email=email.strip().lower()).first()


def places(actor: Actor) -> list[Organisation]:
    """Give the settings into which this actor may read a file, by name."""
    rows = visible(actor, Action.IMPORT_PUPILS, Organisation)
    return list(rows.order_by("name", "id"))


def files(actor: Actor, start: int, stop: int) -> list[FileImport]:
    """Give some of the files that were read in, newest first, each with `by_name`."""
    rows = visible(actor, Action.IMPORT_PUPILS, FileImport).select_related("org")
    shown: list[FileImport] = [*rows.order_by("-at", "-id")[start:stop]]
    _name_readers(shown)
    return shown


def count_files(actor: Actor) -> int:
    """Count the files that were read in."""
    return visible(actor, Action.IMPORT_PUPILS, FileImport).count()


def file_import(actor: Actor, ref: uuid.UUID) -> FileImport:
    """Give the file of a reference that this actor may decide about, with `by_name`.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(actor, Action.IMPORT_PUPILS, FileImport, ref, "org")
    _name_readers([row])
    return row


def files_papers(actor: Actor) -> bool:
    """Tell whether this hat may file papers about everybody here, a heap at once."""
    return kind_of(ImportKind.PLANS).may(actor)


def may_file_papers(actor: Actor) -> None:
    """Stop who may not.

    Raises:
        NotAllowed: this hat may not file papers about everybody here.
    """
    if not files_papers(actor):
        raise NotAllowed


def row(actor: Actor, ref: uuid.UUID) -> ImportRow:
    """Give a row of a file that this actor may decide about, with its file.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.IMPORT_PUPILS, ImportRow, ref, "file", "file__org", "pupil")


def _name_readers(rows: list[FileImport]) -> None:
    """Set who read each file and who settled it; a command of the server has no name here."""
    names = ("by", "settled_by", "undone_by")
    ids = {getattr(row, f"{name}_id") for row in rows for name in names} - {None}
    people = Person.objects.in_bulk([*ids])
    for row in rows:
        for name in names:
            person = people.get(getattr(row, f"{name}_id") or 0)
            setattr(row, f"{name}_name", person.name if person else "OpenSENCO")


@dataclass(frozen=True)
class Tally:
    """How many rows a file has of each kind, and what applying does or did with them."""

    by_match: Counter[str]
    by_outcome: Counter[str]
    undecided: int
    missing: int

    @property
    def read(self) -> int:
        """How many rows the file has."""
        return sum(self.by_match.values())


#: what was done with its rows is known in these states
DONE = (State.APPLIED, State.UNDOING, State.UNDONE)


def tally(file: FileImport) -> Tally:
    """Count the rows of a file, and the pupils on the roll whom it does not have."""
    by_match: Counter[str] = Counter()
    by_outcome: Counter[str] = Counter()
    undecided = 0
    groups = ImportRow.objects.filter(file=file).values("match", "decision", "outcome")
    for one in groups.annotate(count=Count("id")).order_by():
        by_match[one["match"]] += one["count"]
        to_come = OUTCOMES[Match(one["match"]), Decision(one["decision"])]
        done = one["outcome"] if file.state in DONE else to_come
        by_outcome[done] += one["count"]
        if one["match"] == Match.DOUBTFUL and one["decision"] == Decision.NONE:
            undecided += one["count"]
    absent = missing(file)
    return Tally(by_match, by_outcome, undecided, absent.count() if absent is not None else 0)


def rows(actor: Actor, file: FileImport, match: Match, start: int, stop: int) -> list[ImportRow]:
    """Give some rows of one kind in the order of the file, each with its pupil.

    Each has `asked`: what it could be about, where a person has to choose.
    """
    found: list[ImportRow] = [
        *ImportRow.objects.filter(file=file, match=match)
        .select_related("pupil", "file")
        .order_by("line", "part")[start:stop]
    ]
    asked = kind_of(file.kind).candidates(actor, found) if match is Match.DOUBTFUL else {}
    for row in found:
        row.asked = asked.get(row.pk, [])  # type: ignore[attr-defined]
    if file.state not in (State.READ, State.APPLYING):
        _show_todays_names(actor, found)
    return found


def _show_todays_names(actor: Actor, found: list[ImportRow]) -> None:
    """Put today's name into rows of old files where this reader may not see the earlier one."""
    hidden = guarded_names(actor, {row.pupil_id for row in found if row.pupil_id})
    for row in found:
        pupil = hidden.get(row.pupil_id or 0)
        if pupil is None:
            continue
        now = {name: getattr(pupil, name) for name in NAMES}
        for name, value in now.items():
            for key in (name, f"pupil_{name}"):
                # of another list, the plain names are those of whom it is about
                if key in row.values and (key != name or row.file.kind == ImportKind.PUPILS):
                    row.values = {**row.values, key: value}
        row.changes = [one for one in row.changes if one["field"] not in NAMES]


def lines(file: FileImport, match: Match) -> list[ImportRow]:
    """Give all rows of one kind in the order of the file."""
    return list(ImportRow.objects.filter(file=file, match=match).order_by("line", "part"))


def rows_by_id(file: FileImport, ids: list[int]) -> list[ImportRow]:
    """Give some rows of a file in its order."""
    return list(ImportRow.objects.filter(file=file, pk__in=ids).order_by("line", "part"))


def can_be_undone(file: FileImport) -> bool:
    """Tell whether an applied file did something that can be taken back."""
    return file.state == State.APPLIED and Trace.objects.filter(file=file).exists()


def missing(file: FileImport) -> Any:
    """Give those who stand in the record and in no row of a file; None where nobody is missed."""
    return kind_of(file.kind).missing(file)


def some_missing(file: FileImport, start: int, stop: int) -> list[Pupil]:
    """Give some of the pupils whom a file does not have, with their classes; none where the kind
    misses nobody.
    """
    absent = missing(file)
    found: list[Pupil] = [*absent[start:stop]] if absent is not None else []
    attach_classes(found, london_date(file.compared_at))
    return found


def leavers(file: FileImport) -> list[ImportRow]:
    """Give the pupils of whom a person has said that they have left, while the file waits."""
    rows = ImportRow.objects.filter(file=file, line=0).exclude(decision=Decision.LEAVE)
    return list(rows.select_related("pupil").order_by("part"))


def pupils_missing(file: FileImport, refs: list[uuid.UUID]) -> list[Pupil]:
    """Give some of the pupils whom a file does not have, by their references."""
    absent = missing(file)
    return list(absent.filter(ref__in=refs)) if absent is not None else []


def waiting_besides(actor: Actor, file: FileImport) -> list[FileImport]:
    """Give the other files of this place that wait, in the order in which they are best applied."""
    rows = visible(actor, Action.IMPORT_PUPILS, FileImport)
    others = rows.filter(org_id=file.org_id, state=State.READ).exclude(pk=file.pk)
    order = list(KINDS)
    return sorted(others.order_by("at", "id"), key=lambda row: order.index(ImportKind(row.kind)))


def made_of_packs(file: FileImport) -> bool:
    """Tell whether a list was made of packs from other places, and is no file of anybody's."""
    return ReadPack.objects.filter(org_id=file.org_id, file=file).exists()


def applied_before(file: FileImport) -> FileImport | None:
    """Give the last file of the same bytes that was applied here."""
    same = FileImport.objects.filter(
        org_id=file.org_id, digest=file.digest, state=State.APPLIED
    ).exclude(pk=file.pk)
    return same.order_by("-at").first()


def sources_of(pupil: Pupil) -> list[Trace]:
    """Give what files brought into a pupil's record, newest first, each with its file."""
    done = Trace.objects.filter(of_one_child(pupil)).select_related("file")
    return list(done.order_by("-file__at", "-id"))
