"""One cell: tidied when it comes in, made harmless when it goes out."""

import re
import unicodedata

# Characters that nobody sees and that make two equal names differ: soft hyphen, zero-width space,
# direction marks, word joiner, byte order mark. The joiners U+200C and U+200D are letters' own.
_UNSEEN = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
# A name misread once as ISO-8859-1 holds these; no name does otherwise.
_CONTROLS = re.compile("[\x80-\x9f]")
# UTF-8 misread as cp1252 begins with one of these.
_MISREAD = re.compile("[\u00c2\u00c3\u00c5\u00e2\u00e3]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def tidy(text: str) -> str:
    """`text` without white space around it, with single spaces inside, and in composed letters.

    Line breaks and other controls count as spaces, unseen characters vanish, and letters that an
    earlier program misread are put right. NUL is left, for the reader to refuse.
    """
    if text.isascii() and text.isprintable():
        plain = text.strip()
        return plain if "  " not in plain else " ".join(plain.split())
    mended = unicodedata.normalize("NFC", repaired(text).translate(_UNSEEN))
    if not mended.isprintable():
        mended = "".join(
            " " if char != "\0" and unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
            for char in mended
        )
    return " ".join(mended.split())


def repaired(text: str) -> str:
    """`text` with letters put right that were decoded with the wrong table before it reached us.

    "St Stephen\\u0092s" (cp1252 read as ISO-8859-1) and "ZoÃ«" (UTF-8 read as cp1252). A text
    that was not misread is given back as it is.
    """
    if _CONTROLS.search(text):
        return _CONTROLS.sub(_decoded_control, text)
    if _MISREAD.search(text):
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _decoded_control(found: re.Match[str]) -> str:
    return found.group().encode("latin-1").decode("cp1252", errors="replace")


def folded(text: str) -> str:
    """`text` as a key for comparing labels: no capitals, no punctuation, "+" as "plus".

    "K - SEN Support" becomes "k sen support".
    """
    spoken = text.casefold().replace("&", " and ").replace("+", " plus ").replace("'", "")
    return " ".join(re.sub(r"[\W_]+", " ", spoken).split())


def squeezed(text: str) -> str:
    """`text` as a key for comparing column headings: "Legal Surname" and "legal_surname" alike."""
    return folded(text).replace(" ", "")


def made_harmless(text: str) -> str:
    """`text` as a cell of a CSV file that a spreadsheet will not run as a formula.

    Rule IMP-12: an apostrophe goes before =, +, -, @, tab or carriage return. It goes before an
    apostrophe that already stands there too, so that `as_written` gives every text back.
    """
    bare = text.lstrip("'")
    return f"'{text}" if bare.startswith(_FORMULA_STARTS) else text


def as_written(cell: str) -> str:
    """The text in a cell that `made_harmless` may have changed."""
    if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS):
        return cell[1:]
    return cell
