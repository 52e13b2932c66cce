"""The app of concerns."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """From the first worry to triage."""

    name = "opensenco.concerns"
    label = "concerns"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.concerns import policy  # noqa: F401 (importing registers)
