"""An hour on the clock as people type it."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opensenco.ui.fields import named, shown

HOUR = re.compile(r"(\d{1,2})(?:[.:h](\d{2}))?\s*(am|pm)?", re.ASCII)


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
