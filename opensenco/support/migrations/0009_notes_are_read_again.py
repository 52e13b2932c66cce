"""Notes on a condition that were written before wait from their day on, as new ones do."""

from typing import Any

from django.db import migrations

from opensenco.access.migrating import RunAsSystem

LABEL, KIND = "support.ConditionNote", "condition.review"


def let_them_wait(apps: Any, _editor: Any) -> None:
    """Open what new notes open, for each that stands and does not wait already."""
    tasks = apps.get_model("cases", "Task")
    notes = apps.get_model("support", "ConditionNote")._base_manager
    wait = tasks._base_manager.filter(source_label=LABEL, kind=KIND, settled_at__isnull=True)
    known = wait.values("source_ref")
    tasks._base_manager.bulk_create(
        tasks(
            org_id=row.org_id, pupil_id=row.pupil_id, kind=KIND, asked_by_id=row.written_by_id,
            words="Read a note on a condition again, and say when next", since=row.review_on,
            due=row.review_on, role_action="plan.write", reader="plan.write",
            source_label=LABEL, source_ref=row.ref,
        )
        for row in notes.filter(in_error_at__isnull=True).exclude(ref__in=known).order_by("pk")
    )  # fmt: skip


def let_them_be(_apps: Any, _editor: Any) -> None:
    """Leave what waits: some of it was opened by people, and it is found again on the way forth."""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_guides_and_departures"),
        ("support", "0008_having_read_of_health"),
    ]

    operations = [RunAsSystem(let_them_wait, let_them_be)]
