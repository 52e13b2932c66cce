"""The one environment in which our pages are rendered."""

from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import (
    get_language,
    get_language_bidi,
    gettext,
    ngettext,
    npgettext,
    pgettext,
)
from jinja2 import Environment, StrictUndefined, select_autoescape

from opensenco.ui import charts, chrome, forms, govuk, promised, ways, words
from opensenco.ui.drawing.compact import compact


def url(name: str, *args: object, **kwargs: object) -> str:
    """Give the address of a named page: url("pupil", ref=pupil.ref)."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if(name: str) -> str | None:
    """Give the address of a page that this installation may not have, or None."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def messages_of(request: HttpRequest | None) -> list[Message]:
    """Give what this person is to be told once, and forget it."""
    return list(get_messages(request)) if request is not None else []


@lru_cache(maxsize=10_000)
def _looked_up(message: str, language: str | None) -> str:
    return gettext(message)


def quick_gettext(message: str) -> str:
    """Look a text up once for each language: a page of a register says the same words 50 times."""
    return _looked_up(message, get_language())


def error_item(line: forms.ErrorLine) -> dict[str, str]:
    """Give one line of the summary of faults as GOV.UK's component takes it."""
    return {"text": line.text} | ({"href": f"#{line.target}"} if line.target else {})


#: what every template may call, by name
PARTS: dict[str, Any] = {
    "language": get_language,
    "right_to_left": get_language_bidi,
    "static": static,
    "public_chrome": chrome.PUBLIC,
    "field_html": forms.field_html,
    "hidden_html": forms.hidden_html,
    "compact_html": compact,
    "errors_of": forms.errors_of,
    "promised_html": promised.bar_html,
    "line": charts.line,
    "columns": charts.columns,
    "read_at": ways.read_at,
    "done_at": ways.done_at,
}
#: how dates, times, money and counts are written
WRITTEN: dict[str, Any] = {
    "initials": words.initials,
    "day": words.day,
    "day_short": words.day_short,
    "month": words.month,
    "weekday": words.weekday,
    "clock": words.clock,
    "moment": words.moment,
    "away": words.away,
    "number": words.number,
    "money_pounds": words.money_pounds,
    "plural": words.plural,
}


def environment(**options: Any) -> Environment:
    """Make the environment of our pages. Django hands in the loader over our template folder.

    Anything undefined stops the page. Everything is escaped except in text mails.
    """
    options["undefined"] = StrictUndefined
    options["autoescape"] = select_autoescape(
        enabled_extensions=("html", "xml", "svg"), disabled_extensions=("txt",), default=True
    )
    env = Environment(  # noqa: S701 - `options` escapes everything but text mails
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        **options,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        quick_gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(PARTS)
    env.globals.update(WRITTEN)
    env.globals.update(url=url, url_if=url_if, messages_of=messages_of, govuk=govuk.Components())
    env.filters["error_item"] = error_item
    return env
