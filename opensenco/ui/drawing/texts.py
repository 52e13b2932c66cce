"""Draws what is typed: lines, passwords, long texts, days and files."""

from django import forms
from django.utils.translation import gettext
from markupsafe import Markup

from opensenco.ui import dates, fields, govuk
from opensenco.ui.drawing import base
from opensenco.ui.drawing.base import Options, Parameters

# Months may be typed as words.
WIDTHS = {"day": 2, "month": 5, "year": 4}
PICKER = Markup('<div class="moj-datepicker" data-module="moj-date-picker">{}</div>')


def _typed(bound: forms.BoundField, options: Options) -> Parameters:
    """Give what all inputs of text have in common."""
    own = bound.field.widget.attrs
    width = f"govuk-input--width-{options.width}" if options.width else ""
    parameters = base.common(bound, options) | {
        "label": base.label(bound, options),
        "value": base.value_of(bound),
        "classes": " ".join(c for c in (width, own.get("class", ""), options.classes) if c),
        "autocomplete": own.get("autocomplete", "off"),
        "attributes": base.attributes(bound),
    }
    for name in ("spellcheck", "inputmode"):
        if name in own:
            parameters[name] = own[name]
    for name, text in (("prefix", options.prefix), ("suffix", options.suffix)):
        if text:
            parameters[name] = {"text": text}
    return parameters


def line(bound: forms.BoundField, options: Options) -> Markup:
    """Draw one line of text."""
    parameters = _typed(bound, options)
    parameters["type"] = getattr(bound.field.widget, "input_type", "text")
    if isinstance(bound.field, forms.IntegerField):
        parameters.setdefault("inputmode", "numeric")
        parameters["classes"] = parameters["classes"] or "govuk-input--width-5"
    if isinstance(bound.field, forms.EmailField | fields.Email):
        parameters["spellcheck"] = False
    if isinstance(bound.field, dates.PickDateField):
        return _picked(bound, parameters)
    return govuk.component("input")(parameters)


def _picked(bound: forms.BoundField, parameters: Parameters) -> Markup:
    parameters["classes"] = "moj-js-datepicker-input govuk-input--width-10"
    drawn = govuk.component("input")(parameters)
    return PICKER.format(drawn.strip())


def password(bound: forms.BoundField, options: Options) -> Markup:
    """Draw a password, never shown again."""
    parameters = _typed(bound, options) | {
        "value": "",
        "autocomplete": bound.field.widget.attrs.get("autocomplete", "current-password"),
        "showPasswordText": gettext("Show"),
        "hidePasswordText": gettext("Hide"),
        "showPasswordAriaLabelText": gettext("Show password"),
        "hidePasswordAriaLabelText": gettext("Hide password"),
        "passwordShownAnnouncementText": gettext("Your password is visible"),
        "passwordHiddenAnnouncementText": gettext("Your password is hidden"),
    }
    return govuk.component("password_input")(parameters)


def textarea(bound: forms.BoundField, options: Options) -> Markup:
    """Draw several lines, with the count of what is left."""
    parameters = _typed(bound, options)
    parameters["rows"] = options.rows or bound.field.widget.attrs.get("rows", 4)
    most = getattr(bound.field, "max_length", None)
    if most is None:
        return govuk.component("textarea")(parameters)
    parameters |= {
        "maxlength": most,
        "threshold": 75,
        "textareaDescriptionText": gettext("You can write up to %{count} characters"),
        "charactersUnderLimitText": {
            "one": gettext("You have %{count} character left"),
            "other": gettext("You have %{count} characters left"),
        },
        "charactersAtLimitText": gettext("You have no characters left"),
        "charactersOverLimitText": {
            "one": gettext("You have %{count} character too many"),
            "other": gettext("You have %{count} characters too many"),
        },
    }
    return govuk.component("character_count")(parameters)


def parts_at_fault(bound: forms.BoundField) -> tuple[str, ...]:
    """Give which of day, month and year are at fault."""
    faults = bound.form.errors.as_data().get(bound.name, ()) if bound.form.is_bound else ()
    for fault in faults:
        parts = (fault.params or {}).get("parts")
        if parts:
            return tuple(parts)
    return dates.PARTS if faults else ()


def day(bound: forms.BoundField, options: Options) -> Markup:
    """Draw day, month and year."""
    at_fault = parts_at_fault(bound)
    names = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
    typed = dates.typed_date(bound.value())
    items = [
        {
            "name": part,
            "label": names[part],
            "value": text,
            "inputmode": "text" if part == "month" else "numeric",
            "classes": f"govuk-input--width-{WIDTHS[part]}"
            + (" govuk-input--error" if part in at_fault else ""),
        }
        for part, text in zip(dates.PARTS, typed, strict=True)
    ]
    parameters = base.common(bound, options)
    parameters.setdefault("hint", {"text": gettext("For example, 27 9 2027")})
    parameters |= {
        "namePrefix": parameters["name"],
        "fieldset": base.legend(bound, options),
        "items": items,
    }
    return govuk.component("date_input")(parameters)


def file(bound: forms.BoundField, options: Options) -> Markup:
    """Draw the choice of a file: the browser's own input, which takes what is dropped on it too."""
    parameters = base.common(bound, options) | {
        "label": base.label(bound, options),
        "attributes": base.attributes(bound),
    }
    return govuk.component("file_upload")(parameters)
