"""The app of letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters to families."""

    name = "opensenco.letters"
    label = "letters"

    def ready(self) -> None:
        """Register the rules."""
        from opensenco.letters import policy  # noqa: F401 (importing registers)
