"""Closed lists of staffing: what somebody's hours for SEND go into."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Does(models.TextChoices):
    """What somebody's hours for SEND go into."""

    CO_ORDINATES = "co-ordinates", _("Co-ordinating support, away from teaching")
    ADMIN = "admin", _("Help with administration")
    SUPPORTS = "supports", _("Giving support to pupils")
    TEACHES = "teaches", _("Teaching pupils with SEND")


#: the hours that a school sets aside to co-ordinate support (ROL-12)
PROTECTED: tuple[Does, ...] = (Does.CO_ORDINATES, Does.ADMIN)
