"""Draws a bound form field with the GOV.UK component that fits its widget."""

from collections.abc import Callable
from typing import Any

from django import forms
from markupsafe import Markup

from opensenco.ui import dates, fields
from opensenco.ui.drawing import choices, texts
from opensenco.ui.drawing.base import Options

SOURCE = Markup('<p class="os-small os-soft os-source">{}</p>')


def field(bound: forms.BoundField, **given: Any) -> Markup:
    """Draw one field with label, hint, fault and input. See `Options` for what may be given.

    Raises:
        TypeError: an unknown option, or a widget that we have no component for.
    """
    options = Options(**given)
    widget = bound.field.widget
    for kind, draw in _DRAWERS:
        if isinstance(widget, kind):
            html = draw(bound, options).strip()
            return html + _source(bound, options)
    raise TypeError(f"{bound.name}: no component draws a {type(widget).__name__}")


def target_of(bound: forms.BoundField) -> str:
    """Give the id that the summary of faults links to: the first input at fault."""
    if isinstance(bound.field.widget, dates.GovDateInput):
        parts = texts.parts_at_fault(bound) or dates.PARTS
        return f"{bound.auto_id}-{parts[0]}"
    return str(bound.auto_id)


def _source(bound: forms.BoundField, options: Options) -> Markup:
    if not options.source:
        return Markup("")
    return SOURCE.format(options.source)


_DRAWERS: tuple[tuple[type[forms.Widget], Callable[[forms.BoundField, Options], Markup]], ...] = (
    (dates.GovDateInput, texts.day),
    (fields.Segments, choices.segments),
    (forms.CheckboxSelectMultiple, choices.checkboxes),
    (forms.SelectMultiple, choices.checkboxes),
    (forms.RadioSelect, choices.radios),
    (forms.Select, choices.select),
    (forms.CheckboxInput, choices.checkbox),
    (forms.FileInput, texts.file),
    (forms.Textarea, texts.textarea),
    (forms.PasswordInput, texts.password),
    (forms.TextInput, texts.line),
    (forms.EmailInput, texts.line),
)
