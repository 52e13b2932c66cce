"""Closed lists of provision: layers, areas, what became of a session, and why one was missed."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Layer(models.TextChoices):
    """For whom a provision is meant; often called waves."""

    UNIVERSAL = "universal", _("Universal: for every pupil")
    TARGETED = "targeted", _("Targeted: a short extra for some")
    SPECIALIST = "specialist", _("Specialist: planned for one pupil")


class Area(models.TextChoices):
    """The broad area a provision works in (IDN-04)."""

    COMMUNICATION = "communication-and-interaction", _("Communication and interaction")
    COGNITION = "cognition-and-learning", _("Cognition and learning")
    SEMH = "social-emotional-and-mental-health", _("Social, emotional and mental health")
    SENSORY = "sensory-and-physical", _("Sensory and physical")
    ALL = "all-areas", _("All areas")


class Mark(models.TextChoices):
    """What became of a session for one pupil."""

    DELIVERED = "delivered", _("Here")
    MADE_UP = "made_up", _("Made up at another time")
    MISSED = "missed", _("Missed")
    #: a row that was logged by mistake is corrected by one that says so
    VOID = "void", _("Logged by mistake")


#: marks under which minutes were delivered
COUNTS = frozenset({Mark.DELIVERED, Mark.MADE_UP})


class Reason(models.TextChoices):
    """Why a session was missed or cut short."""

    AWAY = "pupil-absent", _("Pupil was absent from school")
    CHOSE_NOT = "pupil-refused", _("Pupil chose not to take part today")
    UNWELL = "pupil-unwell", _("Pupil was unwell or upset and needed rest")
    APPOINTMENT = "pupil-appointment", _("Pupil had a medical or other appointment")
    SUSPENDED = "pupil-suspended", _("Pupil was suspended")
    ELSEWHERE = "pupil-elsewhere", _("Pupil was at another planned activity")
    STAFF_ABSENT = "staff-absent", _("The adult was absent and there was no cover")
    STAFF_COVER = "staff-cover", _("The adult was moved to cover elsewhere")
    STAFF_TRAINING = "staff-training", _("The adult was at training or a meeting")
    STAFF_VACANCY = "staff-vacancy", _("Nobody holds the post at present")
    ROOM = "room", _("No suitable room")
    TIMETABLE = "timetable", _("Assembly, event or timetable change")
    TRIP = "trip", _("School trip or visit")
    EXAM = "exam", _("Tests or exams")
    CLOSURE = "closure", _("School was closed")
    HOLIDAY = "holiday", _("School holiday or staff training day")
    SPECIALIST_ABSENT = "specialist-absent", _("The outside professional did not come")
    SPECIALIST_CANCELLED = "specialist-cancelled", _("The service cancelled or changed the date")
    EQUIPMENT = "equipment", _("Equipment was missing or broken")
    GROUP_SIZE = "group-below-size", _("Too few pupils for the group")
    SAFETY = "safety", _("Stopped for safety")
    BEHAVIOUR = "behaviour-group", _("The group was stopped early")
    PARENT = "parent-asked", _("Parent asked for a pause")
    PAUSE = "planned-pause", _("Planned pause agreed at a review")
    NOT_RECORDED = "not-recorded", _("Nobody recorded it in time")
    OTHER = "other", _("Something else")


class Shortfall(StrEnum):
    """Whose shortfall a missed session is. It is a count and not blame."""

    PUPIL = "pupil"
    SETTING = "setting"
    OUTSIDE = "outside"
    #: nobody's: the session was not due after all
    NOBODY = "nobody"


_PUPIL = (Reason.AWAY, Reason.CHOSE_NOT, Reason.UNWELL, Reason.APPOINTMENT, Reason.PARENT)
_OUTSIDE = (Reason.SPECIALIST_ABSENT, Reason.SPECIALIST_CANCELLED)
_NOBODY = (Reason.CLOSURE, Reason.HOLIDAY, Reason.PAUSE)

SHORTFALLS: dict[Reason, Shortfall] = {
    **dict.fromkeys(Reason, Shortfall.SETTING),
    **dict.fromkeys(_PUPIL, Shortfall.PUPIL),
    **dict.fromkeys(_OUTSIDE, Shortfall.OUTSIDE),
    **dict.fromkeys(_NOBODY, Shortfall.NOBODY),
}

#: what a hand on a tablet chooses from for one child, beside "here"
CHILD_REASONS = (Reason.AWAY, Reason.CHOSE_NOT)
#: and for a session that did not happen at all
GROUP_REASONS = (
    Reason.STAFF_COVER,
    Reason.STAFF_ABSENT,
    Reason.TIMETABLE,
    Reason.TRIP,
    Reason.ROOM,
    Reason.CLOSURE,
    Reason.OTHER,
)
