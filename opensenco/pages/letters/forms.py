"""Forms round letters."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.law.codes.sen import NEED_TYPES
from opensenco.letters.starter import Field
from opensenco.letters.states import (
    MOST_GIVEN,
    MOST_NAME,
    MOST_SUBJECT,
    MOST_TEXT,
    Sent,
)
from opensenco.letters.states import Form as Reads
from opensenco.support.states import Status
from opensenco.ui.forms import Form, LongText, PickDateField, Segments, VersionedForm, Words

Choices = Sequence[tuple[str, str]]
#: fields that hold one line: a name, a day, a place, a number
SHORT = ("_name", "_date", "_time", "_phone", "_place", "_minutes", "_by", "_role", "_contact",
         "_email", "_to", "_from", "link", "wait_weeks")  # fmt: skip


def _choices(field: forms.Field, choices: Iterable[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = list(choices)


class WhomForm(Form):
    """Whose families are shown to choose from."""

    status = forms.ChoiceField(
        label=_("SEN status"),
        choices=[
            ("", _("SEN support or EHC plan")),
            (Status.SEN_SUPPORT.value, _("SEN support")),
            (Status.EHC_PLAN.value, _("EHC plan")),
            ("all", _("Everybody")),
        ],
        required=False,
    )
    group = forms.ChoiceField(label=_("Class or group"), required=False)
    need = forms.ChoiceField(label=_("Need"), required=False)

    def __init__(self, *args: Any, groups: Choices, on: date, **options: Any) -> None:
        """Take the groups there are, and the day whose types of need are offered."""
        super().__init__(*args, **options)
        _choices(self.fields["group"], [("", _("All")), *groups])
        types = [(one.code, one.title) for one in NEED_TYPES.on(on)]
        _choices(self.fields["need"], [("", _("Any")), *types])


class BeginForm(Form):
    """Which letter, how it reads, and whose families."""

    letter = forms.ChoiceField(label=_("Letter"))
    form = forms.ChoiceField(label=_("How it reads"), choices=Reads.choices, widget=Segments)
    pupils = forms.MultipleChoiceField(
        label=_("Whose families"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, letters: Choices, pupils: Choices, **options: Any) -> None:
        """Take the letters there are, and the pupils that are shown."""
        super().__init__(*args, **options)
        _choices(self.fields["letter"], letters)
        _choices(self.fields["pupils"], pupils)


class FillForm(VersionedForm):
    """How the letters read, and what no record holds: once, for all of them."""

    form = forms.ChoiceField(label=_("How they read"), choices=Reads.choices, widget=Segments)

    def __init__(self, *args: Any, wanted: Sequence[Field], **options: Any) -> None:
        """Take the fields to fill in. An empty one leaves its line out of the letters."""
        super().__init__(*args, **options)
        for one in wanted:
            short = one.name.endswith(SHORT)
            kind: type[Words] = Words if short else LongText
            more: dict[str, Any] = {} if short else {"rows": 2}
            self.fields[one.name] = kind(
                label=one.meaning, max_length=MOST_GIVEN, required=False, **more
            )


class LetterForm(VersionedForm):
    """The words of one letter."""

    subject = Words(label=_("Subject"), max_length=300)
    body = LongText(label=_("The letter"), max_length=MOST_TEXT, rows=22)
    left_out = forms.BooleanField(label=_("Do not send this letter"), required=False)


class SendForm(VersionedForm):
    """How and when the letters went out."""

    how = forms.ChoiceField(
        label=_("How they go out"), choices=Sent.choices, widget=forms.RadioSelect
    )
    on = PickDateField(label=_("Day"))
    confidential = forms.BooleanField(
        label=_("Confidential: only you and those who co-ordinate support read them in the record"),
        required=False,
    )


class DropForm(VersionedForm):
    """Nothing is asked: these letters are not sent."""


class WordingForm(VersionedForm):
    """A wording of the school's own."""

    name = Words(label=_("Name of the letter"), max_length=MOST_NAME)
    use_when = Words(label=_("When it is used"), max_length=500, required=False)
    subject = Words(label=_("Subject"), max_length=MOST_SUBJECT)
    standard = LongText(
        label=_("The letter"), max_length=MOST_TEXT, rows=20,
        help_text=_("Fields are written like {pupil_first_name}. A line of which a field is empty "
                    "is left out. Large print says the same."),
    )  # fmt: skip
    easy_read = LongText(
        label=_("Easy read"), max_length=MOST_TEXT, rows=12, required=False,
        help_text=_("Short sentences, one idea a line. Without it the letter above is used."),
    )  # fmt: skip


class SentFilter(Form):
    """Which letters that were sent are shown."""

    first = PickDateField(label=_("From"), required=False)
    last = PickDateField(label=_("Until"), required=False)
