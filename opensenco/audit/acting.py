"""Who is acting just now, for the history that is written underneath an operation."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from opensenco.access.actor import Actor

_acting: ContextVar[Actor | None] = ContextVar("opensenco_acting", default=None)


class NobodyActs(RuntimeError):
    """Something that people edit was saved outside an operation."""


def acting() -> Actor:
    """Give who acts.

    Raises:
        NobodyActs: a row with history was saved outside an operation.
    """
    actor = _acting.get()
    if actor is None:
        raise NobodyActs("Rows with history are written by operations, which name who acts.")
    return actor


@contextmanager
def as_actor(actor: Actor) -> Iterator[None]:
    """Name who acts for the block."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)
