"""Forms round hours: when and where something is given, the rooms, the turns of weeks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.kernel.errors import Invalid
from opensenco.provision.operations.timetables import check_hour
from opensenco.provision.states import Turn
from opensenco.provision.timetable import Hour, later
from opensenco.ui.forms import Form, GovDateField, LongText, Words
from opensenco.ui.hours import HourField

Choices = Sequence[tuple[str, str]]
WEEKDAYS = 5
PARTS = ("day", "from", "until", "week", "room", "person")


def because() -> LongText:
    """Make the field that says why something is done although it clashes."""
    return LongText(
        label=gettext_lazy("Why is it done all the same?"),
        help_text=gettext_lazy("For example: both groups work in the hall, one at each end."),
        max_length=1000, rows=2, required=False,
    )  # fmt: skip


class HoursForm(Form):
    """The hours of what is given, from a day on.

    Args:
        rows: how many hours can be said.
        minutes: of a session as promised, where no end is typed.
        pupils: those who have it together; none where there is one.
    """

    starts = GovDateField(label=gettext_lazy("From which day?"))
    pupils = forms.MultipleChoiceField(
        label=gettext_lazy("For whom?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        rows: int,
        minutes: int,
        rooms: Choices,
        people: Choices,
        pupils: Choices = (),
        turns: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.rows, self.minutes = rows, minutes
        days = [("", _("No day")), *((str(n), str(NAMES[n])) for n in range(WEEKDAYS))]
        for n in range(rows):
            self.fields[f"day{n}"] = forms.ChoiceField(label=_("Day"), choices=days, required=False)
            self.fields[f"from{n}"] = HourField(label=_("From"), required=False)
            self.fields[f"until{n}"] = HourField(label=_("Until"), required=False)
            if turns:
                self.fields[f"week{n}"] = forms.ChoiceField(
                    label=_("Weeks"), choices=Turn.choices, required=False
                )
            self.fields[f"room{n}"] = forms.ChoiceField(
                label=_("Room"), choices=[("", _("No room said")), *rooms], required=False
            )
            self.fields[f"person{n}"] = forms.ChoiceField(
                label=_("By whom"), choices=[("", _("As promised")), *people], required=False
            )
        self.fields["because"] = because()
        if pupils:
            offered = self.fields["pupils"]
            assert isinstance(offered, forms.MultipleChoiceField)  # noqa: S101 (declared above)
            offered.choices = pupils
        else:
            del self.fields["pupils"]

    def lines(self) -> list[list[Any]]:
        """Give the fields of each hour, for the template."""
        return [
            [self[f"{part}{n}"] for part in PARTS if f"{part}{n}" in self.fields]
            for n in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """Put the hours together; each that cannot be is refused at its own field."""
        given = super().clean() or {}
        given["hours"] = [one for n in range(self.rows) if (one := self._hour(given, n))]
        if not given["hours"] and not self.errors:
            self.add_error("day0", _("Choose at least one day and say from when."))
        return given

    def _hour(self, given: dict[str, Any], n: int) -> tuple[Hour, str, str] | None:
        day, begins = given.get(f"day{n}", ""), given.get(f"from{n}")
        if f"from{n}" in self.errors or f"until{n}" in self.errors:
            return None
        if not day:
            # a time that stood there goes where its day is taken away
            if begins and f"from{n}" in self.changed_data:
                self.add_error(f"day{n}", _("Choose the day for this time."))
            return None
        if not begins:
            self.add_error(f"from{n}", _("Say from when, like 9:15 or 13:30."))
            return None
        ends = given.get(f"until{n}") or later(begins, self.minutes)
        hour = Hour(int(day), begins, ends, given.get(f"week{n}") or Turn.EVERY)
        try:
            check_hour(hour)
        except Invalid as fault:
            self.add_error(f"from{n}", str(fault.sentence))
            return None
        return hour, given.get(f"room{n}", ""), given.get(f"person{n}", "")


class EndHoursForm(Form):
    """The last day on which hours hold."""

    ends = GovDateField(label=gettext_lazy("Last day with these times"))


class RoomForm(Form):
    """A room that can be used."""

    name = Words(label=gettext_lazy("Name of the room"), max_length=60)


class TurnForm(Form):
    """From when weeks take turns."""

    takes_turns = forms.TypedChoiceField(
        label=gettext_lazy("How does your timetable run?"),
        choices=[
            ("1", gettext_lazy("Two weeks take turns, A and B")),
            ("0", gettext_lazy("Every week is the same")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    monday = GovDateField(
        label=gettext_lazy("From which Monday?"),
        help_text=gettext_lazy(
            "Where weeks take turns, the Monday of a week A. Weeks of holiday are passed over. Say "
            "it again where a term begins with another week."
        ),
    )
