"""Forms of the school year and of the roll."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from opensenco.pages.school.forms import Choices, choose
from opensenco.people.states import Goes, Registration, StaffPart
from opensenco.ui.forms import Form, GovDateField, LongText, Segments, VersionedForm, Words

YEARS = [
    ("-2", _("Under 3")),
    ("-1", _("Nursery")),
    ("0", _("Reception")),
    *((str(number), _("Year %(year)s") % {"year": number}) for number in range(1, 15)),
]


class DaysForm(Form):
    """The days of a turn and who leaves by age."""

    first_day = GovDateField(
        label=_("First day of the new school year"),
        help_text=_("Year groups, classes and who teaches them are the new ones from this day."),
    )
    leave_on = GovDateField(
        label=_("Last day of those who leave"),
        help_text=_("They are on the roll up to and with this day."),
    )
    highest = forms.TypedChoiceField(
        label=_("Highest year group"),
        choices=[("", _("Nobody leaves by age")), *YEARS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_(
            "Its pupils leave. We propose the highest in which you have pupils: check it. "
            "You can let single pupils stay on."
        ),
    )


class ChangeDaysForm(DaysForm, VersionedForm):
    """The days of a turn that is being prepared."""


class SureForm(VersionedForm):
    """A step that is taken with one button."""


class ApplyForm(VersionedForm):
    """Putting a turn into the record: what was seen goes with it."""

    seen = Words(widget=forms.HiddenInput, max_length=64)


class WaysForm(VersionedForm):
    """Into which class the pupils of each class and year go."""

    def __init__(self, *args: Any, ways: Sequence[Mapping[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines: list[tuple[Mapping[str, Any], Any]] = []
        for one in ways:
            label = _now("%(name)s, %(year)s") % {"name": one["name"], "year": one["year"]}
            self.fields[one["field"]] = Words(label=label, max_length=80, required=False)
            self.lines.append((one, self[one["field"]]))


class TeachersForm(VersionedForm):
    """Who works with a class from the first day; empty lines are left out."""

    def __init__(self, *args: Any, people: Choices, lines: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = range(1, lines + 1)
        for number in self.numbers:
            self.fields[f"person_{number}"] = forms.ChoiceField(
                label=_("Who"),
                choices=[("", _("Nobody")), *people],
                required=False,
            )
            self.fields[f"does_{number}"] = forms.ChoiceField(
                label=_("What they do"),
                choices=StaffPart.choices,
                initial=StaffPart.TEACHES,
            )
            self.fields[f"subject_{number}"] = Words(
                label=_("Subject"),
                max_length=80,
                required=False,
            )


class GroupsForm(VersionedForm):
    """Which groups run on and which end."""

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in groups:
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("on", _("Runs on")), ("ends", _("Ends"))],
                widget=Segments,
            )


class MoveForm(VersionedForm):
    """Where one pupil goes who does not go with the others."""

    goes = forms.ChoiceField(
        label=_("When the year turns, this pupil"),
        choices=[("", _("Goes with the others")), *Goes.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    year_group = forms.TypedChoiceField(
        label=_("Into which year group"),
        choices=[("", _("Choose a year group")), *YEARS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    into = Words(
        label=_("Class"),
        max_length=80,
        required=False,
        help_text=_("Only where it is another class than that of the others."),
    )
    part = forms.ChoiceField(label=_("Part of the school"), required=False)
    leave_on = GovDateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty where it is that of the others."),
    )
    left_to = Words(
        label=_("Where they go"),
        max_length=160,
        required=False,
        help_text=_("The next school or setting, as far as you know it."),
    )

    def __init__(self, *args: Any, parts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "part", [("", _("As the others")), *parts] if parts else ())


class LeaveRollForm(VersionedForm):
    """A pupil leaves."""

    on = GovDateField(label=_("Last day on the roll"), help_text=_("It can be a day to come."))
    to = Words(
        label=_("Where they go"),
        max_length=160,
        required=False,
        help_text=_("The next school or setting, as far as you know it."),
    )


class ComeBackForm(VersionedForm):
    """A pupil who left comes back."""

    on = GovDateField(label=_("First day"), help_text=_("It can be a day to come."))
    year_group = forms.TypedChoiceField(
        label=_("Year group from then"),
        choices=[("", _("As it was")), *YEARS],
        coerce=int,
        empty_value=None,
        required=False,
    )


class NotComingForm(VersionedForm):
    """A pupil who was to come does not."""

    reason = LongText(label=_("Why do they not come?"), max_length=500, rows=3)


class DualForm(Form):
    """A pupil is on the roll of another setting as well."""

    registration = forms.ChoiceField(
        label=_("We are"), choices=Registration.choices, widget=forms.RadioSelect
    )
    other_name = Words(label=_("Name of the other setting"), max_length=160)
    other_urn = Words(
        label=_("URN of the other setting"), max_length=6, required=False,
        help_text=_("Six digits. Leave it out if you do not know it."),
    )  # fmt: skip
    starts = GovDateField(label=_("First day"))
    ends = GovDateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty where no end is known.")
    )


class EndDualForm(VersionedForm):
    """The last day of a registration at another setting."""

    on = GovDateField(label=_("Last day"))
