"""Forms round a pupil. None of them asks for a need, a code or a diagnosis."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.people.states import CareKind, Sex
from opensenco.ui.forms import (
    Email,
    Form,
    GovDateField,
    LongText,
    PickDateField,
    VersionedForm,
    Words,
)

YEARS = [
    ("", _("Not known")),
    ("-2", _("Under 3")),
    ("-1", _("Nursery")),
    ("0", _("Reception")),
    *((str(n), str(n)) for n in range(1, 15)),
]


class ReasonForm(Form):
    """Why a colleague opens a record outside their duty."""

    reason = LongText(
        label=_("Why do you need to open this record today?"),
        help_text=_("The SENCO is told, and reads what you write."),
        max_length=500,
        rows=3,
    )


class ErrorForm(VersionedForm):
    """Why a record was made in error."""

    reason = LongText(label=_("What was wrong?"), max_length=500, rows=3)


class DetailsForm(Form):
    """A pupil's own details, apart from names and number in law."""

    known_as = Words(label=_("Known as"), max_length=100, required=False)
    birth_date = GovDateField(label=_("Date of birth"))
    sex = forms.ChoiceField(label=_("Sex, as the register holds it"), choices=Sex.choices)
    year_group = forms.TypedChoiceField(
        label=_("Year group"), choices=YEARS, coerce=int, empty_value=None, required=False
    )
    home_language = Words(
        label=_("Language at home"),
        help_text=_("A language at home other than English is never in itself a special need."),
        max_length=80,
        required=False,
    )
    interpreter_needed = forms.BooleanField(
        label=_("The family needs an interpreter"), required=False
    )


class AddPupilForm(DetailsForm):
    """A new pupil, with a class to begin in."""

    first_name = Words(label=_("First name"), max_length=100)
    last_name = Words(label=_("Surname"), max_length=100)
    upn = Words(label=_("Unique pupil number"), max_length=18, required=False)
    field_order = ("first_name", "last_name", "known_as", "birth_date", "sex", "year_group", "upn")

    joined_on = GovDateField(
        label=_("First day here"),
        help_text=_("A day to come, for a pupil who is entered beforehand. Else leave it empty."),
        required=False,
    )
    group = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("No class yet")), *groups]


class ChangePupilForm(DetailsForm, VersionedForm):
    """A change to a pupil's details, which others may change too."""


class ContactForm(Form):
    """A parent, carer or other contact."""

    name = Words(label=_("Name"), max_length=160)
    relation = Words(label=_("Who they are to the pupil"), max_length=60)
    phone = Words(label=_("Phone"), max_length=40, required=False)
    email = Email(label=_("Email"), max_length=200, required=False)
    address = LongText(
        label=_("Postal address"),
        help_text=_("As on an envelope, without the name. It is printed on letters alone, and "
                    "kept with the proof of those sent by post."),
        max_length=200,
        rows=4,
        required=False,
    )  # fmt: skip
    language = Words(label=_("Language"), max_length=80, required=False)
    interpreter_needed = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    parental_responsibility = forms.BooleanField(
        label=_("Has parental responsibility"), required=False
    )
    is_pupil = forms.BooleanField(
        label=_("Is the pupil themself"),
        help_text=_(
            "Letters go to them once compulsory school age has ended, on the last Friday in June "
            "of the school year in which they turn 16. Parents are written to as well while they "
            "are to be told."
        ),
        required=False,
    )
    may_see = forms.BooleanField(label=_("May see what is shared"), required=False)
    may_reply = forms.BooleanField(label=_("May answer and agree"), required=False)
    to_be_told = forms.BooleanField(label=_("Is to be told and invited"), required=False)
    barred = forms.BooleanField(
        label=_("Is barred: may see, answer and be told nothing"), required=False
    )
    restriction = LongText(
        label=_("What a court or the school has said"),
        max_length=1000,
        rows=2,
        required=False,
    )


class ChangeContactForm(ContactForm, VersionedForm):
    """A change to a contact."""


class CareForm(Form):
    """Care status from a day."""

    kind = forms.ChoiceField(
        label=_("Care status"), choices=CareKind.choices, widget=forms.RadioSelect
    )
    starts = GovDateField(label=_("From"))
    ends = GovDateField(label=_("Until"), required=False)


class HealthForm(Form):
    """What every adult with the child must know and do."""

    alert = Words(label=_("What adults must know"), max_length=300)
    what_to_do = LongText(label=_("What to do"), max_length=2000, rows=3, required=False)


class ChangeHealthForm(HealthForm, VersionedForm):
    """A change to a health alert."""


class EndHealthForm(VersionedForm):
    """From which day on an alert holds no more."""

    ended_on = GovDateField(
        label=_("From which day does it no longer hold?"),
        help_text=_("Adults stop seeing it on that day. It can be a day to come."),
    )
    words = Words(
        label=_("Who tells you so, or why is it over?"),
        help_text=_("For example: the consultant’s letter of May, read with the family."),
        max_length=300,
    )


class AsOfForm(Form):
    """The day on which to see the record."""

    on = GovDateField(label=_("As it stood at the end of"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["on"]
        assert isinstance(field, GovDateField)  # noqa: S101 (declared above)
        field.latest = today


class LogForm(Form):
    """Which lines of who opened and who changed a record are wanted."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    role = forms.ChoiceField(label=_("In which role"), required=False)
    since = PickDateField(label=_("From"), required=False)
    until = PickDateField(label=_("To"), required=False)
    unusual = forms.ChoiceField(
        label=_("Only"),
        choices=[("", _("Everything")), ("1", _("Refused, or outside a duty"))],
        required=False,
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], roles: list[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        everybody = [("", _("Everybody")), *people]
        self.fields["who"].choices = everybody  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Any")), *((r, r) for r in roles)]  # type: ignore[attr-defined]

    def clean_unusual(self) -> bool:
        """Give whether only those are wanted."""
        return bool(self.cleaned_data["unusual"])


class MoveForm(VersionedForm):
    """To which part of the school a pupil moves, and when."""

    part = forms.ChoiceField(label=_("To which part?"), widget=forms.RadioSelect)
    on = GovDateField(
        label=_("On which day?"),
        help_text=_("In this school year. Until then nothing changes but that both sides know."),
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = parts
