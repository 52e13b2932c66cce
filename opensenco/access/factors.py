"""What people have for the second step of signing in: told, and never shown.

The rows are allauth's. Only the login reads and writes them, never a role inside a scope, so that a
question that goes wrong on a page cannot reach a secret (docs/guide/tenancy.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.utils.crypto import salted_hmac

from opensenco.access.models import Person
from opensenco.access.scope import as_login

TYPES = Authenticator.Type
#: what proves by itself that it is them; recovery codes only stand in for it
MAIN = (TYPES.TOTP, TYPES.WEBAUTHN)


@dataclass(frozen=True)
class Factors:
    """What somebody has.

    Args:
        codes: recovery codes that are left, None where they have none.
    """

    app: bool = False
    passkeys: int = 0
    codes: int | None = None

    def __bool__(self) -> bool:
        """Whether there is anything that a second step can be done with."""
        return self.app or self.passkeys > 0


@dataclass(frozen=True)
class Passkey:
    """One passkey: what its owner calls it, and when it came and was used."""

    key: str
    name: str
    added: datetime
    used: datetime | None


def of_people(people: Iterable[int]) -> dict[int, Factors]:
    """Give what each of these people has, by their ids; people without any are left out."""
    found: dict[int, Factors] = {}
    with as_login():
        for row in Authenticator.objects.filter(user_id__in=list(people)):
            before = found.get(row.user_id, Factors())
            found[row.user_id] = _with(before, row)
    return found


def of(person: Person) -> Factors:
    """Give what one person has."""
    return of_people([person.pk]).get(person.pk, Factors())


def passkeys_of(person: Person) -> list[Passkey]:
    """Give one's own passkeys, the oldest first."""
    with as_login():
        rows = Authenticator.objects.filter(user_id=person.pk, type=TYPES.WEBAUTHN).order_by("pk")
        return [
            Passkey(key_of(row), row.wrap().name, row.created_at, row.last_used_at) for row in rows
        ]


def key_of(row: Authenticator) -> str:
    """Give what stands for a passkey in an address: nobody can count by it."""
    return salted_hmac("opensenco.passkey", str(row.pk), algorithm="sha256").hexdigest()[:20]


def take_away(person: Person) -> None:
    """Take away all that somebody has; at the next sign-in they set it up anew."""
    with as_login():
        Authenticator.objects.filter(user_id=person.pk).delete()


def _with(before: Factors, row: Authenticator) -> Factors:
    if row.type == TYPES.TOTP:
        return replace(before, app=True)
    if row.type == TYPES.WEBAUTHN:
        return replace(before, passkeys=before.passkeys + 1)
    used = cast("dict[str, Any]", row.data).get("used_mask", 0)
    return replace(before, codes=app_settings.RECOVERY_CODE_COUNT - int(used).bit_count())
