"""The strict client: every page that any test fetches is checked without being asked."""

import itertools
import re
import time
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler

from opensenco.access.models import Person
from opensenco.gate import strength
from tests.people import person
from tests.support.databases import KEPT
from tests.support.found_fine import FoundFine

NS = "{http://www.w3.org/1999/xhtml}"
RESIDUE = re.compile(r"{{|}}|{%|%}|\bNone\b|\bUndefined\b|<\w+ object at|\bnull\b")
FORBIDDEN = ("default-src 'none'", "script-src 'self'", "style-src 'self'")
LABELLED = {
    *("text", "email", "password", "search", "tel"),
    *("number", "date", "file", "checkbox", "radio"),
}


#: what differs from one drawing of a page to the next, and matters to no check
DRAWN_ANEW = re.compile(
    r'(<input type="hidden" name="[^"]*" value=|<code translate="no">)'
    r'("[^"]*"|[0-9a-z]{4}(-[0-9a-z]{4})+)'
)
#: text between tags that is nothing but characters, with what stands for the others
PLAIN = re.compile(
    r">(\s*)(?:[^<>&\s]|&(?:amp|lt|gt|#34|#39|quot);)(?:[^<>&]|&(?:amp|lt|gt|#34|#39|quot);)*<"
)
#: what an attribute says that no other part of the page leans on
SAID = re.compile(r' (href|value|datetime|title|content|action|data-[\w-]+|hx-[\w-]+)="[^"&<>]+"')
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
MAIN = re.compile(r"<main.*</main>", re.S)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
TAG = re.compile(r"<[^>]*>")


@cache
def house() -> ClientHandler:
    """Give one handler for all clients: each would look through every static file again."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


class StrictClient(Client):
    """Django's test client; each HTML answer must be a page we would show to anybody."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        if not self.handler.enforce_csrf_checks:
            self.handler = house()

    def request(self, **request: Any) -> HttpResponseBase:  # type: ignore[override]
        """Fetch, and look the page over."""
        answer = super().request(**request)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            html = DRAWN_ANEW.sub(r'\1"_"', answer.content.decode())
            check_page(html, request.get("PATH_INFO", ""))
            check_headers(answer)
        return answer


@receiver(user_logged_in)
def has_shown(request: HttpRequest, user: Person, **_said: object) -> None:
    """Whoever a test signs in by force has done both steps, and has just shown that it is them."""
    if "REQUEST_METHOD" not in request.META:
        strength.second_step(request, user, strength.How.OWN)
        request.session[strength.SESSION]["shown"] += 10**6


def does_second_step(client: Client) -> None:
    """Let somebody who signed in by the form have done the second step as well."""
    session: Any = client.session
    mark = {"how": strength.How.OWN.value, "shown": time.time()}
    session[strength.SESSION] = {**session[strength.SESSION], **mark}
    session.save()


def signed_in(key: str) -> StrictClient:
    """Give a strict client signed in as somebody of the cast."""
    client = StrictClient()
    client.force_login(person(key))
    return client


def check_headers(answer: HttpResponseBase) -> None:
    """The policy allows our own files and nothing else."""
    policy = answer.headers.get("Content-Security-Policy", "")
    missing = [part for part in FORBIDDEN if part not in policy]
    assert not missing, f"the content security policy lacks {missing}: {policy!r}"
    assert "unsafe" not in policy, policy


def check_page(html: str, where: str = "") -> None:
    """Check one page or part; the failure says how to mend it.

    A page of a shape that was looked over already, with other words in it, is read for its words
    (tests/support/found_fine.py).
    """
    shape = SAID.sub(r' \1="_"', PLAIN.sub(">w<", html))
    if not UNPRINTABLE.search(html) and shape in _fine:
        _check_title(_words(TITLE.search(html)), _words(HEADING.search(html)), where)
        _check_residue(_words(MAIN.search(html)), where)
        return
    _check_page(html, where)
    _fine.add(shape)


#: shapes of pages that have been looked over already, here or in another process
_fine = FoundFine(KEPT / "pages", Path(__file__).read_bytes() + html5lib.__version__.encode())


def _check_page(html: str, where: str) -> None:
    whole = "<!doctype" in html[:100].lower()
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html) if whole else parser.parseFragment(html)
    faults = [f"line {at[0]}: {code} {values}" for at, code, values in parser.errors]
    assert not faults, f"{where}: the HTML is not well formed: {faults[:5]}"
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    if whole:
        _check_heading(elements, where)
    _check_ids(elements, where)
    _check_no_inline(elements, where)
    _check_labels(elements, where)
    _check_tables(elements, where)
    _check_words(elements, where)


def _words(found: re.Match[str] | None) -> str:
    """Give what a part of a page says, without its tags."""
    return " ".join(unescape(TAG.sub("", found[0])).split()) if found else ""


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _check_heading(elements: list[Any], where: str) -> None:
    heads = [_text(e) for e in elements if e.tag == "h1"]
    assert len(heads) == 1, f"{where}: one h1 to a page, not {heads}"
    title = next(_text(e) for e in elements if e.tag == "title")
    _check_title(title, heads[0], where)
    levels = [int(e.tag[1]) for e in elements if re.fullmatch(r"h[1-6]", e.tag)]
    jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
    assert not jumps, f"{where}: headings jump a level: {jumps}"


def _check_title(title: str, heading: str, where: str) -> None:
    assert title.removeprefix("Error: ").startswith(heading), (
        f"{where}: the title begins with the h1: {title!r} / {heading!r}"
    )


def _check_ids(elements: list[Any], where: str) -> None:
    ids = [e.get("id") for e in elements if e.get("id")]
    twice = {i for i in ids if ids.count(i) > 1}
    assert not twice, f"{where}: ids used twice: {twice}"
    wanted = {
        target
        for e in elements
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for target in (e.get(name) or "").split()
    }
    assert wanted <= set(ids), f"{where}: these ids are pointed at and missing: {wanted - set(ids)}"


def _check_no_inline(elements: list[Any], where: str) -> None:
    for e in elements:
        assert e.get("style") is None, f"{where}: style= on <{e.tag}>; use a class"
        handlers = [name for name in e.attrib if name.startswith("on")]
        assert not handlers, f"{where}: {handlers} on <{e.tag}>; scripts are files"
        assert e.tag != "style", f"{where}: <style>; use opensenco.css"
        assert e.tag != "script" or e.get("src"), f"{where}: inline script"


def _check_labels(elements: list[Any], where: str) -> None:
    labels = {e.get("for") for e in elements if e.tag == "label"}
    for e in elements:
        kind = e.get("type", "text") if e.tag == "input" else e.tag
        if (e.tag == "input" and kind in LABELLED) or e.tag in {"select", "textarea"}:
            named = e.get("id") in labels or e.get("aria-label") or e.get("aria-labelledby")
            assert named, f"{where}: {e.tag} name={e.get('name')!r} has no label"
        if e.tag == "button" and not e.get("aria-label"):
            assert _text(e), f"{where}: a button without words"


def _check_tables(elements: list[Any], where: str) -> None:
    for e in elements:
        if e.tag == "table":
            inside = list(e.iter())
            assert any(c.tag == "caption" for c in inside), f"{where}: a table needs a caption"
            heads = [c for c in inside if c.tag == "th"]
            assert heads, f"{where}: a table needs heads"
            assert all(c.get("scope") for c in heads), f"{where}: th needs a scope"


def _check_words(elements: list[Any], where: str) -> None:
    body = next((e for e in elements if e.tag == "main"), None)
    if body is None:
        return
    _check_residue(_text(body), where)


def _check_residue(text: str, where: str) -> None:
    left = RESIDUE.findall(text)
    assert not left, f"{where}: the page says {left}; give it words"
