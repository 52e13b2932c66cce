"""A report is begun, its parts are written one by one, and it can be dropped."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.reports import queries
from opensenco.reports.document import from_data
from opensenco.reports.drawing import kind_of, points_for
from opensenco.reports.models import Report, ReportPart, ReportPoint
from opensenco.reports.states import MOST_REASON, MOST_WORDS, OPEN, TRANSITIONS, State

LONG_AGO = timedelta(days=3 * 366)


@operation(Action.REPORT_WRITE, on="org")
def begin_report(*, actor: Actor, org: Organisation, kind: str, since: date) -> Report:
    """Begin a report. The words of the last edition are its start, marked as not looked at since.

    Args:
        kind: an id of `reports.kinds`.
        since: figures of what happened count from this day.

    Raises:
        NotFound: there is no such kind.
        Invalid: a day that cannot be.
        NotPossible: one of this kind is on its way.
    """
    found = kind_of(kind)
    if not actor.today - LONG_AGO <= since <= actor.today:
        raise Invalid("since", _("Choose a day within the last three years, not after today."))
    if Report.objects.filter(org=org, kind=kind, state__in=OPEN).exists():
        raise NotPossible(_("A report of this kind is being written already. Go on with that one."))
    report = Report(
        org=org, kind=kind, kind_version=found.version, since=since, person=actor.person,
        at=actor.at,
    )  # fmt: skip
    report.save()
    last = queries.last_edition(org, kind)
    said = {one.id: one.words for one in from_data(last.content).sections} if last else {}
    for part in found.parts:
        words = said.get(part.id, "")
        if part.written or part.drawn:
            ReportPart(
                org=org, report=report, part=part.id, words=words, carried=bool(words)
            ).save()
    before = queries.points_of(last.report) if last else {}
    for point in points_for(found, org):
        row = before.get(point.id)
        ReportPoint(org=org, report=report, point=point.id, part=row.part if row else "").save()
    return report


@operation(Action.REPORT_WRITE, on="report_part")
def write_part(
    *, actor: Actor, report_part: ReportPart, words: str, version: int | None
) -> ReportPart:
    """Write the words of one part. Saving it as it is says that it was looked at.

    Raises:
        Invalid: too many words.
        NotPossible: the report is not being written, or nobody writes this part.
        Stale: somebody else wrote it in between.
    """
    _refuse_settled(report_part.report)
    part = kind_of(report_part.report.kind).part(report_part.part)
    if part is None or not part.written:
        raise NotPossible(_("This part is drawn from the record."))
    text = words.replace("\r\n", "\n").strip()
    if len(text) > MOST_WORDS:
        raise Invalid("words", _("Shorten this to %(most)s characters.") % {"most": MOST_WORDS})
    return change(
        report_part, version=version, words=text, carried=False, writer=actor.person,
        written_at=actor.at,
    )  # fmt: skip


@operation(Action.REPORT_WRITE, on="report_part")
def show_figures(
    *, actor: Actor, report_part: ReportPart, left_out: bool, version: int | None
) -> ReportPart:
    """Say whether the figures of one part stand in the report.

    Raises:
        NotPossible: the report is not being written, or the part has no figures.
        Stale: somebody else changed it in between.
    """
    _refuse_settled(report_part.report)
    part = kind_of(report_part.report.kind).part(report_part.part)
    if part is None or not part.drawn:
        raise NotPossible(_("This part has no figures."))
    return change(
        report_part, version=version, left_out=left_out, writer=actor.person, written_at=actor.at
    )


@operation(Action.REPORT_WRITE, on="report_point")
def place_point(
    *, actor: Actor, report_point: ReportPoint, part: str, reason: str, version: int | None
) -> ReportPoint:
    """Say where a point is answered, where not in its usual part, or why it is not.

    Args:
        part: a part that people write; empty for the usual one.

    Raises:
        Invalid: no such part, or a reason that is too long.
        NotPossible: the report is not being written.
        Stale: somebody else changed it in between.
    """
    _refuse_settled(report_point.report)
    chosen = kind_of(report_point.report.kind).part(part)
    if part and (chosen is None or not chosen.written):
        raise Invalid("part", _("Choose one of the answers shown."))
    why = " ".join(reason.split())
    if len(why) > MOST_REASON:
        raise Invalid("reason", _("Shorten this to %(most)s characters.") % {"most": MOST_REASON})
    return change(report_point, version=version, part=part, reason=why)


@operation(Action.REPORT_WRITE, on="report")
def drop_report(*, actor: Actor, report: Report, version: int | None) -> Report:
    """Drop a report that is being written: it is never published, and stays in the history.

    Raises:
        NotPossible: it was sent for approval, published or dropped.
        Stale: somebody else changed it in between.
    """
    if State.DROPPED not in TRANSITIONS[State(report.state)]:
        raise NotPossible(_("Only a report that is being written can be dropped."))
    return change(report, version=version, state=State.DROPPED)


def _refuse_settled(report: Report) -> None:
    if report.state != State.DRAFT:
        raise NotPossible(
            _("This report was sent for approval, and stays as it is. Take it back to change it.")
        )
