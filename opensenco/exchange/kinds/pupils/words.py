"""Values of a pupil list, in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.exchange.kinds.pupils.values import DATES, PLACES, PROMISES
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.people.states import Sex
from opensenco.support.states import Status, words_of
from opensenco.ui import words


def in_words(field: str, value: Any) -> str:
    """Give a value as a page shows it; empty where there is none."""
    if value in ("", None, []):
        return ""
    if isinstance(value, list) and field in (PLACES, PROMISES):
        return ", ".join(value)
    if field in (*DATES, PLACES, PROMISES):
        return words.day(date.fromisoformat(value))
    if field == "year_group":
        return year_in_words(value)
    if field == "sex":
        return str(Sex(value).label)
    if field == "sen_status":
        return words_of(Status, value)
    if field == "needs":
        return ", ".join(need_in_words(code) for code in value)
    return str(value)


def need_in_words(code: str) -> str:
    """Give the title of a type of need, or the code of one that the list does not have."""
    known = NEED_TYPES.find(code)
    return _(known.title) if known else code


def year_in_words(year: int) -> str:
    """Give a year group as people say it."""
    early = {0: _("Reception"), -1: _("Nursery")}
    return early.get(year, _("Under 3")) if year < 1 else str(year)
