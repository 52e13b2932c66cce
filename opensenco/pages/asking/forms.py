"""Forms round asking: whom, what and by when; why it ends; when people are reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm, WholeNumber, Words

Choices = list[tuple[str, str]]


class _People(Form):
    """Whom to ask: who works with the pupil, and anybody else here."""

    people = forms.MultipleChoiceField(
        label=_("Who works with the pupil"), widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.MultipleChoiceField(
        label=_("Other staff"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, near: Choices, others: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self.fields["people"], near)
        choose(self.fields["others"], others)


def choose(field: forms.Field, choices: Choices) -> None:
    """Give a field that chooses its answers."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared so)
    field.choices = choices


class AskForm(_People):
    """Ask these people for this, by a day, because of something."""

    questions = forms.ChoiceField(label=_("What do you ask?"))
    due = PickDateField(
        label=_("By when?"), help_text=_("A school week is usual. For example, 27/9/2027")
    )
    because = Words(
        label=_("Because of"),
        help_text=_("Those you ask read it. Leave it empty if it is in general."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, sets: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self.fields["questions"], sets)


class MoreForm(_People, VersionedForm):
    """Ask more people in the same round, or set another day."""

    due = PickDateField(label=_("By when?"), help_text=_("For example, 27/9/2027"))


class CloseForm(VersionedForm):
    """Why a round is closed."""

    reason = LongText(
        label=_("Why do you close it?"),
        help_text=_("Whoever has not answered is told that it is not needed any more."),
        max_length=500,
        rows=2,
    )


class ErrorForm(VersionedForm):
    """Why a round was made in error."""

    reason = LongText(
        label=_("What was wrong?"),
        help_text=_("Nobody is asked any more. The history keeps what was answered."),
        max_length=500,
        rows=2,
    )


class DeclineForm(VersionedForm):
    """Why somebody cannot answer."""

    reason = LongText(
        label=_("Why can you not answer?"),
        help_text=_("For example: I have not taught this class since July."),
        max_length=500,
        rows=2,
    )


class RemindersForm(VersionedForm):
    """When people are reminded automatically, in school days."""

    remind_before = WholeNumber(
        label=_("First reminder, school days before the day"), min_value=0, max_value=20, example=1
    )
    remind_every = WholeNumber(
        label=_("School days between two reminders"), min_value=1, max_value=20, example=2
    )
    most = WholeNumber(
        label=_("Reminders at most"),
        help_text=_("Put 0 if nobody is to be reminded automatically."),
        min_value=0,
        max_value=5,
        example=2,
    )
    escalate_after = WholeNumber(
        label=_("School days after the day, whoever asked is told to find another way"),
        min_value=1,
        max_value=40,
        example=3,
    )
