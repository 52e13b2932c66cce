"""The words of papers in their order, so that phrases are found."""

from typing import Any

from django.db import migrations, models

from opensenco.access.migrating import RunAsSystem

MANY = 200


def put_in_order(apps: Any, _editor: Any) -> None:
    """Write down the words of each paper in their order."""
    from opensenco.documents.searching import said_of

    texts = apps.get_model("documents", "PaperText")._base_manager
    documents = apps.get_model("documents", "Document")._base_manager
    numbers = list(texts.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), MANY):
        rows = list(texts.filter(pk__in=numbers[start : start + MANY]))
        titles = dict(
            documents.filter(pk__in=[row.document_id for row in rows]).values_list(
                "pk", "search_key"
            )
        )
        for row in rows:
            row.said = said_of(titles[row.document_id], row.words)
        texts.bulk_update(rows, ["said"])


def keep(_apps: Any, _editor: Any) -> None:
    """Leave it: the column goes with the migration."""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_holds")]

    operations = [
        migrations.AddField("papertext", "said", models.TextField(blank=True, null=True)),
        RunAsSystem(put_in_order, keep),
    ]
