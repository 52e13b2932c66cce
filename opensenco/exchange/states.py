"""Closed lists of exchange, and what may become of each state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.exchange.readers.establishment import Standing


class Status(models.TextChoices):
    """Whether an establishment of the register is open, by its four statuses."""

    OPEN = Standing.OPEN.value, _("open")
    CLOSED = Standing.CLOSED.value, _("closed")
    CLOSING = Standing.CLOSING.value, _("open, and proposed to close")
    PROPOSED = Standing.PROPOSED.value, _("proposed to open")


#: a setting can be adopted while it is open or about to open
ADOPTABLE: dict[Status, bool] = {
    Status.OPEN: True,
    Status.CLOSING: True,
    Status.PROPOSED: True,
    Status.CLOSED: False,
}


class SettingKind(models.TextChoices):
    """What a setting is that the register does not hold."""

    CHILDMINDER = "childminder", _("Childminder")
    NURSERY = "nursery", _("Private or voluntary nursery")
    OTHER = "other", _("Other setting")
