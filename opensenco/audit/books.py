"""Writing the books: who looked and what was done is written whoever acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from opensenco.access.actor import Actor
from opensenco.access.scope import current_or_none, scope


@contextmanager
def books_of(actor: Actor) -> Iterator[None]:
    """Open what the books of the actor's organisations need.

    Guests cannot read or write the books, so their looks and deeds are written under the staff role
    of the same organisations. Staff who already have a writing scope open go on in it.
    """
    here = current_or_none()
    if here is not None and here.kind != "guest":
        yield
        return
    with scope(replace(actor.scope, kind="staff", pupils=frozenset()), write=True):
        yield
