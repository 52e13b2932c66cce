"""Forms in which a name or a pupil number changes, and why the old one is former."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.people.operations.identity import WHY_NAME, WHY_UPN
from opensenco.people.states import WhyFormer
from opensenco.ui.forms import Form, VersionedForm, Words

MAY_SHOW = [
    ("no", _("No. Whoever may not see it reads the new name everywhere, in old versions too")),
    ("yes", _("Yes, to whoever may see earlier names")),
]


def _choices(whys: tuple[WhyFormer, ...]) -> list[tuple[str, Any]]:
    return [(why.value, why.label) for why in whys]


class MayShow(Form):
    """Whether colleagues who look back may see the old name."""

    may_show = forms.ChoiceField(
        label=_("May colleagues who look back see the old name?"),
        help_text=_(
            "After an adoption, a change of gender or for the child’s safety it is never shown, "
            "whatever you choose here."
        ),
        choices=MAY_SHOW,
        widget=forms.RadioSelect,
        initial="no",
    )

    def clean_may_show(self) -> bool:
        """Give yes or no."""
        return bool(self.cleaned_data["may_show"] == "yes")


class NameForm(MayShow, VersionedForm):
    """Another name for a pupil."""

    first_name = Words(label=_("First name"), max_length=100)
    last_name = Words(label=_("Surname"), max_length=100)
    known_as = Words(label=_("Known as"), max_length=100, required=False)
    why = forms.ChoiceField(
        label=_("Why does the name change?"),
        choices=_choices(WHY_NAME),
        widget=forms.RadioSelect,
    )
    field_order = ("first_name", "last_name", "known_as", "why", "may_show")


class UpnForm(VersionedForm):
    """Another pupil number."""

    upn = Words(
        label=_("Unique pupil number"),
        help_text=_("13 characters. Leave it empty where none is known."),
        max_length=18,
        required=False,
    )
    why = forms.ChoiceField(
        label=_("What was wrong with the old number?"),
        choices=_choices(WHY_UPN),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, has_one: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_one:
            del self.fields["why"]


class FormerNameForm(MayShow, VersionedForm):
    """Why a name is former, said later."""

    why = forms.ChoiceField(
        label=_("Why is it no more?"), choices=_choices(WHY_NAME), widget=forms.RadioSelect
    )
    field_order = ("why", "may_show")


class FormerUpnForm(VersionedForm):
    """Why a number is former, said later."""

    why = forms.ChoiceField(
        label=_("Why is it no more?"), choices=_choices(WHY_UPN), widget=forms.RadioSelect
    )
