"""What attendance, results and incidents must be, said in plain words before a constraint is."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opensenco.kernel.errors import Invalid
from opensenco.support.models.records import LONG, SHORT
from opensenco.support.states import RANGES, Measure
from opensenco.support.words import line, paragraph

OF_ATTENDANCE = (
    "possible", "attended", "percent", "authorised", "unauthorised", "authorised_percent",
    "unauthorised_percent", "late",
)  # fmt: skip
OF_A_RESULT = ("number", "words", "assessed_by")
OF_AN_INCIDENT = ("on", "category", "praise", "points", "words", "done", "place", "told_by")
SPAN = ("starts", "ends")
TEST = ("on", "test", "area", "measure")
LONGEST = 10_000
MOST_POINTS = 32_000
WHOLE = 100


def attendance(today: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a span of attendance, checked.

    Args:
        given: first and last day, and sessions possible and attended or else a percentage.

    Raises:
        Invalid: figures that cannot be, or a day to come.
    """
    values: dict[str, Any] = {name: given.get(name) for name in (*SPAN, *OF_ATTENDANCE)}
    days(today, values["starts"], values["ends"])
    known = values["possible"] is not None and values["attended"] is not None
    if known:
        values["percent"] = None
        _sessions(values)
    else:
        values["possible"] = values["attended"] = None
        if values["percent"] is None:
            raise Invalid("attended", _("Give the sessions, or the percentage attended."))
    for name in ("percent", "authorised_percent", "unauthorised_percent"):
        if values[name] is not None and not 0 <= values[name] <= WHOLE:
            raise Invalid(name, _("A percentage is from 0 to 100."))
    return values


def days(today: date, starts: date, ends: date) -> None:
    """Refuse a span that ends before it begins, or that has not passed yet.

    Raises:
        Invalid: at "starts" or "ends".
    """
    if ends < starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    if ends > today:
        raise Invalid("ends", TO_COME())


def TO_COME() -> str:
    """Give the sentence for a day in the future."""
    return _("This day is still to come. Give the day until which the figures count.")


def _sessions(values: Mapping[str, Any]) -> None:
    possible, attended = values["possible"], values["attended"]
    if possible < 1:
        raise Invalid("possible", _("No session was possible, so there is no attendance to say."))
    if attended > possible:
        raise Invalid("attended", _("More sessions were attended than were possible."))
    absent = (values["authorised"] or 0) + (values["unauthorised"] or 0)
    if attended + absent > possible:
        raise Invalid("authorised", _("Attended and absent together are more than were possible."))
    if (values["late"] or 0) > possible:
        raise Invalid("late", _("There were more lates than sessions."))


def result(today: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a result, checked.

    Args:
        given: the day, the test, the measure, and a number or words (or both).

    Raises:
        Invalid: no test, nothing reached, a number that the measure cannot give, a day to come.
    """
    values: dict[str, Any] = {name: given.get(name) for name in (*TEST, *OF_A_RESULT)}
    not_to_come(today, values["on"])
    values["test"] = line("test", given.get("test") or "", SHORT)
    values["area"] = line("area", given.get("area") or "", SHORT)
    values["assessed_by"] = line("assessed_by", given.get("assessed_by") or "", SHORT)
    values["words"] = line("words", given.get("words") or "", LONG)
    if not values["test"]:
        raise Invalid("test", _("Say what was assessed."))
    if values["number"] is None and not values["words"]:
        raise Invalid("number", _("Say what was reached."))
    check_number(values["measure"], values["number"])
    return values


def check_number(measure: str, number: Decimal | None) -> None:
    """Refuse a number that its measure cannot give.

    Raises:
        Invalid: at "number".
    """
    low, high = RANGES[Measure(measure)]
    if number is not None and not low <= number <= high:
        raise Invalid(
            "number",
            _("This is from %(low)s to %(high)s in this measure.") % {"low": low, "high": high},
        )


def not_to_come(today: date, on: date) -> None:
    """Refuse a day in the future.

    Raises:
        Invalid: at "on".
    """
    if on > today:
        raise Invalid("on", _("This day is still to come."))


def incident(today: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of an entry of the behaviour log, checked.

    Raises:
        Invalid: no kind, points beyond what a log has, a day to come.
    """
    not_to_come(today, given["on"])
    values = {
        "on": given["on"],
        "category": line("category", given.get("category") or "", LONG),
        "praise": bool(given.get("praise")),
        "points": given.get("points"),
        "words": paragraph("words", given.get("words") or "", LONGEST),
        "done": paragraph("done", given.get("done") or "", LONGEST),
        "place": line("place", given.get("place") or "", LONG),
        "told_by": line("told_by", given.get("told_by") or "", SHORT),
        "source_id": line("source_id", given.get("source_id") or "", 80),
    }
    if not values["category"]:
        raise Invalid("category", _("Say what kind of incident it was, in the school’s words."))
    if abs(values["points"] or 0) > MOST_POINTS:
        raise Invalid("points", _("That is too many points."))
    return values


def fingerprint(category: str, words: str, place: str) -> str:
    """Give what tells an entry of the behaviour log from the others of a pupil and a day."""
    told = "\n".join(" ".join(text.split()).casefold() for text in (category, place, words))
    return hashlib.sha256(told.encode()).hexdigest()
