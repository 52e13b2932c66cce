"""The app of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The filing cabinet, and papers made from the record."""

    name = "opensenco.documents"
    label = "documents"

    def ready(self) -> None:
        """Register who may open documents."""
        from opensenco.documents import policy  # noqa: F401 (registers its rules)
