"""Roles in plain words: what each can do and over which children.

One text for docs/roles.md, for the pages that say who can see what, and for a school's own roles.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import WORDS, Action
from opensenco.access.reach import REACH_WORDS, Grants, Reach, Role, Tier
from opensenco.access.roles import ROLES

#: what a verb of looking shows of a child, in the order in which people ask
SIGHT: dict[Action, Promise] = {
    Action.PUPIL_VIEW: _("name, class and age"),
    Action.CONTACT_VIEW: _("parents and how to reach them"),
    Action.PROFILE_VIEW: _("what helps and what does not"),
    Action.HEALTH_VIEW: _("health alerts"),
    Action.PROVISION_VIEW: _("provision and what was delivered"),
    Action.REGISTER_VIEW: _("SEN status and needs"),
    Action.PLAN_VIEW: _("plans and reviews"),
    Action.CONCERN_VIEW: _("concerns"),
    Action.CARE_VIEW: _("care status"),
    Action.PUPIL_HISTORY: _("the record as it stood on a day"),
    Action.ACCESS_LOG_VIEW: _("who opened and who changed the record"),
    Action.SAFEGUARDING_VIEW: _("what is marked for the safeguarding lead"),
}

#: headings of docs/roles.md and of the choice of roles, in the order of the tiers
TIER_WORDS: dict[Tier, Promise] = {
    "setting": _("In a school or nursery, or with a childminder"),
    "agency": _("In a childminder agency or network"),
    "trust": _("In a trust"),
    "group": _("In a family of schools"),
    "area": _("In an area or district"),
    "authority": _("In a local authority"),
    "service": _("In a service"),
    "team": _("In a team"),
    "part": _("In a part of a setting"),
}


@dataclass(frozen=True)
class Can:
    """What can be done over one group of children: the group, and the verbs in words."""

    over: str
    verbs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The verbs as one list."""
        return "; ".join(self.verbs)


def can(grants: Grants, senco_word: str = "SENCO") -> list[Can]:
    """Say what grants allow, the widest reach first, verbs in the order of the list of verbs."""
    lines = []
    for reach in sorted(Reach, reverse=True):
        verbs = [spelled(WORDS[a], senco_word) for a in Action if grants.get(a) is reach]
        if verbs:
            lines.append(Can(str(REACH_WORDS[reach]), tuple(verbs)))
    return lines


def seen(actions: Iterable[Action]) -> list[str]:
    """Say what of a child the verbs of looking show, in the order of `SIGHT`."""
    given = set(actions)
    return [str(words) for action, words in SIGHT.items() if action in given]


def spelled(words: str | Promise, senco_word: str) -> str:
    """Spell SENCO as an organisation does."""
    return str(words).replace("SENCO", senco_word)


def roles_of_tier(tier: str, *, guests: bool = False) -> list[Role]:
    """Give the roles that a kind of organisation has; those of guests only where asked."""
    return [role for role in ROLES if tier in role.tiers and (guests or not role.guest)]
