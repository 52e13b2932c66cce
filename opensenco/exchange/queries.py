"""Reading what exchange keeps: the register, settings, files that were read."""

import uuid
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import visible
from opensenco.exchange.models import Establishment, FileImport, ImportRow
from opensenco.exchange.pupil_values import GROUP
from opensenco.exchange.states import OUTCOMES, Decision, Match, Outcome, State
from opensenco.gate.rows import find
from opensenco.kernel.clock import london_date
from opensenco.people.models import Group, Pupil
from opensenco.people.queries import attach_classes
from opensenco.people.states import GroupKind


def establishment(urn: str) -> Establishment | None:
    """Give the establishment that the register has under a number."""
    return Establishment.objects.filter(urn=urn.strip()).first()


def setting_of(urn: str) -> Organisation | None:
    """Give the setting here that was adopted under a number of the register."""
    return Organisation.objects.filter(urn=urn.strip()).exclude(urn="").first()


def settings_called(name: str) -> list[Organisation]:
    """Give the settings outside the register that have this name, whatever its case."""
    return list(
        Organisation.objects.filter(
            kind=Organisation.Kind.SETTING, urn="", name__iexact=" ".join(name.split())
        ).order_by("id")
    )


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


def _name_readers(rows: list[FileImport]) -> None:
    """Set who read each file and who settled it; a command of the server has no name here."""
    ids = {row.by_id for row in rows} | {row.settled_by_id for row in rows if row.settled_by_id}
    people = Person.objects.in_bulk([*ids])
    for row in rows:
        for name in ("by", "settled_by"):
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


def tally(file: FileImport) -> Tally:
    """Count the rows of a file, and the pupils on the roll whom it does not have."""
    by_match: Counter[str] = Counter()
    by_outcome: Counter[str] = Counter()
    undecided = 0
    groups = ImportRow.objects.filter(file=file).values("match", "decision", "outcome")
    for one in groups.annotate(count=Count("id")).order_by():
        by_match[one["match"]] += one["count"]
        to_come = OUTCOMES[Match(one["match"]), Decision(one["decision"])]
        done = one["outcome"] if file.state == State.APPLIED else to_come
        by_outcome[done] += one["count"]
        if one["match"] == Match.DOUBTFUL and one["decision"] == Decision.NONE:
            undecided += one["count"]
    return Tally(by_match, by_outcome, undecided, missing(file).count())


def rows(file: FileImport, match: Match, start: int, stop: int) -> list[ImportRow]:
    """Give some rows of one kind in the order of the file, each with its pupil and candidates.

    `candidates` becomes the pupils themselves, with their classes, as `asked`.
    """
    found: list[ImportRow] = [
        *ImportRow.objects.filter(file=file, match=match)
        .select_related("pupil")
        .order_by("line")[start:stop]
    ]
    ids = set(chain.from_iterable(row.candidates for row in found))
    candidates = Pupil.objects.in_bulk([*ids])
    attach_classes(candidates.values(), london_date(file.compared_at))
    for row in found:
        row.asked = [candidates[pk] for pk in row.candidates if pk in candidates]  # type: ignore[attr-defined]
    return found


def missing(file: FileImport) -> QuerySet[Pupil]:
    """Give the pupils on the roll whom no row of a file is about, surely or perhaps."""
    named = ImportRow.objects.filter(file=file)
    doubtful = named.filter(match=Match.DOUBTFUL).values_list("candidates", flat=True)
    perhaps = set(chain.from_iterable(doubtful))
    day = london_date(file.compared_at)
    on_roll = Pupil.objects.filter(org_id=file.org_id).filter(
        Q(left_on__isnull=True) | Q(left_on__gte=day)
    )
    sure = named.filter(pupil__isnull=False).values("pupil")
    return on_roll.exclude(pk__in=sure).exclude(pk__in=perhaps).order_by("sort_key", "id")


def some_missing(file: FileImport, start: int, stop: int) -> list[Pupil]:
    """Give some of the pupils whom a file does not have, with their classes."""
    found: list[Pupil] = [*missing(file)[start:stop]]
    attach_classes(found, london_date(file.compared_at))
    return found


def classes_to_make(file: FileImport) -> list[str]:
    """Give the names of the classes that applying a file would make."""
    taken = ImportRow.objects.filter(file=file, match__in=[Match.NEW, Match.CHANGED]).exclude(
        decision=Decision.LEAVE
    )
    wanted = {
        change["after"]
        for changes in taken.values_list("changes", flat=True)
        for change in changes
        if change["field"] == GROUP
    }
    running = Group.objects.filter(
        org_id=file.org_id, kind=GroupKind.CLASS, ended_on__isnull=True
    ).values_list("name", flat=True)
    known = {name.casefold() for name in running}
    return sorted(name for name in wanted if name.casefold() not in known)


def applied_before(file: FileImport) -> FileImport | None:
    """Give the last file of the same bytes that was applied here."""
    same = FileImport.objects.filter(
        org_id=file.org_id, digest=file.digest, state=State.APPLIED
    ).exclude(pk=file.pk)
    return same.order_by("-at").first()


def sources_of(pupil: Pupil) -> list[ImportRow]:
    """Give the rows of files that values of a pupil came from, newest first."""
    done = ImportRow.objects.filter(pupil=pupil, outcome__in=[Outcome.ADDED, Outcome.CHANGED])
    return list(done.select_related("file").order_by("-file__at", "-id"))
