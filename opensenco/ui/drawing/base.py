"""What all drawn fields share: options, label, hint and fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from django import forms
from django.utils.translation import gettext
from markupsafe import Markup

Parameters = dict[str, Any]
LEGEND = "govuk-fieldset__legend--"


@dataclass(frozen=True, slots=True)
class Options:
    """What a page may say about one field.

    `label` and `hint` replace the field's own. `size` is the label's size, s, m, l or "" for plain;
    `heading` makes the label the page's h1. `hidden_label` keeps the label for screen readers only.
    `width` is 2, 3, 4, 5, 10 or 20 characters. `prefix` and `suffix` stand at the input ("£").
    `hints` and `reveal` go under single answers, by value: a sentence, or markup shown when that
    answer is chosen. `inline` puts short answers side by side, `small` makes them compact.
    `source` says in small print where a filled-in fact came from. `rows` is the height of a text.
    """

    label: str | None = None
    hint: str | Markup | None = None
    size: str = "s"
    heading: bool = False
    hidden_label: bool = False
    width: int | None = None
    prefix: str = ""
    suffix: str = ""
    hints: Mapping[str, str] = member(default_factory=dict)
    reveal: Mapping[str, Markup] = member(default_factory=dict)
    inline: bool = False
    small: bool = True
    source: str | Markup = ""
    rows: int | None = None
    optional: bool = True
    classes: str = ""


def value_of(bound: forms.BoundField) -> Any:
    """Give what the input shows: what was typed, else the initial value, else an empty text."""
    value = bound.value()
    return "" if value is None else value


def label(bound: forms.BoundField, options: Options) -> Parameters:
    """Give the parameters of a label."""
    text = str(bound.label) if options.label is None else options.label
    if options.optional and not bound.field.required:
        text = gettext("%(label)s (optional)") % {"label": text}
    classes = "govuk-visually-hidden" if options.hidden_label else ""
    if options.size and not options.hidden_label:
        classes = f"govuk-label--{options.size}"
    return {"text": text, "classes": classes, "isPageHeading": options.heading}


def legend(bound: forms.BoundField, options: Options) -> Parameters:
    """Give the parameters of a fieldset whose legend is the label."""
    parameters = label(bound, options)
    parameters["classes"] = parameters["classes"].replace("govuk-label--", LEGEND)
    return {"legend": parameters}


def common(bound: forms.BoundField, options: Options) -> Parameters:
    """Give what every component takes: id, name, hint and fault."""
    parameters: Parameters = {"id": bound.auto_id, "name": bound.html_name}
    hint = bound.help_text if options.hint is None else options.hint
    if hint:
        parameters["hint"] = {"html": hint} if hasattr(hint, "__html__") else {"text": str(hint)}
    faults = [str(fault) for fault in bound.errors]
    if faults:
        parameters["errorMessage"] = {
            "html": Markup("<br>").join(faults),
            "visuallyHiddenText": gettext("Error"),
        }
    return parameters


def attributes(bound: forms.BoundField) -> Parameters:
    """Give the widget's other attributes, as they stand on the input."""
    known = {
        "placeholder",
        "rows",
        "cols",
        "class",
        "autocomplete",
        "spellcheck",
        "inputmode",
        "maxlength",
    }
    return {
        name: value
        for name, value in bound.field.widget.attrs.items()
        if name not in known and value not in (False, None)
    }
