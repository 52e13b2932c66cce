"""The notional budget of a year is entered, as the authority told it."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.costing.budget import year_of
from opensenco.costing.models import MOST_FOR_A_PLACE, Budget
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.support.words import line


@operation(Action.COST_KEEP, on="org")
def set_budget(*, actor: Actor, org: Organisation, pence: int, source: str) -> Budget:
    """Enter the notional SEN budget of this year. Entered again, the later one counts.

    Raises:
        Invalid: an amount that cannot be, or nobody said where it is told.
    """
    if not 1 <= pence <= MOST_FOR_A_PLACE:
        raise Invalid("pence", _("Enter an amount of more than nothing and at most £50,000,000."))
    told = line("source", source)
    if not told:
        raise Invalid("source", _("Say where it is told, such as the budget statement."))
    row = Budget(
        org=org, first=year_of(org, actor).first, pence=pence, source=told, person=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row
