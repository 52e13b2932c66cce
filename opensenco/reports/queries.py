"""Reading reports: those on their way, their parts, editions and papers."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.gate.rows import NotYours, find
from opensenco.kernel.errors import NotNow
from opensenco.law.calendar.counting import within_months
from opensenco.reports.document import Document, from_data
from opensenco.reports.drawing import drawn, kind_of
from opensenco.reports.kinds import Kind, kinds
from opensenco.reports.models import Report, ReportEdition, ReportPaper, ReportPart, ReportPoint
from opensenco.reports.states import FIXED, OPEN, State

MOST_PAPERS = 6


def report(actor: Actor, ref: uuid.UUID, action: Action = Action.REPORT_READ) -> Report:
    """Give the report of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
        NotNow: it is being written, and is read by others once it is sent.
    """
    try:
        return find(actor, action, Report, ref, "org", "person", "sent_by", "decided_by")
    except NotYours as refused:
        if action is Action.REPORT_WRITE or not actor.can_somewhere(action):
            raise
        if getattr(refused.row, "state", "") != State.DRAFT:
            raise
        raise NotNow(
            _("This report is being written. You find it on your home page once it is sent.")
        ) from None


def part(actor: Actor, ref: uuid.UUID) -> ReportPart:
    """Give one part of a report on its way, to write it."""
    return find(actor, Action.REPORT_WRITE, ReportPart, ref, "report", "report__org", "writer")


def point(actor: Actor, ref: uuid.UUID) -> ReportPoint:
    """Give one point of a report on its way, to say where it is answered."""
    return find(actor, Action.REPORT_WRITE, ReportPoint, ref, "report", "report__org")


def edition(actor: Actor, ref: uuid.UUID) -> ReportEdition:
    """Give an edition by its reference."""
    return find(actor, Action.REPORT_READ, ReportEdition, ref, "org", "person", "approved_by")


def paper(actor: Actor, ref: uuid.UUID) -> ReportPaper:
    """Give a paper that was asked for, by its reference."""
    return find(actor, Action.REPORT_READ, ReportPaper, ref, "report", "org", "person")


def parts_of(row: Report) -> dict[str, ReportPart]:
    """Give the parts of a report by their ids."""
    rows = ReportPart.objects.filter(report=row).select_related("writer").order_by("id")
    return {one.part: one for one in rows}


def points_of(row: Report) -> dict[str, ReportPoint]:
    """Give the points of a report by their ids."""
    return {one.point: one for one in ReportPoint.objects.filter(report=row).order_by("id")}


def document_of(actor: Actor, row: Report) -> Document:
    """Give a report as it is read: as it was published or sent, or as it stands now.

    Raises:
        NotAllowed: it is being written, and the role sees no figures of the whole place.
    """
    if row.state == State.PUBLISHED:
        return from_data(ReportEdition.objects.get(report=row).content)
    if row.state in FIXED and row.fixed is not None:
        return from_data(row.fixed)
    return drawn(actor, row, parts_of(row), points_of(row))


def editions_of(actor: Actor, org: Organisation, kind: str) -> list[ReportEdition]:
    """Give all editions of a kind of report at a place, the newest first."""
    rows = visible(actor, Action.REPORT_READ, ReportEdition).filter(org=org, kind=kind)
    return list(rows.select_related("org", "person").order_by("-number"))


def last_edition(org: Organisation, kind: str, before: int = 0) -> ReportEdition | None:
    """Give the newest edition of a kind at a place, or the newest before a number."""
    rows = ReportEdition.objects.filter(org=org, kind=kind)
    if before:
        rows = rows.filter(number__lt=before)
    return rows.order_by("-number").first()


@dataclass(frozen=True)
class Standing:
    """How one kind of report stands at one place.

    Args:
        going: the report on its way that this actor may read.
        again_on: by when the newest edition is brought up to date.
    """

    kind: Kind
    org: Organisation
    editions: list[ReportEdition]
    going: Report | None
    again_on: date | None
    late: bool

    @property
    def latest(self) -> ReportEdition | None:
        """The newest edition."""
        return self.editions[0] if self.editions else None


def standings(actor: Actor) -> list[Standing]:
    """Give how each kind of report stands at each of the actor's places.

    Three questions, however many editions there are.
    """
    places = list(Organisation.objects.filter(pk__in=actor.hat.orgs).order_by("name", "id"))
    editions, going = _editions.ask(actor), going_on(actor)
    return [
        _standing(
            actor, kind, org,
            [one for one in editions if (one.org_id, one.kind) == (org.pk, kind.id)],
            next((one for one in going if (one.org_id, one.kind) == (org.pk, kind.id)), None),
        )
        for org in places
        for kind in kinds().values()
    ]  # fmt: skip


@question
def _editions(actor: Actor) -> QuerySet[ReportEdition]:
    rows = visible(actor, Action.REPORT_READ, ReportEdition)
    return rows.select_related("org", "person").defer("content").order_by("-number")


def _standing(
    actor: Actor,
    kind: Kind,
    org: Organisation,
    editions: list[ReportEdition],
    going: Report | None,
) -> Standing:
    again = None
    if editions:
        again = within_months(event=editions[0].published_on, months=kind.again_after)
    return Standing(kind, org, editions, going, again, again is not None and again < actor.today)


def going_on(actor: Actor) -> list[Report]:
    """Give the reports on their way that this actor may read, those that waited longest first."""
    return _going_on.ask(actor)


@question
def _going_on(actor: Actor) -> QuerySet[Report]:
    rows = visible(actor, Action.REPORT_READ, Report).filter(state__in=OPEN)
    named = rows.select_related("org", "person", "sent_by").defer("fixed")
    return named.order_by("fixed_on", "at", "id")


def to_approve(actor: Actor) -> list[Report]:
    """Give the reports that wait for this actor's yes or no."""
    if not actor.can_somewhere(Action.REPORT_APPROVE):
        return []
    rows = visible(actor, Action.REPORT_APPROVE, Report).filter(state=State.WAITS)
    named = rows.exclude(sent_by=actor.person).select_related("org", "sent_by").defer("fixed")
    return list(named.order_by("fixed_on", "id"))


def count_to_approve(actor: Actor) -> int:
    """Count the reports that wait for this actor's yes or no."""
    return len(to_approve(actor))


@dataclass(frozen=True)
class Decided:
    """One answer to a report: who gave it when, and why it came back; no words with a yes."""

    who: str
    at: datetime
    words: str


def answers(row: Report) -> list[Decided]:
    """Give every answer that a report had, the first first: they stay when it is sent again."""
    rows = Report.history.filter(id=row.pk, decided_at__isnull=False).filter(
        Q(state=State.APPROVED) | (Q(state=State.DRAFT) & ~Q(returned_because=""))
    )
    named = rows.defer("fixed").select_related("decided_by").order_by("history_id")
    found = {
        one.decided_at: Decided(
            one.decided_by.name, one.decided_at,
            one.returned_because if one.state == State.DRAFT else "",
        )
        for one in named
    }  # fmt: skip
    return list(found.values())


def papers_of(actor: Actor, row: Report) -> list[ReportPaper]:
    """Give the papers that were asked for of a report, the newest first."""
    rows = visible(actor, Action.REPORT_READ, ReportPaper).filter(report=row)
    return list(rows.select_related("person").order_by("-at", "-id")[:MOST_PAPERS])


def title_of(kind: str) -> str:
    """Give what a kind of report is called."""
    return kind_of(kind).title


def edition_of(row: Report) -> ReportEdition | None:
    """Give the edition that a report became; None where it was not published."""
    return ReportEdition.objects.filter(report=row).first()
