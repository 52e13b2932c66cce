"""What a role is made of: verbs, and over which children each goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action


class Reach(IntEnum):
    """Over which children a verb goes, narrowest first."""

    #: rows that the person made
    OWN = 1
    #: a parent's or pupil's own child, a visiting professional's listed pupils
    CHILD = 2
    #: pupils in a group one runs, or assigned by name
    ASSIGNED = 3
    #: pupils in classes and groups one teaches today
    TEACHES = 4
    #: pupils of one's part of the setting
    PART = 5
    #: the whole organisation
    ALL = 6


REACH_WORDS: dict[Reach, Promise] = {
    Reach.OWN: _("what they wrote themselves"),
    Reach.CHILD: _("their own child or listed pupils"),
    Reach.ASSIGNED: _("pupils in a group they run or assigned to them by name"),
    Reach.TEACHES: _("pupils they teach today"),
    Reach.PART: _("pupils of their part"),
    Reach.ALL: _("the whole organisation"),
}

Grants = Mapping[Action, Reach]
Tier = Literal[
    "setting", "part", "group", "area", "authority", "service", "team", "trust", "agency"
]


@dataclass(frozen=True)
class Role:
    """A role: its stable code, its name and a sentence that a head teacher would understand.

    Args:
        code: stored in memberships; never changes.
        says: what the role is for.
        tiers: kinds of organisation where it can be held.
        guest: acts under the database role for guests.
        family: sees their own child, or themselves, and nobody else's.
        senco: the name on screen is the organisation's own spelling of SENCO, put for "SENCO".
    """

    code: str
    name: Promise | str
    says: Promise | str
    grants: Grants
    tiers: tuple[Tier, ...] = ("setting",)
    guest: bool = False
    family: bool = False
    home: str = "staff"

    def label(self, senco_word: str) -> str:
        """Give the name as this organisation spells it."""
        return str(self.name).replace("SENCO", senco_word)


def at(reach: Reach, actions: Iterable[Action]) -> dict[Action, Reach]:
    """Give one reach to several verbs."""
    return dict.fromkeys(actions, reach)
