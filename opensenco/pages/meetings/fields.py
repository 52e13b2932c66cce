"""An hour on the clock as people type it, and people by name, one to a line."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opensenco.meetings.operations.planning import Invited
from opensenco.ui.fields import LongText, named, shown

HOUR = re.compile(r"(\d{1,2})(?:[.:h](\d{2}))?\s*(am|pm)?", re.ASCII)
MOST_GUESTS = 12


class HourField(forms.Field):
    """An hour: "15:30", "3.30pm", "9am", "9"."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> dt.time | None:
        """Read it; anything else is refused with the way to write it."""
        if isinstance(value, dt.time):
            return value
        typed = str(value or "").strip().lower()
        if not typed:
            return None
        found = HOUR.fullmatch(typed)
        hour = int(found[1]) if found else 99
        minute = int(found[2] or 0) if found else 0
        half = found[3] if found else None
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError(
                _("“%(label)s” must be an hour, like 15:30 or 3.30pm. You wrote “%(typed)s”"),
                code="hour",
                params={"label": named(self), "typed": shown(typed)},
            )
        return dt.time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        """Write it as it is read."""
        return f"{value.hour}:{value.minute:02d}" if isinstance(value, dt.time) else value


class GuestsField(LongText):
    """People by name, one to a line: "name, as what, from where"."""

    def clean(self, value: Any) -> list[Invited]:
        """Read the lines."""
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_GUESTS:
            raise ValidationError(
                _("Name at most %(most)s people at once.") % {"most": MOST_GUESTS}, code="many"
            )
        return [self._guest(line) for line in lines]

    def _guest(self, line: str) -> Invited:
        name, part, place, *_rest = [*(p.strip() for p in line.split(",", 2)), "", ""]
        if not name or len(name) > 160 or len(part) > 120 or len(place) > 160:
            raise ValidationError(
                _("Write each person on a line of their own: name, as what, from where."),
                code="line",
            )
        return Invited(name=name, part=part, place=place)
