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


class Helped(models.TextChoices):
    """Whether something that was tried helped."""

    YES = "yes", _("It helps")
    PARTLY = "partly", _("It helps a little")
    NO = "no", _("It does not help")


class WhyDismissed(models.TextChoices):
    """Why a remark of the plan check was set aside."""

    ELSEWHERE = "precise-elsewhere", _("It is precise elsewhere in the plan")
    QUOTED = "quoted", _("It is a quotation")
    PROFESSIONAL = "professional", _("It is a professional’s wording")
    LEGAL = "legal", _("It is the wording of the EHC plan")
    FAMILY = "family", _("It is how the family wants it")
    NOT_APPLICABLE = "not-applicable", _("Does not apply")
    DISAGREE = "disagree", _("I disagree with the rule")


class Origin(models.TextChoices):
    """Where a fact about attendance, attainment or behaviour came from."""

    LIST = "list", _("From a list")
    HAND = "hand", _("By hand")


class Measure(models.TextChoices):
    """What kind of value a result is."""

    STANDARDISED = "standardised", _("Standardised score")
    SCALED = "scaled", _("Scaled score")
    AGE = "age", _("Age (years and months)")
    PERCENTILE = "percentile", _("Percentile")
    PHONICS = "phonics", _("Phonics screening mark")
    RAW = "raw", _("Raw mark")
    WELLBEING = "wellbeing", _("Well-being (1 to 5)")
    INVOLVEMENT = "involvement", _("Involvement (1 to 5)")
    SCALE = "scale", _("Band, grade or words")


#: the numbers that each measure can give, both ends included. Standardised scores have a mean of
#: 100 and a deviation of 15; scaled scores are those of the national tests (80 to 120, at key stage
#: 1 85 to 115); ages are in months; the phonics check has 40 words; well-being and involvement are
#: on the five steps of the Leuven scales.
RANGES: dict[Measure, tuple[int, int]] = {
    Measure.STANDARDISED: (40, 160),
    Measure.SCALED: (80, 120),
    Measure.AGE: (12, 300),
    Measure.PERCENTILE: (0, 100),
    Measure.PHONICS: (0, 40),
    Measure.RAW: (0, 10_000),
    Measure.WELLBEING: (1, 5),
    Measure.INVOLVEMENT: (1, 5),
    Measure.SCALE: (-10_000, 10_000),
}

#: at or below this percentage a pupil counts as persistently absent in the Department's
#: statistics of absence: a tenth or more of the possible sessions was missed
PERSISTENT = 90


def words_of(choices: type[models.Choices], value: Any) -> str:
    """Give the words of one stored value, or nothing where there is none."""
    return str(choices(value).label) if value not in (None, "") else ""


class AccessAim(models.TextChoices):
    """What is made easier to reach: the three aims of an accessibility plan, and all else."""

    CURRICULUM = "curriculum", _("Taking part in lessons, clubs and trips")
    BUILDING = "building", _("Getting into and round the building")
    INFORMATION = "information", _("Reading and hearing information")
    AID = "aid", _("An aid, a service, a rule or a way of doing things")


class ForWhom(models.TextChoices):
    """For whom something is changed."""

    ALL = "all", _("Everybody, thought of ahead")
    GROUP = "group", _("A group of pupils")
    PUPIL = "pupil", _("One pupil")


class Decided(models.TextChoices):
    """What was decided about a change that was asked for."""

    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")
    OPEN = "open", _("Not decided yet")


class Cost(models.TextChoices):
    """About what a change costs; never an invoice."""

    NONE = "none", _("Nothing")
    SMALL = "small", _("Under £500")
    MIDDLE = "middle", _("£500 to £5,000")
    LARGE = "large", _("Over £5,000")
