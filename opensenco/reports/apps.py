"""The app of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports of a place, from facts and words to editions."""

    name = "opensenco.reports"
    label = "reports"

    def ready(self) -> None:
        """Register the rules, and how what waits for somebody is handed on."""
        from opensenco.cases.handing_on import hands_on
        from opensenco.reports import policy  # noqa: F401 (importing registers)
        from opensenco.reports.operations.aims import hand_aim

        hands_on("reports.PlanAim", hand_aim)
