"""Forms of classes and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.pages.school.forms import Choices, PlaceForm, choose
from opensenco.people.states import GroupKind, StaffPart
from opensenco.ui.forms import Form, GovDateField, VersionedForm, Words

NAME = _("Name")


def _part() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Part of the school"), required=False)


def _offer_parts(form: forms.Form, parts: Choices) -> None:
    choose(form, "part", [("", _("The whole school")), *parts] if parts else ())


class AddClassForm(PlaceForm):
    """A new class or group."""

    name = Words(label=NAME, max_length=80, help_text=_("As you call it, like 4R."))
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=GroupKind.choices,
        initial=GroupKind.CLASS,
        widget=forms.RadioSelect,
        help_text=_("A pupil is in one class at a time, and in as many groups as you like."),
    )
    part = _part()

    def __init__(self, *args: Any, parts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_parts(self, parts)


class ChangeClassForm(VersionedForm):
    """Another name, or another part of the school."""

    name = Words(label=NAME, max_length=80)
    part = _part()

    def __init__(self, *args: Any, parts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_parts(self, parts)


class EndClassForm(VersionedForm):
    """The last day of a class or group."""

    on = GovDateField(label=_("Last day"), help_text=_("Today or an earlier day."))


class PutPupilsForm(Form):
    """Pupils who come into a class or group."""

    pupils = forms.MultipleChoiceField(
        label=_("Who comes in?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one pupil.")},
    )
    starts = GovDateField(label=_("First day"))
    ends = GovDateField(
        label=_("Last day"),
        help_text=_("Leave it empty where no end is known."),
        required=False,
    )

    def __init__(self, *args: Any, pupils: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pupils"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = list(pupils)


class PutStaffForm(Form):
    """Somebody who teaches, runs or covers a class or group."""

    person = forms.ChoiceField(
        label=_("Who?"),
        help_text=_("Whoever has not come through their link yet is not in this list."),
    )
    does = forms.ChoiceField(
        label=_("What do they do in it?"),
        choices=[
            (StaffPart.TEACHES, _("They teach it")),
            (StaffPart.RUNS, _("They run it, or assist in it")),
            (StaffPart.COVERS, _("They cover it")),
        ],
        initial=StaffPart.TEACHES,
        widget=forms.RadioSelect,
        help_text=_("A teaching assistant sees the pupils of groups that they run or assist in."),
    )
    subject = Words(label=_("Subject"), max_length=80, required=False)
    starts = GovDateField(label=_("First day"))
    ends = GovDateField(
        label=_("Last day"),
        help_text=_("From the day after, it no longer lets them see its pupils."),
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Choose a colleague")), *people]


class LeaveForm(VersionedForm):
    """The last day of somebody in a class or group."""

    on = GovDateField(label=_("Last day"), help_text=_("Enter yesterday to end it at once."))


class TakeBackForm(VersionedForm):
    """Somebody's days in a class or group are taken back before any of them is over."""
