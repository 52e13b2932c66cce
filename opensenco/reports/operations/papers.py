"""A paper of a report is asked for, made by the worker, and kept by its content."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases import spine
from opensenco.documents import setting
from opensenco.documents.set_models import LOST_AFTER
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.reports import jobs, queries
from opensenco.reports.models import Report, ReportPaper
from opensenco.reports.states import Form, Setting, State


@operation(Action.REPORT_READ, on="report")
def ask_for_paper(*, actor: Actor, report: Report, form: str) -> ReportPaper:
    """Ask for a report as PDF or Word. The worker makes it; of an edition each is made once.

    Raises:
        Invalid: there is no such form.
        NotPossible: the report was dropped.
    """
    setting.need_form(form)
    if report.state == State.DROPPED:
        raise NotPossible(_("This report was dropped."))
    seen = visible(actor, Action.REPORT_READ, ReportPaper).filter(report=report, form=form)
    edition, rows = queries.edition_of(report), seen.order_by("-at", "-id")
    if edition is not None:
        # one that was asked for before shows what the report was then
        rows = rows.filter(at__gte=edition.at)
    waits = rows.filter(state=Setting.WAITS, at__gt=actor.at - LOST_AFTER).first()
    made = rows.filter(state=Setting.DONE).first() if edition else None
    if found := waits or made:
        return found
    row = ReportPaper(org=report.org, report=report, form=form, person=actor.person, at=actor.at)
    row.save()
    setting.hand(actor, jobs.set_paper, row)
    return row


@operation(Action.REPORT_READ, on="report_paper")
def keep_paper(
    *, actor: Actor, report_paper: ReportPaper, content: bytes, version: int | None
) -> ReportPaper:
    """Keep a paper that was made. Its bytes are on the disk before its row says that it is ready.

    Raises:
        NotPossible: nobody waits for it.
        Stale: another worker made it in between; the same bytes are kept once.
    """
    setting.keep(report_paper, content=content, at=actor.at, version=version)
    title = queries.title_of(report_paper.report.kind)
    pdf = report_paper.form == Form.PDF
    words = _("The PDF is ready: %(title)s") if pdf else _("The Word file is ready: %(title)s")
    spine.tell(
        actor=actor, org=report_paper.org, words=words % {"title": title}, person=actor.person,
        source=report_paper,
    )  # fmt: skip
    return report_paper


@operation(Action.REPORT_READ, on="report_paper")
def stop_paper(*, actor: Actor, report_paper: ReportPaper, version: int | None) -> ReportPaper:
    """Say that a paper could not be made; it can be asked for anew.

    Raises:
        NotPossible: nobody waits for it.
        Stale: it was made in between.
    """
    return setting.stop(report_paper, version=version)
