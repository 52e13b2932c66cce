"""A published report of each school: long ago, approved by another, with its PDF kept."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.grants import ANSWERING_GRANTS
from opensenco.access.models import Organisation, Person
from opensenco.notices.models import Notice
from opensenco.notices.operations import read_notices
from opensenco.reports.aims import can_answer
from opensenco.reports.models import ReportEdition, ReportPaper, ReportPart, ReportPoint
from opensenco.reports.operations.aims import note_plan_aim, set_plan_aim
from opensenco.reports.operations.approving import (
    approve_report,
    publish_report,
    send_for_approval,
)
from opensenco.reports.operations.papers import keep_paper
from opensenco.reports.operations.writing import begin_report, place_point, write_part
from opensenco.reports.states import Form
from tests.cast import BY_KEY, NOW, TODAY

KIND = "governors-sen-report"
EARLY = NOW - timedelta(days=200)


def make_reports(actor: Actor, org: Organisation, word: str) -> None:
    """Write, send, approve and publish the report to governors, and keep its PDF."""
    writer = replace(actor, at=EARLY, hat=replace(actor.hat, grants=dict(ANSWERING_GRANTS)))
    other = Person.objects.exclude(pk=actor.person.pk).earliest("pk")
    report = begin_report(
        actor=writer, org=org, kind=KIND, since=EARLY.date() - timedelta(days=200)
    )
    part = ReportPart.objects.select_related("report").get(report=report, part="register")
    write_part(actor=writer, report_part=part, words=f"{word} of the register.", version=None)
    point = ReportPoint.objects.select_related("report").get(report=report, point="money")
    reason = f"{word}: the bursar reports on it."
    place_point(actor=writer, report_point=point, part="", reason=reason, version=None)
    send_for_approval(actor=writer, report=report, version=None)
    approve_report(actor=replace(writer, person=other), report=report, version=None)
    edition = publish_report(actor=writer, report=report, version=None)
    # as if it had been asked for: nothing waits for a worker in the world
    paper = ReportPaper(org=org, report=report, form=Form.PDF, person=writer.person, at=writer.at)
    paper.save()
    keep_paper(actor=writer, report_paper=paper, content=f"%PDF-1.7 {word}".encode(), version=None)
    _make_aim(writer, org, word, edition)


def _make_aim(actor: Actor, org: Organisation, word: str, edition: ReportEdition) -> None:
    """Set an aim with a number of the school's own, and note how it goes on."""
    given = {
        "words": f"{word} families are met after work", "doing": f"{word} asks them.",
        "measure": "own", "own_measure": f"{word} evenings", "start": Decimal(2),
        "start_on": EARLY.date(), "start_source": f"{word} diary", "target": Decimal(6),
        "by": TODAY + timedelta(days=150), "owner": can_answer(org, TODAY)[0],
    }  # fmt: skip
    aim = set_plan_aim(actor=actor, org=org, given=given)
    noted = {"words": f"{word} came twice.", "figure": Decimal(4), "source": f"{word} diary",
             "paper": f"{word} minutes", "edition": edition}  # fmt: skip
    note_plan_aim(actor=actor, plan_aim=aim, given=noted, version=None)


def read_of_reports() -> None:
    """Let the head have read that a report waited, so that no desk tells of it."""
    head = Person.objects.get(email=BY_KEY["head"].email)
    hat = chosen(hats_of(head, TODAY), None)
    assert hat is not None
    told = Notice.objects.filter(role_action="report.approve", org__in=hat.orgs)
    read_notices(actor=Actor(head, hat, EARLY), notices=list(told))
