"""Closed lists of observations: how an adult watches, what is tallied, what of a plan was seen."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Watched(models.TextChoices):
    """How somebody watched. The words are for staff."""

    SAMPLING = "sampling", _("Time sampling")
    NARRATIVE = "narrative", _("What happened, in order")
    VISIT = "visit", _("Lesson visit")
    BOOKS = "books", _("Book look")


#: what the timeline says: who, and how they watched
TOLD: dict[Watched, Promise] = {
    Watched.SAMPLING: _("%(who)s watched and noted what was seen at set times"),
    Watched.NARRATIVE: _("%(who)s watched and wrote down what happened"),
    Watched.VISIT: _("%(who)s visited a lesson"),
    Watched.BOOKS: _("%(who)s looked at books and work"),
}
#: those that go through what the plan asks for, one by one
LAID_BESIDE_THE_PLAN = (Watched.VISIT, Watched.BOOKS)


class Asks(models.TextChoices):
    """What of a plan was looked for."""

    STRATEGY = "strategy", _("Strategy")
    PROVISION = "provision", _("Provision")
    OUTCOME = "outcome", _("Outcome")


class WasSeen(models.TextChoices):
    """Whether something that the plan asks for was seen."""

    YES = "yes", _("Seen")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not seen")
    NOT_LOOKED = "", _("Did not look")


class Tallied(models.TextChoices):
    """What is tallied at each moment: a set of words, or words of one's own."""

    TASK = "task", _("On task or off task")
    PLAY = "play", _("Alone or with others")
    TALK = "talk", _("Speaking and listening")
    CALM = "calm", _("Calm or upset")
    PLACE = "place", _("In their place or not")
    OWN = "own", _("My own words")


SETS: dict[str, tuple[Promise, ...]] = {
    Tallied.TASK: (
        _("On task"), _("Off task, quiet"), _("Off task, disturbs others"),
        _("Waits for an adult"),
    ),
    Tallied.PLAY: (_("Alone"), _("Beside others"), _("With others"), _("With an adult")),
    Tallied.TALK: (_("Speaks"), _("Listens"), _("Signs or points"), _("Turned away")),
    Tallied.CALM: (_("Calm"), _("Restless"), _("Upset")),
    Tallied.PLACE: (_("In their place"), _("Out of their place"), _("Out of the room")),
}  # fmt: skip
#: seconds between two looks
EVERY: dict[int, Promise] = {
    15: _("15 seconds"),
    30: _("30 seconds"),
    60: _("1 minute"),
    120: _("2 minutes"),
    300: _("5 minutes"),
    600: _("10 minutes"),
}
#: how many looks are offered, and how many there can be
TIMES = (10, 12, 15, 20, 30, 40)
MOST_TIMES = 60
MOST_WORDS_TALLIED = 4
