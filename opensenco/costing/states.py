"""Closed lists of costs: kinds of post, what a rate holds, who bears the cost of a group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.law.money.costing import Charge
from opensenco.law.money.staff import RateBasis
from opensenco.law.money.years import YearKind


class Post(models.TextChoices):
    """Whose time it is, as schools pay for it."""

    TA = "ta", _("Teaching assistant")
    HLTA = "hlta", _("Higher level teaching assistant")
    MENTOR = "mentor", _("Learning mentor")
    LUNCH = "lunch", _("Lunchtime supervisor")
    TEACHER = "teacher", _("Teacher")
    BOUGHT = "bought", _("Bought-in specialist")


class RateKind(models.TextChoices):
    """What a rate holds. The standard one is nobody's pay; the others are."""

    STANDARD = (
        RateBasis.AUTHORITY_STANDARD.value,
        _("Standard rate: the authority’s, or one of your own for everybody"),
    )
    FULL = RateBasis.FULL_COST.value, _("Full employer cost, with pension and insurance")
    BASIC = RateBasis.BASIC.value, _("Basic pay alone, which understates the cost")


class Charged(models.TextChoices):
    """Who bears the cost of a group."""

    SHARED = Charge.SHARED.value, _("Shared: divided by the pupils who are in the group")
    SOLE = Charge.SOLE.value, _("Sole: each pupil bears the whole hour")


class Bears(models.TextChoices):
    """Who bears the cost of one provision's groups."""

    USUAL = "USUAL", _("As is usual at our place")
    SHARED = Charge.SHARED.value, _("Shared: divided by the pupils who are in the group")
    SOLE = Charge.SOLE.value, _("Sole: each pupil bears the whole hour")


class ItemKind(models.TextChoices):
    """What something that is paid for once is."""

    EQUIPMENT = "equipment", _("Equipment or material")
    TRAINING = "training", _("Training of staff")
    OTHER = "other", _("Something else")


class YearOf(models.TextChoices):
    """By which year costs are counted."""

    FINANCIAL = YearKind.FINANCIAL.value, _("Financial year, from 1 April")
    ACADEMIC = YearKind.ACADEMIC.value, _("School year, from 1 September")
