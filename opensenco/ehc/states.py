"""Closed lists of the card of an EHC plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.law.review.facts import Outcome
from opensenco.law.timetables.phase_transfer import Move


class Section(models.TextChoices):
    """The sections of a plan that are typed in row by row."""

    OUTCOME = "E", _("Outcomes (section E)")
    PROVISION = "F", _("Provision (section F)")


class MoveKind(models.TextChoices):
    """The moves between phases that regulation 18 knows (REV-15)."""

    SCHOOL = Move.SCHOOL.value, _("To another school: before 15 February")
    POST_16 = Move.POST_16.value, _("From secondary school to post-16: before 31 March")
    BETWEEN = Move.BETWEEN_POST_16.value, _("Between post-16 places: five months before")


class Decided(models.TextChoices):
    """What the authority decided after a review (REV-09)."""

    KEEP = Outcome.KEEP.value, _("Keep the plan as it is")
    AMEND = Outcome.AMEND.value, _("Amend the plan")
    CEASE = Outcome.CEASE.value, _("Cease the plan")


class Given(models.TextChoices):
    """What somebody said gives a row of section F."""

    PROVISION = "provision", _("What the pupil is given here")
    WITHOUT = "without", _("It is given without sessions, or by others, and is not logged here")
    NOTHING = "nothing", _("Nothing gives it yet")


class Per(models.TextChoices):
    """How often section F counts what it promises."""

    WEEK = "week", _("a week")
    FORTNIGHT = "fortnight", _("a fortnight")
    HALF_TERM = "half-term", _("a half-term")
    TERM = "term", _("a term")
    YEAR = "year", _("a school year")


#: the most times, and the most minutes of each, that a row can promise: a whole week is an answer
MOST_TIMES, MOST_MINUTES = 60, 2_400
#: as long as a name, a line, a paragraph of a card may be
NAME, LINE, TEXT = 120, 200, 5_000
