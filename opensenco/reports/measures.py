"""The figures by which an aim of the strategic plan can be told to be met.

Each is a share or a mean of the whole place, so that it says of no child how they are; where one of
the counts behind it is hidden, or could be worked out, there is no figure at all. A measure asks
the database the same number of questions however many pupils there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.kernel.dates import add_months
from opensenco.kernel.small_numbers import SMALL, guard
from opensenco.provision.progress import plain
from opensenco.provision.queries.figures import by_layer
from opensenco.reports.states import Measure
from opensenco.support.queries import year_figures
from opensenco.support.queries.figures import review_figures


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the record today.

    Args:
        value: None where it is hidden, or where there was nothing to count.
        hidden: it could name a child.
    """

    value: Decimal | None = None
    hidden: bool = False


HIDDEN, NOTHING = Figure(hidden=True), Figure()


def sees_figures(actor: Actor) -> bool:
    """Tell whether this actor sees figures of the whole place."""
    return actor.hat.reach(Action.FIGURES_VIEW) is Reach.ALL


def figure(actor: Actor, org: Organisation, measure: str) -> Figure:
    """Give a figure of the record as it is today; nothing for a number of our own.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    asked = _MEASURES.get(Measure(measure))
    return asked(actor, org.pk) if asked else NOTHING


def less_is_better(measure: str) -> bool:
    """Tell of a figure of the record whether fewer is better."""
    return measure == Measure.CONCERNS


def reached(value: Decimal, target: Decimal, *, less: bool) -> bool:
    """Tell whether a figure is at its target, or beyond."""
    return value <= target if less else value >= target


def say(measure: str, value: Decimal) -> str:
    """Say a figure as people read it: "83%", "12 days", "7.5"."""
    if measure == Measure.OWN:
        return plain(value)
    if measure == Measure.CONCERNS:
        days = ngettext("%(days)s day", "%(days)s days", 1 if value == 1 else 2)
        return days % {"days": plain(value)}
    return _("%(share)s%%") % {"share": plain(value)}


def share(part: int, *rest: int) -> Figure:
    """Give a part of a whole as a whole per cent, where none of the counts could name a child."""
    whole = part + sum(rest)
    if not whole:
        return NOTHING
    (shown,) = guard((part, *rest)).tables
    if any(one.value is None for one in shown):
        return HIDDEN
    return Figure(_rounded(Decimal(100 * part) / whole))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _reviews(actor: Actor, org: int) -> Figure:
    found = review_figures(actor, org, add_months(actor.today, -12))
    return share(found.in_time, found.late)


def _outcomes(actor: Actor, org: int) -> Figure:
    found = year_figures.outcome_figures(actor, org, add_months(actor.today, -12))
    return share(found.met, found.carried, found.changed)


def _parents(actor: Actor, org: int) -> Figure:
    found = year_figures.met_figures(actor, org)
    return share(found.in_time, found.late)


def _concerns(actor: Actor, org: int) -> Figure:
    found = year_figures.concern_figures(actor, org, add_months(actor.today, -12))
    if found.days is None:
        return NOTHING
    return Figure(_rounded(Decimal(str(found.days)))) if found.answered >= SMALL else HIDDEN


def _delivered(actor: Actor, org: int) -> Figure:
    layers = [one for one in by_layer(actor, org).values() if one.due]
    due = sum(one.due for one in layers)
    if not due:
        return NOTHING
    if max(one.pupils for one in layers) < SMALL:
        return HIDDEN
    return Figure(_rounded(Decimal(100 * sum(one.delivered for one in layers)) / due))


_MEASURES: dict[Measure, Callable[[Actor, int], Figure]] = {
    Measure.DELIVERED: _delivered,
    Measure.REVIEWS: _reviews,
    Measure.OUTCOMES: _outcomes,
    Measure.PARENTS: _parents,
    Measure.CONCERNS: _concerns,
}
