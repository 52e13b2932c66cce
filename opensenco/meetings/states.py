"""The states of a meeting and of an invitation: what may follow what."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """Where a meeting stands. The words are for staff."""

    OFFERED = "offered", _("days are offered")
    PLANNED = "planned", _("planned")
    HELD = "held", _("held, the record is being written")
    RECORDED = "recorded", _("held and recorded")
    CANCELLED = "cancelled", _("cancelled")


class Verb(StrEnum):
    """What moves a meeting from one state to another."""

    SETTLE = "settle"
    MOVE = "move"
    CANCEL = "cancel"
    INVITE = "invite"
    WRITE = "write"
    CLOSE = "close"
    GIVE = "give"
    CORRECT = "correct"


class Reply(models.TextChoices):
    """What somebody answered to an invitation."""

    WAITING = "waiting", _("no reply yet")
    YES = "yes", _("comes")
    NO = "no", _("cannot come")
    ADVICE = "advice", _("cannot come, sends words")


class Way(models.TextChoices):
    """How a record was given to somebody."""

    HAND = "hand", _("by hand")
    POST = "post", _("by post")
    EMAIL = "email", _("by email")
    READ = "read", _("read out, or through an interpreter")
    HERE = "here", _("here, in the record")


S = MeetingState

#: the closed table: state, verb, and the state that the verb leads to
TRANSITIONS: dict[MeetingState, dict[Verb, MeetingState]] = {
    S.OFFERED: {Verb.SETTLE: S.PLANNED, Verb.CANCEL: S.CANCELLED, Verb.INVITE: S.OFFERED},
    S.PLANNED: {
        Verb.MOVE: S.PLANNED,
        Verb.CANCEL: S.CANCELLED,
        Verb.INVITE: S.PLANNED,
        Verb.WRITE: S.HELD,
    },
    S.HELD: {Verb.WRITE: S.HELD, Verb.INVITE: S.HELD, Verb.CLOSE: S.RECORDED},
    S.RECORDED: {Verb.GIVE: S.RECORDED, Verb.CORRECT: S.RECORDED},
    S.CANCELLED: {},
}

#: still to come
COMING = (S.OFFERED, S.PLANNED)
#: took place
TOOK_PLACE = (S.HELD, S.RECORDED)


def allows(state: str, verb: Verb) -> bool:
    """Tell whether a meeting in this state can take this verb."""
    return verb in TRANSITIONS[MeetingState(state)]


def leads(state: str, verb: Verb) -> MeetingState:
    """Give the state to which a verb leads."""
    return TRANSITIONS[MeetingState(state)][verb]
