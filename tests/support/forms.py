"""The forms on a page as a browser has them: what stands in each field, and what it would send."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import html5lib

Kind = Literal["hidden", "text", "number", "date", "day", "choice", "tick", "file"]
TYPED: tuple[Kind, ...] = ("text", "number", "date", "day")
PARTS = ("day", "month", "year")


@dataclass
class Field:
    """One name of a form: its kind, what it holds, and what can be chosen."""

    name: str
    kind: Kind
    value: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """One form: where it is sent, its fields by name, and its first button that is not "later"."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    button: tuple[str, str] | None = None

    def sent(self, answer: Callable[[Field], list[str] | None]) -> dict[str, list[str]]:
        """Give what is sent where `answer` fills in fields; None leaves one as it stands."""
        given = {one.name: answer(one) for one in self.fields.values()}
        data = {
            name: self.fields[name].value if typed is None else typed
            for name, typed in given.items()
        }
        if self.button:
            data[self.button[0]] = [self.button[1]]
        return {name: values for name, values in data.items() if values}


def forms_on(html: str) -> list[PageForm]:
    """Read the posted forms in the main part of a page."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    main = next(iter(tree.iter("main")), tree)
    return [_read(form) for form in main.iter("form") if form.get("method") == "post"]


def _read(form: Any) -> PageForm:
    read = PageForm(form.get("action", ""), "post")
    pickers = {
        inner.get("name")
        for e in form.iter("div")
        if e.get("data-module") == "moj-date-picker"
        for inner in e.iter("input")
    }
    for element in form.iter():
        name = element.get("name") if isinstance(element.tag, str) else None
        if element.tag == "button" and name != "finish_later" and name and not read.button:
            read.button = (name, element.get("value", ""))
        elif name and element.tag in {"input", "textarea", "select"}:
            _add(read, element, name, name in pickers)
    return read


def _add(form: PageForm, element: Any, name: str, picker: bool) -> None:
    kind = _kind(element, name, picker)
    one = form.fields.setdefault(name, Field(name, kind))
    if element.tag == "select":
        one.options = [o.get("value", "") for o in element.iter("option")]
        chosen = [
            o.get("value", "") for o in element.iter("option") if o.get("selected") is not None
        ]
        one.value = chosen or one.options[:1]
    elif kind in ("choice", "tick"):
        one.options.append(element.get("value", "on"))
        if element.get("checked") is not None:
            one.value.append(element.get("value", "on"))
    elif kind != "file":
        one.value = [
            "".join(element.itertext()) if element.tag == "textarea" else element.get("value", "")
        ]


def _kind(element: Any, name: str, picker: bool) -> Kind:
    if element.tag == "select":
        return "choice"
    if element.tag == "textarea":
        return "text"
    kinds: dict[str, Kind] = {
        "hidden": "hidden", "radio": "choice", "checkbox": "tick", "file": "file"
    }  # fmt: skip
    kind = element.get("type", "text")
    if kind in kinds:
        return kinds[kind]
    if picker:
        return "date"
    if name.rpartition("-")[2] in PARTS:
        return "day"
    return "number" if element.get("inputmode") == "numeric" else "text"


def choosing(one: Field) -> list[str] | None:
    """Choose the first answer where nothing is chosen yet."""
    if one.kind not in ("choice", "tick") or any(one.value):
        return None
    return [next((value for value in one.options if value), "")]
