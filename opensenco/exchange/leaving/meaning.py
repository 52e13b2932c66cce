"""What each model and field means, in the words that stand beside it in the code."""

import ast
import inspect
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.db import models
from django.utils import translation

from opensenco.exchange.leaving import what

KINDS: tuple[tuple[type[Any], str], ...] = (
    (models.BooleanField, "true or false"),
    (models.DateTimeField, "moment, in UTC"),
    (models.DateField, "day"),
    (models.DecimalField, "exact number, as text"),
    (models.UUIDField, "reference (UUID)"),
    (models.JSONField, "parts (JSON)"),
    (models.IntegerField, "whole number"),
    (models.EmailField, "e-mail address"),
    (models.CharField, "text"),
    (models.TextField, "text"),
)
#: what the fields mean that every row or every version has
SHARED = {
    "ref": "the row's own reference, in addresses too; it never changes",
    "org": "whose row it is",
    "version": "how often it was written, the first time included",
    "in_error_at": "when it was marked as made in error; such a row counts for nothing",
    "in_error_by": "who marked it so",
    "in_error_reason": "why",
    "history_date": "since when it stood so",
    "history_user": "who wrote it",
    "history_type": "+ made, ~ changed",
    "history_change_reason": "not used",
}


def meaning_of(model: type[models.Model]) -> str:
    """Give the first sentence of what the code says of a model."""
    first, _, _ = (inspect.getdoc(model) or "").partition("\n\n")
    return " ".join(first.split())


@lru_cache(maxsize=1)
def dictionary() -> tuple[dict[str, Any], ...]:
    """Describe every table that can stand in a file of a place, in English."""
    with translation.override("en-gb"):
        return tuple(described(model) for model in what.carried())


def described(model: type[models.Model]) -> dict[str, Any]:
    """Give what a reader of the file has to know of a table and its columns."""
    base: Any = model.instance_type if what.is_history(model) else model  # type: ignore[attr-defined]
    said = f"Versions of {base._meta.label}" if base is not model else meaning_of(model)
    label = base._meta.label
    out = [
        {"name": name, "why": why}
        for (left, name), why in what.LEFT_OUT_FIELDS.items() if left == label
    ]  # fmt: skip
    return {
        "model": what.label_of(model),
        "meaning": said,
        "fields": [_field(base, field) for field in what.fields_of(model)],
        "left_out": out,
    }


def _field(base: type[models.Model], field: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "type": _type(field)}
    if field.is_relation:
        found["references"] = field.related_model._meta.label
    if field.null:
        found["may_be_missing"] = True
    if field.choices:
        found["values"] = {str(code): str(words) for code, words in field.flatchoices}
    if getattr(field, "max_length", None) and not field.choices:
        found["longest"] = field.max_length
    found["meaning"] = _meaning(base, field.name)
    return found


def _type(field: Any) -> str:
    if field.is_relation:
        return "reference (UUID)"
    return next((words for kind, words in KINDS if isinstance(field, kind)), "text")


def _meaning(base: type[models.Model], name: str) -> str:
    if words := _comments(base).get(name) or SHARED.get(name):
        return words
    personal = getattr(getattr(base, "PersonalData", None), "fields", {})
    return str(personal.get(name) or name.replace("_", " "))


@lru_cache(maxsize=200)
def _comments(model: type[models.Model]) -> dict[str, str]:
    """Give by field the comment above it; what stands in a base counts too, the nearest first."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, models.Model) and one is not models.Model:
            found |= _above_fields(one)
    return found


def _above_fields(model: type[Any]) -> dict[str, str]:
    if not model.__module__.startswith("opensenco."):
        return {}
    lines, starts = _source(model.__module__)
    found: dict[str, str] = {}
    comment: list[str] = []
    for text in lines[slice(*starts[model.__qualname__])]:
        words = text.strip()
        name, is_field, _value = words.partition(" = ")
        if words.startswith("#"):
            comment.append(words.lstrip("#: ").strip())
            continue
        if comment and is_field and name.isidentifier():
            found[name] = " ".join(comment)
        comment = []
    return found


@lru_cache(maxsize=200)
def _source(module: str) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """Give the lines of a module, and of each of its classes where it begins and ends."""
    text = inspect.getsource(import_module(module))
    classes = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    spans = {node.name: (node.lineno, node.end_lineno or node.lineno) for node in classes}
    return text.splitlines(), spans
