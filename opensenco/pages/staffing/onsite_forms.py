"""The form by which somebody says on which weekdays they are where."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from opensenco.pages.staffing.cover_forms import ClockTime
from opensenco.staffing.site_models import MOST_REACH
from opensenco.ui.forms import Form, PickDateField, Words

NOWHERE = "none"


class DaysForm(Form):
    """Some weekdays, and where somebody is on them; a second place for who changes at noon."""

    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On which weekdays?"), choices=[(str(n), WEEKDAYS[n]) for n in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one weekday.")},
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Where?"), widget=forms.RadioSelect)
    from_at = ClockTime(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Leave both empty for the whole day. For example: 8:30."),
    )
    until_at = ClockTime(label=gettext_lazy("Until"))
    reach = Words(
        label=gettext_lazy("How do colleagues reach you there?"), max_length=MOST_REACH,
        required=False,
        help_text=gettext_lazy(
            "A work phone, an extension or the office. All staff of the school read it, so give no "
            "private number."
        ),
    )  # fmt: skip
    then_place = forms.ChoiceField(
        label=gettext_lazy("And later the same day?"), required=False,
        help_text=gettext_lazy("Only if the school changes in the middle of the day."),
    )  # fmt: skip
    then_from_at = ClockTime(label=gettext_lazy("There from"))
    then_until_at = ClockTime(label=gettext_lazy("There until"))
    then_reach = Words(
        label=gettext_lazy("How do colleagues reach you at the second school?"),
        max_length=MOST_REACH, required=False,
    )  # fmt: skip
    first = PickDateField(label=gettext_lazy("From which day does this hold?"))

    def __init__(
        self, *args: Any, places: Sequence[tuple[str, str]], own: bool, **options: Any
    ) -> None:
        """Take where somebody works, and whether it is oneself of whom it is said."""
        super().__init__(*args, **options)
        where, then = self.fields["place"], self.fields["then_place"]
        assert isinstance(where, forms.ChoiceField)  # noqa: S101 (declared above)
        assert isinstance(then, forms.ChoiceField)  # noqa: S101 (declared above)
        where.choices = [*places, (NOWHERE, gettext_lazy("Not at work"))]
        then.choices = [("", gettext_lazy("Nowhere else")), *places]
        if len(places) == 1:
            for name in ("then_place", "then_from_at", "then_until_at", "then_reach"):
                del self.fields[name]
        if not own:
            self.fields["reach"].label = gettext_lazy("How do colleagues reach them there?")
