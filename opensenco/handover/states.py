"""Closed lists of hand-overs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What kind of hand-over it is."""

    CLASS = "class", _("To the next class")
    PHASE = "phase", _("To the next phase or provision")
    SENCO = "senco", _("From one SENCO to another")


class Part(models.TextChoices):
    """The parts in which a hand-over is read, in this order."""

    LIVE = "live", _("What runs now")
    DUE = "due", _("What is due, and by which rule")
    PROMISED = "promised", _("What was promised")
    OPEN = "open", _("What is not resolved")


#: as long as words may be; as many pupils as one meeting can hold
WORDS, MOST_PUPILS = 5_000, 300
