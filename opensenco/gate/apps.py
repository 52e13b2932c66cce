"""The app of the one door and the one pen."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """@page and @operation."""

    name = "opensenco.gate"
    label = "gate"
