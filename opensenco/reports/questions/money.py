"""What provision comes to beside the notional budget: sums of the place, at standard rates."""

from django.utils.translation import gettext as _

from opensenco.costing.budget import Sums, summed_up
from opensenco.costing.models import Budget
from opensenco.costing.place import at_standard_rates
from opensenco.kernel.money import write
from opensenco.kernel.small_numbers import SMALL
from opensenco.reports.document import Cell, Line, Table
from opensenco.reports.questions import Asking


def costs(asking: Asking) -> Table:
    """The notional budget, what is planned for all pupils, what is above the threshold.

    Always at standard rates, whoever draws it: its readers may not know what people are paid.
    """
    rows = at_standard_rates(asking.actor, asking.org)
    name, heads = _("The notional budget beside what is planned"), (_("In this year"), _("Pounds"))
    note = _(
        "At standard rates, which are nobody’s pay. The notional budget is a guide and not "
        "ring-fenced."
    )
    if not rows:
        return Table(name, heads, (), note)
    budgets = Budget.objects.filter(org=asking.org).order_by("id")
    return Table(name, heads, tuple(_lines(summed_up(rows, budgets))), note)


def _lines(sums: Sums) -> list[Line]:
    """Give the lines; what would tell the cost or the top-up of few pupils is hidden."""
    notional = _pounds(sums.notional) if sums.notional is not None else Cell(_("not entered"))
    hidden = Cell(_("too few pupils to say"), None, hidden=True)
    alone = sums.pupils < SMALL
    few = alone or any(0 < many < SMALL for many in (sums.over, sums.paid_for))
    # what is left tells by subtraction what comes in, and so does each of the parts
    left = _pounds(sums.left) if sums.left is not None else Cell(_("not known"))
    return [
        Line(_("Notional SEN budget"), (notional,)),
        Line(_("Planned for all pupils"), (hidden if alone else _pounds(sums.planned),)),
        *(
            Line(words, (hidden if few else cell,))
            for words, cell in (
                (_("Of it up to the threshold, met by the school"), _pounds(sums.within)),
                (_("Above the threshold"), _pounds(sums.above)),
                (_("Top-up that comes in"), _pounds(sums.comes_in)),
                (_("Above the threshold and not covered"), _pounds(sums.uncovered)),
                (_("Left of the notional budget"), left),
            )
        ),
    ]


def _pounds(pence: int) -> Cell:
    return Cell(write(pence), pence / 100)


QUESTIONS = {"costs": costs}
