"""The app of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The filing cabinet, and papers made from the record."""

    name = "opensenco.documents"
    label = "documents"

    def ready(self) -> None:
        """Register who may open documents, and how one is told of as a source."""
        from opensenco.cases.statements import tells
        from opensenco.documents import policy  # noqa: F401 (registers its rules)
        from opensenco.documents.queries import as_sources

        tells("documents.Document", as_sources)
