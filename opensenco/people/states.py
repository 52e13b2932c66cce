"""Closed lists of the people app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As the register holds it."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNKNOWN = "U", _("Not known")


class CareKind(models.TextChoices):
    """Care status: permitted apart from everything else."""

    LOOKED_AFTER = "looked_after", _("Looked after by a local authority")
    PREVIOUSLY = "previously", _("Previously looked after")
    CHILD_IN_NEED = "child_in_need", _("Child in need plan")
    CHILD_PROTECTION = "child_protection", _("Child protection plan")
    YOUNG_CARER = "young_carer", _("Young carer")


class GroupKind(models.TextChoices):
    """What kind of group of pupils."""

    CLASS = "class", _("Class or form")
    TEACHING = "teaching", _("Teaching group")
    SUPPORT = "support", _("Support group")


class StaffPart(models.TextChoices):
    """What a member of staff does in a group."""

    TEACHES = "teaches", _("teaches")
    RUNS = "runs", _("runs or assists")
    COVERS = "covers", _("covers")


class Registration(models.TextChoices):
    """What a setting is to a pupil who is on the roll of two; as the census codes it."""

    MAIN = "M", _("Main setting")
    SUBSIDIARY = "S", _("Subsidiary setting")


class TurnState(models.TextChoices):
    """How far the turn of a school year is."""

    DRAFT = "draft", _("Being prepared")
    APPLIED = "applied", _("In the record")
    UNDONE = "undone", _("Taken back")
    DROPPED = "dropped", _("Given up")


#: what can follow what
TURN_STATES: dict[TurnState, frozenset[TurnState]] = {
    TurnState.DRAFT: frozenset({TurnState.APPLIED, TurnState.DROPPED}),
    TurnState.APPLIED: frozenset({TurnState.UNDONE}),
    TurnState.UNDONE: frozenset(),
    TurnState.DROPPED: frozenset(),
}


class Goes(models.TextChoices):
    """Where a pupil goes when the school year turns."""

    UP = "up", _("Moves up a year")
    STAYS = "stays", _("Stays in the same year group")
    YEAR = "year", _("Goes into another year group")
    LEAVES = "leaves", _("Leaves")


class Wrote(models.TextChoices):
    """What a turn did to a row."""

    MADE = "made", _("Made")
    CHANGED = "changed", _("Changed")
