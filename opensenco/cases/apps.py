"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The spine: dated facts, due dates, tasks, whose turn."""

    name = "opensenco.cases"
    label = "cases"
