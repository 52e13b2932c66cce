"""A package sealed with a passphrase, in the format of age: for mail, a stick, or a shared drive.

The passphrase is drawn for one saving, shown to whoever saves, and kept nowhere: not in the record,
not in a session, not in a log. Whoever loses it seals the package anew.
"""

import re
import secrets
from pathlib import Path

#: without what is mistaken for something else when it is read out: 0 and o, 1 and l and i
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LONG = 6, 4
SHAPE = re.compile(rf"[{LETTERS}]{{{LONG}}}(?:-[{LETTERS}]{{{LONG}}}){{{GROUPS - 1}}}")
SUFFIX = ".age"
#: bytes of the largest package that is sealed here: it is sealed in memory
LARGEST = 250 * 1024 * 1024


def new_passphrase() -> str:
    """Draw a passphrase: nearly 120 bits, in groups that can be read out on the phone."""
    drawn = ("".join(secrets.choice(LETTERS) for _i in range(LONG)) for _j in range(GROUPS))
    return "-".join(drawn)


def is_ours(passphrase: str) -> bool:
    """Whether this is a passphrase as we draw them, and none that somebody thought up."""
    return SHAPE.fullmatch(passphrase) is not None


def sealed(path: Path, passphrase: str) -> bytes:
    """Give a file sealed: whoever has the passphrase opens it with the program age."""
    # as backups do: what is seldom needed is loaded when it is
    import pyrage

    return bytes(pyrage.passphrase.encrypt(path.read_bytes(), passphrase))
