"""Forms round a concern. Four questions to raise one; none asks for a code or a diagnosis."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.concerns.states import OUTCOME_WORDS, OUTCOMES
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm

MOST = 2000


class ConcernForm(Form):
    """What somebody noticed: four questions, the first alone must be answered."""

    noticed = LongText(
        label=_("What have you noticed?"),
        help_text=_("What you saw or heard, in your own words. You do not need a name for it."),
        max_length=MOST,
        rows=3,
    )
    where_when = LongText(
        label=_("Where and when does it happen?"), max_length=MOST, rows=2, required=False
    )
    tried = LongText(label=_("What have you tried?"), max_length=MOST, rows=2, required=False)
    said = LongText(
        label=_("What do the child and the parents say?"), max_length=MOST, rows=2, required=False
    )


class TriageForm(VersionedForm):
    """What happens now, who looks after it, and what the one who raised it is told."""

    outcome = forms.ChoiceField(
        label=_("What happens now?"),
        choices=[(outcome.value, OUTCOME_WORDS[outcome]) for outcome in OUTCOMES],
        widget=forms.RadioSelect,
    )
    owner = forms.ChoiceField(label=_("Who looks after it?"), required=False)
    until = PickDateField(
        label=_("Look again on"),
        help_text=_("For watching and for a short intervention. For example, 27/9/2027"),
        required=False,
    )
    reason = LongText(
        label=_("Why?"),
        help_text=_("Needed where nothing is done now. Staff who decide read it."),
        max_length=MOST,
        rows=2,
        required=False,
    )
    reply = LongText(label=_("What you tell them"), max_length=MOST, rows=3, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Choose a person")), *people]


class TakeUpForm(VersionedForm):
    """What will be tried in class, and until when."""

    trying = LongText(
        label=_("What will you try?"),
        help_text=_("One or two changes that you can make from the next lesson on."),
        max_length=MOST,
        rows=3,
    )
    until = PickDateField(
        label=_("When will you look again?"),
        help_text=_("Two to six weeks is usual. For example, 27/9/2027"),
    )


class PassOnForm(VersionedForm):
    """Why a concern is passed on."""

    reason = LongText(
        label=_("Why do you pass it on?"),
        help_text=_("What you tried and what happened. It saves being asked."),
        max_length=MOST,
        rows=3,
    )


class SettleForm(VersionedForm):
    """How a concern ended."""

    result = LongText(
        label=_("How did it end?"),
        help_text=_("The person who raised it is told."),
        max_length=MOST,
        rows=3,
    )


class ErrorForm(VersionedForm):
    """Why a concern was made in error."""

    reason = LongText(
        label=_("What was wrong?"),
        help_text=_("The person who raised it is told. The history keeps the concern."),
        max_length=500,
        rows=2,
    )


class SafeguardingForm(Form):
    """What is for the safeguarding lead alone."""

    words = LongText(
        label=_("What did you see or hear?"),
        help_text=_("What happened, and not what you think it means. The child’s own words."),
        max_length=5000,
        rows=7,
    )


def looked_again(today: date, weeks: int = 4) -> date:
    """Give the day that is offered for looking again: so many weeks on."""
    return date.fromordinal(today.toordinal() + 7 * weeks)
