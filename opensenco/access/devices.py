"""Browsers that people sign in from: known, remembered for a day, seen by their owner, ended.

All of it belongs to the login: no role inside a scope reads it (access/login_rows.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from opensenco.access.models import Person
from opensenco.access.scope import as_login
from opensenco.access.signing_in import KnownDevice, WebSession

#: for how long a browser that nobody comes from is known
KNOWN_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in.

    Args:
        key: what stands for it in a form; the session's own key never does.
        here: it is the one that asks. near: it is on the network of the one that asks.
    """

    key: str
    device: str
    began: datetime | None
    here: bool
    near: bool


def hashed(secret: str) -> str:
    """Give what is kept of a browser's secret."""
    return sha256(secret.encode()).hexdigest()


def arrive(person: Person, secret: str, device: str, at: datetime) -> bool:
    """Note that somebody signed in from a browser. Tells whether it is new among others of theirs.

    The first of all is not told as new: there is nobody yet whom it could surprise.
    """
    with as_login():
        others = KnownDevice.objects.filter(person=person)
        known = others.filter(key=hashed(secret)).first()
        if known is not None:
            known.last_at, known.device = at, device
            known.save(update_fields=["last_at", "device"])
            return False
        news = others.exists()
        KnownDevice(
            person=person, key=hashed(secret), device=device, first_at=at, last_at=at
        ).save()
    return news


def remember(person: Person, secret: str, until: datetime) -> None:
    """Do not ask for the second step in this browser until a moment, or another password."""
    with as_login():
        KnownDevice.objects.filter(person=person, key=hashed(secret)).update(
            remembered_until=until, remembered_for=person.get_session_auth_hash()
        )


def is_remembered(person: Person, secret: str, at: datetime) -> bool:
    """Tell whether the second step is not asked for in this browser at this moment."""
    with as_login():
        row = KnownDevice.objects.filter(
            person=person, key=hashed(secret), remembered_until__gte=at
        ).first()
    return row is not None and constant_time_compare(
        row.remembered_for, person.get_session_auth_hash()
    )


def remembered(person: Person, at: datetime) -> int:
    """Give how many browsers somebody is not asked for the second step in."""
    with as_login():
        return KnownDevice.objects.filter(person=person, remembered_until__gte=at).count()


def forget(person: Person) -> None:
    """Ask for the second step in every browser again."""
    with as_login():
        KnownDevice.objects.filter(person=person).update(remembered_until=None, remembered_for="")


def places(person: Person, current: str, network: str) -> list[Place]:
    """Give where somebody is signed in, the latest first.

    Args:
        current: the key of the session that asks. network: of whoever asks, as sessions keep it.
    """
    with as_login():
        return [
            Place(
                key=_named(row),
                device=row.device,
                began=row.began_at,
                here=row.session_key == current,
                near=bool(network) and row.network == network,
            )
            for row in _open(person).order_by("-began_at", "session_key")
        ]


def end(person: Person, *, keep: str = "", only: Iterable[str] | None = None) -> int:
    """End sign-ins of a person, and with all of them also what browsers were told to remember.

    Args:
        keep: the key of the session that stays.
        only: what stands for those that are meant (`Place.key`); all without it.

    Returns:
        How many were ended.
    """
    meant = None if only is None else set(only)
    with as_login():
        gone = [
            row.session_key
            for row in _open(person)
            if row.session_key != keep and (meant is None or _named(row) in meant)
        ]
        WebSession.objects.filter(session_key__in=gone).delete()
        if meant is None:
            KnownDevice.objects.filter(person=person).update(
                remembered_until=None, remembered_for=""
            )
    return len(gone)


def clear(at: datetime) -> int:
    """Forget sign-ins that are over, and browsers that nobody has come from for a year."""
    with as_login():
        over, _ = WebSession.objects.filter(expire_date__lt=at).delete()
        # Django's own table, in which earlier versions kept them
        before, _ = Session.objects.filter(expire_date__lt=at).delete()
        unused, _ = KnownDevice.objects.filter(last_at__lt=at - KNOWN_FOR).delete()
    return over + before + unused


def _open(person: Person) -> QuerySet[WebSession]:
    from django.db.models.functions import Now

    # An expiry is written by the machine's clock, so it is read by the database's.
    return WebSession.objects.filter(person=person, expire_date__gt=Now())


def _named(row: WebSession) -> str:
    return salted_hmac("opensenco.sign-in", row.session_key, algorithm="sha256").hexdigest()[:20]
