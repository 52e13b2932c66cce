"""What a text may hold, and the keys beside names, so that both databases find them alike.

PostgreSQL and SQLite disagree about capitals, accents and punctuation, and each PostgreSQL may have
been installed with another language. Names are therefore searched and sorted by keys made here.
"""

import unicodedata

KEY_LENGTH = 255

# Apostrophes of every kind vanish, so that a searcher finds O'Brien however it was typed.
_APOSTROPHES = (
    "'`\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}\N{PRIME}"
    "\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{FULLWIDTH APOSTROPHE}"
)

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ə": "e",
        **dict.fromkeys(_APOSTROPHES, ""),
    }
)


def never_typed(letter: str) -> bool:
    """Tell whether this is a character that no keyboard writes and no page or database takes.

    Those are control characters but tabs and ends of lines, halves of a pair, and the codes that
    Unicode keeps from ever being characters (U+FFFE and its like), which HTML forbids.
    """
    if letter in "\n\r\t":
        return False
    code = ord(letter)
    never = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return never or unicodedata.category(letter) in ("Cc", "Cs")


def search_key(text: str, limit: int = KEY_LENGTH) -> str:
    """`text` without capitals, accents, apostrophes or doubled spaces.

    "José O'Brien" becomes "jose obrien".

    Other punctuation separates words. Letters of every script are kept. Use it on the stored name
    and on what was typed. At most `limit` characters.
    """
    # Apostrophes go first: some of them would fall apart into a space and a mark below.
    folded = unicodedata.normalize("NFKD", text.translate(_PLAIN).casefold()).casefold()
    # Folding may bring further letters to take apart (ẞ, ŉ), hence the second round.
    taken_apart = unicodedata.normalize("NFKD", folded).translate(_PLAIN)
    letters = (
        char if _is_letter(char) else " " for char in taken_apart if not unicodedata.combining(char)
    )
    return unicodedata.normalize("NFC", " ".join("".join(letters).split()))[:limit].strip()


def sort_key(*parts: str, limit: int = KEY_LENGTH) -> str:
    """A key that every collation of every database orders alike; surname first, then forename.

    It holds only a to z and 0 to 9. A space becomes "0" and the border between two parts "00", so
    that "Ann" comes before "Ann Marie" and a shorter surname before a longer one. A letter outside
    a to z that has no plain form is written "zz" with its number and so comes after z.
    """
    return "00".join(_plain(search_key(part, limit)) for part in parts)[:limit]


def _plain(key: str) -> str:
    return "".join(
        "0" if char == " " else char if char.isascii() else f"zz{ord(char):06x}" for char in key
    )


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"
