"""What the pages of a file show: what was understood, each row in words, what applying does."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actor import Actor
from opensenco.exchange import naming, progress, queries
from opensenco.exchange.kinds.kind import Kind
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.operations import imports
from opensenco.exchange.reports import refused_as_file
from opensenco.exchange.sentences import said
from opensenco.exchange.states import WITH_WORKER, Decision, Match, Outcome, State
from opensenco.kernel.clock import london_date
from opensenco.pages.imports.forms import DecideForm
from opensenco.pages.imports.values import Changed, changes
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing, Pick

MISSING = "missing"
#: cells of a column that the page of columns shows
SAMPLED = 3
#: the parts of a file, what asks for something first
VIEWS = (
    Match.DOUBTFUL.value, Match.NEW.value, Match.CHANGED.value, Match.REFUSED.value,
    Match.UNCHANGED.value, MISSING,
)  # fmt: skip
ADD, LEAVE = "add", "leave"


@dataclass(frozen=True)
class Line:
    """One row of a file, or one pupil who is not in it."""

    line: int
    name: str
    what: str = ""
    ref: uuid.UUID | None = None
    changes: list[Changed] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mends: list[str] = field(default_factory=list)
    outcome: str = ""
    left_out: bool = False
    answers: list[tuple[str, str]] = field(default_factory=list)
    decision: str = ""
    #: id of what is an answer, by the answer
    candidates: dict[str, int] = field(default_factory=dict)
    #: where it stands in the file, and the name of its question in the form
    place: tuple[int, int] = (0, 0)
    question: str = ""
    #: of the row itself, where it has a page of its own
    row: uuid.UUID | None = None


@dataclass(frozen=True)
class Shown:
    """One page of a file."""

    row: Any
    kind: Kind
    tally: queries.Tally
    view: str
    tabs: list[Pick]
    listing: Listing
    lines: list[Line]
    used: list[tuple[str, str]]
    left_out: list[str]
    remarks: list[str]
    again: bool
    others: list[Any]
    can_undo: bool
    unclear: str
    stopped: str
    #: how far the worker is, where it is at it
    far: progress.Far | None
    #: the day after which a list that waits is given up
    until: date
    #: how many things are to be said once for the whole file
    questions: int
    #: made of packs: its columns are ours, and who is in no pack is no matter
    packs: bool = False

    @property
    def waits(self) -> bool:
        """Whether the file can still be applied."""
        return bool(self.row.state == State.READ)

    @property
    def act(self) -> str:
        """The words of the main button: what applying does."""
        adds, changed = self._count(Outcome.ADDED), self._count(Outcome.CHANGED)
        add = self.kind.said.add % {"num": adds}
        if adds and changed:
            both = ngettext("%(add)s and change %(num)s", "%(add)s and change %(num)s", changed)
            return both % {"add": add, "num": changed}
        change = self.kind.said.change % {"num": changed}
        return str(add if adds else change if changed else "")

    @property
    def done(self) -> str:
        """What applying did."""
        if self.row.state == State.UNDONE:
            return self._undone()
        adds, changed = self._count(Outcome.ADDED), self._count(Outcome.CHANGED)
        left = self._count(Outcome.LEFT)
        return " ".join(
            (
                str(self.kind.said.added % {"num": adds}),
                ngettext("%(num)s changed,", "%(num)s changed,", changed) % {"num": changed},
                ngettext("%(num)s row left as it was.", "%(num)s rows left as they were.", left)
                % {"num": left},
            )
        )

    def _undone(self) -> str:
        back, kept = self._count(Outcome.UNDONE), self._count(Outcome.KEPT)
        told = ngettext("%(num)s row went back,", "%(num)s rows went back,", back) % {"num": back}
        stayed = ngettext("%(num)s stayed or stayed in part, as changed since.",
                          "%(num)s stayed or stayed in part, as changed since.", kept)  # fmt: skip
        return f"{told} {stayed % {'num': kept}}"

    def _count(self, outcome: Outcome) -> int:
        return self.tally.by_outcome[outcome.value]

    def address(self, view: str) -> str:
        """Give the address of a part of this page."""
        return f"{reverse('imports:show', args=[self.row.ref])}?show={view}"

    def decide_form(self, **given: Any) -> DecideForm:
        """Give the form for the doubtful rows of this page."""
        asked = [(one.question, one.name, one.answers) for one in self.lines if one.answers]
        return DecideForm(questions=asked, others=self.kind.papers, **given)

    def answers(self, given: dict[str, Any]) -> dict[tuple[int, int], tuple[Decision, int | None]]:
        """Give what was answered for each doubtful row of this page."""
        found: dict[tuple[int, int], tuple[Decision, int | None]] = {}
        for one in self.lines:
            answer = given.get(one.question, "")
            if one.answers and answer != one.decision:
                subject = one.candidates.get(answer)
                found[one.place] = (Decision.USE if subject else Decision(answer)), subject
        return found


def version(actor: Actor, ref: uuid.UUID) -> dict[str, Any]:
    """Give the version of a file as it stands now, for a form that was sent too late."""
    return {"version": queries.file_import(actor, ref).version}


def after(row: Any) -> str:
    """Give where applying leads: to what was done, or to what has changed meanwhile."""
    address = reverse("imports:show", args=[row.ref])
    return f"{address}?again=1" if row.state == State.READ else address


def deciding(shown: Shown, form: Any = None) -> Any:
    """Give the form to decide with, as it was sent or as it stands; None where nothing is asked."""
    if not shown.waits or shown.view != Match.DOUBTFUL:
        return None
    if not any(one.answers for one in shown.lines):
        return None
    if isinstance(form, DecideForm):
        return form
    initial = {one.question: one.decision for one in shown.lines}
    return shown.decide_form(initial={**initial, "version": shown.row.version})


def of_missing(query: QueryDict) -> QueryDict:
    """Give a query for the pupils who are not in the file, on the page that was asked for."""
    wanted = query.copy()
    wanted["show"] = MISSING
    return wanted


def refused_rows(actor: Actor, row: Any) -> tuple[bytes, int]:
    """Give the refused rows as a file, and how many."""
    return refused_as_file(actor, row)


def file(actor: Actor, ref: uuid.UUID, query: QueryDict) -> Shown:
    """Gather a page of a file."""
    row = queries.file_import(actor, ref)
    kind = kind_of(row.kind).here(actor, row.org)
    tally = queries.tally(row)
    waits = row.state == State.READ
    packs = not kind.papers and queries.made_of_packs(row)
    view = _view(tally, query.get("show", ""), waits=waits)
    total = tally.missing if view == MISSING else tally.by_match[view]
    asked = {"show": view, "page": query.get("page", "")}
    listing = Listing(asked, [Column(_("Line"))], total)
    return Shown(
        row=row,
        kind=kind,
        tally=tally,
        view=view,
        tabs=_tabs(tally, view, waits=waits, papers=kind.papers, packs=packs),
        listing=listing,
        lines=_lines(actor, row, kind, view, listing),
        used=_used(row, kind),
        left_out=row.columns.get("left_out", []),
        remarks=_remarks(row),
        again="again" in query,
        others=queries.waiting_besides(actor, row),
        can_undo=queries.can_be_undone(row),
        stopped=said(row.stopped) if row.stopped else "",
        far=progress.far(row.ref) if row.state in WITH_WORKER else None,
        until=london_date(row.compared_at + imports.WAITS),
        questions=kind.open_questions(row) if waits else 0,
        unclear=said(row.columns["unclear"]) if "unclear" in row.columns else "",
        packs=packs,
    )


def _view(tally: queries.Tally, asked: str, *, waits: bool) -> str:
    """Give the part to show: the one asked for, else the first that holds something.

    Once a file is settled, what was done comes before what was in doubt.
    """
    if asked in VIEWS:
        return asked
    inorder = VIEWS if waits else (*VIEWS[1:], VIEWS[0])
    return next((view for view in inorder if tally.by_match[view]), MISSING)


def _tabs(
    tally: queries.Tally, current: str, *, waits: bool, papers: bool, packs: bool
) -> list[Pick]:
    labels = {
        Match.DOUBTFUL.value: _("To decide") if waits else _("In doubt"),
        Match.NEW.value: _("Found") if papers else _("New"),
        Match.CHANGED.value: _("Changed"),
        Match.REFUSED.value: _("Refused") if papers else _("Cannot be read"),
        Match.UNCHANGED.value: _("Filed already") if papers else _("Unchanged"),
        MISSING: _("Not in the file"),
    }
    counts = {view: tally.missing if view == MISSING else tally.by_match[view] for view in labels}
    return [
        Pick(label, f"?show={view}", view == current, counts[view])
        for view, label in labels.items()
        if view == current or (counts[view] and not (packs and view == MISSING))
    ]


def _used(row: Any, kind: Kind) -> list[tuple[str, str]]:
    """Give which columns were used; one that is not open to this reader is not named."""
    return [
        (heading, said(kind.fields.title(code)))
        for code, heading in row.columns["used"]
        if code in kind.fields.by_code
    ]


def _remarks(row: Any) -> list[str]:
    found = [said(note) for note in row.columns.get("notes", [])]
    if row.columns.get("withheld"):
        found.append(_("SEN status and needs are left out: your role does not set them."))
    if row.state != State.READ:
        return found
    found += kind_of(row.kind).remarks(row)
    if before := queries.applied_before(row):
        found.append(
            _("The same file was applied on %(day)s already.") % {"day": words.day(before.at)}
        )
    return found


def _lines(actor: Actor, row: Any, kind: Kind, view: str, listing: Listing) -> list[Line]:
    if view == MISSING:
        found = queries.some_missing(row, listing.start, listing.stop)
        return [Line(0, p.register_name, p.class_name, p.ref) for p in found]  # type: ignore[attr-defined]
    rows = queries.rows(actor, row, Match(view), listing.start, listing.stop)
    closed = {head for code, head in row.columns["used"] if code not in kind.fields.by_code}
    lines, asked = [], set()
    for one in rows:
        question = kind.question(one)
        # what is to be said of a column that is not open to this reader is not for them either
        one.notes = [note for note in one.notes if note["column"] not in closed]
        lines.append(_line(actor, kind, one, asks=question not in asked))
        asked.add(question)
    if view == Match.REFUSED and not kind.papers:
        by = naming.namer(actor, row)
        return [replace(one, name=by.name(r)) for one, r in zip(lines, rows, strict=True)]
    return lines


def _line(actor: Actor, kind: Kind, row: Any, *, asks: bool) -> Line:
    """Give a row in words; parts of one row that ask the same `asks` once."""
    pupil = row.pupil if row.match in (Match.CHANGED, Match.UNCHANGED) or row.outcome else None
    # the name of somebody new stands beside the rest already
    told = [one for one in row.changes if row.match != Match.NEW or one["field"] not in kind.names]
    keys = {one.pk: one.key for one in row.asked}
    return Line(
        line=row.line,
        question=row.field,
        place=row.place,
        name=kind.called(row.values) or (pupil.register_name if pupil else ""),
        ref=pupil.ref if pupil else None,
        changes=changes(kind, actor, told),
        reasons=[said(reason) for reason in row.reasons],
        notes=[_with_column(one["column"], said(one["said"])) for one in row.notes],
        what=" ".join(_fault(one) for one in row.faults),
        mends=list(dict.fromkeys(said(one["mend"]) for one in row.faults)),
        outcome=row.get_outcome_display() if row.outcome else "",
        left_out=row.decision == Decision.LEAVE,
        answers=_answers(kind, row) if asks and row.match == Match.DOUBTFUL else [],
        decision=keys.get(row.subject, "") if row.decision == Decision.USE else row.decision,
        candidates={one.key: one.pk for one in row.asked},
        row=row.ref if kind.papers else None,
    )


def _answers(kind: Kind, row: Any) -> list[tuple[str, str]]:
    """Give what a doubtful row can be, in words."""
    known = [(one.key, one.words) for one in row.asked]
    if kind.papers:
        return [*known, (LEAVE, _("Leave this paper out"))]
    if not known and not kind.adds_in_doubt:
        # the doubt is about what holds for the whole file, and is settled there
        return []
    new = [(ADD, str(kind.said.new_one))] if kind.adds_in_doubt and kind.said.new_one else []
    return [*known, *new, (LEAVE, _("Leave this row out"))]


def _fault(fault: dict[str, Any]) -> str:
    told = _with_column(fault["column"], said(fault["wrong"]))
    given = fault["given"][:80]
    return f"{told} " + _("You wrote “%(given)s”.") % {"given": given} if given else told


def _with_column(column: str, sentence: str) -> str:
    return f"{column}: {sentence}" if column else sentence
