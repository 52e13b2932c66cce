"""A report is sent for approval, approved or sent back, and published as an edition."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.reports import queries
from opensenco.reports.document import Answered, Document, from_data, to_data
from opensenco.reports.models import Report, ReportEdition
from opensenco.reports.policy import others_approve
from opensenco.reports.states import MOST_REASON, TRANSITIONS, State
from opensenco.support.operations.access import plan_approved

#: its edition starts the three years of SCH-07 anew
ACCESSIBILITY_PLAN = "accessibility-plan"


@operation(Action.REPORT_WRITE, on="report")
def send_for_approval(*, actor: Actor, report: Report, version: int | None) -> Report:
    """Send a report for approval: words and figures stand still from now on.

    Raises:
        NotPossible: it is not being written, says nothing, or leaves a point of the law unanswered
            without a reason.
        Stale: somebody else changed it in between.
    """
    _refuse(report, State.WAITS)
    document = queries.document_of(actor, report)
    refuse_gaps(document)
    change(
        report, version=version, state=State.WAITS, fixed=to_data(document), fixed_on=actor.today,
        sent_by=actor.person, decided_by=None, decided_at=None, returned_because="",
    )  # fmt: skip
    words = _("A report waits for your approval: %(title)s") % {"title": document.title}
    spine.tell(
        actor=actor, org=report.org, words=words, role_action=Action.REPORT_APPROVE, source=report
    )
    return report


def gaps_by_law(document: Document) -> tuple[Answered, ...]:
    """Give the points of the law that are neither answered nor is there a reason why not."""
    return tuple(one for one in document.points if one.by_law and one.missing)


def refuse_gaps(document: Document) -> None:
    """Refuse a report that leaves out what the law asks for and does not say why.

    Raises:
        NotPossible: it does, or it says nothing at all.
    """
    if not any(one.words for one in document.sections):
        raise NotPossible(_("Nobody has written anything in this report yet."))
    many = len(gaps_by_law(document))
    if many:
        raise NotPossible(
            ngettext(
                "The law asks for %(num)s point that is not answered. Write it, or say why not.",
                "The law asks for %(num)s points that are not answered. Write them, or say why "
                "not.",
                many,
            )
            % {"num": many}
        )


@operation(Action.REPORT_WRITE, on="report")
def take_back(*, actor: Actor, report: Report, version: int | None) -> Report:
    """Take a report back that was sent or approved, to change it. It must be approved anew.

    Raises:
        NotPossible: it was neither sent nor approved.
        Stale: somebody else decided in between.
    """
    _refuse(report, State.DRAFT)
    return change(
        report, version=version, state=State.DRAFT, fixed=None, fixed_on=None, decided_by=None,
        decided_at=None,
    )  # fmt: skip


@operation(Action.REPORT_APPROVE, on="report")
def approve_report(*, actor: Actor, report: Report, version: int | None) -> Report:
    """Approve a report as it was sent.

    Raises:
        NotPossible: it does not wait, or this person sent it and others here approve reports.
        Stale: somebody else decided in between.
    """
    _refuse(report, State.APPROVED)
    _refuse_own(actor, report)
    change(
        report, version=version, state=State.APPROVED, decided_by=actor.person,
        decided_at=actor.at,
    )  # fmt: skip
    _tell(actor, report, _("Approved, and ready to be published: %(title)s"))
    return report


@operation(Action.REPORT_APPROVE, on="report")
def return_report(*, actor: Actor, report: Report, reason: str, version: int | None) -> Report:
    """Send a report back to whoever writes it, with a reason.

    Raises:
        Invalid: no reason, or too long a one.
        NotPossible: it does not wait.
        Stale: somebody else decided in between.
    """
    if report.state != State.WAITS:
        raise NotPossible(_("This report does not wait for approval."))
    why = " ".join(reason.split())
    if not why or len(why) > MOST_REASON:
        raise Invalid("reason", _("Say what should be changed, in at most 1,000 characters."))
    sent_by = report.sent_by
    change(
        report, version=version, state=State.DRAFT, fixed=None, fixed_on=None,
        decided_by=actor.person, decided_at=actor.at, returned_because=why,
    )  # fmt: skip
    report.sent_by = sent_by
    _tell(actor, report, _("Sent back to be changed: %(title)s"))
    return report


@operation(Action.REPORT_WRITE, on="report")
def publish_report(*, actor: Actor, report: Report, version: int | None) -> ReportEdition:
    """Publish an approved report as an edition: exactly what was approved, for good.

    Raises:
        NotPossible: it is not approved.
        Stale: somebody else published it or took it back in between.
    """
    _refuse(report, State.PUBLISHED)
    if report.fixed is None or report.fixed_on is None or report.decided_by is None:
        raise NotPossible(_("Only an approved report can be published."))
    document, drawn_on = from_data(report.fixed), report.fixed_on
    refuse_gaps(document)
    last = queries.last_edition(report.org, report.kind)
    approved_by, approved_at = report.decided_by, report.decided_at
    change(report, version=version, state=State.PUBLISHED, fixed=None, fixed_on=None)
    edition = ReportEdition(
        org=report.org, report=report, kind=report.kind, kind_version=report.kind_version,
        number=last.number + 1 if last else 1, content=to_data(document), drawn_on=drawn_on,
        published_on=actor.today, person=actor.person, at=actor.at, approved_by=approved_by,
        approved_at=approved_at or actor.at,
    )  # fmt: skip
    edition.save()
    if report.kind == ACCESSIBILITY_PLAN:
        plan_approved(
            actor, report.org, london_date(edition.approved_at), approved_by.name,
            _("Edition %(num)s among the reports") % {"num": edition.number},
        )  # fmt: skip
    return edition


def _refuse(report: Report, to: State) -> None:
    if to in TRANSITIONS[State(report.state)]:
        return
    raise NotPossible(
        {
            State.WAITS: _("This report is not being written."),
            State.DRAFT: _("This report was not sent for approval."),
            State.APPROVED: _("This report does not wait for approval."),
        }.get(to, _("Only an approved report can be published."))
    )


def _refuse_own(actor: Actor, report: Report) -> None:
    """Let nobody approve what they sent, unless nobody else here can: a childminder is alone."""
    if report.sent_by_id == actor.person.pk and others_approve(actor, report.org_id):
        raise NotPossible(
            _("You sent this report yourself. Somebody else who approves reports here reads it.")
        )


def _tell(actor: Actor, report: Report, words: str) -> None:
    if report.sent_by is not None and report.sent_by_id != actor.person.pk:
        spine.tell(
            actor=actor, org=report.org, words=words % {"title": queries.title_of(report.kind)},
            person=report.sent_by, source=report,
        )  # fmt: skip
