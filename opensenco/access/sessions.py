"""Who is signed in: the two questions of every request, kept in words (access/questions.py).

The storing of sessions and the checking of passwords are Django's and allauth's. Whose a session
is stands beside what it holds, so that its owner can see and end it (access/devices.py).
"""

import time
from datetime import UTC, datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import BigIntegerField, CharField, QuerySet
from django.db.models.functions import Now
from django.utils.dateparse import parse_datetime

from opensenco.access.models import Person
from opensenco.access.questions import Told, question
from opensenco.access.signing_in import WebSession

#: where a session says from what and when somebody came: device, network, began
CAME = "came"
#: where it says since when somebody is signed in and when they last asked for a page, in seconds
ALIVE = "alive"
#: so many seconds may lie between two notes of that: one for each page would be one write too many
NOTED = 60


@question
def _sessions() -> QuerySet[WebSession]:
    # An expiry is written by the machine's clock, so it is read by the database's.
    return WebSession.objects.filter(session_key=Told("key", CharField()), expire_date__gt=Now())


@question
def _people() -> QuerySet[Person]:
    return Person.objects.filter(pk=Told("pk", BigIntegerField()))


def begin(session: SessionBase) -> None:
    """Count the time of a sign-in from now."""
    now = time.time()
    session[ALIVE] = {"since": now, "seen": now}


def go_on(session: SessionBase) -> None:
    """Note that its person has asked for a page; the server ends it by that."""
    alive = session.get(ALIVE)
    if alive is None:
        begin(session)
    elif time.time() - alive["seen"] >= NOTED:
        session[ALIVE] = {**alive, "seen": time.time()}


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django keeps them, each beside its person."""

    @classmethod
    def get_model_class(cls) -> type[WebSession]:
        """Give the table."""
        return WebSession

    def create_model_instance(self, data: dict[str, Any]) -> WebSession:
        """Give the row for what a session holds now, whatever its key has become."""
        row: Any = super().create_model_instance(data)
        came = data.get(CAME, {})
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device, row.network = came.get("device", ""), came.get("network", "")
        row.began_at = parse_datetime(came.get("began", ""))
        return row  # type: ignore[no-any-return]

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Give when it ends: with its time, or where nobody has asked for a page for long."""
        ends: datetime = super().get_expiry_date(**kwargs)
        # a shared tablet counts its own minutes
        if SESSION_KEY not in self or self.get("_session_expiry"):
            return ends
        now = time.time()
        alive = self.get(ALIVE, {"since": now, "seen": now})
        last = min(alive["since"] + settings.SESSION_COOKIE_AGE, alive["seen"] + settings.IDLE)
        return min(ends, datetime.fromtimestamp(last, UTC))

    def _get_session_from_db(self) -> WebSession | None:
        for found in _sessions.ask(key=self.session_key):
            return found
        self._session_key = None
        return None


class Backend(AuthenticationBackend):  # type: ignore[misc] # allauth has no types
    """Signing in as allauth does it."""

    def get_user(self, user_id: int) -> Person | None:
        """Give the person of a session, None where there is none or they may not sign in."""
        for person in _people.ask(pk=user_id):
            return person if self.user_can_authenticate(person) else None
        return None
