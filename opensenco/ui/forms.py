"""The form that every page of record uses, and what templates ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext
from markupsafe import Markup

from opensenco.ui import render
from opensenco.ui.dates import GovDateField, PickDateField
from opensenco.ui.fields import (
    Email,
    LongText,
    Number,
    Segments,
    Version,
    WholeNumber,
    Words,
    named,
)
from opensenco.ui.language import language_now

__all__ = [
    "Email",
    "ErrorLine",
    "Form",
    "GovDateField",
    "LongText",
    "Number",
    "PickDateField",
    "Segments",
    "Version",
    "VersionedForm",
    "WholeNumber",
    "Words",
    "errors_of",
    "field_html",
    "hidden_html",
    "speak",
]

REPLACED = {
    forms.CharField: "Words or LongText",
    forms.IntegerField: "WholeNumber",
    forms.DateField: "GovDateField",
    forms.EmailField: "Email",
}


class Form(forms.Form):
    """A form whose refusals say the fault and the mend.

    Fields without words of their own for an empty answer get them from their label. What was typed
    stays on the page; nothing is cut.

    Raises:
        TypeError: a field of Django is used for which we have a better one.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            better = REPLACED.get(type(field))
            if better:
                raise TypeError(f"{type(self).__name__}.{name}: use opensenco.ui.forms.{better}")
            if field.label is None:
                field.label = name.replace("_", " ").capitalize()
            _speak_as(self.base_fields.get(name), field)


class VersionedForm(Form):
    """A form that changes a record which others may change: it carries the version it read."""

    version = Version()


def _speak_as(declared: forms.Field | None, field: forms.Field) -> None:
    """Give a field of a form the sentences of the field it was copied from, made once a language.

    A form of a list is made for each page, and its words are those of its class.
    """
    if declared is None or declared.label is None:
        speak(field)
        return
    spoken: dict[str | None, dict[str, Any]] = vars(declared).setdefault("spoken", {})
    language = language_now()
    if language not in spoken:
        speak(field)
        spoken[language] = dict(field.error_messages)
    field.error_messages = dict(spoken[language])


def speak(field: forms.Field) -> None:
    """Give a field a sentence of ours for each refusal that is still in Django's words.

    Also for the forms of others, such as those of signing in: call it for each of their fields.
    """
    for code, sentence in _sentences(field).items():
        if _is_stock(field, code):
            label = named(field)
            # Django fills this one sentence in once more, with what was chosen.
            label = label.replace("%", "%%") if code == "invalid_choice" else label
            field.error_messages[code] = sentence % {"label": label}


def _is_stock(field: forms.Field, code: str) -> bool:
    if code not in field.error_messages:
        return True
    for kind in type(field).__mro__:
        stock = vars(kind).get("default_error_messages", {}).get(code)
        if stock is not None:
            ours = kind.__module__.startswith("opensenco.")
            return not ours and str(field.error_messages[code]) == str(stock)
    return False


def _sentences(field: forms.Field) -> dict[str, str]:
    choice = gettext("Choose one of the answers shown for “%(label)s”")
    if isinstance(field, forms.MultipleChoiceField):
        empty = gettext("Choose at least one answer for “%(label)s”")
        return {"required": empty, "invalid_choice": choice, "invalid_list": choice}
    if isinstance(field, forms.ChoiceField):
        empty = gettext("Choose an answer for “%(label)s”")
        return {"required": empty, "invalid_choice": choice}
    if isinstance(field, forms.BooleanField):
        return {"required": gettext("Tick “%(label)s” to go on")}
    if isinstance(field, forms.FileField):
        broken = gettext("The file for “%(label)s” did not arrive whole. Choose it again")
        return {
            "required": gettext("Choose a file for “%(label)s”"),
            "missing": broken,
            "invalid": broken,
            "empty": gettext("The file for “%(label)s” is empty. Choose another"),
            "contradiction": gettext("Either choose a file for “%(label)s” or tick to remove it"),
        }
    said = {"required": gettext("Fill in “%(label)s”")}
    if isinstance(field, forms.EmailField):
        said["invalid"] = gettext("“%(label)s” must be an email address, like name@example.org")
    return said


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary: what to say, and the id to jump to (empty for the whole form)."""

    text: str
    target: str = ""


def errors_of(given: forms.BaseForm | Iterable[forms.BaseForm] | None) -> list[ErrorLine]:
    """Give the faults of one form or of several, those of the whole form first, in field order."""
    if given is None:
        return []
    several: Iterable[forms.BaseForm] = [given] if isinstance(given, forms.BaseForm) else given
    lines: list[ErrorLine] = []
    for form in several:
        if not form.is_bound:
            continue
        faults = form.errors
        lines += [ErrorLine(str(text)) for text in faults.get(NON_FIELD_ERRORS, ())]
        for bound in form:
            target = "" if bound.is_hidden else render.target_of(bound)
            lines += [ErrorLine(str(text), target) for text in faults.get(bound.name, ())]
    return lines


def field_html(bound: forms.BoundField, **options: Any) -> Markup:
    """Draw one field with its label, hint, fault and input."""
    return render.field(bound, **options)


def hidden_html(form: forms.BaseForm) -> Markup:
    """Draw all hidden fields of a form."""
    return Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(
            bound.html_name, "" if bound.value() is None else bound.value()
        )
        for bound in form.hidden_fields()
    )
