"""The app of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports: read, match, show, apply."""

    name = "opensenco.exchange"
    label = "exchange"
