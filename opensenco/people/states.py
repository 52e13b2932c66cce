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


class WhyFormer(models.TextChoices):
    """Why a name or a pupil number is the pupil's no more."""

    FAMILY = "family", _("The family’s name changed, by marriage, separation or choice")
    PUPIL = "pupil", _("The pupil or their parents chose another name")
    ADOPTION = "adoption", _("Adoption or a special guardianship order")
    GENDER = "gender", _("The pupil’s gender")
    SAFETY = "safety", _("Somebody must not find the child by the old name")
    TEMPORARY = "temporary", _("A temporary number was replaced by the permanent one")
    RENUMBERED = "renumbered", _("Another number was given to the pupil")
    OTHER_RECORD = "other", _("It stood in a second record of the pupil")
    NOT_SAID = "not_said", _("Nobody has said why, as with a change that came in a list")
    MISTAKE = "mistake", _("It was a mistake and never theirs")


#: the old name endangers or shames: whoever may not see such names learns nothing of it
GUARDED_WHYS = frozenset({WhyFormer.ADOPTION, WhyFormer.GENDER, WhyFormer.SAFETY})
#: until somebody says that an old name may be shown, it is not
UNSURE_WHYS = frozenset({WhyFormer.NOT_SAID, WhyFormer.OTHER_RECORD})


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
