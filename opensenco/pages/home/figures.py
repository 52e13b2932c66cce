"""What a governor sees: the school's figures, with every number hidden that could name a child."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actor import Actor
from opensenco.kernel.small_numbers import SMALL, Guarded, guard
from opensenco.law.codes.sen import Area
from opensenco.provision.delivery import Total
from opensenco.provision.queries.figures import by_layer
from opensenco.provision.states import LAYER_NAMES
from opensenco.support.queries.figures import review_figures, support_figures
from opensenco.support.states import Status
from opensenco.ui.charts import Bar

#: short under a bar; the table beside has the whole name
AREAS: dict[Area | None, Promise] = {
    Area.COMMUNICATION: gettext_lazy("Communication"),
    Area.COGNITION: gettext_lazy("Learning"),
    Area.SEMH: gettext_lazy("Mental health"),
    Area.SENSORY_PHYSICAL: gettext_lazy("Senses, body"),
    None: gettext_lazy("Other"),
}


@dataclass(frozen=True)
class LayerLine:
    """Minutes of one layer; `total` is None where too few pupils get it."""

    name: str
    total: Total | None


@dataclass(frozen=True)
class Figures:
    """The figures of a school as a governor may read them.

    Args:
        pupils: names, numbers in words and what of, for the head of the page.
        nobody: there is nothing to count yet.
    """

    nobody: bool
    pupils: list[tuple[str, str, str]]
    needs: list[Bar]
    reviews: list[Bar]
    layers: list[LayerLine]
    hides: bool


def figures(actor: Actor) -> Figures:
    """Gather a school's figures and hide what is small."""
    support, reviews = support_figures(actor), review_figures(actor)
    counted = (
        list(support.by_status.values()),
        list(support.by_area.values()),
        # not shown here, but in reports: what one hides the other must not tell
        list(support.by_year.values()),
    )
    pupils = guard(*counted)
    plans, on_support = pupils.tables[0]
    needs = [
        bar(str(AREAS[area]), shown, _(area.label) if area else _("Other, or no need ranked yet"))
        for area, shown in zip(support.by_area, pupils.tables[1], strict=True)
    ]
    held = guard((reviews.in_time, reviews.late, reviews.overdue)).tables[0]
    names = (_("Held in time"), _("Held late"), _("Overdue now"))
    lines = [layer_line(layer, total) for layer, total in by_layer(actor).items() if total.pupils]
    return Figures(
        nobody=not sum(counted[0]) and not lines and not any(one.value != 0 for one in held),
        pupils=[
            (str(Status.EHC_PLAN.label), words(plans), ""),
            (str(Status.SEN_SUPPORT.label), words(on_support), ""),
            *([(_("Together"), str(pupils.total), "")] if pupils.total is not None else []),
        ],
        needs=needs,
        reviews=[
            bar(name, one, low=name == names[2]) for name, one in zip(names, held, strict=True)
        ],
        layers=lines,
        hides=any(one.value is None for one in (*pupils.tables[0], *pupils.tables[1], *held))
        or any(line.total is None for line in lines),
    )


def words(one: Guarded) -> str:
    """Say a count, or why it is not said."""
    if one.value is not None:
        return str(one.value)
    return _("under %(small)s") % {"small": SMALL} if one.small else _("also hidden")


def bar(label: str, one: Guarded, name: str = "", *, low: bool = False) -> Bar:
    """Draw a count; a hidden one has no height, so that none can be measured."""
    return Bar(label, one.value or 0, low=low, shown=words(one), name=name)


def layer_line(layer: int, total: Total) -> LayerLine:
    """Give the minutes of one layer, unless they are those of one to four pupils."""
    return LayerLine(str(LAYER_NAMES[layer]), total if total.pupils >= SMALL else None)
