"""The app of what changed and who looked."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What changed, who looked."""

    name = "opensenco.audit"
    label = "audit"

    def ready(self) -> None:
        """Register who may see what."""
        from opensenco.audit import policy  # noqa: F401 (registers its rules)
