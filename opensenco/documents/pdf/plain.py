"""Anybody's text, made safe to set on paper without changing what it says.

Text reaches the typesetter as data and is never read as markup. What is mended here is only
what has no shape: control characters, characters that no font of ours draws, words too long
for a line. What could not be kept is marked with `LOST`, so that a reader sees the gap.
"""

import re
import unicodedata
from collections.abc import Iterator

from opensenco.documents.pdf import coverage

LOST = "\ufffd"
"""Stands where a character was that the paper cannot draw."""

# An invisible place where a line may break. It leaves no trace on paper.
BREAK = "\u200b"

_NEW_LINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_NOTHING = re.compile(r"[\s\xad\u200b-\u200f]*")
# Orders to the reader's eye, not text: they could turn a sentence round. Persian and Indic
# scripts need the two joiners, and mixed text the two plain direction marks: those stay.
_UNSEEN = re.compile("[\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\u20e3\U000e0000-\U000e0fff]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_JOINERS = "\u200c\u200d"
_LONG_WORD = re.compile(r"[^\s\u200b-\u200d]{19,}")
_PIECE = 6
# Bounds that no honest text meets: they keep a hostile one from costing minutes.
_MARKS = 8
_LINES = 400
_PICTURES = 100

_WORDS = {
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "✓": "[tick]",
    "✔": "[tick]",
    "✅": "[tick]",
    "☑": "[tick]",
    "✗": "[cross]",
    "✘": "[cross]",
    "❌": "[cross]",
    "☐": "[ ]",
    "□": "[ ]",
    "⚽": "[football]",
    "⭐": "[star]",
    "★": "[star]",
    "☆": "[star]",
    "❤": "[heart]",
    "♥": "[heart]",
    "●": "•",
    "▪": "•",
    "■": "•",
}


def _instead(character: str) -> str:
    """What is printed for one character that no font of ours draws.

    A styled letter becomes the letter, a picture its name in brackets, anything else `LOST`.
    """
    if character in _WORDS:
        return _WORDS[character]
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        # A flag is two of these: the letters of the country are what can be said of it.
        return chr(ord(character) - 0x1F1E6 + ord("A"))
    likeness = unicodedata.normalize("NFKC", character)
    if likeness != character and set(likeness) <= coverage.drawn():
        return likeness
    name = unicodedata.name(character, "")
    if unicodedata.category(character) in ("So", "Sm", "Sk", "Sc") and name:
        return f"[{name.lower()}]"
    return LOST


def _fonts_for(character: str, among: frozenset[int] | None = None) -> frozenset[int]:
    """Numbers of the alphabets that draw this character, perhaps only among some of them."""
    alphabets = coverage.alphabets()
    numbers = range(len(alphabets)) if among is None else among
    return frozenset(number for number in numbers if character in alphabets[number])


def _sober(text: str) -> Iterator[str]:
    """Drop the marks over a letter that no language needs: thousands can be piled on one."""
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS:
            yield character


def _drawable(text: str) -> Iterator[str]:
    """Each character as a font of ours can draw it beside the one before it.

    A letter and its marks are set from one font or not at all, so the fonts that remain
    possible are carried along. A joiner that joins nothing in them is left out.
    """
    put, fonts = " ", _fonts_for(" ")
    pictures = 0
    for character in text:
        if character in _JOINERS:
            shared = _fonts_for(character, fonts)
            if not shared or unicodedata.category(put[-1])[0] not in "LM":
                continue
            put, fonts = character, shared
        elif unicodedata.category(character).startswith("M"):
            shared = _fonts_for(character, fonts)
            put = character if shared else LOST
            fonts = shared or _fonts_for(LOST)
        elif character == "\n" or character in coverage.drawn():
            put = character
            fonts = _fonts_for(" " if character == "\n" else character)
        else:
            put = _instead(character)
            pictures += len(put) > 1
            put = put if pictures <= _PICTURES else LOST
            fonts = _fonts_for(put[-1])
        yield put


def _breakable(match: re.Match[str]) -> str:
    """Let a word that is longer than a narrow column go on in the next line."""
    word = match[0]
    pieces: list[str] = []
    for character in word:
        fits = pieces and len(pieces[-1]) < _PIECE
        if pieces and (fits or unicodedata.category(character).startswith("M")):
            pieces[-1] += character
        else:
            pieces.append(character)
    return BREAK.join(pieces)


def plain(text: str) -> str:
    """The same text as our fonts can set it, without space around it; "" when nothing is left.

    Lines stay lines. Nothing in it is ever evaluated, whatever it looks like.
    """
    text = _CONTROLS.sub("", _NEW_LINES.sub("\n", text).replace("\t", " "))
    if not text.isascii():
        text = _SKIN.sub("", _UNSEEN.sub("", text))
        text = unicodedata.normalize("NFC", "".join(_sober(text)))
        text = "".join(_drawable(text))
    if _NOTHING.fullmatch(text):
        return ""
    text = _EMPTY_LINES.sub("\n\n", text.strip())
    # Past a few hundred lines the rest runs on; no word is lost.
    lines = text.split("\n")
    text = "\n".join([*lines[:_LINES], " ".join(lines[_LINES:])]).rstrip()
    return _LONG_WORD.sub(_breakable, text)
