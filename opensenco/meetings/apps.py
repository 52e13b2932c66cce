"""The app of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """One object for every kind of meeting about a pupil."""

    name = "opensenco.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register the rules, how dates are made again, and where working time is told of."""
        from opensenco.cases.handing_on import hands_on
        from opensenco.cases.remaking import remake_with
        from opensenco.cases.time_log import derive_from
        from opensenco.meetings import policy  # noqa: F401 (importing registers)
        from opensenco.meetings.operations.after import count_again
        from opensenco.meetings.operations.feeds import close_feed_of
        from opensenco.meetings.operations.owning import hand_action, hand_meeting
        from opensenco.meetings.time_spent import spent_on_meetings
        from opensenco.people.leaving import closes

        closes(close_feed_of)
        remake_with("meetings.Meeting", count_again)
        hands_on("meetings.Meeting", hand_meeting)
        hands_on("meetings.MeetingAction", hand_action)
        derive_from("meetings", spent_on_meetings)
