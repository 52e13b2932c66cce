"""Forms of working time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.cases.states import MOST_MINUTES, TAPS, Work
from opensenco.cases.time_log import MOST_WORDS
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm, WholeNumber, Words


class TapForm(Form):
    """What one did and for how long. One tap on a length sends it."""

    work = forms.ChoiceField(label=gettext_lazy("Kind of work"), choices=Work.choices)
    on = PickDateField(label=gettext_lazy("Day"), required=False)
    words = Words(label=gettext_lazy("What it was"), max_length=MOST_WORDS, required=False)
    minutes = WholeNumber(
        label=gettext_lazy("Minutes, if another length"),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    tap = forms.TypedChoiceField(
        choices=[(str(one), one) for one in TAPS], coerce=int, empty_value=None, required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
    #: whom it was for, or what the record knows already: references, or empty
    pupil = Words(max_length=40, required=False, widget=forms.HiddenInput)
    source = Words(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Take the length that was tapped, or the one that was typed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["minutes"] = given.get("tap") or given.get("minutes")
        if not given["minutes"] and "minutes" not in self.errors:
            raise ValidationError(
                {"minutes": _("Tap 10 min, 30 min or 1 h, or write the minutes, like 45.")}
            )
        return given


class EntryForm(VersionedForm):
    """One's own entry, put right."""

    work = forms.ChoiceField(label=gettext_lazy("Kind of work"), choices=Work.choices)
    on = PickDateField(label=gettext_lazy("Day"))
    minutes = WholeNumber(label=gettext_lazy("Minutes"), min_value=1, max_value=MOST_MINUTES)
    words = Words(label=gettext_lazy("What it was"), max_length=MOST_WORDS, required=False)


class ErrorForm(VersionedForm):
    """Why an entry should not be here."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=300)


class PeriodForm(Form):
    """Between which days time is added up, and whose."""

    first = PickDateField(label=gettext_lazy("From"), required=False)
    last = PickDateField(label=gettext_lazy("Until"), required=False)
    work = forms.ChoiceField(
        label=gettext_lazy("Kind of work"),
        choices=[("", gettext_lazy("Every kind")), *Work.choices],
        required=False,
    )
