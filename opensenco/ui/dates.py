"""Form fields for a day."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext

from opensenco.kernel.dates import other_weekday, weekday_name, without_weekday
from opensenco.ui import words
from opensenco.ui.fields import named, shown

FIRST_YEAR, LAST_YEAR = 1900, 2200
PARTS = ("day", "month", "year")

DateTyped = tuple[str, str, str]


class GovDateInput(forms.Widget):
    """Three inputs: day, month, year. The value is the three texts as typed."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Iterable[Any]], name: str
    ) -> DateTyped:
        day, month, year = (str(data.get(f"{name}-{part}") or "").strip() for part in PARTS)
        return day, month, year

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Iterable[Any]], name: str
    ) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)


def typed_date(value: object) -> DateTyped:
    """Give the three texts to show in the three inputs for a date, for what was typed, or none."""
    if isinstance(value, dt.date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple) and len(value) == 3:
        return str(value[0]), str(value[1]), str(value[2])
    return "", "", ""


class GovDateField(forms.Field):
    """A day typed into three inputs. Months may be words: "Sep", "September".

    `earliest` and `latest` are days the answer may not pass; both may be set on the form's own
    copy of the field, since what is early depends on today.
    """

    widget: type[forms.Widget] = GovDateInput

    def __init__(
        self,
        *,
        earliest: dt.date | None = None,
        latest: dt.date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date):
            return value
        typed = typed_date(value)
        if not any(typed):
            return None
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            raise self._refusal(
                gettext("“%(label)s” is not complete. Add the %(missing)s"),
                missing,
                missing=gettext(" and the ").join(_part_name(part) for part in missing),
            )
        return self._date(typed)

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.earliest and value < self.earliest:
            raise self._refusal(
                gettext("“%(label)s” must be %(limit)s or later. You wrote %(typed)s"),
                PARTS,
                limit=words.day(self.earliest),
                typed=words.day(value),
            )
        if self.latest and value > self.latest:
            raise self._refusal(
                gettext("“%(label)s” must be %(limit)s or earlier. You wrote %(typed)s"),
                PARTS,
                limit=words.day(self.latest),
                typed=words.day(value),
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return typed_date(initial) != typed_date(data)

    def _date(self, typed: DateTyped) -> dt.date:
        day, month, year = _number(typed[0]), _month(typed[1]), _number(typed[2])
        if day is None:
            raise self._odd("day", typed[0], "27")
        if month is None:
            raise self._odd("month", typed[1], "9")
        if year is None:
            raise self._odd("year", typed[2], "2027")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise self._far_year(year, typed[2])
        if not 1 <= month <= 12:
            raise self._refusal(
                gettext("“%(label)s” needs a month from 1 to 12. You wrote “%(typed)s”"),
                ("month",),
                typed=shown(typed[1]),
            )
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            raise self._refusal(
                gettext("“%(label)s” needs a day that exists: %(month)s has %(last)s days"),
                ("day",),
                month=f"{MONTHS[month]} {year}",
                last=last,
            )
        return dt.date(year, month, day)

    def _far_year(self, year: int, typed: str) -> ValidationError:
        if not 1000 <= year <= 9999:
            return self._refusal(
                gettext(
                    "“%(label)s” needs a year of four digits, like 2027. You wrote “%(typed)s”"
                ),
                ("year",),
                typed=shown(typed),
            )
        return self._refusal(
            gettext("“%(label)s” needs a year from %(first)s to %(last)s. You wrote “%(typed)s”"),
            ("year",),
            first=FIRST_YEAR,
            last=LAST_YEAR,
            typed=shown(typed),
        )

    def _odd(self, part: str, typed: str, example: str) -> ValidationError:
        return self._refusal(
            gettext(
                "“%(label)s”: write the %(part)s as a number, like %(example)s. "
                "You wrote “%(typed)s”"
            ),
            (part,),
            part=_part_name(part),
            example=example,
            typed=shown(typed),
        )

    def _refusal(self, sentence: str, parts: Iterable[str], **params: object) -> ValidationError:
        return ValidationError(
            sentence,
            code="date",
            params={"label": named(self), "parts": tuple(parts), **params},
        )


class PickDateField(GovDateField):
    """A day in one input, "14/9/2026", "14 September 2026" or "Mon 14th Sept 2026", with a calendar
    where scripts run. A day of the week on which the date does not fall is asked about.
    """

    widget = forms.TextInput

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date):
            return value
        typed = str(value or "").strip()
        if not typed:
            return None
        _weekday, plain = without_weekday(typed)
        parts = [part for part in re.split(r"[\s/.\-]+", plain) if part]
        if len(parts) != 3:
            raise self._refusal(
                gettext("“%(label)s” must be a day, like 27/9/2027. You wrote “%(typed)s”"),
                PARTS,
                typed=shown(typed),
            )
        day = self._date((parts[0], parts[1], parts[2]))
        if other_weekday(typed, day):
            raise self._refusal(
                gettext("“%(label)s”: %(day)s is a %(weekday)s. You wrote “%(typed)s”"),
                PARTS,
                day=words.day(day),
                weekday=weekday_name(day),
                typed=shown(typed),
            )
        return day

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            return f"{value.day}/{value.month}/{value.year}"
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None


def _month(text: str) -> int | None:
    word = text.casefold().rstrip(".")
    for month in range(1, 13):
        if word in (str(MONTHS[month]).casefold(), str(MONTHS_3[month]).casefold()):
            return month
    return 9 if word == "sept" else _number(text)


def _part_name(part: str) -> str:
    return {"day": gettext("day"), "month": gettext("month"), "year": gettext("year")}[part]
