"""What the hours behind an effect cost, for who sees costs; nothing of a handful of children."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.provision_cost import in_all, spent_on
from opensenco.kernel.money import half_up
from opensenco.provision.queries.effect import Effect, Known
from opensenco.provision.spread import FEWEST
from opensenco.ui.words import money_pounds

MINUTES = 60


def cost_in_words(actor: Actor, row: Any, found: Effect, until: Any) -> list[str]:
    """Say what an hour of a child's time cost, and what came to it for each point gained.

    Of fewer children than a middle is told of, no sum is: one child's hours are one adult's.
    """
    if not actor.can_somewhere(Action.COST_VIEW) or len(found.children) < FEWEST:
        return []
    given = [child.allocation for child in found.children]
    spent = spent_on(actor, row, given, until)
    whole = in_all(spent.values()) if spent else None
    if spent is None or whole is None or not whole.minutes:
        return []
    if whole.cost.missing:
        return [_("What it cost cannot be told: a rate is missing.")]
    words = _("Its sessions cost %(cost)s for %(hours)s hours of pupils’ time, %(each)s an hour.")
    said = [words % {
        "cost": _pounds(whole.cost.exact), "hours": f"{whole.minutes / MINUTES:.0f}",
        "each": _pounds(whole.cost.exact * MINUTES / whole.minutes),
    }]  # fmt: skip
    return said + _each_point(found, spent)


def _each_point(found: Effect, spent: Any) -> list[str]:
    """Say what it came to for each point, where as many children gained as can be told of."""
    known = [child for child in found.children if child.known == Known.GAIN]
    points = sum((Fraction(gain) for gain in found.spread.gains), Fraction(0))
    if len(known) < FEWEST or points <= 0:
        return []
    of_them = in_all(spent[one.allocation.pk] for one in known if one.allocation.pk in spent)
    words = _(
        "For the %(number)s children measured at entry and exit it came to %(each)s for each point "
        "that they gained, all together. It is no price: another child may gain more or less."
    )
    return [words % {"number": len(known), "each": _pounds(of_them.cost.exact / points)}]


def _pounds(exact: Fraction) -> str:
    return money_pounds(half_up(exact), ledger=True)
