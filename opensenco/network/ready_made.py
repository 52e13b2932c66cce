"""Packs whose parts and order are known beforehand, so that one tap puts one together."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.network.states import Audience, Part

#: children whose packs are put together in one go
MOST_SAMPLED = 12
#: how many inspectors usually trace
USUALLY_SAMPLED = 6


class Ready(models.TextChoices):
    """The packs that are ready-made."""

    INSPECTION = "inspection", _("For an inspection")
    MEETING = "meeting", _("Provision and delivery, for a meeting with the family")


@dataclass(frozen=True)
class Made:
    """What a ready-made pack holds.

    Args:
        parts: in the order in which they are read: need, plan, what was given, whether it helped,
            the voices, the agencies.
        for_whom, why: as they stand on the cover.
    """

    audience: Audience
    parts: tuple[Part, ...]
    for_whom: Promise
    why: Promise


MADE: Mapping[str, Made] = {
    Ready.INSPECTION: Made(
        Audience.OWN,
        (Part.ABOUT, Part.NEEDS, Part.EHC, Part.PLANS, Part.BESIDE, Part.DELIVERY, Part.EFFECT,
         Part.PROFILE, Part.VOICE, Part.AGENCIES),
        _("Inspectors, to be read in school"),
        _("To trace this pupil: need, plan, provision promised and delivered, whether it helped, "
          "what the pupil and the family say, and who else is involved."),
    ),
    Ready.MEETING: Made(
        Audience.FAMILY,
        (Part.DELIVERY, Part.EFFECT, Part.EHC),
        _("The family and whoever meets them"),
        _("What was promised, how much of it took place, what stood in the way, and whether it "
          "helped."),
    ),
}  # fmt: skip


def asked(value: str) -> Ready | None:
    """Give the ready-made pack of a value; None where there is none."""
    return Ready(value) if value in Ready.values else None
