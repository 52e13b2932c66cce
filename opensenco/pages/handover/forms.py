"""Forms of hand-overs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.handover.states import WORDS, Kind
from opensenco.ui.forms import Form, GovDateField, LongText, VersionedForm, WholeNumber, Words
from opensenco.ui.hours import HourField

EVERYBODY = "all"


class BeginForm(Form):
    """Who hands over whom to whom."""

    kind = forms.ChoiceField(
        label=_("What kind of hand-over is it?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    which = forms.ChoiceField(
        label=_("Which pupils?"),
        help_text=_("Those with SEN support or an EHC plan. You can leave out any of them later."),
    )
    giver = forms.ChoiceField(label=_("Who hands over?"))
    taker = forms.ChoiceField(label=_("Who takes over?"))
    words = LongText(
        label=_("What the next one has to know of all of them"),
        help_text=_("What stands in no record: habits, promises, who to ring first."),
        max_length=WORDS,
        required=False,
    )

    def __init__(
        self, *args: Any, which: Sequence[tuple[str, str]], givers: Sequence[tuple[str, str]],
        takers: Sequence[tuple[str, str]], **given: Any,
    ) -> None:  # fmt: skip
        """Take whom one can choose."""
        super().__init__(*args, **given)
        for name, choices in (("which", which), ("giver", givers), ("taker", takers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = [*choices]


class OfferedForm(Form):
    """Which of the hand-overs that a turn of the year asks for are begun now."""

    offers = forms.MultipleChoiceField(
        label=_("Which hand-overs?"), widget=forms.CheckboxSelectMultiple
    )
    words = LongText(
        label=_("What stands above each of them"),
        help_text=_("It is the same for all. What is of one pupil is written in their hand-over."),
        max_length=WORDS,
        required=False,
    )

    def __init__(self, *args: Any, offers: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take what is asked for."""
        super().__init__(*args, **given)
        field = self.fields["offers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = [*offers]


class NoteForm(VersionedForm):
    """What only the giver can say of one pupil."""

    note = LongText(
        label=_("What the next colleague has to know"),
        help_text=_("The record itself goes with it: nothing of it need be written again."),
        max_length=WORDS,
        required=False,
    )
    leave_out = forms.BooleanField(label=_("Leave this pupil out"), required=False)


class MeetForm(Form):
    """When and where giver and taker meet."""

    on = GovDateField(label=_("Day"))
    at = HourField(label=_("Time"), help_text=_("Such as 15:30"))
    minutes = WholeNumber(label=_("Minutes"), min_value=5, max_value=600)
    place = Words(label=_("Where"), max_length=160, required=False)
    also = forms.MultipleChoiceField(
        label=_("The same meeting is about"),
        help_text=_("Whoever gives or takes over in these is invited too."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take which other hand-overs have no meeting yet."""
        super().__init__(*args, **given)
        field = self.fields["also"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = [*others]
        if not others:
            del self.fields["also"]


class GiveForm(VersionedForm):
    """Nothing is asked: the button says it."""


class TakeForm(Form):
    """What the next one says."""

    words = LongText(
        label=_("Anything you still need to know"),
        help_text=_("Whoever handed over is told that you have taken over."),
        max_length=WORDS,
        required=False,
    )


class PassOnForm(Form):
    """What is handed on, and to whom."""

    tasks = forms.MultipleChoiceField(
        label=_("What is handed on"), widget=forms.CheckboxSelectMultiple
    )
    to = forms.ChoiceField(label=_("Who has it from now on?"))

    def __init__(
        self, *args: Any, waits: Sequence[tuple[str, str]], takers: Sequence[tuple[str, str]],
        **given: Any,
    ) -> None:  # fmt: skip
        """Take what waits, and who can have it."""
        super().__init__(*args, **given)
        for name, choices in (("tasks", waits), ("to", takers)):
            field = self.fields[name]
            assert isinstance(  # noqa: S101 (declared above)
                field, forms.ChoiceField | forms.MultipleChoiceField
            )
            field.choices = [*choices]


class ErrorForm(VersionedForm):
    """Why a hand-over should not be."""

    reason = LongText(label=_("What was wrong?"), max_length=1_000, rows=3)
