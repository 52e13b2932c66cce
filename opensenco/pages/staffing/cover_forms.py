"""Forms of a day: who is away, what is done about it."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm, Words

CLOCK = gettext_lazy("Write a time like 13:30.")
_WRITTEN = re.compile(r"(\d{1,2})[:.]([0-5]\d)", re.ASCII)
HOURS = 24


class ClockTime(Words):
    """A time of the clock as people write it, "9:15" or "13.30"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, required=False, **options)

    def clean(self, value: Any) -> Any:
        """Give the time, or nothing where nothing was typed."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = _WRITTEN.fullmatch(text)
        if found is None or int(found[1]) >= HOURS:
            raise ValidationError(str(CLOCK))
        return time(int(found[1]), int(found[2]))

    def prepare_value(self, value: Any) -> Any:
        """Write a time as people do."""
        return f"{value.hour}:{value.minute:02}" if isinstance(value, time) else value


class AwayForm(Form):
    """Who is away, and when. Why is not asked."""

    who = forms.ChoiceField(label=gettext_lazy("Who is away?"))
    on = PickDateField(label=gettext_lazy("On which day?"))
    from_at = ClockTime(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Leave both empty for the whole day. For example: 13:30."),
    )
    until_at = ClockTime(label=gettext_lazy("Until"))

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take who works here."""
        super().__init__(*args, **options)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", gettext_lazy("Choose a colleague")), *staff]


class StepsForm(Form):
    """What was chosen: sessions and who takes each, as the page wrote them."""

    steps = Words(max_length=6_000, widget=forms.HiddenInput, required=False)
    note = LongText(
        label=gettext_lazy("What must whoever stands in know?"), max_length=1_000, required=False,
        help_text=gettext_lazy("What helps each pupil is shown to them anyway."),
    )  # fmt: skip


class OneForm(Form):
    """What becomes of one session."""

    steps = forms.ChoiceField(label=gettext_lazy("What shall be done?"), widget=forms.RadioSelect)
    note = LongText(
        label=gettext_lazy("What must whoever stands in know?"), max_length=1_000, required=False,
        help_text=gettext_lazy("What helps each pupil is shown to them anyway."),
    )  # fmt: skip

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take what can be done."""
        super().__init__(*args, **options)
        field = self.fields["steps"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(steps)


class BackAgainForm(VersionedForm):
    """That somebody came after all."""


class TakeBackForm(Form):
    """That what was arranged does not stand any more."""
