"""The states of asking: of a round, and of what one person in it was asked."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Where a round stands."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class AskedState(models.TextChoices):
    """Where one person's part stands."""

    WAITING = "waiting", _("no answer yet")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("cannot answer")
    EXCUSED = "excused", _("closed without an answer")


class Verb(StrEnum):
    """What moves one person's part from one state to another."""

    ANSWER = "answer"
    DECLINE = "decline"
    EXCUSE = "excuse"


class Hands(StrEnum):
    """Whose turn it is."""

    ASKED = "asked"
    ASKER = "asker"


class ChaseKind(models.TextChoices):
    """How somebody was reminded, or what was done because they stayed silent."""

    BY_HAND = "by_hand", _("reminded by hand")
    BY_RULE = "by_rule", _("reminded by the rule")
    ESCALATED = "escalated", _("handed back to whoever asked")


S = AskedState

#: the closed table. Whoever answered or declined may answer anew while the round is open.
TRANSITIONS: dict[AskedState, dict[Verb, AskedState]] = {
    S.WAITING: {Verb.ANSWER: S.ANSWERED, Verb.DECLINE: S.DECLINED, Verb.EXCUSE: S.EXCUSED},
    S.ANSWERED: {Verb.ANSWER: S.ANSWERED},
    S.DECLINED: {Verb.ANSWER: S.ANSWERED},
    S.EXCUSED: {},
}

#: nobody is left whose turn it is only once every part has ended: then it is the asker's
HANDS: dict[AskedState, Hands] = {
    S.WAITING: Hands.ASKED,
    S.ANSWERED: Hands.ASKER,
    S.DECLINED: Hands.ASKER,
    S.EXCUSED: Hands.ASKER,
}


def allows(state: str, verb: Verb) -> bool:
    """Tell whether one person's part can take a verb in this state."""
    return verb in TRANSITIONS[AskedState(state)]


class Kind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", _("A line of text")
    LONGTEXT = "longtext", _("A longer text")
    CHOICE = "choice", _("One of several answers")
    MULTI = "multi", _("Several of several answers")
    SCALE = "scale", _("A step on a scale")
    PICTURES = "picture-choice", _("One of several pictures")
    YESNO = "yesno", _("Yes or no")
    NUMBER = "number", _("A number")
    TICK = "tick", _("A count of ticks")
    TABLE = "table", _("A table")
    DRAWING = "drawing", _("A drawing")
    FILE = "file", _("A paper")
    SIGN = "sign", _("Agreement by name")
    CALCULATED = "calculated", _("Worked out from the rest")
    FEEDBACK = "feedback", _("What to do next")


#: answered by one of the answers that the question names
WITH_OPTIONS = (Kind.CHOICE, Kind.MULTI, Kind.SCALE, Kind.PICTURES)


class Wanted(models.TextChoices):
    """What is asked for."""

    QUESTIONS = "questions", _("Answers to questions")
    STATEMENT = "statement", _("A statement in their own words")
    REPORT = "report", _("A paper, such as a report")
    SIGNATURE = "signature", _("Agreement to something, by name")


class AskedOf(models.TextChoices):
    """Whom a set of questions is meant for. Anybody of the staff can be asked any of them."""

    CLASS_TEACHER = "class-teacher", _("Class teacher")
    SUBJECT_TEACHER = "subject-teacher", _("Subject teacher")
    ASSISTANT = "teaching-assistant", _("Teaching assistant")
    KEY_PERSON = "key-person", _("Key person")
    STAFF = "staff", _("Any member of staff")
    OBSERVER = "observer", _("Observer")
    PROFESSIONAL = "professional", _("Outside professional")
    PARENT = "parent", _("Parent or carer")
    PUPIL = "pupil", _("Pupil")
    YOUNG_PERSON = "young-person", _("Young person")


class AskedAs(models.TextChoices):
    """In what part somebody is asked."""

    STAFF = "staff", _("Staff")
    PARENT = "parent", _("Parent or carer")
    PUPIL = "pupil", _("Pupil")
    PROFESSIONAL = "professional", _("Outside professional")
