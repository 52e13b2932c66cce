"""Forms round a meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.meetings.states import Reply, Way
from opensenco.pages.meetings.fields import GuestsField
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm, WholeNumber, Words
from opensenco.ui.hours import HourField

MOST = 2000
RECORD = 20_000
#: days that can be offered, and promises that can be added at once
DAYS, PROMISES = 4, 3
Choices = Sequence[tuple[str, str]]

THE_DAY = gettext_lazy("For example, 27/9/2027")
GUESTS = gettext_lazy(
    "One to a line: name, as what, from where. For example: Una Prior, educational psychologist, "
    "County service"
)

GUESTS_HERE = gettext_lazy(
    "One to a line: name, as what, from where. For example: Colin Basing, SEN governor, Governing "
    "board"
)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


def fill(form: forms.Form, **choices: Choices) -> None:
    """Give the fields their answers; one without any is left out."""
    for name, given in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (they are, in these forms)
        field.choices = list(given)
        if not given:
            del form.fields[name]


class PeopleForm(Form):
    """Who is invited."""

    staff = _several(gettext_lazy("Colleagues who work with the pupil"))
    others = forms.ChoiceField(label=gettext_lazy("Another colleague"), required=False)
    family = _several(gettext_lazy("Family and pupil"))
    guests = GuestsField(
        label=gettext_lazy("Others, by name"), help_text=GUESTS, max_length=MOST, rows=3,
        required=False,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        near: Choices,
        others: Choices,
        family: Choices,
        here: bool = False,
        **options: Any,
    ) -> None:
        """Take who can be chosen; `here` where it is about the place and no pupil."""
        super().__init__(*args, **options)
        some = [("", _("Nobody else")), *others] if others else []
        fill(self, staff=near, others=some, family=family)
        if here:
            self.fields["staff"].label = _("Colleagues")
            self.fields["guests"].help_text = GUESTS_HERE


class WhereForm(Form):
    """When, how long and where."""

    day = PickDateField(label=gettext_lazy("Day"), help_text=THE_DAY)
    hour = HourField(label=gettext_lazy("Hour"), help_text=gettext_lazy("For example, 15:30"))
    minutes = WholeNumber(label=gettext_lazy("Minutes"), min_value=5, max_value=600, example=40)
    place = Words(label=gettext_lazy("Place"), max_length=200, required=False)
    link = Words(
        label=gettext_lazy("Link, if some join from elsewhere"), max_length=500, required=False
    )


def _further(form: forms.Form) -> None:
    """Add further days to choose from, after the first one."""
    for number in range(2, DAYS + 1):
        label = _("Or day %(number)s") % {"number": number}
        form.fields[f"day_{number}"] = PickDateField(label=label, required=False)
        hour = _("Hour of day %(number)s") % {"number": number}
        form.fields[f"hour_{number}"] = HourField(label=hour, required=False)


class PlanForm(PeopleForm, WhereForm):
    """A new meeting: when, where, why, and who."""

    purpose = LongText(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("Everybody who is invited reads it."),
        max_length=MOST, rows=2, required=False,
    )  # fmt: skip
    each_term = forms.BooleanField(
        label=gettext_lazy("Plan the same in each later term of this school year"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _further(self)

    def clean(self) -> dict[str, Any]:
        """A further day needs its hour, and an hour its day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(2, DAYS + 1):
            both = (given.get(f"day_{number}"), given.get(f"hour_{number}"))
            faulty = f"day_{number}" in self.errors or f"hour_{number}" in self.errors
            if not faulty and (both[0] is None) != (both[1] is None):
                name = f"hour_{number}" if both[1] is None else f"day_{number}"
                self.add_error(name, _("Give both the day and the hour, or neither."))
        return given


class DayForm(VersionedForm, WhereForm):
    """Another day, or the one that is settled."""

    reason = LongText(
        label=gettext_lazy("Why is it moved?"),
        help_text=gettext_lazy("Needed where the day changes. Everybody invited is told."),
        max_length=500, rows=2, required=False,
    )  # fmt: skip


class OffForm(VersionedForm):
    """A meeting is called off, or was recorded in error."""

    why = forms.ChoiceField(
        label=gettext_lazy("What is the matter?"), widget=forms.RadioSelect, choices=()
    )
    reason = LongText(label=gettext_lazy("Why?"), max_length=500, rows=2)

    def __init__(self, *args: Any, ways: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        fill(self, why=ways)


class AnswerForm(Form):
    """Whether one comes."""

    reply = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=[(one.value, one.label) for one in Reply if one is not Reply.WAITING],
        widget=forms.RadioSelect,
    )
    words = LongText(label=gettext_lazy("A word with it"), max_length=MOST, rows=2, required=False)


class SlotsForm(Form):
    """On which of the offered days one can."""

    slots = _several(gettext_lazy("Which of these days are possible?"))
    words = LongText(label=gettext_lazy("A word with it"), max_length=MOST, rows=2, required=False)

    def __init__(self, *args: Any, slots: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        fill(self, slots=slots)


class PapersForm(Form):
    """Papers of a meeting."""

    documents = _several(gettext_lazy("Papers of the record"))
    label = Words(
        label=gettext_lazy("Another paper"),
        help_text=gettext_lazy("One that is not in the record, by its name."),
        max_length=200, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, documents: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        fill(self, documents=documents)


class RecordForm(VersionedForm):
    """What was said and agreed: the pupil first."""

    came = _several(gettext_lazy("Who is there"))
    pupil_said = LongText(
        label=gettext_lazy("What the pupil said"), max_length=RECORD, rows=3, required=False
    )
    parents_said = LongText(
        label=gettext_lazy("What parents and carers said"), max_length=RECORD, rows=3,
        required=False,
    )  # fmt: skip
    notes = LongText(
        label=gettext_lazy("What else was said"), max_length=RECORD, rows=8, required=False
    )
    agreed = LongText(
        label=gettext_lazy("What was agreed"), max_length=RECORD, rows=4, required=False
    )

    def __init__(self, *args: Any, members: Choices, here: bool = False, **options: Any) -> None:
        """Take who is invited; `here` where it is about the place, so no family is heard."""
        super().__init__(*args, **options)
        whose = [("", _("Nobody yet")), *members]
        fill(self, came=members)
        _without_family(self, here)
        for number in range(1, PROMISES + 1):
            self.fields[f"what_{number}"] = Words(
                label=_("What is done"), max_length=500, required=False
            )
            self.fields[f"who_{number}"] = forms.ChoiceField(
                label=_("Who does it"), choices=whose, required=False
            )
            self.fields[f"due_{number}"] = PickDateField(label=_("By when"), required=False)

    def clean(self) -> dict[str, Any]:
        """What is done needs somebody and a day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, PROMISES + 1):
            if not given.get(f"what_{number}"):
                continue
            if not given.get(f"who_{number}"):
                self.add_error(f"who_{number}", _("Choose who does it."))
            if not given.get(f"due_{number}") and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("Give the day by which it is done."))
        return given


def _without_family(form: forms.Form, here: bool) -> None:
    for name in ("pupil_said", "parents_said") if here else ():
        del form.fields[name]


class CorrectForm(VersionedForm):
    """A closed record is corrected."""

    pupil_said = RecordForm.base_fields["pupil_said"]
    parents_said = RecordForm.base_fields["parents_said"]
    notes = RecordForm.base_fields["notes"]
    agreed = RecordForm.base_fields["agreed"]
    reason = LongText(
        label=gettext_lazy("What was wrong?"),
        help_text=gettext_lazy("It stands on the new edition. The history keeps the old one."),
        max_length=500, rows=2,
    )  # fmt: skip

    def __init__(self, *args: Any, here: bool = False, **options: Any) -> None:
        """Take whether it is about the place."""
        super().__init__(*args, **options)
        _without_family(self, here)


class GiveForm(Form):
    """To whom the record was given, when and how."""

    members = _several(gettext_lazy("Who was given the record?"))
    way = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=[(one.value, one.label) for one in Way if one is not Way.HERE],
        widget=forms.RadioSelect,
    )
    on = PickDateField(label=gettext_lazy("When?"), help_text=THE_DAY)

    def __init__(self, *args: Any, members: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        fill(self, members=members)


class NoticeForm(VersionedForm):
    """On which day invitation and papers had been sent."""

    on = PickDateField(label=gettext_lazy("Sent on"), help_text=THE_DAY)


class ActionForm(VersionedForm):
    """What was promised is done, or given up."""

    done = forms.ChoiceField(
        label=gettext_lazy("Is it done?"),
        choices=[("yes", gettext_lazy("It is done")), ("no", gettext_lazy("It is given up"))],
        widget=forms.RadioSelect,
    )
    result = LongText(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Needed where it is given up."),
        max_length=MOST, rows=2, required=False,
    )  # fmt: skip


class FeedForm(Form):
    """A calendar feed: whether names of children stand in it."""

    names = forms.BooleanField(
        label=gettext_lazy("Put the child’s name and the kind of meeting into the title"),
        help_text=gettext_lazy(
            "Only where nobody else sees your calendar. Without it, the title is “Meeting”."
        ),
        required=False,
    )
    places = forms.BooleanField(
        label=gettext_lazy("Put in where the meeting is"),
        help_text=gettext_lazy(
            "A meeting can be at somebody’s home. Without it, your calendar does not say where."
        ),
        required=False,
    )
