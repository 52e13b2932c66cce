"""Papers found by the words inside them, within what the searcher may open.

Both databases are asked by one condition, `key__says`: SQLite keeps an index of words beside the
table (FTS5), PostgreSQL a `tsvector` in it. What a word is, this module decides and neither of
them, so the same words find the same papers on both. Every word typed must be there, as the whole
of a word or its beginning.
"""

import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.lookups import Lookup

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
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

    def get_prep_lookup(self) -> list[str]:
        """Give the words that are looked for.

        Raises:
            ValueError: there is none; an empty question finds nothing and not everything.
        """
        words = tokens(str(self.rhs))
        if not words:
            raise ValueError("say which words are looked for")
        return words

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Ask the index of words beside the table for its rows."""
        row = f'{compiler.quote_name_unless_alias(self.lhs.alias)}."id"'
        index = "documents_paperwords"
        asked = f"{row} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"  # noqa: S608 (names)
        return asked, [" AND ".join(f'"{word}"*' for word in self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        """Ask the column of words in the table."""
        column = f'{compiler.quote_name_unless_alias(self.lhs.alias)}."tokens"'
        return f"{column} @@ %s::tsquery", [" & ".join(f"'{word}':*" for word in self.rhs)]


TextField.register_lookup(Says)


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
    if not tokens(words[:LONGEST]):
        return rows.none()
    saying = PaperText.objects.filter(key__says=words[:LONGEST])
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
    wanted = tokens(words[:LONGEST])
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
    text: str, wanted: Sequence[str], fold: Callable[[str], list[str]] = _folded
) -> tuple[list[Piece], bool]:
    """Give the words around the first that was looked for, and whether more stand before them.

    Nothing where the title alone was found.
    """
    chunks = text.split()
    place = next((n for n, chunk in enumerate(chunks) if _is_hit(fold(chunk), wanted)), None)
    if place is None:
        return [], False
    start = max(0, place - BEFORE)
    pieces: list[Piece] = []
    for chunk in chunks[start : start + AROUND]:
        hit = _is_hit(fold(chunk), wanted)
        if pieces and pieces[-1].hit == hit:
            pieces[-1] = Piece(f"{pieces[-1].text} {chunk}", hit)
        else:
            pieces.append(Piece(chunk, hit))
    return pieces, start > 0


def _is_hit(words: Iterable[str], wanted: Sequence[str]) -> bool:
    return any(word.startswith(one) for word in words for one in wanted)
