"""What is kept of meetings."""

from opensenco.meetings.models.feeds import CalendarFeed
from opensenco.meetings.models.meetings import Meeting
from opensenco.meetings.models.round import (
    Given,
    MeetingAction,
    MeetingMember,
    MeetingPaper,
    MeetingSlot,
    SlotAnswer,
)

__all__ = [
    "CalendarFeed",
    "Given",
    "Meeting",
    "MeetingAction",
    "MeetingMember",
    "MeetingPaper",
    "MeetingSlot",
    "SlotAnswer",
]
