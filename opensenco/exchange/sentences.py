"""Sentences of the readers, kept in a row and said again on a page in the reader's language."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from opensenco.kernel.words import Sentence, Value, say


def kept(sentence: Sentence) -> dict[str, Any]:
    """Give a sentence as JSON holds it."""
    return {
        "template": sentence.template,
        "values": {name: _plain(value) for name, value in sentence.values},
        "many": sentence.many,
        "count": sentence.count,
    }


def again(stored: dict[str, Any]) -> Sentence:
    """Give the sentence that was kept."""
    return Sentence(
        stored["template"], tuple(stored["values"].items()), stored["many"], stored["count"]
    )


def said(sentence: Sentence | dict[str, Any]) -> str:
    """Say a sentence, kept or not, in the language of the page."""
    one = again(sentence) if isinstance(sentence, dict) else sentence
    template = ngettext(one.template, one.many, one.count) if one.many else gettext(one.template)
    return one.fill(template)


def _plain(value: Value) -> int | str:
    return say(value) if isinstance(value, date) else value
