"""Becoming somebody of the cast, in a scope, for tests that stand below the pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.access.scope import Scope, scope
from tests.cast import BY_KEY, NOW, TODAY


def person(key: str) -> Person:
    """Give the person of the cast, outside any scope."""
    return Person.objects.get(email=BY_KEY[key].email)


@contextmanager
def acting_as(key: str, *, write: bool = True) -> Iterator[Actor]:
    """Open the scope of somebody of the cast."""
    who = person(key)
    with scope(Scope(person=who.pk), write=write):
        hat = chosen(hats_of(who, TODAY), None)
        assert hat is not None, f"{key} has no role today"
        actor = Actor(who, hat, NOW)
        with scope(actor.scope, write=write):
            yield actor
