"""Draws a field of a filter bar: a small label over a small input, no hint and no fault."""

from functools import lru_cache

from django import forms
from markupsafe import Markup

from opensenco.ui.drawing import base, choices

BOX = Markup('<div><label for="{id}">{label}</label>{control}</div>')
LINE = Markup('<input class="os-field" id="{id}" name="{name}" value="{value}" size="{size}">')
LIST = Markup('<select class="os-field" id="{id}" name="{name}">{options}</select>')
OPTION = Markup('<option value="{value}"{chosen}>{words}</option>')


@lru_cache(maxsize=4_000)
def _option(value: str, words: str, chosen: bool) -> Markup:
    # a list of kinds of need is the same on every page
    return OPTION.format(value=value, chosen=Markup(" selected") if chosen else "", words=words)


def compact(bound: forms.BoundField) -> Markup:
    """Draw one field of a filter bar: a line or a list.

    Raises:
        TypeError: the widget is neither.
    """
    widget = bound.field.widget
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.SelectMultiple):
        chosen = choices.picked(bound)
        options = Markup("").join(
            _option(value, words, value in chosen) for value, words in choices.answers(bound)
        )
        control = LIST.format(id=bound.auto_id, name=bound.html_name, options=options)
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
