"""The app of rights over personal data."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Requests, what is held, how long, and how it is disposed of."""

    name = "opensenco.protection"
    label = "protection"

    def ready(self) -> None:
        """Register who may answer and decide."""
        from opensenco.protection import policy  # noqa: F401 (registers its rules)
