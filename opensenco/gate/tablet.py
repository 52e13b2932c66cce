"""A shared tablet at the door: which one this is, who has it, and that it may still be used.

Somebody who came in by six digits has a short session that names the tablet. It opens only the
pages that say so, ends by itself, and is refused from the moment in which the tablet is cut off.
"""

import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from opensenco.access.actor import Hat
from opensenco.access.models import Tablet
from opensenco.access.scope import Scope, scope
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.words import mark

#: what the device keeps, and for how long
COOKIE = f"{settings.HOST_COOKIE}tablet"
KEPT = timedelta(days=400)
#: which tablet a session is on
SEAT = "tablet"
#: without a touch for so long, a session on a tablet has ended
IDLE = timedelta(minutes=5)
#: what a role is called in the books may be no longer
MOST_NAME = 80


class NotHere(NotAllowed):
    """A page was asked for that is not for shared tablets."""

    usual = mark("This page does not open on a shared tablet. Use a computer of your own.")


class SeatGone(NotAllowed):
    """The tablet was cut off, or its person's role has ended."""


@dataclass(frozen=True)
class Seat:
    """On which tablet somebody sits."""

    org: int
    tablet: uuid.UUID


def hashed(secret: str) -> str:
    """Give what is kept of a device's secret. It is long and random: one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def take_seat(request: HttpRequest, tablet: Tablet, hat: str) -> None:
    """Say that this session is on a tablet, in that role, and ends soon by itself."""
    request.session[SEAT] = {"org": tablet.org_id, "tablet": str(tablet.ref)}
    request.session["hat"] = hat
    stay(request)


def seat_of(request: HttpRequest) -> Seat | None:
    """Give the tablet of a session; None for every other session."""
    found: Any = request.session.get(SEAT)
    return Seat(found["org"], uuid.UUID(found["tablet"])) if isinstance(found, dict) else None


def stay(request: HttpRequest) -> None:
    """Count the minutes without a touch from now; the server ends the session by them."""
    request.session.set_expiry(int(IDLE.total_seconds()))


def seated(seat: Seat, person: int, hats: list[Hat]) -> tuple[Tablet, list[Hat]]:
    """Give the tablet, and the one hat that its person has on it, named for the books.

    Raises:
        SeatGone: it was cut off, or there is no such hat (any more).
    """
    with scope(Scope(orgs=frozenset({seat.org}), person=person)):
        tablet = Tablet.objects.filter(ref=seat.tablet).first()
    if tablet is None or not tablet.in_use:
        raise SeatGone
    for hat in hats:
        if may_use(tablet, hat):
            name = f"{hat.name}, {tablet.name}"
            return tablet, [replace(hat, name=name[:MOST_NAME])]
    raise SeatGone


def may_use(tablet: Tablet, hat: Hat) -> bool:
    """Tell whether a tablet is for this hat: of its place alone, in a role that it was given to."""
    return hat.orgs == frozenset({tablet.org_id}) and hat.role.code in tablet.roles


def is_one(request: HttpRequest) -> bool:
    """Tell whether this browser says that it is a shared tablet. It proves nothing by that."""
    return COOKIE in request.COOKIES


def keep_on_device(response: HttpResponseBase, words: str) -> None:
    """Let the device keep who it is."""
    response.set_cookie(
        COOKIE, words, max_age=int(KEPT.total_seconds()), httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE), samesite="Lax",
    )  # fmt: skip


def go_back_alone(response: HttpResponseBase, address: str) -> None:
    """Let the device go back to the names by itself, where nobody touches what it shows."""
    response["Refresh"] = f"{int(IDLE.total_seconds()) + 2}; url={address}"
