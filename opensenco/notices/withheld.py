"""Secrets in a mail: the outbox keeps a mark for them, and they are put in when it is handed over.

So whoever reads the database, or a copy of it, finds neither a link nor a code. What a mark stands
for is worked out of the installation's own secret, which is not in the database.
"""

import re
from collections.abc import Callable

#: nobody can type these, so no words of anybody become a mark
BEGINS, ENDS = "\ue000", "\ue001"
MARK = re.compile(f"{BEGINS}([a-z-]+):([A-Za-z0-9_:-]+){ENDS}")

_makers: dict[str, Callable[[str], str]] = {}


def when_sending(kind: str, make: Callable[[str], str]) -> None:
    """Say what stands for the marks of one kind, as a mail is handed over.

    Args:
        make: gives the words from what the mark names.
    """
    _makers[kind] = make


def mark(kind: str, names: str) -> str:
    """Give what stands in a mail's words until it is handed over.

    Args:
        kind: of `when_sending`.
        names: what its maker needs: letters, digits, "-", "_" and ":"; no secret.

    Raises:
        ValueError: something else is in it, or nobody makes words of that kind.
    """
    made = f"{BEGINS}{kind}:{names}{ENDS}"
    if kind not in _makers or not MARK.fullmatch(made):
        raise ValueError("a mark names its kind and what it stands for")
    return made


def filled(words: str) -> str:
    """Give a mail's words as they are sent."""
    return MARK.sub(lambda found: _makers[found[1]](found[2]), words)
