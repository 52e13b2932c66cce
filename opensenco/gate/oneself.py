"""Being oneself outside a page: what signing in writes in one's own name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.access.scope import Scope, scope
from opensenco.kernel.clock import london_date


@contextmanager
def as_oneself(person: Person, at: datetime) -> Iterator[Actor | None]:
    """Open one's own first role for writing; gives None where somebody has none today."""
    with scope(Scope(person=person.pk), write=True):
        hat = chosen(hats_of(person, london_date(at)), None)
        if hat is None:
            yield None
            return
        actor = Actor(person, hat, at)
        with scope(actor.scope, write=True):
            yield actor
