"""Papers as a kind of list: each file is a row, and applying it files a document."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.documents import guessing
from opensenco.documents.files.kinds import KINDS, Found
from opensenco.documents.keeping import Arrived, store_of
from opensenco.documents.models import DocumentVersion
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.documents.states import SHORT, Level
from opensenco.documents.types import TYPES
from opensenco.exchange.kinds.kind import Beside, Candidate, Decided, Kind, Reading, Said, Work
from opensenco.exchange.kinds.kind import change as changed
from opensenco.exchange.kinds.plans.whose import Owners, Whose
from opensenco.exchange.kinds.pupils.roll import Known, roll_of
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.any_list import ListFile, Values
from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.states import ImportKind, Match
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.models import Pupil
from opensenco.ui import words

FILED = mark("This file is filed for this pupil already.")
TWICE = mark("This file is there twice for one pupil. It is filed once.")
NO_DATE = mark("No date was found. It is filed without one unless you say it.")
DATE_OF_NAME = mark("The date is from the name of the file.")
DATE_OF_PAGE = mark("The date is from its first page.")
#: what a person said of a row, beside what was found
SAID = "said"


class Plans(Kind):
    """Plans and reports as documents."""

    code = ImportKind.PLANS
    fields = Fields([], needed=())
    papers = True
    verbs = (Action.DOCUMENT_FILE, Action.DOCUMENT_VIEW, Action.DOCUMENT_CONFIDENTIAL)
    names = ()
    labels = {
        "pupil": gettext_lazy("Pupil"),
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Type"),
        "dated": gettext_lazy("Date of the paper"),
        "level": gettext_lazy("Who may open it"),
    }
    said = Said(
        title=gettext_lazy("Plans and reports"),
        file=gettext_lazy("Several papers: %(name)s"),
        looks=gettext_lazy("PDF and Word files, pictures, or a ZIP file of them."),
        found=gettext_lazy("Whose each is, is told by its name or its first page."),
        add=ngettext_lazy("File %(num)s paper", "File %(num)s papers", "num"),
        change=ngettext_lazy("Change %(num)s paper", "Change %(num)s papers", "num"),
        added=ngettext_lazy("%(num)s paper filed,", "%(num)s papers filed,", "num"),
        nothing_yet=gettext_lazy("Nothing has been filed yet."),
        new_one=gettext_lazy("File this paper"),
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Papers are no table.

        Raises:
            FileRefused: always.
        """
        raise FileRefused(sentence(mark("Papers are brought in as files and not as a list.")))

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Say whose each paper is, what it is and from when, and whether it is filed already."""
        owners = Owners(roll_of(actor, org, sen=False), actor.today)
        filed = _filed(org, [values["digest"] for values in rows])
        seen: set[tuple[int, str]] = set()
        found = []
        for values in rows:
            whose = _whose(owners, values)
            if whose.pupil is None:
                found.append(_asked(values, whose, actor.today))
                continue
            key = (whose.pupil.pk, values["digest"])
            found.append(_sure(values, whose, actor.today, filed=key in filed, twice=key in seen))
            seen.add(key)
        return found

    def apply(self, work: Work) -> None:
        """File the papers of each pupil together; their files come to their names first."""
        store = store_of(work.org)
        by_pupil: dict[int, list[ImportRow]] = defaultdict(list)
        for row in work.rows:
            by_pupil[row.pupil_id or 0].append(row)
        pupils = Pupil.objects.select_related("org").in_bulk(list(by_pupil))
        for pk, rows in by_pupil.items():
            papers = [
                _paper(store.waiting(row.values["digest"], work.file.ref), row) for row in rows
            ]
            made = file_documents(actor=work.actor, pupil=pupils[pk], papers=papers)
            for row, document in zip(rows, made, strict=True):
                work.made(row, document, row.changes)
        _forget_words(work.file)

    def settled(self, file: FileImport) -> None:
        """Forget the files that waited, once what became of them is written."""
        store, heap = store_of(file.org), file.ref
        transaction.on_commit(lambda: store.forget_waiting(heap))

    def called(self, values: Values) -> str:
        """Give the name of the file."""
        return str(values.get("name", ""))

    def in_words(self, name: str, value: Any) -> str:
        """Give a type, level or day in words."""
        if not value:
            return ""
        if name == "kind":
            return str(TYPES[value].words)
        if name == "level":
            return str(SHORT[Level(value)])
        if name == "dated" and isinstance(value, list):
            return str(value[1]) or words.day(date.fromisoformat(value[0]))
        return str(value)

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """Give whose each doubtful paper could be."""
        wanted = {pk for row in rows for pk in row.candidates}
        pupils = Pupil.objects.in_bulk(wanted)
        return {
            row.pk: [
                Candidate(pk, str(pupils[pk].ref), _named(pupils[pk]))
                for pk in row.candidates
                if pk in pupils
            ]
            for row in rows
        }


def _forget_words(file: FileImport) -> None:
    """The first words of papers were read to find whose they are, and are kept no longer."""
    rows = list(ImportRow.objects.filter(file=file))
    for row in rows:
        row.values = {name: value for name, value in row.values.items() if name != "words"}
    ImportRow.objects.bulk_update(rows, ["values"], batch_size=500)


def _named(pupil: Pupil) -> str:
    return _("%(name)s, born %(day)s") % {
        "name": pupil.register_name,
        "day": words.day(pupil.birth_date),
    }


def _filed(org: Organisation, digests: Sequence[str]) -> set[tuple[int, str]]:
    rows = DocumentVersion.objects.filter(
        org=org, file__digest__in=digests, document__in_error_at__isnull=True
    )
    return set(rows.values_list("pupil_id", "file__digest"))


def _whose(owners: Owners, values: Values) -> Whose:
    said = values.get(SAID, {}).get("pupil")
    if said is not None and said in owners.by_id:
        return Whose(owners.by_id[said])
    called = f"{values.get('folder', '')} {guessing.bare(values['name'])}"
    return owners.find(called, values.get("words", ""))


def _asked(values: Values, whose: Whose, today: date) -> Beside:
    reasons = (whose.reason,) if whose.reason else ()
    return Beside(
        Match.DOUBTFUL,
        candidates=tuple(known.pk for known in whose.candidates),
        reasons=reasons,
        changes=_changes(values, None, today)[0],
    )


def _sure(values: Values, whose: Whose, today: date, *, filed: bool, twice: bool) -> Beside:
    known = whose.pupil
    assert known is not None  # noqa: S101 (the caller asked)
    if filed or twice:
        return Beside(
            Match.UNCHANGED, known.pk, known.pk, reasons=(sentence(FILED if filed else TWICE),)
        )
    changes, told = _changes(values, known, today)
    reasons = (*((whose.reason,) if whose.reason else ()), told)
    return Beside(Match.NEW, pupil=known.pk, reasons=reasons, changes=changes)


def _changes(
    values: Values, known: Known | None, today: date
) -> tuple[list[dict[str, Any]], Sentence]:
    """Give what is filed, field by field, and where its date is from."""
    said: Mapping[str, Any] = values.get(SAID, {})
    born = [date.fromisoformat(known.values["birth_date"])] if known else []
    guess = guessing.proposal(values["name"], today, not_days=born)
    when, told = guess.when, sentence(DATE_OF_NAME)
    if when.on is None:
        when, told = (
            guessing.inside(values.get("words", ""), today, not_days=born),
            sentence(DATE_OF_PAGE),
        )
    dated = [when.on.isoformat(), when.words] if when.on else None
    if "dated" in said:
        dated = [said["dated"], ""] if said["dated"] else None
    kind = said.get("kind") or guess.kind.code
    level = said.get("level") or values.get("level") or TYPES[kind].level.value
    name = known.pupil.register_name if known else ""
    filed = {
        "title": said.get("title") or guess.title,
        "kind": kind,
        "dated": dated,
        "level": level,
    }
    changes = [changed("pupil", None, name)] if known else []
    changes += [changed(field, None, value) for field, value in filed.items()]
    return changes, told if dated else sentence(NO_DATE)


def _paper(taken: Any, row: ImportRow) -> Paper:
    """Give a row as a paper to be filed, its file as it was looked at when it came."""
    told = {one["field"]: one["after"] for one in row.changes}
    dated = told.get("dated")
    found = Found(KINDS[row.values["kind"]], tuple(row.values["warnings"]))
    return Paper(
        file=Arrived(row.values["name"], taken, found, waits=True),
        title=told["title"],
        kind=told["kind"],
        dated=date.fromisoformat(dated[0]) if dated else None,
        dated_as=dated[1] if dated else "",
        level=told["level"],
    )
