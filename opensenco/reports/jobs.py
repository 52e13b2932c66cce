"""What the worker does with reports: it sets their papers."""

import uuid

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django_tasks import task

from opensenco.access.actor import Actor
from opensenco.access.scope import scope
from opensenco.documents import setting
from opensenco.reports import papers, queries
from opensenco.reports.models import Report, ReportPaper
from opensenco.reports.states import Setting, State


@task()
def set_paper(person_id: int, hat: str, ref: str, version: int) -> None:
    """Set a paper of a report in the name and role of who asked for it; see `documents.setting`."""
    setting.work_on(person_id, hat, ref, version, make=_make, keep=_keep)


def _make(actor: Actor, ref: uuid.UUID, version: int) -> bytes | None:
    with scope(actor.scope):
        row = waiting(ref, version)
        if row is None:
            return None
        document, stands = queries.document_of(actor, row.report), stands_as(row.report)
    return papers.file_of(document, row.form, stands)


def waiting(ref: uuid.UUID, version: int) -> ReportPaper | None:
    """Give the paper that waits by this reference and version, inside an open scope."""
    rows = ReportPaper.objects.filter(ref=ref, version=version, state=Setting.WAITS)
    return rows.select_related("org", "report__org", "report__decided_by").first()


def _keep(actor: Actor, ref: uuid.UUID, version: int, content: bytes | None) -> None:
    """Keep what was made, or say that it could not be."""
    from opensenco.reports.operations.papers import keep_paper, stop_paper

    row = waiting(ref, version)
    if row is not None and content is not None:
        keep_paper(actor=actor, report_paper=row, content=content, version=version)
    elif row is not None:
        stop_paper(actor=actor, report_paper=row, version=version)


def stands_as(report: Report) -> str:
    """Say what the reader of a paper must know: which edition it is, or that it is none yet."""
    edition = queries.edition_of(report)
    if edition is not None:
        return _("Edition %(number)s, published on %(day)s. Approved by %(who)s.") % {
            "number": edition.number, "day": written(edition.published_on, "j F Y"),
            "who": edition.approved_by.name,
        }  # fmt: skip
    if report.state == State.WAITS:
        return _("Not approved yet: it waits for approval.")
    if report.state == State.APPROVED:
        return _("Approved, and not published yet.")
    return _("A draft: it is being written, and not approved.")
