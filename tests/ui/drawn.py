"""How the tests of the look draw a page, and read what was drawn."""

from html.parser import HTMLParser
from typing import Any, cast

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Template
from django.test import RequestFactory

from tests.client import check_page

VOID = {"input", "meta", "link", "br", "img", "hr"}


def request(path: str = "/") -> HttpRequest:
    """Give a request of nobody, whose messages need no database."""
    made = RequestFactory().get(path)
    made._messages = CookieStorage(made)  # type: ignore[attr-defined]
    return made


def draw(source: str, **context: Any) -> str:
    """Draw a template given as text."""
    template = cast("Template", engines["jinja2"].from_string(source))
    return template.render(context, context.get("request") or request())


def page(name: str, **context: Any) -> str:
    """Draw a page of the tree, and look it over as every page of a test is."""
    template = cast("Template", engines["jinja2"].get_template(name))
    html = template.render(context, context.get("request") or request())
    check_page(html, name)
    return html


def macro(call: str, source: str, **context: Any) -> str:
    """Draw one macro: macro('law("must")', "ui/marks.html")."""
    name = call.split("(", 1)[0]
    return draw(f'{{% from "{source}" import {name} with context %}}{{{{ {call} }}}}', **context)


class Reader(HTMLParser):
    """Reads HTML into a flat list of tags with their attributes and the text inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.unclosed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.tags[self.open[-1]][0] != tag:
            self.unclosed.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for index in self.open:
            self.tags[index][2].append(data)

    def all(self, tag: str, **attributes: str) -> list[tuple[dict[str, str], str]]:
        """Give attributes and text of each such tag; `class_` matches one of its classes."""
        wanted = attributes.pop("class_", "")
        return [
            (attrs, "".join(text))
            for name, attrs, text in self.tags
            if name == tag
            and (not wanted or wanted in attrs.get("class", "").split())
            and all(attrs.get(key) == value for key, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> tuple[dict[str, str], str]:
        """Give the only such tag."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag}> {attributes}"
        return found[0]

    def text(self, tag: str, **attributes: str) -> str:
        """Give the text of the only such tag, white space made plain."""
        return " ".join(self.one(tag, **attributes)[1].split())
