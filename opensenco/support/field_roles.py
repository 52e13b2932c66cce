"""Which roles the school's own fields can be opened to: those that open a child's page here.

Whoever may look back over a whole record (`PUPIL_HISTORY`) sees and fills in every field, and so is
not asked about: what they could not see today they would find there.
"""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.reach import Role
from opensenco.access.roles_in_words import roles_of_tier
from opensenco.support.field_kinds import RoleMay


@cache
def _open() -> tuple[Role, ...]:
    return tuple(
        role
        for role in roles_of_tier("setting")
        if Action.PUPIL_VIEW in role.grants and Action.PUPIL_HISTORY not in role.grants
    )


@cache
def may_see() -> dict[str, Role]:
    """Give the roles that a field can be shown to, by code."""
    return {role.code: role for role in _open()}


@cache
def may_fill() -> dict[str, Role]:
    """Give the roles that can fill a field in, by code."""
    return {role.code: role for role in _open() if Action.FIELD_FILL in role.grants}


def roles_in_words(open_to: Iterable[tuple[str, RoleMay]], senco_word: str) -> list[str]:
    """Say which roles see a field, and which fill it in."""
    said = {RoleMay.SEE: _("%(role)s sees it"), RoleMay.FILL: _("%(role)s fills it in")}
    roles = may_see()
    return [
        said[may] % {"role": roles[code].label(senco_word)}
        for code, may in open_to
        if code in roles
    ]
