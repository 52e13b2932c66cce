"""Two people changed the same record: both texts in the reader's words, and what differs."""

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opensenco.ui import words
from opensenco.ui.drawing import choices

MOST_PIECES = 3_000
FEW = 20


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, and whether the other side says something else there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """One field in which a form and the record differ: its label, and both values in words."""

    name: str
    label: str
    mine: str
    theirs: str

    @property
    def sides(self) -> tuple[list[Span], list[Span]]:
        """My words and theirs, with what differs marked; "nothing" where one side says nothing."""
        return differences(self.mine or _("nothing"), self.theirs or _("nothing"))


def clashes(form: forms.Form, theirs: Mapping[str, Any]) -> list[Clash]:
    """Give the fields in which a valid form differs from what the record holds now.

    Args:
        form: as this person sent it, cleaned.
        theirs: what stands in the record, by the names of the form's fields.
    """
    return [
        Clash(
            name,
            str(form.fields[name].label),
            in_words(form[name], form.cleaned_data.get(name)),
            in_words(form[name], theirs[name]),
        )
        for name in form.fields
        if name in theirs and name != "version" and form.cleaned_data.get(name) != theirs[name]
    ]


def in_words(bound: forms.BoundField, value: Any) -> str:
    """Give a value as the form's reader would say it: a day written out, the words of an answer."""
    if isinstance(bound.field, forms.ChoiceField):
        chosen = value if isinstance(value, list | tuple | set) else [value]
        picked = {"" if one is None else str(one) for one in chosen} - {""}
        return "\n".join(said for code, said in choices.answers(bound) if code in picked)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.date):
        return words.day(value)
    return "" if value is None else str(value).replace("\r\n", "\n")


def differences(mine: str, theirs: str) -> tuple[list[Span], list[Span]]:
    """Compare two texts word by word; very long ones line by line.

    Gives the spans of each; joined again they are the text itself.
    """
    left, right = _pieces(mine), _pieces(theirs)
    if len(left) + len(right) > MOST_PIECES:
        left, right = mine.splitlines(keepends=True), theirs.splitlines(keepends=True)
    ours: list[Span] = []
    others: list[Span] = []
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    codes = matcher.get_opcodes()
    for index, (kind, left_from, left_to, right_from, right_to) in enumerate(codes):
        mine_run, their_run = "".join(left[left_from:left_to]), "".join(right[right_from:right_to])
        between = 0 < index < len(codes) - 1
        # A single word that both happen to share inside a changed run belongs to the change.
        changed = kind != "equal" or (between and len(mine_run.split()) < 2 and len(mine_run) < FEW)
        _add(ours, mine_run, changed)
        _add(others, their_run, changed)
    return ours, others


def _add(spans: list[Span], text: str, changed: bool) -> None:
    if text and spans and spans[-1].changed == changed:
        spans[-1] = Span(spans[-1].text + text, changed)
    elif text:
        spans.append(Span(text, changed))


def _pieces(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]+", text)
