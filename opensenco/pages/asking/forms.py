"""Forms round asking: whom, what and by when; why it ends; when people are reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opensenco.documents.types import ORDER, TYPES
from opensenco.participation.states import Wanted
from opensenco.participation.wanted import MOST_TITLE
from opensenco.ui.forms import (
    Email,
    Form,
    LongText,
    PickDateField,
    VersionedForm,
    WholeNumber,
    Words,
)

Choices = list[tuple[str, str]]


class _People(Form):
    """Whom to ask: who works with the pupil, and anybody else here."""

    people = forms.MultipleChoiceField(
        label=_("Who works with the pupil"), widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.MultipleChoiceField(
        label=_("Other staff"), widget=forms.CheckboxSelectMultiple, required=False
    )

    contacts = forms.MultipleChoiceField(
        label=_("Family and other contacts"),
        help_text=_("Only those whom the record allows to be told, to see and to answer."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outside_name = Words(label=_("Name"), max_length=160, required=False)
    outside_place = Words(
        label=_("Organisation"),
        help_text=_("For example: speech and language therapy"),
        max_length=160,
        required=False,
    )
    outside_email = Email(
        label=_("Email address"),
        help_text=_("Check it well: the link and its code go there."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, near: Choices, others: Choices, contacts: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choose(self.fields["people"], near)
        choose(self.fields["others"], others)
        choose(self.fields["contacts"], contacts)

    def clean(self) -> dict[str, Any]:
        """Take the name and the address of somebody outside together."""
        given = super().clean() or self.cleaned_data
        name, email = given.get("outside_name"), given.get("outside_email")
        if email and not name:
            self.add_error("outside_name", gettext("Write the name of whom you ask."))
        if not email and "outside_email" not in self.errors and (name or given["outside_place"]):
            self.add_error("outside_email", gettext("Write the address that the link goes to."))
        return given


def choose(field: forms.Field, choices: Choices) -> None:
    """Give a field that chooses its answers."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared so)
    field.choices = choices


def _heading(example: Any) -> Words:
    return Words(label=_("Heading"), help_text=example, max_length=MOST_TITLE, required=False)


def kinds_of_paper() -> Choices:
    """Give the types under which a paper can be filed."""
    return [(code, str(TYPES[code].words)) for code in ORDER]


class AskForm(_People):
    """Ask these people for this, by a day, because of something."""

    wanted = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=Wanted.choices,
        widget=forms.RadioSelect,
        initial=Wanted.QUESTIONS.value,
        required=False,
    )
    questions = forms.ChoiceField(label=_("Which questions?"))
    statement_heading = _heading(_("For example: How the new timetable works for Idris"))
    statement_about = LongText(
        label=_("What should they write about?"), max_length=2_000, rows=2, required=False
    )
    report_heading = _heading(_("For example: Report of the hearing test"))
    report_kind = forms.ChoiceField(
        label=_("File it as"), choices=kinds_of_paper, required=False, initial="report"
    )
    signature_heading = _heading(_("For example: The plan for the spring term"))
    signature_words = LongText(
        label=_("The words they agree to"),
        help_text=_("They stay as you write them here, and stand beside each name."),
        max_length=4_000,
        rows=5,
        required=False,
    )
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

    def clean(self) -> dict[str, Any]:
        """Look for the heading of what is asked for this once."""
        given = super().clean()
        wanted = given["wanted"] = given.get("wanted") or Wanted.QUESTIONS.value
        heading = f"{wanted}_heading"
        if heading in self.fields and not given.get(heading):
            self.add_error(heading, gettext("Write a heading, so that they see what is asked."))
        if wanted == Wanted.SIGNATURE and not given.get("signature_words"):
            said = gettext("Write the words that they are to agree to.")
            self.add_error("signature_words", said)
        return given


class NextSchoolForm(AskForm):
    """Ask somebody at the school to which a pupil goes; colleagues can be asked beside them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outside_name"].label = _("Who do you ask there?")
        self.fields["outside_place"].label = _("Next school")
        self.fields["outside_place"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Refuse to ask nobody: it is the next school that is to answer."""
        given = super().clean()
        if not given.get("outside_email") and "outside_email" not in self.errors:
            said = gettext("Write the address of somebody at the next school.")
            self.add_error("outside_email", said)
        return given


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


class CodeForm(Form):
    """The code that was sent to the address on file."""

    code = Words(
        label=_("Your code"),
        help_text=_("Eight digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the eight digits from your mail.")},
    )


class CannotForm(Form):
    """Why somebody who came by a link cannot answer."""

    reason = LongText(
        label=_("Why can you not answer?"),
        max_length=500,
        rows=2,
        error_messages={"required": _("Say why. A few words are enough.")},
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
