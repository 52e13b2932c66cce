"""The app of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports of a place, from facts and words to editions."""

    name = "opensenco.reports"
    label = "reports"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.reports import policy  # noqa: F401 (importing registers)
