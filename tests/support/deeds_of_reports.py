"""What people can do with reports and the tests' world does not, once each."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from opensenco.access.actor import Actor
from opensenco.access.grants import ANSWERING_GRANTS
from opensenco.access.models import Organisation
from opensenco.reports.models import ReportPart
from opensenco.reports.operations import aims, approving, papers, writing
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
    _aims(actor, place)


def _aims(actor: Actor, place: Organisation) -> None:
    """An aim is set, changed, ended, gone on with, and marked as wrong with its note."""
    later = TODAY + timedelta(days=300)
    given = {"words": "Reviews are held in time", "measure": "reviews", "target": Decimal(90),
             "by": later, "owner": actor.person}  # fmt: skip
    aim = aims.set_plan_aim(actor=actor, org=place, given=given)
    harder = {**given, "target": Decimal(95)}
    aims.change_plan_aim(actor=actor, plan_aim=aim, given=harder, version=None)
    why = {"words": "Nobody asks for it."}
    note = aims.end_plan_aim(actor=actor, plan_aim=aim, state="dropped", given=why, version=None)
    aims.go_on_with_plan_aim(actor=actor, plan_aim=aim, words="They do.", by=later, version=None)
    aims.aim_note_in_error(actor=actor, aim_note=note, reason="Entered twice.", version=None)
    aims.plan_aim_in_error(actor=actor, plan_aim=aim, reason="Entered twice.", version=None)
