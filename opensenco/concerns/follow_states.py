"""Closed lists of what a concern leads to: where a referral stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stands(models.TextChoices):
    """Where a referral stands. The words are for staff."""

    SENT = "sent", _("sent, no answer yet")
    WAITING = "waiting", _("accepted, on a waiting list")
    UNDER_WAY = "under_way", _("being seen")
    REPORTED = "reported", _("answered, with a report")
    DECLINED = "declined", _("not accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Becomes(models.TextChoices):
    """What a piece of advice leads to. The words are for staff."""

    ACTION = "action", _("Somebody does it by a day")
    STRATEGY = "strategy", _("Every adult does it in class from now on")
    NOT = "not", _("We do not do it, and say why")


#: those in which we wait for somebody
OPEN = (Stands.SENT, Stands.WAITING, Stands.UNDER_WAY)
ENDED = (Stands.REPORTED, Stands.DECLINED, Stands.WITHDRAWN)
