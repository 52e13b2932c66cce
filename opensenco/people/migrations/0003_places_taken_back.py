"""A place in a class, and what an adult does there, can be taken back before it began."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("people", "0002_pupils_added_in_error"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="grouppupil",
            name="people_grouppupil_ends_after_start",
        ),
        migrations.RemoveConstraint(
            model_name="grouppupil",
            name="people_grouppupil_once",
        ),
        migrations.RemoveConstraint(
            model_name="groupstaff",
            name="people_groupstaff_ends_after_start",
        ),
        migrations.AddField(
            model_name="grouppupil",
            name="withdrawn",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="groupstaff",
            name="withdrawn",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="historicalgrouppupil",
            name="withdrawn",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="historicalgroupstaff",
            name="withdrawn",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="grouppupil",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends__isnull", True), ("withdrawn", False)),
                    models.Q(("ends__gte", models.F("starts")), ("withdrawn", False)),
                    models.Q(("ends__lt", models.F("starts")), ("withdrawn", True)),
                    _connector="OR",
                ),
                name="people_grouppupil_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="grouppupil",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn", False)),
                fields=("org", "group", "pupil", "starts"),
                name="people_grouppupil_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupstaff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends__isnull", True), ("withdrawn", False)),
                    models.Q(("ends__gte", models.F("starts")), ("withdrawn", False)),
                    models.Q(("ends__lt", models.F("starts")), ("withdrawn", True)),
                    _connector="OR",
                ),
                name="people_groupstaff_ends_after_start",
            ),
        ),
    ]
