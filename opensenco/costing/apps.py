"""The app of costs."""

from django.apps import AppConfig


class CostingConfig(AppConfig):
    """What an hour costs, and what a pupil's provision comes to."""

    name = "opensenco.costing"
    label = "costing"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.costing import policy  # noqa: F401 (importing registers)
