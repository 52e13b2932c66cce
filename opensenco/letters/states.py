"""Closed lists of letters: their forms, ways to send them, and what becomes of a mailing."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.cases.states import How
from opensenco.support.states import Told


class Form(models.TextChoices):
    """How a letter reads."""

    STANDARD = "standard", _("Standard")
    EASY = "easy", _("Easy read")
    LARGE = "large", _("Large print")


class Sent(models.TextChoices):
    """How a letter went out."""

    POST = "post", _("By post")
    HAND = "hand", _("Given by hand")
    BAG = "bag", _("In the pupil’s bag")
    MAIL = "mail", _("Attached to an email")


#: how the contact log and the proof under IDN-15 call it
LOGGED: dict[Sent, How] = {
    Sent.POST: How.LETTER, Sent.HAND: How.LETTER, Sent.BAG: How.LETTER, Sent.MAIL: How.MAIL,
}  # fmt: skip
TOLD: dict[Sent, Told] = {
    Sent.POST: Told.LETTER, Sent.HAND: Told.LETTER, Sent.BAG: Told.LETTER, Sent.MAIL: Told.EMAIL,
}  # fmt: skip


class State(models.TextChoices):
    """What became of letters that were begun."""

    DRAFT = "draft", _("Being written")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Dropped")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SENT, State.DROPPED}),
    State.SENT: frozenset(),
    State.DROPPED: frozenset(),
}

MISSING: dict[str, Promise] = {
    "contact": _("Nobody to write to is on the record"),
    "email": _("No email address is on the record"),
}
#: letters in one go: about ten seconds of typesetting
MOST_AT_ONCE = 100
MOST_NAME, MOST_SUBJECT, MOST_TEXT, MOST_GIVEN = 120, 160, 12_000, 2_000
