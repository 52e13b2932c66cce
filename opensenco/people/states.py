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
