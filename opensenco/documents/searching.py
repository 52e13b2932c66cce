"""Papers found by the words inside them, within what the searcher may open.

Both databases are asked by one condition, `key__says`: SQLite keeps an index of words beside the
table (FTS5), PostgreSQL a `tsvector` in it. What a word is, this module decides and neither of
them, so the same words find the same papers on both. Every word typed must be there, as the whole
of a word, its beginning, or another of its forms; what stands in quotation marks, as it stands
(`documents.asking`).
"""

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Lookup

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.documents.asking import Asked, asked, forms
from opensenco.documents.models import Document, PaperText
from opensenco.documents.states import Inside
from opensenco.kernel.text import search_key
from opensenco.people.models import Pupil

#: letters of a typed question that are read, and words of it
LONGEST = 200
MOST_WORDS = 8
#: letters of one word; different words of one paper
LONGEST_WORD = 40
MOST_KEPT = 20_000
#: of them in bytes: PostgreSQL finds nothing that stands past the first MiB of a tsvector, and
#: says no word of it
MOST_BYTES = 1_000_000
BEFORE, AROUND = 10, 34
#: stands between two parts of a paper, and in no word
BETWEEN = "|"
#: what no keyboard writes parts words too: neither database takes it in a question
_APART = {
    **dict.fromkeys((*range(32), 127, *map(ord, string.punctuation)), " "),
    **dict.fromkeys(map(ord, "'`")),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paper; `hit` where they are what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that was found, and the words around what was looked for."""

    document: Document
    pieces: list[Piece]
    cut: bool


class Says(Lookup[Any]):
    """The condition that a paper says each of these words: `key__says="speech ther"`."""

    lookup_name = "says"

    def get_prep_lookup(self) -> list[list[tuple[str, bool]]]:
        """Give what is looked for: of each, any of some words, or of their beginnings.

        Raises:
            ValueError: there is none; an empty question finds nothing and not everything.
        """
        wanted = asked_for(str(self.rhs))
        if not wanted:
            raise ValueError("say which words are looked for")
        whole = dict.fromkeys(word for phrase in wanted.phrases for word in phrase)
        return [
            *([(word, True), *((one, False) for one in sorted(forms(word)))]
              for word in wanted.words),
            *([(word, False)] for word in whole),
        ]  # fmt: skip

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Ask the index of words beside the table for its rows."""
        row = f'{compiler.quote_name_unless_alias(self.lhs.alias)}."id"'
        index = "documents_paperwords"
        sql = f"{row} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"  # noqa: S608 (names)
        return sql, [_joined(self.rhs, '"{}"*', '"{}"', " OR ", " AND ")]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Ask the column of words in the table."""
        column = f'{compiler.quote_name_unless_alias(self.lhs.alias)}."tokens"'
        return f"{column} @@ %s::tsquery", [_joined(self.rhs, "'{}':*", "'{}'", " | ", " & ")]


def _joined(
    wanted: list[list[tuple[str, bool]]], begins: str, whole: str, either: str, both: str
) -> str:
    """Write a question in a database's own words."""
    groups = [[(begins if open else whole).format(word) for word, open in one] for one in wanted]
    return both.join(f"({either.join(group)})" for group in groups)


TextField.register_lookup(Says)


def asked_for(text: str) -> Asked:
    """Read what somebody looks for."""
    return asked(text[:LONGEST], _cut, MOST_WORDS)


def _cut(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _folded(text)]


def said_of(*texts: str) -> str:
    """Give the words of a paper in their order, by which its phrases are found.

    One part of it and the next are no phrase.
    """
    room, kept = MOST_BYTES, []
    for text in texts:
        for word in (*_cut(text), BETWEEN):
            room -= len(word.encode()) + 1
            if room < 0:
                break
            kept.append(word)
    return f" {' '.join(kept)} "


def tokens(text: str, most: int = MOST_WORDS) -> list[str]:
    """Give the first different words of a text, without capitals, accents and punctuation."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _folded(text)))[:most]


def key_of(*texts: str) -> str:
    """Give the key by which a paper with these texts is found."""
    room, kept = MOST_BYTES, []
    for word in tokens(" ".join(texts), MOST_KEPT):
        room -= len(word.encode())
        if room < 0:
            break
        kept.append(word)
    return " ".join(sorted(kept))


def _folded(text: str) -> list[str]:
    if text.isascii():
        return text.lower().translate(_APART).split()
    return search_key(text, len(text) * 4).split()


def found(actor: Actor, words: str, pupil: Pupil | None = None) -> QuerySet[Document]:
    """Give the papers that say these words and that this actor may open; of others not the number.

    Args:
        pupil: of this pupil alone.
    """
    rows = visible(actor, Action.DOCUMENT_VIEW, Document).filter(in_error_at__isnull=True)
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    wanted = asked_for(words)
    if not wanted:
        return rows.none()
    saying = PaperText.objects.filter(key__says=words[:LONGEST])
    for phrase in wanted.phrases:
        if len(phrase) > 1:
            # looked for letter by letter; LIKE would fold capitals, of which there are none
            place = StrIndex("said", Value(f" {' '.join(phrase)} "))
            saying = saying.alias(place=place).filter(place__gt=0)
    return rows.filter(pk__in=saying.values("document"))


def waiting(actor: Actor, pupil: Pupil | None = None) -> int:
    """Give how many papers that this actor may open have not been read yet."""
    rows = visible(actor, Action.DOCUMENT_VIEW, PaperText).filter(state=Inside.WAITS)
    return (rows if pupil is None else rows.filter(document__pupil=pupil)).count()


def hits(rows: QuerySet[Document], words: str, start: int, stop: int) -> list[Hit]:
    """Give some of what was found, the newest paper first, in two questions however many."""
    order = (F("dated").desc(nulls_last=True), "-filed_at", "-id")
    documents = list(rows.select_related("pupil").order_by(*order)[start:stop])
    texts = PaperText.objects.filter(document__in=[one.pk for one in documents])
    inside = dict(texts.values_list("document_id", "words"))
    wanted = asked_for(words)
    fold = _remembering()
    return [Hit(one, *around(inside.get(one.pk, ""), wanted, fold)) for one in documents]


def _remembering() -> Callable[[str], list[str]]:
    """Give a way to fold words that remembers them as long as one page is made, and no longer."""
    kept: dict[str, list[str]] = {}

    def fold(chunk: str) -> list[str]:
        if chunk not in kept:
            kept[chunk] = _folded(chunk)
        return kept[chunk]

    return fold


def around(
    text: str, wanted: Asked, fold: Callable[[str], list[str]] = _folded
) -> tuple[list[Piece], bool]:
    """Give the words around the first that was looked for, and whether more stand before them.

    Nothing where the title alone was found.
    """
    chunks = text.split()
    place = _first(chunks, wanted, fold)
    if place is None:
        return [], False
    start = max(0, place - BEFORE)
    shown = chunks[start : start + AROUND]
    words, whose = _flat(shown, fold)
    hits = {whose[at] for at in wanted.places(words)}
    pieces: list[Piece] = []
    for number, chunk in enumerate(shown):
        hit = number in hits
        if pieces and pieces[-1].hit == hit:
            pieces[-1] = Piece(f"{pieces[-1].text} {chunk}", hit)
        else:
            pieces.append(Piece(chunk, hit))
    return pieces, start > 0


def _flat(chunks: Sequence[str], fold: Callable[[str], list[str]]) -> tuple[list[str], list[int]]:
    """Give the words of a text and of each the piece in which it stands."""
    pairs = [(word, n) for n, chunk in enumerate(chunks) for word in fold(chunk)]
    return [word for word, _n in pairs], [n for _word, n in pairs]


def _first(chunks: Sequence[str], wanted: Asked, fold: Callable[[str], list[str]]) -> int | None:
    """Give the piece in which the first phrase stands, or the first word."""
    if wanted.phrases:
        words, whose = _flat(chunks, fold)
        phrases = Asked((), wanted.phrases)
        return next((whose[at] for at in phrases.places(words)), None)
    return next((n for n, one in enumerate(chunks) if any(map(wanted.is_hit, fold(one)))), None)
