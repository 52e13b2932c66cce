"""Forms that bring a setting here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.exchange.states import SettingKind
from opensenco.ui.forms import Email, Form, VersionedForm, Words

Choices = Sequence[tuple[str, str]]


class BelowForm(Form):
    """Below which of one's own organisations; with one it does not ask."""

    under = forms.ChoiceField(label=_("Below"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["under"]
        if len(places) > 1 and isinstance(field, forms.ChoiceField):
            field.choices = list(places)
        else:
            del self.fields["under"]


class FirstForm(Form):
    """Who begins at a setting."""

    first_name = Words(label=_("First name"), max_length=80)
    last_name = Words(label=_("Surname"), max_length=80)
    email = Email(label=_("Email address"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(roles)


class AddForm(BelowForm):
    """A childminder or nursery that the register does not hold."""

    name = Words(label=_("Name of the setting"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=SettingKind.choices, widget=forms.RadioSelect
    )
    ofsted_urn = Words(
        label=_("Ofsted number"),
        help_text=_(
            "From its registration certificate, like EY123456 or 2512345. It is not a school’s URN."
        ),
        max_length=20,
        required=False,
    )
    postcode = Words(
        label=_("Postcode"),
        help_text=_("It tells two settings of one name apart."),
        max_length=10,
    )
    town = Words(label=_("Town"), max_length=100, required=False)


class GoOnForm(VersionedForm):
    """As which establishment a closed school goes on; with one it does not ask."""

    urn = forms.ChoiceField(label=_("It goes on as"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, ways: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["urn"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(ways)
        if len(ways) < 2:
            field.widget = forms.HiddenInput()


class BackForm(VersionedForm):
    """Taking back what a school went on as."""
