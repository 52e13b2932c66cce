"""Draws the bar of promised and delivered.

Written in Python and not as a macro, because a register draws fifty of them on one page.
"""

from django.utils.translation import gettext
from markupsafe import Markup, escape

from opensenco.ui.charts import Promise, promise
from opensenco.ui.words import number


def bar_html(
    promised: int,
    delivered: int,
    made_up: int = 0,
    due: int | None = None,
    *,
    unit: str | None = None,
    width: int = 150,
    brief: bool = False,
) -> Markup:
    """Draw promised and delivered, with its words.

    `delivered` counts what was made up later too; `due` is what was promised by today, None where
    nothing is due yet. `brief` gives the percentage alone, for a cell of the register.

    Raises:
        ValueError: a figure is negative, or more was made up than delivered.
    """
    bar = promise(promised, delivered, made_up, due, width=width)
    unit = gettext("min") if unit is None else unit
    # All figures are numbers and all words are ours or escaped: nothing else reaches the markup.
    return Markup(  # noqa: S704
        f'<span class="os-pd"><svg width="{width + 2}" height="14" viewBox="-1 0 {width + 2} 14" '
        f'role="img" aria-label="{escape(_label(bar, unit))}">{_marks(bar)}</svg> '
        f'<span class="{"os-small" if brief else "os-pd__words"}">{_words(bar, unit, brief)}</span>'
        "</span>"
    )


def _label(bar: Promise, unit: str) -> str:
    said = gettext("%(delivered)s of %(promised)s %(unit)s delivered") % {
        "delivered": number(bar.delivered),
        "promised": number(bar.promised),
        "unit": unit,
    }
    if bar.due:
        said += ", " + gettext("%(due)s promised by today") % {"due": number(bar.due)}
    return f"{said}, {_made_up(bar, unit)}" if bar.made_up else said


def _made_up(bar: Promise, unit: str) -> str:
    """Say what the hatched part is, so that no number is told by the picture alone."""
    numbers = {"made_up": number(bar.made_up), "unit": unit}
    return gettext("%(made_up)s %(unit)s made up later") % numbers


def _marks(bar: Promise) -> str:
    kind = "os-c-bar--lo" if bar.short else "os-c-got"
    marks = f'<rect class="os-c-track" x="0" y="2" width="{bar.width}" height="10"/>'
    if bar.got:
        marks += f'<rect class="{kind}" x="0" y="2" width="{bar.got}" height="10"/>'
    if bar.made:
        marks += f'<rect class="os-c-made" x="{bar.got}" y="2" width="{bar.made}" height="10"/>'
    if bar.due_at is not None:
        marks += f'<path class="os-c-due" d="M{bar.due_at} 0V14"/>'
    return marks


def _words(bar: Promise, unit: str, brief: bool) -> str:
    if brief:
        return "" if bar.percent is None else f"{bar.percent}%"
    if bar.due:
        said = gettext("%(delivered)s of %(due)s %(unit)s due, %(percent)s%%")
    else:
        said = gettext("%(delivered)s of %(promised)s %(unit)s promised, none due yet")
    words = str(escape(said)) % {
        "delivered": f"<b>{number(bar.delivered)}</b>",
        "promised": number(bar.promised),
        "due": number(bar.due or 0),
        "unit": escape(unit),
        "percent": bar.percent,
    }
    return f"{words}, {escape(_made_up(bar, unit))}" if bar.made_up else words
