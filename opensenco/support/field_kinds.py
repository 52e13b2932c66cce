"""What a field of the school's own can hold, how much of it, and what a role may do with it."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldKind(models.TextChoices):
    """What a field of the school's own holds."""

    LINE = "line", _("One line of text")
    TEXT = "text", _("Longer text")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("A date")
    NUMBER = "number", _("A whole number")
    CHOICE = "choice", _("One choice from a list")
    CHOICES = "choices", _("Several choices from a list")


class RoleMay(models.TextChoices):
    """What a role may do with a field of the school's own."""

    NOTHING = "nothing", _("neither sees it nor fills it in")
    SEE = "see", _("sees it")
    FILL = "fill", _("sees it and fills it in")


#: kinds whose values are choices from a list
CHOSEN = (FieldKind.CHOICE, FieldKind.CHOICES)
#: letters of a field's name, its hint, one of its choices
MOST_NAME, MOST_HELP, MOST_LABEL = 60, 200, 80
#: letters of a value, and the numbers and days that one can be
MOST_LINE, MOST_TEXT = 200, 2_000
LEAST_NUMBER, MOST_NUMBER = -1_000_000, 1_000_000
EARLIEST = date(1900, 1, 1)
