"""The app of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files and papers made from the record."""

    name = "opensenco.documents"
    label = "documents"
