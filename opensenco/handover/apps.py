"""The app of hand-overs."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """From class to class, phase to phase, SENCO to SENCO."""

    name = "opensenco.handover"
    label = "handover"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.handover import policy  # noqa: F401 (importing registers)
