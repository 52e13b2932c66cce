"""The app of asking and being asked."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Who was asked what, by when, and what they said."""

    name = "opensenco.participation"
    label = "participation"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.participation import policy  # noqa: F401 (importing registers)
