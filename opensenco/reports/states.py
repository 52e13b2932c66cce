"""Closed lists of reports, and the moves that a report can make."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.documents.states import Form, Setting

__all__ = [
    "AIM_MOVES",
    "FIXED",
    "MOST_REASON",
    "MOST_WORDS",
    "OPEN",
    "TRANSITIONS",
    "AimState",
    "Form",
    "Measure",
    "PartType",
    "Setting",
    "State",
]


class PartType(models.TextChoices):
    """What a part of a report is made of."""

    NARRATIVE = "narrative", _("Words")
    FACTS = "facts", _("Figures")
    CHART = "chart", _("Chart")
    CHECKLIST = "checklist", _("List of points")


class State(models.TextChoices):
    """Where a report stands on its way to an edition."""

    DRAFT = "draft", _("Being written")
    WAITS = "waits", _("Waits for approval")
    APPROVED = "approved", _("Approved, not published yet")
    PUBLISHED = "published", _("Published")
    DROPPED = "dropped", _("Dropped")


#: the moves of a report: what waits can come back, or be taken back; what is published stays
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.WAITS, State.DROPPED}),
    State.WAITS: frozenset({State.APPROVED, State.DRAFT}),
    State.APPROVED: frozenset({State.PUBLISHED, State.DRAFT}),
    State.PUBLISHED: frozenset(),
    State.DROPPED: frozenset(),
}
#: a report on its way; there is one of each kind in a place
OPEN = (State.DRAFT, State.WAITS, State.APPROVED)
#: its words and figures stand still, so that what is approved is what is published
FIXED = (State.WAITS, State.APPROVED)


#: characters in one part, and in one reason
MOST_WORDS = 20_000
MOST_REASON = 1_000


class AimState(models.TextChoices):
    """How an aim of the strategic plan stands."""

    GOING = "going", _("On the way")
    MET = "met", _("Met")
    NOT_MET = "not-met", _("Not met")
    DROPPED = "dropped", _("Dropped")


#: the moves of an aim: whatever was said of it, it can be gone on with, with a reason
AIM_MOVES: dict[AimState, frozenset[AimState]] = {
    AimState.GOING: frozenset({AimState.MET, AimState.NOT_MET, AimState.DROPPED}),
    AimState.MET: frozenset({AimState.GOING}),
    AimState.NOT_MET: frozenset({AimState.GOING}),
    AimState.DROPPED: frozenset({AimState.GOING}),
}


class Measure(models.TextChoices):
    """By what anybody can tell whether an aim is met: a figure of the record, or one of our own."""

    DELIVERED = "delivered", _("Promised minutes that were delivered, of what runs now")
    REVIEWS = "reviews", _("Reviews of plans held by the day agreed, in the last year")
    OUTCOMES = "outcomes", _("Reviewed outcomes that were met, in the last year")
    PARENTS = "parents", _("Pupils on SEN support whose parents were met as often as by now")
    CONCERNS = "concerns", _("Days until a concern had its first answer, in the last year")
    OWN = "own", _("A number of our own, which we count or get from outside")
