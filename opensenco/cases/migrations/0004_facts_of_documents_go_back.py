"""The way back past the readers of documents: facts keep to fewer people and are found again."""

from typing import Any

from django.db import migrations

from opensenco.access.migrating import RunAsSystem

#: who read it, and who reads it where nobody knows of documents: never more people
NARROWER = {"document.view": "plan.write", "document.confidential": "concern.triage"}
MODELS = ("Fact", "Task", "DueDate")
#: what those who read confidential papers were told of
ABOUT = ("documents.Document", "protection.DataRequest")


def known_again(apps: Any, _editor: Any) -> None:
    """Give what is about documents its own readers back."""
    for model in MODELS:
        rows = apps.get_model("cases", model)._base_manager.filter(source_label__in=ABOUT)
        for before, after in NARROWER.items():
            rows.filter(reader=after).update(reader=before)


def narrower(apps: Any, _editor: Any) -> None:
    """Let what is about documents be read by a verb that there was before them."""
    for model in MODELS:
        rows = apps.get_model("cases", model)._base_manager
        for before, after in NARROWER.items():
            rows.filter(reader=before).update(reader=after)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_facts_of_documents")]

    operations = [RunAsSystem(known_again, narrower)]
