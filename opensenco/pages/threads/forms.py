"""Forms of a thread and of questions to the SENCO: written, put right, answered, a mistake."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.threads.operations.asking import LONGEST_ANSWER, LONGEST_QUESTION
from opensenco.threads.operations.writing import LONGEST
from opensenco.ui.forms import Form, LongText, VersionedForm


class MessageForm(Form):
    """One short message."""

    words = LongText(label=_("Your message"), max_length=LONGEST, rows=3)


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
    """What one answers, and for a general question who may read it."""

    answer = LongText(label=_("Your answer"), max_length=LONGEST_ANSWER, rows=5)
    shared = forms.BooleanField(
        label=_("Let all staff of this place read question and answer"), required=False
    )
