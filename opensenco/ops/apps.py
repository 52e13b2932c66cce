"""The app that holds the commands."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Commands of `opensenco`; no tables."""

    name = "opensenco.ops"
    verbose_name = "Commands"
