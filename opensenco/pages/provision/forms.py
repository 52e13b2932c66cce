"""Forms round provision. None of them asks for a need, a code or a diagnosis."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.kernel.errors import Invalid
from opensenco.pages.provision.hour_forms import because
from opensenco.provision.operations.timetables import check_hour
from opensenco.provision.states import Layer, Strength
from opensenco.provision.timetable import Hour, later
from opensenco.support.states import Told
from opensenco.ui.forms import (
    Form,
    GovDateField,
    LongText,
    VersionedForm,
    WholeNumber,
    Words,
)
from opensenco.ui.hours import HourField

Choices = Sequence[tuple[str, str]]
SCHOOL_DAYS = 5


class ProvisionForm(Form):
    """One thing of the school's own library."""

    name = Words(label=gettext_lazy("Name"), max_length=120)
    layer = forms.TypedChoiceField(
        label=gettext_lazy("How far it goes"),
        choices=Layer.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    purpose = LongText(
        label=gettext_lazy("What it is for"), max_length=2000, rows=2, required=False
    )
    how_it_runs = LongText(
        label=gettext_lazy("How it runs"), max_length=5000, rows=3, required=False
    )
    times_a_week = WholeNumber(
        label=gettext_lazy("Times a week"), min_value=1, max_value=25, example=3, required=False
    )
    minutes = WholeNumber(
        label=gettext_lazy("Minutes each time"), min_value=1, max_value=360, required=False
    )
    weeks = WholeNumber(
        label=gettext_lazy("Weeks"), min_value=1, max_value=60, example=10, required=False
    )
    group_usual = WholeNumber(
        label=gettext_lazy("Usual size of the group"), min_value=1, max_value=60, example=4,
        required=False,
    )  # fmt: skip
    delivered_by = Words(
        label=gettext_lazy("Who usually delivers it"), max_length=200, required=False
    )
    training = Words(
        label=gettext_lazy("Training that whoever runs it needs"),
        help_text=gettext_lazy(
            "Its name, as it is written down when somebody has had it. Leave it empty if none."
        ),
        max_length=200,
        required=False,
    )
    entry_measure = Words(
        label=gettext_lazy("What is measured before"), max_length=200, required=False
    )
    exit_measure = Words(
        label=gettext_lazy("What is measured after"), max_length=200, required=False
    )
    evidence = LongText(
        label=gettext_lazy("What is known of whether it helps"),
        help_text=gettext_lazy("What you read, and not what you hope. Leave it empty if nothing."),
        max_length=2000,
        rows=2,
        required=False,
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("How strong is that?"),
        choices=[("", gettext_lazy("Not said")), *Strength.choices],
        required=False,
    )
    evidence_from = Words(
        label=gettext_lazy("Where it says so"),
        help_text=gettext_lazy("A link, or the name of a report and its year"),
        max_length=300,
        required=False,
    )


class ChangeProvisionForm(ProvisionForm, VersionedForm):
    """A change to what the library says."""


class GiveForm(Form):
    """A provision for one pupil or for several on the same terms."""

    pupils = forms.MultipleChoiceField(
        label=gettext_lazy("Who gets it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one pupil.")},
    )
    outcome = forms.ChoiceField(label=gettext_lazy("For which outcome?"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("In which group?"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Who delivers it?"), required=False)
    times_a_week = WholeNumber(
        label=gettext_lazy("Times a week"), min_value=1, max_value=25, example=3
    )
    minutes = WholeNumber(label=gettext_lazy("Minutes each time"), min_value=1, max_value=360)
    starts = GovDateField(label=gettext_lazy("First day"))
    ends = GovDateField(label=gettext_lazy("Last day"), required=False)
    days = forms.MultipleChoiceField(
        label=gettext_lazy("On which days?"),
        help_text=gettext_lazy("Days, time and room can be said later, or changed."),
        choices=lambda: [(str(n), str(WEEKDAYS[n])) for n in range(SCHOOL_DAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    at = HourField(
        label=gettext_lazy("From what time?"),
        help_text=gettext_lazy("For example: 9:15 or 13:30."),
        required=False,
    )
    room = forms.ChoiceField(label=gettext_lazy("In which room?"), required=False)
    because = because()
    measure = Words(
        label=gettext_lazy("What is measured, before and after?"),
        help_text=gettext_lazy("For example: words read in one minute."),
    )
    entry = Words(
        label=gettext_lazy("Where is the pupil now?"),
        help_text=gettext_lazy("For example: 31 words."),
    )

    def __init__(
        self,
        *args: Any,
        pupils: Choices,
        groups: Choices,
        people: Choices,
        outcomes: Choices = (),
        rooms: Choices = (),
        measured: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not measured:
            del self.fields["measure"], self.fields["entry"]
        else:
            # a short programme is given with what is measured; its times are said on its page
            for name in ("days", "at", "room", "because"):
                del self.fields[name]
        offered = {
            "pupils": [*pupils],
            "group": [("", _("Alone, or no group yet")), *groups],
            "person": [("", _("Nobody found yet")), *people],
            "outcome": [("", _("No single outcome")), *outcomes],
            "room": [("", _("No room said")), *rooms],
        }
        for name, choices in offered.items():
            if name not in self.fields:
                continue
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = choices
        if not outcomes:
            del self.fields["outcome"]

    def clean(self) -> dict[str, Any]:
        """Put the hours together, where days or a time are said."""
        given = super().clean() or {}
        days, begins = given.get("days", []), given.get("at")
        given["hours"] = []
        if days and not begins and "at" not in self.errors:
            self.add_error("at", _("Say from what time, or tick no day."))
        elif begins and not days:
            self.add_error("days", _("Tick the days for this time."))
        elif days and begins and given.get("minutes"):
            ends = later(begins, given["minutes"])
            given["hours"] = [Hour(int(day), begins, ends) for day in days]
            try:
                check_hour(given["hours"][0], "at")
            except Invalid as fault:
                self.add_error("at", str(fault.sentence))
        return given


class EndForm(VersionedForm):
    """When a promise ends, and why."""

    ends = GovDateField(label=gettext_lazy("Last day"))
    reason = LongText(
        label=gettext_lazy("Why does it end?"),
        help_text=gettext_lazy("Asked where it ends before the day that was agreed."),
        max_length=1000,
        rows=3,
        required=False,
    )


class ToldForm(VersionedForm):
    """That the parents were told, and of what else in the same talk."""

    told_on = GovDateField(label=gettext_lazy("When were they told?"))
    told_how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=Told.choices, widget=forms.RadioSelect
    )
    told_words = LongText(
        label=gettext_lazy("What were they told?"), max_length=2000, rows=3, required=False
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("What else were they told of?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if others:
            also = self.fields["also"]
            assert isinstance(also, forms.MultipleChoiceField)  # noqa: S101 (declared above)
            also.choices = others
        else:
            del self.fields["also"]


class ErrorForm(VersionedForm):
    """Why something was given in error."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=1000, rows=3)
