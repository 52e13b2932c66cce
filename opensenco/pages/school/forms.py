"""Forms about our own place: staff, our own roles, our own words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import Email, Form, GovDateField, LongText, VersionedForm, Words

#: when a role ends
DAY, NOW = "day", "now"
Choices = Sequence[tuple[str, Any]]


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices; with none to choose from, the field goes."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared below)
    if choices:
        field.choices = list(choices)
    else:
        del form.fields[name]


class PlaceForm(Form):
    """A form about one of several schools; with one school it does not ask."""

    place = forms.ChoiceField(label=_("School"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "place", places if len(places) > 1 else ())


class ColleagueForm(PlaceForm):
    """A new colleague and the role they get."""

    first_name = Words(label=_("First name"), max_length=80)
    last_name = Words(label=_("Surname"), max_length=80)
    email = Email(label=_("Email address"), help_text=_("They sign in with it."), max_length=200)
    role = forms.ChoiceField(label=_("Role"))
    part = forms.ChoiceField(
        label=_("Part of the school"),
        help_text=_("A phase SENCO sees the pupils of their part alone."),
        required=False,
    )
    starts = GovDateField(label=_("First day"))
    ends = GovDateField(
        label=_("Last day"),
        help_text=_("The role gives nothing from the day after."),
        required=False,
    )

    def __init__(self, *args: Any, roles: Choices, parts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "role", [("", _("Choose a role")), *roles])
        choose(self, "part", [("", _("The whole school")), *parts] if parts else ())


class EndForm(VersionedForm):
    """The last day of a role, or that it ends in this moment."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(DAY, _("After a last day")), (NOW, _("At once"))],
        widget=forms.RadioSelect,
        required=False,
    )
    on = GovDateField(
        label=_("Last day"),
        help_text=_("From the day after, the role gives no sight of anything."),
        required=False,
    )


class TakeBackForm(VersionedForm):
    """A role that was never used is taken back."""


class TabletForm(PlaceForm):
    """A tablet that people of a place share."""

    name = Words(
        label=_("Name of the tablet"),
        help_text=_("As people here call it: Rabbit room. It stands in the log of who looked."),
        max_length=40,
    )
    roles = forms.MultipleChoiceField(
        label=_("Who may use it"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, roles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "roles", roles)


class SignInByForm(VersionedForm):
    """By which account elsewhere the staff of a place sign in."""

    provider = forms.ChoiceField(
        label=_("How staff sign in"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, providers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "provider", providers)


class OwnRoleForm(PlaceForm):
    """A school's own role: shipped ones together, less some verbs."""

    name = Words(label=_("Name of the role"), max_length=80)
    combines = forms.MultipleChoiceField(
        label=_("Which roles it puts together"), widget=forms.CheckboxSelectMultiple
    )
    without = forms.MultipleChoiceField(
        label=_("What it shall not do"),
        help_text=_("Tick what to take away. Only what the chosen roles can do can be taken away."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, roles: Choices, verbs: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "combines", roles)
        choose(self, "without", verbs)


class ChangeOwnRoleForm(OwnRoleForm, VersionedForm):
    """A change to a school's own role."""


class OwnWordsForm(VersionedForm):
    """How we spell the role, and our words above the form for concerns."""

    senco_word = forms.ChoiceField(
        label=_("How we write the role"),
        help_text=_("It stands so on every page here."),
        widget=forms.RadioSelect,
    )
    safeguarding_words = LongText(
        label=_("Our words above the form for a concern"),
        help_text=_("Whom to tell at once when a child may be in danger, and how to reach them."),
        max_length=1500,
        rows=6,
        required=False,
    )

    def __init__(self, *args: Any, spellings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "senco_word", spellings)
