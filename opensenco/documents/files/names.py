"""Names of files as people send them: kept for knowing a file again, and never trusted."""

import unicodedata

LONGEST = 150
UNNAMED = "?"


def harmless(name: str) -> str:
    """Give the name of a file without folders, controls, or marks that turn its letters round.

    The ending stays where a name is cut. It is shown and searched; no path is ever made of it.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(_shown(letter) for letter in unicodedata.normalize("NFC", last))
    clean = " ".join(shown.split()).strip(". ")
    if len(clean) > LONGEST:
        stem, dot, ending = clean.rpartition(".")
        tail = f"{dot}{ending}" if dot and len(ending) <= 8 else ""
        clean = (stem if tail else clean)[: LONGEST - len(tail)].rstrip() + tail
    return clean or UNNAMED


def stem(name: str) -> str:
    """Give a harmless name without its ending."""
    first, dot, ending = name.rpartition(".")
    return first if dot and first and ending.isalnum() and len(ending) <= 5 else name


def _shown(letter: str) -> str:
    """A control or a format mark (right-to-left override, zero width) is a space or nothing."""
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else letter
