"""A report drawn from the record as it is now: words that people wrote, figures asked anew."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.kernel.errors import NotFound
from opensenco.law.checks.information_report import Setting
from opensenco.law.checks.information_report import missing as law_misses
from opensenco.reports.document import Answered, Document, Section
from opensenco.reports.kinds import Kind, Point, kinds
from opensenco.reports.models import Report, ReportPart, ReportPoint
from opensenco.reports.questions import Asking, questions
from opensenco.reports.states import PartType


def kind_of(id: str) -> Kind:
    """Give a kind of report.

    Raises:
        NotFound: there is none of that id.
    """
    found = kinds().get(id)
    if found is None:
        raise NotFound
    return found


def setting_of(org: Organisation) -> Setting:
    """Give as what a place publishes an information report, by its phase in the register."""
    phase = org.phase.lower()
    if "special" in phase:
        return Setting.SPECIAL
    return Setting.MAINTAINED_NURSERY if "nursery" in phase else Setting.MAINSTREAM


def points_for(kind: Kind, org: Organisation) -> tuple[Point, ...]:
    """Give the points that are asked of such a place, without those asked of others alone."""
    asked = {one.kind for one in law_misses(setting=setting_of(org), present=())}
    return tuple(one for one in kind.points if not one.of_law or f"missing-{one.id}" in asked)


def drawn(
    actor: Actor,
    report: Report,
    parts: Mapping[str, ReportPart],
    points: Mapping[str, ReportPoint],
) -> Document:
    """Draw a report as it stands now, within the rights of who draws it.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    kind, asking = kind_of(report.kind), Asking(actor, report.org, report.since)
    known, sections = questions(), list[Section]()
    for part in kind.parts:
        row = parts.get(part.id)
        if part.written:
            words = row.words if row else ""
            sections.append(Section(part.id, part.type, part.title, words=words))
        elif part.drawn:
            out = row is not None and row.left_out
            table = None if out else known[part.question](asking)
            sections.append(Section(part.id, part.type, part.title, table=table))
    sections = _numbered(sections)
    checked = _answered(kind, report.org, sections, points)
    lists = [part for part in kind.parts if part.type is PartType.CHECKLIST]
    sections += [Section(one.id, one.type, one.title, points=checked) for one in lists]
    return Document(
        kind.id,
        kind.audience,
        kind.title,
        report.org.name,
        report.org.senco_word,
        report.since,
        actor.today,
        tuple(sections),
    )


def _drawn(one: Section) -> bool:
    return one.type is not PartType.NARRATIVE


def _numbered(sections: list[Section]) -> list[Section]:
    """Number the parts that people write, where there are words or figures under their heading."""
    found, number = list[Section](), 0
    for place, one in enumerate(sections):
        if one.type is PartType.NARRATIVE:
            under = takewhile(_drawn, sections[place + 1 :])
            says = bool(one.words) or any(not later.empty for later in under)
            number += says
            one = replace(one, number=str(number) if says else "")
        found.append(one)
    return found


def _answered(
    kind: Kind, org: Organisation, sections: list[Section], points: Mapping[str, ReportPoint]
) -> tuple[Answered, ...]:
    """Tick each point by the section in which it is answered: the usual one, or another chosen."""
    numbers = {one.id: one.number for one in sections if one.words}
    found = []
    for point in points_for(kind, org):
        row = points.get(point.id)
        where = (row.part,) if row and row.part else point.parts
        part = next((one for one in where if one in numbers), "")
        reason = "" if part or row is None else row.reason
        found.append(
            Answered(
                point.id, point.words, point.source, point.strength,
                numbers.get(part, ""), part, reason,
            )
        )  # fmt: skip
    return tuple(found)
