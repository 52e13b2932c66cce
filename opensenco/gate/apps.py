"""The app of the one door and the one pen."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """@page and @operation."""

    name = "opensenco.gate"
    label = "gate"

    def ready(self) -> None:
        """Hear of each step that somebody takes to sign in."""
        from allauth.account.signals import authentication_step_completed

        from opensenco.gate import strength

        authentication_step_completed.connect(strength.stepped)
