"""A school year that is prepared names pupils whose records have been set aside since."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.people.turning import queries
from opensenco.people.turning.plan import Plan


@dataclass(frozen=True)
class Aside:
    """What was decided of a record that has been set aside since: it counts for nobody.

    Args:
        goes_on: the record that it was made one with; None where it was added in error.
        decided: something has been decided of that one.
    """

    name: str
    what: str
    goes_on: Any
    decided: bool


def aside_of(turn: Any, plan: Plan) -> list[Aside]:
    """Give the decisions that are left out, by surname."""
    decided = {one.pupil for one in plan.moves if one.decided}
    return [
        Aside(
            one.pupil.register_name,
            one.get_goes_display() if one.goes else _("Goes into %(name)s") % {"name": one.into},
            one.pupil.same_as,
            one.pupil.same_as_id in decided,
        )
        for one in queries.set_aside(turn)
    ]
