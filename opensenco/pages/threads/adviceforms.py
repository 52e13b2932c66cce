"""Forms of what was taught."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.threads.advice_models import AdviceKind
from opensenco.threads.operations.advising import LONGEST
from opensenco.ui.forms import LongText, PickDateField, VersionedForm, Words


class AdviceForm(VersionedForm):
    """What was taught, by whom, to whom, and what came of it."""

    kind = forms.ChoiceField(label=_("How was it taught?"), choices=AdviceKind.choices)
    words = LongText(label=_("What was shown or said?"), max_length=LONGEST, rows=5)
    who = Words(
        label=_("Who taught it?"),
        help_text=_("Name and role, such as “Gemma Stone, speech and language therapist”"),
        max_length=160,
    )
    to_whom = Words(label=_("Who learned it?"), max_length=200, required=False)
    on = PickDateField(label=_("Day"))
    came_of = LongText(
        label=_("What came of it?"),
        help_text=_("Leave it empty for now, and come back when you know."),
        max_length=LONGEST,
        rows=3,
        required=False,
    )


class ErrorForm(VersionedForm):
    """Why an entry was a mistake."""

    reason = LongText(label=_("What was wrong?"), max_length=500, rows=2)
