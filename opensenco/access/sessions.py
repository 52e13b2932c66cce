"""Who is signed in: the two questions of every request, kept in words (access/questions.py).

The storing of sessions and the checking of passwords are Django's and allauth's.
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import BigIntegerField, CharField, QuerySet
from django.db.models.functions import Now

from opensenco.access.models import Person
from opensenco.access.questions import Told, question


@question
def _sessions() -> QuerySet[Session]:
    # An expiry is written by the machine's clock, so it is read by the database's.
    return Session.objects.filter(session_key=Told("key", CharField()), expire_date__gt=Now())


@question
def _people() -> QuerySet[Person]:
    return Person.objects.filter(pk=Told("pk", BigIntegerField()))


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
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
