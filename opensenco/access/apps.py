"""The app of organisations, people and memberships."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who somebody is and what they may see."""

    name = "opensenco.access"
    label = "access"

    def ready(self) -> None:
        """Let the log hear of signing in."""
        from opensenco.access import events  # noqa: F401 (it listens)
