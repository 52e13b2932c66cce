"""Sealing what a backup holds for the holders of keys, in the format of age.

The server needs to know only whom to seal for. What opens it lies elsewhere, so whoever takes the
server, or the backups, or both, cannot read them. The same key files serve the program `age`.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

SUFFIX = ".age"
_PUBLIC, _SECRET, _SSH = "age1", "AGE-SECRET-KEY-1", "ssh-"


@dataclass(frozen=True)
class Key:
    """Whom a backup is sealed for, and what opens it where that is here.

    Attributes:
        mark: tells files sealed for these holders from those sealed for others.
    """

    recipients: tuple[Any, ...]
    identities: tuple[Any, ...]
    mark: str

    @classmethod
    def read(cls, path: Path) -> "Key":
        """Read a key file: lines of `age1…` or `ssh-…` to seal for, or of a secret key to open.

        Raises:
            CommandError: it cannot be read, or holds no key. What it holds is never repeated.
        """
        try:
            written = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise CommandError(f"The key file {path} cannot be read.") from None
        lines = [line.strip() for line in written.splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        try:
            return _key([_understood(line) for line in lines])
        except ValueError:
            raise CommandError(
                f"{path} holds no key of age. Each line begins with {_PUBLIC}, {_SSH} or {_SECRET}."
            ) from None

    def seal(self, source: Path, target: Path) -> None:
        """Write a file sealed."""
        with source.open("rb") as plain, target.open("xb") as sealed:
            _age().encrypt_io(plain, sealed, list(self.recipients))
            sealed.flush()
            os.fsync(sealed.fileno())

    def open(self, source: Path, target: Path) -> None:
        """Write what is in a sealed file.

        Raises:
            CommandError: this key does not open it, or it is damaged.
        """
        if not self.identities:
            raise CommandError(
                f"This backup is sealed. Give the key file that opens it ({_SECRET}…) with --key."
            )
        try:
            with source.open("rb") as sealed, target.open("wb") as plain:
                _age().decrypt_io(sealed, plain, list(self.identities))
        except (_age().DecryptError, OSError):
            raise CommandError(
                f"{source.name} cannot be opened: it is sealed for another key, or damaged."
            ) from None


def _understood(line: str) -> tuple[Any, Any | None]:
    """Give of one line whom to seal for, and what opens it.

    Raises:
        ValueError: it is no key.
    """
    age = _age()
    try:
        if line.startswith(_SECRET):
            identity = age.x25519.Identity.from_str(line)
            return identity.to_public(), identity
        if line.startswith(_PUBLIC):
            return age.x25519.Recipient.from_str(line), None
        if line.startswith(_SSH):
            return age.ssh.Recipient.from_str(line), None
    except (age.IdentityError, age.RecipientError):
        pass
    raise ValueError("no key")


def _key(found: list[tuple[Any, Any | None]]) -> Key:
    if not found:
        raise ValueError("no key")
    names = sorted(str(recipient) for recipient, _identity in found)
    return Key(
        recipients=tuple(recipient for recipient, _identity in found),
        identities=tuple(identity for _recipient, identity in found if identity is not None),
        mark=hashlib.sha256("\n".join(names).encode()).hexdigest()[:12],
    )


def _age() -> Any:
    # only where backups are sealed: it is a library of another language
    import pyrage

    return pyrage
