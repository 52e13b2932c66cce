"""The one environment in which our pages are rendered."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import (
    get_language_bidi,
    gettext,
    ngettext,
    npgettext,
    pgettext,
)
from jinja2 import Environment, StrictUndefined, Template, pass_eval_context, select_autoescape
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from opensenco.ui import (
    charts,
    chrome,
    forms,
    govuk,
    on_screen,
    own_words,
    promised,
    ways,
    words,
)
from opensenco.ui.addresses import url
from opensenco.ui.drawing.compact import compact
from opensenco.ui.escaping import Writer, written
from opensenco.ui.language import language_now, spoken
from opensenco.ui.listing import file_picks


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
def _whole(message: str, language: str | None) -> Markup:
    return Markup(gettext(message)) % {}  # noqa: S704 (a sentence of ours)


@pass_eval_context
def said(escaping: EvalContext, message: str, /, **variables: object) -> str:
    """Look a text up and fill it in, as Jinja2's own function does, once for each language.

    A page of a register says the same words 50 times.
    """
    if escaping.autoescape and not variables:
        return _whole(message, language_now())
    found = spoken(message)
    return (Markup(found) if escaping.autoescape else found) % variables  # noqa: S704


@lru_cache(maxsize=10_000)
def _whole_count(one: str, many: str, number: int, language: str | None) -> Markup:
    return Markup(ngettext(one, many, number)) % {"num": number}  # noqa: S704 (ours)


@pass_eval_context
def said_of(escaping: EvalContext, one: str, many: str, number: int, /, **variables: object) -> str:
    """Look up what is said of a number, and fill it in, as Jinja2's own function does."""
    if escaping.autoescape and not variables:
        return _whole_count(one, many, number, language_now())
    found = ngettext(one, many, number)
    return (Markup(found) if escaping.autoescape else found) % {"num": number, **variables}  # noqa: S704


def error_item(line: forms.ErrorLine) -> dict[str, str]:
    """Give one line of the summary of faults as GOV.UK's component takes it."""
    return {"text": line.text} | ({"href": f"#{line.target}"} if line.target else {})


class Drawn(Template):
    """A template of ours. Its parts are the same on every page: none is given globals of its own.

    Jinja2 compares those of two templates each time that one imports the other.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


#: what every template may call, by name
PARTS: dict[str, Any] = {
    "language": language_now,
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
    "dotted": charts.dotted,
    "file_picks": file_picks,
    "sign_in_providers": lambda: settings.SIGN_IN_PROVIDERS,
    "read_at": ways.read_at,
    "done_at": ways.done_at,
}
#: how dates, times, money and counts are written
WRITTEN: dict[str, Any] = {
    "initials": words.initials,
    "called": on_screen.called,
    "listed": on_screen.listed,
    "initials_only": on_screen.initials_only,
    "open_the_plan": own_words.open_the_plan,
    "plan_name": own_words.plan_name,
    "plan_and_cycle": own_words.plan_and_cycle,
    "plans_and_cycles": own_words.plans_and_cycles,
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
    env.code_generator_class, env.template_class = Writer, Drawn
    env.written = written  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(_=said, gettext=said, ngettext=said_of)
    env.globals.update(PARTS)
    env.globals.update(WRITTEN)
    env.globals.update(url=url, url_if=url_if, messages_of=messages_of, govuk=govuk.Components())
    env.filters.update(error_item=error_item, begins=words.begins)
    return env
