"""What schools say of their work: reports in every state."""

from opensenco.law.calendar.years import AcademicYear
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.reports.models import Report, ReportPart
from opensenco.reports.operations.approving import (
    approve_report,
    publish_report,
    return_report,
    send_for_approval,
)
from opensenco.reports.operations.writing import begin_report, drop_report, write_part


def make(world: World) -> None:
    """Write each report, and let another approve what is published."""
    for row in world.rows("reports", "report"):
        on = world.when.snapped(row["at"], "message")
        with world.acting(row["by"], on, at=_at(row)) as actor:
            since = AcademicYear.of(on).first
            report = begin_report(
                actor=actor, org=world.places[_at(row)], kind=row["kind"], since=since
            )
            for part in ReportPart.objects.select_related("report__org").filter(report=report):
                if words := row["words"].get(part.part):
                    write_part(actor=actor, report_part=part, words=words, version=None)
            if "dropped" in row:
                drop_report(actor=actor, report=report, version=None)
        if row["published"] or "approved" in row or "waits" in row or "returned" in row:
            _publish(world, row, report)


def _at(row: Row) -> str:
    setting: str = row.get("setting", SCHOOL)
    return setting


def _publish(world: World, row: Row, report: Report) -> None:
    on = world.when.snapped(row["at"], "message")
    with world.acting(row["by"], on, at=_at(row)) as actor:
        send_for_approval(actor=actor, report=report, version=None)
    if "waits" in row:
        return
    with world.acting(row["approved_by"], on, at=_at(row)) as actor:
        if "returned" in row:
            return_report(actor=actor, report=report, reason=row["returned"], version=None)
            return
        approve_report(actor=actor, report=report, version=None)
    if "approved" in row:
        return
    with world.acting(row["by"], on, at=_at(row)) as actor:
        publish_report(actor=actor, report=report, version=None)
