"""The app of concerns."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """From the first worry to triage."""

    name = "opensenco.concerns"
    label = "concerns"
