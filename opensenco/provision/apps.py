"""The app of provision."""

from django.apps import AppConfig


class ProvisionConfig(AppConfig):
    """What was promised and what was delivered."""

    name = "opensenco.provision"
    label = "provision"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.provision import policy  # noqa: F401 (importing it registers them)
