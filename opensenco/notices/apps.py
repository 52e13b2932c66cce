"""The app of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What the record tells people, in the app and later by mail."""

    name = "opensenco.notices"
    label = "notices"

    def ready(self) -> None:
        """Register the rules, and listen to what providers tell of mail."""
        from opensenco.notices import policy, returning  # noqa: F401 (importing registers)

        returning.begin()
