"""A published report of each school: long ago, approved by another, with its PDF kept."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.grants import ANSWERING_GRANTS
from opensenco.access.models import Organisation, Person
from opensenco.notices.models import Notice
from opensenco.notices.operations import read_notices
from opensenco.reports.models import ReportPaper, ReportPart, ReportPoint
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
    publish_report(actor=writer, report=report, version=None)
    # as if it had been asked for: nothing waits for a worker in the world
    paper = ReportPaper(org=org, report=report, form=Form.PDF, person=writer.person, at=writer.at)
    paper.save()
    keep_paper(actor=writer, report_paper=paper, content=f"%PDF-1.7 {word}".encode(), version=None)


def read_of_reports() -> None:
    """Let the head have read that a report waited, so that no desk tells of it."""
    head = Person.objects.get(email=BY_KEY["head"].email)
    hat = chosen(hats_of(head, TODAY), None)
    assert hat is not None
    told = Notice.objects.filter(role_action="report.approve", org__in=hat.orgs)
    read_notices(actor=Actor(head, hat, EARLY), notices=list(told))
