"""Who has read what helps a pupil has read it with the health alerts that stood then."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count

from opensenco.access.migrating import RunAsSystem


def with_alerts(apps: Any, _editor: Any) -> None:
    """Count for each reading how often something had been said of the pupil's health by then."""
    reads = apps.get_model("support", "ProfileRead")._base_manager
    said = apps.get_model("people", "HistoricalHealthAlert")._base_manager
    pupils = said.values("pupil_id").order_by("pupil_id").annotate(many=Count("pk"))
    for pupil, _many in pupils.values_list("pupil_id", "many"):
        moments = sorted(said.filter(pupil_id=pupil).values_list("history_date", flat=True))
        for row in reads.filter(pupil_id=pupil).order_by("pk"):
            before = sum(moment <= row.at for moment in moments)
            reads.filter(pk=row.pk).update(of_alerts=before)


def keep(_apps: Any, _editor: Any) -> None:
    """Leave it: the column goes with the migration."""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_where_contacts_live"),
        ("support", "0007_names_of_plans_are_known"),
    ]

    operations = [
        migrations.AddField(
            model_name="profileread",
            name="of_alerts",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RemoveConstraint(model_name="profileread", name="support_profileread_once"),
        migrations.AddConstraint(
            model_name="profileread",
            constraint=models.UniqueConstraint(
                fields=("org", "pupil", "person", "of_profile", "of_strategies", "of_alerts"),
                name="support_profileread_once",
            ),
        ),
        RunAsSystem(with_alerts, keep),
    ]
