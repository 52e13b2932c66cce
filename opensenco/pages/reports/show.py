"""What the pages of reports show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.law.calendar.years import AcademicYear
from opensenco.people import staffing
from opensenco.reports import differences, queries
from opensenco.reports.document import Answered, Document, Section, from_data
from opensenco.reports.drawing import kind_of
from opensenco.reports.kinds import Part, kinds
from opensenco.reports.operations.approving import gaps_by_law
from opensenco.reports.states import State
from opensenco.ui.charts import Bar


@dataclass(frozen=True)
class Shown:
    """One section as a page shows it, with what is needed to change it.

    Args:
        row: the part on its way; None where it is only read.
    """

    section: Section
    part: Part | None = None
    row: Any = None

    @property
    def bars(self) -> list[Bar]:
        """The bars of a chart."""
        table = self.section.table
        if table is None:
            return []
        return [
            Bar(short, value, shown=words, name=name) for short, name, value, words in table.bars
        ]

    @property
    def waits(self) -> bool:
        """Whether a person has still to write these words, or to look at them again."""
        if self.row is None or self.part is None or not self.part.written:
            return False
        return self.row.carried or not self.row.words

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw bars of: hidden numbers have no height."""
        return any(bar.value for bar in self.bars)


@dataclass(frozen=True)
class Page:
    """A report on its way, as whoever reads it may see it."""

    row: Any
    document: Document
    sections: list[Shown]
    writes: bool
    approves: bool
    gaps: tuple[Answered, ...] = ()
    others: tuple[Answered, ...] = ()
    points: Mapping[str, Any] = field(default_factory=dict)
    carried: int = 0
    written: int = 0
    wanted: int = 0
    changed: list[differences.Changed] = field(default_factory=list)
    before: Any = None
    edition: Any = None

    @property
    def ahead(self) -> Shown | None:
        """The first part that nobody has written, or looked at since the last edition."""
        return next((one for one in self.sections if one.waits), None) if self.editing else None

    @property
    def editing(self) -> bool:
        """Whether its words can be changed here and now."""
        return self.writes and self.row.state == State.DRAFT

    @property
    def by_law(self) -> bool:
        """Whether the law asks anything of such a report."""
        return any(one.by_law for one in self.document.points)


def going(actor: Actor, row: Any) -> Page:
    """Give a report on its way: the whole of it, what is missing, what changed since the last."""
    document = queries.document_of(actor, row)
    parts, points = queries.parts_of(row), queries.points_of(row)
    kind = kind_of(row.kind)
    writes = actor.can_somewhere(Action.REPORT_WRITE)
    edits = writes and row.state == State.DRAFT
    own = [parts[one.id] for one in kind.parts if one.written and one.id in parts]
    edition = queries.edition_of(row) if row.state == State.PUBLISHED else None
    before = queries.last_edition(row.org, row.kind, edition.number if edition else 0)
    return Page(
        row=row,
        document=document,
        sections=[
            Shown(one, kind.part(one.id), parts.get(one.id))
            for one in (document.sections if edits else document.shown)
        ],
        writes=writes,
        approves=actor.can_somewhere(Action.REPORT_APPROVE),
        gaps=gaps_by_law(document),
        others=tuple(one for one in document.points if one.missing and not one.by_law),
        points=points,
        carried=sum(one.carried for one in own),
        written=sum(bool(one.words) for one in own),
        wanted=len(own),
        changed=differences.figures(document, from_data(before.content)) if before else [],
        before=before,
        edition=edition,
    )


def published(actor: Actor, row: Any) -> dict[str, Any]:
    """Give an edition: as it was published, beside the one before, with all others."""
    document = from_data(row.content)
    before = queries.last_edition(row.org, row.kind, row.number)
    then = from_data(before.content) if before else None
    every = queries.editions_of(actor, row.org, row.kind)
    return {
        "row": row,
        "document": document,
        "sections": [Shown(one) for one in document.shown],
        "before": before,
        "changed": differences.figures(document, then) if then else [],
        "rewritten": differences.words(document, then) if then else [],
        "editions": every,
        "newest": every[0],
        "papers": queries.papers_of(actor, row.report),
        "answers": queries.answers(row.report),
    }


def school_choices(actor: Actor) -> list[tuple[str, str]]:
    """Give the places of which this actor can begin a report."""
    return [(str(one.ref), one.name) for one in staffing.places(actor)]


def school(actor: Actor, ref: str) -> Any:
    """Give the place that was chosen, the only one where there is no choice."""
    places = staffing.places(actor)
    return next((one for one in places if str(one.ref) == ref), places[0])


def kind_choices() -> list[tuple[str, str]]:
    """Give the kinds of report."""
    return [(one.id, one.title) for one in kinds().values()]


def first_day(actor: Actor) -> Any:
    """Give the day from which a report usually counts: the first of the school year."""
    return AcademicYear.of(actor.today).first


def for_home(actor: Actor) -> dict[str, Any]:
    """Give what waits for this person's approval, for the head of a home page."""
    return {"approve": [(one, queries.title_of(one.kind)) for one in queries.to_approve(actor)]}


def beside_home(actor: Actor) -> dict[str, Any]:
    """Give the reports on their way and those out of date, for whoever writes them."""
    if not actor.can_somewhere(Action.REPORT_WRITE):
        return {"going": [], "late": []}
    every = queries.standings(actor)
    return {
        "going": [one for one in every if one.going],
        "late": [one for one in every if one.late and not one.going],
    }


def beside(actor: Actor, row: Any) -> dict[str, Any]:
    """Give what stands beside the words of a part: those of the last edition, its own figures."""
    last = queries.last_edition(row.report.org, row.report.kind)
    before = {one.id: one for one in from_data(last.content).sections} if last else {}
    said = before.get(row.part)
    document = queries.document_of(actor, row.report)
    return {
        "last": last,
        "said": said.words if said else "",
        "points": [one for one in document.points if row.part in usual_parts(row, one.id)],
        "sections": _figures_of(row, document),
    }


def _figures_of(row: Any, document: Document) -> list[Shown]:
    """Give the figures that stand under a part: those drawn after it, before the next words."""
    found: list[Shown] = []
    after = False
    for one in document.sections:
        if one.id == row.part or (after and one.table is not None):
            after = True
            if one.table is not None:
                found.append(Shown(one))
        elif after:
            break
    return found


def usual_parts(row: Any, point_id: str) -> tuple[str, ...]:
    """Give the parts in which a point is usually answered."""
    kind = kind_of(row.report.kind)
    return next((one.parts for one in kind.points if one.id == point_id), ())


def part_choices(row: Any) -> list[tuple[str, str]]:
    """Give the parts in which a point can be answered, its usual one first."""
    kind = kind_of(row.report.kind)
    usual = [kind.part(id) for id in usual_parts(row, row.point)]
    named = " / ".join(one.title for one in usual if one)
    own = [(one.id, one.title) for one in kind.parts if one.written]
    return [("", named), *((id, title) for id, title in own if title != named)]


def point(row: Any) -> Any:
    """Give a point of a report as its kind has it; None where the kind has it no more."""
    return next((one for one in kind_of(row.report.kind).points if one.id == row.point), None)
