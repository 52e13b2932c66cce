"""Closed lists of reports, and the moves that a report can make."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.documents.states import Form, Setting

__all__ = [
    "FIXED",
    "MOST_REASON",
    "MOST_WORDS",
    "OPEN",
    "TRANSITIONS",
    "Form",
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
