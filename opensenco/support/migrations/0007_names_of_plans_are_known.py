"""The names that places gave their plans before are told to their organisations."""

from typing import Any

from django.db import migrations

from opensenco.access.migrating import RunAsSystem


def tell(apps: Any, _editor: Any) -> None:
    """Give each organisation the name that its own row has."""
    places = apps.get_model("access", "Organisation")._base_manager
    for row in apps.get_model("support", "PlanNaming")._base_manager.exclude(name=""):
        places.filter(pk=row.org_id).update(plan_word=row.name)


def keep(_apps: Any, _editor: Any) -> None:
    """Leave it: the column goes with the migration that made it."""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_what_a_place_calls_its_plans"),
        ("support", "0006_the_schools_own_fields"),
    ]

    operations = [RunAsSystem(tell, keep)]
