"""The app of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports: read, match, show, apply."""

    name = "opensenco.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register who may read files in."""
        from opensenco.exchange import policy  # noqa: F401 (registers its rules)
