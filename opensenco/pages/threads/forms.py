"""Forms of a thread and of questions to the SENCO: written, put right, answered, a mistake."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.threads.operations.asking import LONGEST_ANSWER, LONGEST_QUESTION
from opensenco.threads.operations.writing import LONGEST
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm


class MessageForm(Form):
    """One short message."""

    words = LongText(label=_("Your message"), max_length=LONGEST, rows=3)
    for_day = PickDateField(
        label=_("Does it hand something over for one day?"), required=False,
        help_text=_(
            "On that day it also stands on the page “Who is here today”, for those who work with "
            "this pupil then."
        ),
    )  # fmt: skip


class CorrectForm(VersionedForm):
    """A message in other words."""

    words = LongText(
        label=_("Your message"),
        help_text=_("The words before stay in the history, and everybody reads it anew."),
        max_length=LONGEST,
        rows=4,
    )


class ErrorForm(VersionedForm):
    """Why a message was a mistake."""

    reason = LongText(
        label=_("What was wrong?"),
        help_text=_("For example, it was about another pupil. The words are shown to nobody then."),
        max_length=500,
        rows=2,
    )


@dataclass(frozen=True)
class Offers:
    """What of the bank can be named in an answer: keys and words.

    Args:
        fitting: what fits the question, or was named before. others: the rest of the bank.
        named: keys of what was named before.
    """

    fitting: list[tuple[str, str]]
    others: list[tuple[str, str]]
    named: list[str]


class AskForm(Form):
    """A question about the pupil whose page one came from."""

    words = LongText(label=_("Your question"), max_length=LONGEST_QUESTION, rows=4)


class AskAnythingForm(AskForm):
    """A question in general, or about one of one's own pupils."""

    about = forms.ChoiceField(
        label=_("Which pupil is it about?"),
        help_text=_("For any other pupil, ask from the pupil’s page."),
        required=False,
    )
    field_order = ("about", "words")

    def __init__(self, *args: Any, pupils: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("No pupil: a general question")), *pupils]


class AnswerForm(VersionedForm):
    """What one answers, what of the bank one names, and for a general question who may read it."""

    answer = LongText(label=_("Your answer"), max_length=LONGEST_ANSWER, rows=5)
    fitting = forms.MultipleChoiceField(
        label=_("Strategies from our bank that say the same words"),
        help_text=_(
            "They go with the answer, word for word. Who asked can put them to use at once."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    another = forms.ChoiceField(label=_("Another strategy from our bank"), required=False)
    shared = forms.BooleanField(
        label=_("Let all staff of this place read question and answer"), required=False
    )

    def __init__(self, *args: Any, offers: Offers, general: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offers = offers
        _choose(self, "fitting", offers.fitting)
        _choose(self, "another", offers.others and [("", _("No other")), *offers.others])
        if not general:
            del self.fields["shared"]

    def clean(self) -> dict[str, Any]:
        """Give the strategies in their words."""
        given: dict[str, Any] = super().clean() or {}
        keys = [*given.pop("fitting", []), given.pop("another", "")]
        named = dict([*self.offers.fitting, *self.offers.others])
        return given | {"strategies": [named[key] for key in keys if key]}


def _choose(form: forms.Form, name: str, choices: Any) -> None:
    if not choices:
        del form.fields[name]
        return
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
    field.choices = choices
