"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The spine: dated facts, due dates, tasks, whose turn."""

    name = "opensenco.cases"
    label = "cases"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.cases import policy  # noqa: F401 (importing registers)
        from opensenco.cases.joining.people_subjects import SUBJECTS
        from opensenco.cases.joining.questions import ask_about

        ask_about(*SUBJECTS)
