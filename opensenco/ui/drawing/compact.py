"""Draws a field of a filter bar: a small label over a small input, no hint and no fault."""

from functools import lru_cache

from django import forms
from markupsafe import Markup

from opensenco.ui.drawing import base, choices

#: where a field keeps how it was drawn
DRAWN = "opensenco_drawn"
BOX = Markup('<div><label for="{id}">{label}</label>{control}</div>')
LINE = Markup('<input class="os-field" id="{id}" name="{name}" value="{value}" size="{size}">')
LIST = Markup('<select class="os-field" id="{id}" name="{name}">{options}</select>')
OPTION = Markup('<option value="{value}"{chosen}>{words}</option>')


@lru_cache(maxsize=500)
def _list(
    id: str, name: str, answers: tuple[tuple[str, str], ...], chosen: frozenset[str]
) -> Markup:
    # a list of kinds of need is the same on every page
    options = Markup("").join(
        OPTION.format(
            value=value, chosen=Markup(" selected") if value in chosen else "", words=words
        )
        for value, words in answers
    )
    return LIST.format(id=id, name=name, options=options)


def compact(bound: forms.BoundField) -> Markup:
    """Draw one field of a filter bar: a line or a list.

    A form that is kept has its fields drawn once.

    Raises:
        TypeError: the widget is neither.
    """
    kept: dict[str, Markup] = vars(bound)
    if DRAWN not in kept:
        kept[DRAWN] = _drawn(bound)
    return kept[DRAWN]


def _drawn(bound: forms.BoundField) -> Markup:
    widget = bound.field.widget
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.SelectMultiple):
        answers, chosen = tuple(choices.answers(bound)), frozenset(choices.picked(bound))
        control = _list(bound.auto_id, bound.html_name, answers, chosen)
    elif isinstance(widget, forms.TextInput):
        control = LINE.format(
            id=bound.auto_id,
            name=bound.html_name,
            value=base.value_of(bound),
            size=widget.attrs.get("size", 14),
        )
    else:
        raise TypeError(f"{bound.name}: a filter bar has no {type(widget).__name__}")
    return BOX.format(id=bound.auto_id, label=str(bound.label), control=control)
