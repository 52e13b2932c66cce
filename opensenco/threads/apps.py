"""The app of messages about pupils."""

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    """What the adults round a pupil tell each other."""

    name = "opensenco.threads"
    label = "threads"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.cases.statements import tells
        from opensenco.threads import policy  # noqa: F401 (importing registers)
        from opensenco.threads.notes import as_sources

        tells("threads.ClassNote", as_sources)
