"""Forms of packs: to whom and what for, which parts, what to take out, why it is taken back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.network.states import Purpose
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm

MOST_WORDS = 5000
MOST_TEXT = 20_000
Choices = Sequence[tuple[str, Any]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared below)
    field.choices = list(choices)


class ShareForm(Form):
    """What it is for, who gets it, and until when they can read it."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"), choices=Purpose.choices, widget=forms.RadioSelect
    )
    to = forms.ChoiceField(label=_("Who gets it?"))
    until = PickDateField(
        label=_("Until when can they read it?"),
        help_text=_(
            "Left empty: as long as is usual, from 30 days for moderation to 150 for a request "
            "to the authority. For example, 27/9/2027"
        ),
        required=False,
    )
    words = LongText(
        label=_("What do you ask of them?"),
        help_text=_("They read this first."),
        max_length=MOST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", [("", _("Choose an organisation")), *places])


class PartsForm(VersionedForm):
    """Which parts of the record are copied."""

    parts = forms.MultipleChoiceField(
        label=_("Parts of the record"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "parts", offered)


class NamesForm(VersionedForm):
    """Each text of a blind pack that leads to the child, to be put in other words."""

    def __init__(
        self, *args: Any, mends: Iterable[tuple[str, str, str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, label, text, found in mends:
            self.fields[name] = LongText(
                label=label, help_text=found, initial=text, max_length=MOST_TEXT, rows=3,
                required=False,
            )  # fmt: skip


class WithdrawForm(VersionedForm):
    """Why a pack is taken back."""

    reason = LongText(
        label=_("Why do you take it back?"),
        help_text=_("Kept on your own record. They are not told the reason."),
        max_length=1000,
        rows=2,
    )


class AnswerForm(Form):
    """What is said back to the sender."""

    kind = forms.ChoiceField(label=_("What kind of answer is it?"), widget=forms.RadioSelect)
    words = LongText(
        label=_("Your answer"),
        help_text=_("It goes to the sender at once and cannot be changed."),
        max_length=MOST_TEXT,
        rows=6,
    )

    def __init__(self, *args: Any, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds)
