"""Forms about status, needs and the profile. None of them asks for a diagnosis."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opensenco.law.codes.sen import NEED_TYPES
from opensenco.support.states import Ground, Status, Told
from opensenco.ui.forms import Form, GovDateField, LongText, VersionedForm, Words

RANKS = ("first", "second", "third", "fourth")


class StatusForm(VersionedForm):
    """A decision about SEN status."""

    code = forms.ChoiceField(
        label=_("SEN status"), choices=Status.choices, widget=forms.RadioSelect
    )
    starts = GovDateField(label=_("From"))
    grounds = forms.MultipleChoiceField(
        label=_("What did the school see?"),
        help_text=_("For SEN support at least one. A language at home alone is never enough."),
        choices=Ground.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = LongText(label=_("Why, in a sentence or two"), max_length=2000, rows=3)


class TellForm(VersionedForm):
    """Proof that the parents were told."""

    on = GovDateField(label=_("When were they told?"))
    how = forms.ChoiceField(
        label=_("How were they told?"), choices=Told.choices, widget=forms.RadioSelect
    )
    words = LongText(
        label=_("What were they told, and what did they say? (optional)"),
        max_length=5000,
        rows=4,
        required=False,
    )


def needs_form(day: date) -> Callable[..., Form]:
    """Give the form for ranked needs, with the codes in force on a day."""
    choices = [("", _("none")), *((c.code, gettext(c.title)) for c in NEED_TYPES.on(day))]
    labels = (_("Main need"), _("Second need"), _("Third need"), _("Fourth need"))

    def make(**given: Any) -> Form:
        form = VersionedForm(**given)
        for name, label in zip(RANKS, labels, strict=True):
            form.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        return form

    return make


class ProfileForm(VersionedForm):
    """What the pupil says of themselves, and what every adult does."""

    own_words = LongText(
        label=_("In my own words"),
        help_text=_("As the pupil said, drew or showed it. Keep their words."),
        required=False,
    )
    good_at = LongText(label=_("What I am good at"), rows=2, required=False)
    matters = LongText(label=_("What matters to me"), rows=2, required=False)
    helps = LongText(
        label=_("What helps me"), help_text=_("One thing a line."), rows=4, required=False
    )
    hinders = LongText(
        label=_("What gets in the way"), help_text=_("One thing a line."), rows=3, required=False
    )
    said_on = GovDateField(label=_("When did they say it?"))
    said_with = Words(label=_("With whom? (optional)"), required=False)
    strategies = LongText(
        label=_("What every adult does in class"),
        help_text=_("One thing a line, the most useful first. Three are shown to each teacher."),
        max_length=1200,
        rows=4,
        required=False,
    )
