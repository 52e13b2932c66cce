"""The app of support."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """SEN status, needs, cycles of assess-plan-do-review, outcomes."""

    name = "opensenco.support"
    label = "support"
