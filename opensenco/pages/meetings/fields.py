"""People by name, one to a line, as they are invited to a meeting."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opensenco.meetings.operations.planning import Invited
from opensenco.ui.fields import LongText

MOST_GUESTS = 12


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
