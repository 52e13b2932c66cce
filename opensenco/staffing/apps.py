"""The app of staffing."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Who gives support, for how many hours, and who stands in."""

    name = "opensenco.staffing"
    label = "staffing"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.staffing import policy  # noqa: F401 (importing registers)
