"""What people can do with reports and the tests' world does not, once each."""

from dataclasses import replace

from opensenco.access.actor import Actor
from opensenco.access.grants import ANSWERING_GRANTS
from opensenco.access.models import Organisation
from opensenco.reports.models import ReportPart
from opensenco.reports.operations import approving, papers, writing
from tests.cast import TODAY

KIND = "governors-sen-report"


def do(actor: Actor, place: Organisation) -> None:
    """A report is begun, shows fewer figures, is sent, sent back, taken back and dropped."""
    head = replace(actor, hat=replace(actor.hat, grants=dict(ANSWERING_GRANTS)))
    report = writing.begin_report(
        actor=actor, org=place, kind=KIND, since=TODAY.replace(month=1, day=1)
    )
    parts = ReportPart.objects.select_related("report__org").filter(report=report)
    writing.show_figures(
        actor=actor, report_part=parts.get(part="delivery"), left_out=True, version=None
    )
    words = parts.get(part="register")
    writing.write_part(actor=actor, report_part=words, words="Five more.", version=None)
    approving.send_for_approval(actor=actor, report=report, version=None)
    approving.return_report(actor=head, report=report, reason="Say why.", version=None)
    approving.send_for_approval(actor=actor, report=report, version=None)
    approving.take_back(actor=actor, report=report, version=None)
    paper = papers.ask_for_paper(actor=actor, report=report, form="word")
    papers.stop_paper(actor=actor, report_paper=paper, version=None)
    writing.drop_report(actor=actor, report=report, version=None)
