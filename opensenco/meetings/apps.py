"""The app of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """One object for every kind of meeting about a pupil."""

    name = "opensenco.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register the rules, and how dates are made again."""
        from opensenco.cases.remaking import remake_with
        from opensenco.meetings import policy  # noqa: F401 (importing registers)
        from opensenco.meetings.operations.after import count_again

        remake_with("meetings.Meeting", count_again)
