"""The app of what changed and who looked."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What changed, who looked."""

    name = "opensenco.audit"
    label = "audit"
