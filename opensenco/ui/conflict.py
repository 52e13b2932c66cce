"""Two people changed the same record: what to show side by side, and what the reader chose.

The forms are the same form three times: as this person sent it, as the record stands now, and as
it stood when this person opened the page. A field only one of them changed is no conflict: that
change is taken. The page asks about the rest.
"""

import datetime as dt
import difflib
import re
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from opensenco.ui import dates, words
from opensenco.ui.drawing import choices

MOST_PIECES = 3_000
FEW = 20
CLASH = "clash"
MINE, THEIRS, BOTH = "mine", "theirs", "both"

Posted = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, and whether the other side says something else there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed: its name and label, both values as a form sends them, the words
    to show for each, and what stood there before (None where unknown). `text` offers a third
    answer made of both; a date or a choice has none.
    """

    name: str
    label: str
    mine: Posted
    theirs: Posted
    mine_words: str
    theirs_words: str
    before: str | None
    text: bool

    @property
    def sides(self) -> tuple[list[Span], list[Span]]:
        """My words and theirs, with what differs marked."""
        return differences(self.mine_words, self.theirs_words)

    @property
    def both(self) -> str:
        """The text the third answer begins with: mine, then theirs."""
        return f"{self.mine_words}\n\n{self.theirs_words}".strip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The fields to ask about, and all others as the page carries them hidden."""

    clashes: list[Clash]
    carried: Posted


def compare(
    mine: forms.BaseForm, theirs: forms.BaseForm, before: forms.BaseForm | None = None
) -> Comparison:
    """Compare a sent form with the record as it stands now, field by field.

    `mine` is bound; `theirs` and `before` are the same form over the record now and then. The
    version carried is theirs, so that the answer can be saved.
    """
    clashes: list[Clash] = []
    carried: Posted = []
    for bound in mine:
        other = theirs[bound.name]
        old = before[bound.name] if before is not None else None
        sent, stands = posted(bound), posted(other)
        if bound.is_hidden:
            carried += stands if bound.name == "version" else sent
        elif sent == stands or (old is not None and posted(old) == stands):
            carried += sent
        elif old is not None and posted(old) == sent:
            carried += stands
        else:
            clashes.append(_clash(bound, other, old))
    return Comparison(clashes, carried)


def _clash(mine: forms.BoundField, theirs: forms.BoundField, old: forms.BoundField | None) -> Clash:
    return Clash(
        name=mine.html_name,
        label=str(mine.label),
        mine=posted(mine),
        theirs=posted(theirs),
        mine_words=shown(mine),
        theirs_words=shown(theirs),
        before=shown(old) if old is not None else None,
        text=isinstance(mine.field.widget, forms.Textarea),
    )


def posted(bound: forms.BoundField) -> Posted:
    """Give a field's value as a browser would send it."""
    name, value = bound.html_name, bound.value()
    if isinstance(bound.field.widget, dates.GovDateInput):
        typed = dates.typed_date(value)
        return [(f"{name}-{part}", text) for part, text in zip(dates.PARTS, typed, strict=True)]
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return [(name, "on")] if value else []
    if isinstance(value, list | tuple | set):
        return [(name, str(item)) for item in value]
    text = "" if value is None else str(value)
    return [(name, text.replace("\r\n", "\n"))]


def shown(bound: forms.BoundField) -> str:
    """Give a field's value in words: the words of an answer, a day written out, a text as it is."""
    value = bound.value()
    if isinstance(bound.field.widget, forms.Select | forms.RadioSelect):
        picked = choices.picked(bound)
        return ", ".join(text for key, text in choices.answers(bound) if key in picked)
    if isinstance(value, dt.date):
        return words.day(value)
    return (
        " ".join(text for _, text in posted(bound))
        if isinstance(value, tuple)
        else ("" if value is None else str(value).replace("\r\n", "\n"))
    )


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


def resolve(post: QueryDict) -> QueryDict:
    """Turn the answers of the page "Two people changed this" into ordinary form data.

    For each clash the page sends both values, the third text and the choice. Anything but a known
    choice keeps what this person wrote.
    """
    data = post.copy()
    for name in data.pop(CLASH, []):
        choice = _taken(data, f"keep-{name}")[-1:] or [MINE]
        names = (name, *(f"{name}-{part}" for part in dates.PARTS))
        sides = {
            side: {key: _taken(data, f"{side}-{key}") for key in names}
            for side in (MINE, THEIRS, BOTH)
        }
        chosen = sides.get(choice[0], sides[MINE])
        if choice[0] == BOTH and not any(chosen.values()):
            chosen = sides[MINE]
        for key, values in chosen.items():
            if values:
                data.setlist(key, values)
    return data


def _taken(data: QueryDict, name: str) -> list[str]:
    return [str(value) for value in data.pop(name, [])]
