"""Papers that were filed before their words were read: found by their titles, and waiting."""

from typing import Any

from django.db import migrations

from opensenco.access.migrating import RunAsSystem

MANY = 500


def wait(apps: Any, _editor: Any) -> None:
    """Let the newest version of each paper wait to be read."""
    texts = apps.get_model("documents", "PaperText")._base_manager
    newest: dict[int, int] = {}
    versions = apps.get_model("documents", "DocumentVersion")._base_manager.order_by("number")
    for document, version in versions.values_list("document_id", "pk").iterator():
        newest[document] = version
    documents = apps.get_model("documents", "Document")._base_manager.filter(pk__in=newest)
    rows = [
        texts.model(
            org_id=org, document_id=pk, version_id=newest[pk],
            key=" ".join(sorted({word[:40] for word in key.split()})),
        )
        for pk, org, key in documents.values_list("pk", "org_id", "search_key")
    ]  # fmt: skip
    texts.bulk_create(rows, batch_size=MANY)


def keep(_apps: Any, _editor: Any) -> None:
    """Leave the rows: their table goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_words_inside")]

    operations = [RunAsSystem(wait, keep)]
