"""Closed lists of support, and the table of the moves a cycle can make."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action


class Status(models.TextChoices):
    """SEN status as the census counts it (IDN-06)."""

    EHC_PLAN = "E", _("EHC plan")
    SEN_SUPPORT = "K", _("SEN support")
    NO_SEN = "N", _("No SEN status")


class Ground(models.TextChoices):
    """What a school saw before it set a status (IDN-11, IDN-12). None of them is a diagnosis."""

    PROGRESS = "progress", _("Progress is much slower than that of others from the same start")
    GAP = "gap", _("The gap to others stays or grows in spite of good teaching")
    WIDER = "wider", _("Wider development, friendships or feelings")
    FAMILY = "family", _("Parents or the pupil are worried")
    ADVICE = "advice", _("Advice from a specialist")
    ALREADY = "already", _("Had this status before this record began")
    LANGUAGE = "language", _("Is learning English as an additional language")


class Told(models.TextChoices):
    """How parents were told."""

    MEETING = "meeting", _("At a meeting")
    PHONE = "phone", _("By phone")
    LETTER = "letter", _("By letter")
    EMAIL = "email", _("By email")
    MESSAGE = "message", _("By a message in the school’s app")


class Stage(models.TextChoices):
    """Where a cycle of assess, plan, do, review stands (APD-01)."""

    ASSESS = "assess", _("Assess")
    PLAN = "plan", _("Plan")
    DO = "do", _("Do")
    REVIEWED = "reviewed", _("Reviewed")
    CLOSED = "closed", _("Closed")


#: the moves a cycle can make. A plan begins with its first outcome; agreeing it locks it; a locked
#: plan is opened again to be changed; a reviewed cycle ends when the next begins, or with a reason.
MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.ASSESS: frozenset({Stage.PLAN, Stage.CLOSED}),
    Stage.PLAN: frozenset({Stage.DO, Stage.CLOSED}),
    Stage.DO: frozenset({Stage.PLAN, Stage.REVIEWED, Stage.CLOSED}),
    Stage.REVIEWED: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}

#: whose turn it is: the verb that takes the cycle on from each stage, none where it is over
TURNS: dict[Stage, Action | None] = {
    Stage.ASSESS: Action.PLAN_WRITE,
    Stage.PLAN: Action.PLAN_WRITE,
    Stage.DO: Action.REVIEW_WRITE,
    Stage.REVIEWED: Action.PLAN_WRITE,
    Stage.CLOSED: None,
}

#: stages in which the words of a plan may be changed
WRITABLE = frozenset({Stage.ASSESS, Stage.PLAN})


class Score(models.IntegerChoices):
    """How far an outcome was reached."""

    NOT_YET = 0, _("not yet")
    SOME = 1, _("some")
    MOST = 2, _("most")
    MET = 3, _("met")
    BEYOND = 4, _("beyond")


class After(models.TextChoices):
    """What becomes of an outcome after its review."""

    CARRY = "carry", _("Carry over")
    MET = "met", _("Met, close it")
    CHANGE = "change", _("Change it")


def words_of(choices: type[models.Choices], value: Any) -> str:
    """Give the words of one stored value, or nothing where there is none."""
    return str(choices(value).label) if value not in (None, "") else ""
