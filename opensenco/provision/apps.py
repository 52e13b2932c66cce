"""The app of provision."""

from django.apps import AppConfig


class ProvisionConfig(AppConfig):
    """What was promised and what was delivered."""

    name = "opensenco.provision"
    label = "provision"
