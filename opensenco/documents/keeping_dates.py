"""Until when papers are kept, which have passed their date, and what holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.documents.models import Document, Hold, OwnYears
from opensenco.documents.retention import KEEPS, SEN_FILE, Keep, born_by, keep_of, kinds_of, until
from opensenco.documents.states import Level
from opensenco.law.due import Due
from opensenco.law.numbers.duties import RETENTION_YEARS
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.timetables.retention import RetentionFacts, timetable
from opensenco.people.models import Pupil


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when one paper is kept and by which rule.

    Args:
        due: the date as the law's rulebook gives it, where it has the rule.
    """

    keep: Keep
    on: date
    due: Due | None
    hold: Hold | None


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil some of whose papers have passed their date, and what holds them."""

    pupil: Pupil
    papers: int
    first: date
    hold: Hold | None


def kept(row: Document) -> Kept | None:
    """Give until when a document is kept; None where another than this rule decides."""
    keep = keep_of(row.kind, row.level)
    if keep is None:
        return None
    hold = standing_hold(row.pupil)
    own = own_years(row.org_id)
    due = None
    if keep.rule:
        facts = RetentionFacts(born=row.pupil.birth_date, hold=hold is not None)
        due = timetable(facts=facts, parameters=parameters(own.get(keep.code)))[0]
    day = due.on if due and due.on else until(keep, row.pupil.birth_date, years(keep, own))
    return Kept(keep, day, due, hold)


def own_years(org: int) -> dict[str, OwnYears]:
    """Give the numbers of years that a place has decided itself, by the code of their rule."""
    return {one.rule: one for one in OwnYears.objects.filter(org=org).select_related("person")}


def years(keep: Keep, own: Mapping[str, OwnYears]) -> int:
    """Give the years of a rule: a place's own, else those of the rule."""
    return own[keep.code].years if keep.code in own else keep.years


def parameters(own: OwnYears | None) -> Parameters:
    """Give the law's numbers with a place's own for files on special needs."""
    if own is None:
        return Parameters()
    first = RETENTION_YEARS.table.rows[0].first
    overlay = Overlay(RETENTION_YEARS.key, first, None, own.years, own.because, Origin.SCHOOL)
    return Parameters([overlay])


def record_kept_until(pupil: Pupil, own: Mapping[str, OwnYears]) -> date:
    """Give the day until which the whole record of a pupil is kept: that of the longest rule."""
    longest = max(years(keep, own) for keep in KEEPS.values())
    return until(SEN_FILE, pupil.birth_date, longest)


def standing_hold(pupil: Pupil) -> Hold | None:
    """Give what holds the papers of a pupil today."""
    rows = Hold.objects.filter(pupil=pupil, lifted_at__isnull=True)
    return rows.select_related("person").first()


def holds_of(pupil: Pupil) -> list[Hold]:
    """Give every hold of a pupil's papers, the newest first."""
    rows = Hold.objects.filter(pupil=pupil).select_related("person", "lifted_by")
    return list(rows.order_by("-at", "-id"))


def passed(actor: Actor) -> QuerySet[Pupil]:
    """Give the pupils with papers past their date, of those that this actor may open."""
    rows = visible(actor, Action.DOCUMENT_VIEW, Document).filter(in_error_at__isnull=True)
    due = Q(pk__in=[])
    for org in sorted(actor.hat.orgs):
        own = own_years(org)
        for keep in KEEPS.values():
            born = Q(org=org, pupil__birth_date__lte=born_by(keep, actor.today, years(keep, own)))
            due |= born & Q(kind__in=kinds_of(keep)) & ~Q(level=Level.SAFEGUARDING)
    pupils = visible(actor, Action.DOCUMENT_CONFIDENTIAL, Pupil)
    return pupils.filter(pk__in=rows.filter(due).values("pupil"))


def lines(actor: Actor, rows: QuerySet[Pupil], start: int, stop: int) -> list[Line]:
    """Give some of them, the oldest first, in three questions however many."""
    pupils = list(rows.order_by("birth_date", "sort_key", "id")[start:stop])
    holds = {
        one.pupil_id: one for one in Hold.objects.filter(pupil__in=pupils, lifted_at__isnull=True)
    }
    counts = _counts(actor, pupils)
    return [
        Line(one, len(counts[one.pk]), min(counts[one.pk]), holds.get(one.pk)) for one in pupils
    ]


def past_papers(actor: Actor, pupil: Pupil) -> list[tuple[Document, date]]:
    """Give the papers of a pupil past their date that this actor may open, with that date."""
    own = own_years(pupil.org_id)
    papers = visible(actor, Action.DOCUMENT_VIEW, Document).filter(
        pupil=pupil, in_error_at__isnull=True
    )
    found = []
    for row in papers.order_by(F("dated").asc(nulls_first=True), "filed_at", "id"):
        keep = keep_of(row.kind, row.level)
        if keep and (day := until(keep, pupil.birth_date, years(keep, own))) <= actor.today:
            found.append((row, day))
    return found


def _counts(actor: Actor, pupils: Sequence[Pupil]) -> dict[int, list[date]]:
    born = {one.pk: one.birth_date for one in pupils}
    own = {one.org_id: own_years(one.org_id) for one in pupils}
    papers = visible(actor, Action.DOCUMENT_VIEW, Document).filter(
        pupil__in=pupils, in_error_at__isnull=True
    )
    found: dict[int, list[date]] = {}
    for org, pupil, kind, level in papers.values_list("org_id", "pupil_id", "kind", "level"):
        keep = keep_of(kind, level)
        if keep and (day := until(keep, born[pupil], years(keep, own[org]))) <= actor.today:
            found.setdefault(pupil, []).append(day)
    return found
