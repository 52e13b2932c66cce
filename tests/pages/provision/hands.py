"""What a hand does on a page without script: follow a link by its words, send a form."""

import html
import re
from typing import Any

import html5lib
from django.db import connection
from django.test.utils import CaptureQueriesContext


def _tree(answer: Any) -> Any:
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.text)


def link_to(answer: Any, words: str) -> str:
    """Give the address of the first link whose words hold these."""
    for element in _tree(answer).iter("a"):
        if words in " ".join("".join(element.itertext()).split()):
            return html.unescape(element.get("href"))
    raise AssertionError(f"no link says {words!r}")


def filled(answer: Any) -> tuple[str, dict[str, Any]]:
    """Give address and fields of the page's form that posts, as a browser would send it."""
    main = next(e for e in _tree(answer).iter("main"))
    form = next(e for e in main.iter("form") if e.get("method") == "post")
    data: dict[str, Any] = {}
    for e in form.iter():
        name, kind = e.get("name"), e.get("type", "text")
        if not name or (e.tag == "button"):
            continue
        if e.tag == "textarea":
            data[name] = "".join(e.itertext()).removeprefix("\n")
        elif e.tag == "select":
            chosen = [o for o in e.iter("option") if o.get("selected") is not None]
            first = chosen or list(e.iter("option"))
            data[name] = first[0].get("value", "")
        elif e.tag == "input" and kind == "checkbox":
            if e.get("checked") is not None:
                data.setdefault(name, []).append(e.get("value", "on"))
        elif e.tag == "input" and (kind != "radio" or e.get("checked") is not None):
            data[name] = e.get("value", "")
    here = answer.request["PATH_INFO"]
    query = answer.request.get("QUERY_STRING", "")
    return form.get("action") or (f"{here}?{query}" if query else here), data


def send(client: Any, answer: Any, **changes: Any) -> Any:
    """Send the page's form with some fields changed; give the page it leads to."""
    address, data = filled(answer)
    return client.post(address, {**data, **changes}, follow=True)


def ticks(answer: Any, name: str) -> list[str]:
    """Give the values of the boxes of a name."""
    return re.findall(rf'name="{name}"[^>]*value="([^"]+)"', answer.text)


def asked(client: Any, address: str) -> int:
    """Give how many questions a page asks of the database."""
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address).status_code == 200
    return len(questions)
