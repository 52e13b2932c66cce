"""The app of what goes between organisations."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Packs: frozen copies that one organisation sends to another."""

    name = "opensenco.network"
    label = "network"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.network import policy  # noqa: F401 (importing it registers them)
