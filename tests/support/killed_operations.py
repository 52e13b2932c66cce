"""Every operation is killed on its way, the first time that the tests' world calls it.

Run as `python -m tests.support.killed_operations`, on a database of its own (SQLite: a scope
without a transaction is only there to be had). The world is built anew from nothing with each
operation in a transaction of its own, as pages have it; what the world does not do,
`further_deeds` does. Before an operation begins, processes split off that do it and die.

The input is one line: whether every step is tried, and which operations (none: all). The answer is
one line too: what was done, killed or not.
"""

import json
import sys
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from typing import Any

import django

from tests.support.dying import Proven, deaths, draw_the_same, set_papers_elsewhere, spare_memory


class Watched:
    """Stands in the operations' module for `django.db.transaction`.

    Args:
        every: whether all steps are tried.
        names: of the operations that are killed; none for all.
    """

    def __init__(self, real: Any, record: Any, every: bool, names: Collection[str]) -> None:
        self.real, self.record, self.every, self.names = real, record, every, names
        self.found: dict[str, Proven] = {}

    def atomic(self) -> AbstractContextManager[None]:
        """Give the transaction of the operation that asks for one, watched the first time."""
        from django.db import connection

        pen = sys._getframe(1).f_locals["pen"]
        name = f"{pen.function.__module__}.{pen.verb}"
        known = self.found.get(name)
        if connection.in_atomic_block or (self.names and name not in self.names):
            # a step of another one, which is killed inside it too; or not its turn
            self.found.setdefault(name, Proven(name, []))
        elif known is None or not known.tried:
            self.found[name] = Proven(name, [])
            return self._killed_first(self.found[name])
        real: AbstractContextManager[None] = self.real.atomic()
        return real

    @contextmanager
    def _killed_first(self, found: Proven) -> Iterator[None]:
        """Go on in children, at each step of one of which it dies; then in this process.

        The body of the operation stands where this generator yields: once in each process.
        """
        from django.db import connections

        connections.close_all()
        self.record.keep("kept")
        for child in deaths(found, self.record, "kept", self.every):
            if child.born():
                draw_the_same(found.name)
                try:
                    with self.real.atomic():
                        yield
                except BaseException as error:
                    child.failed(error)
                child.done()
        draw_the_same(found.name)
        with self.real.atomic():
            yield


def without_transactions() -> None:
    """Let scopes open no transaction, so that each operation has its own."""
    from opensenco.access import scope as module

    @contextmanager
    def bare(new: Any, *, write: bool) -> Iterator[None]:
        token = module._now.set(module._Open(new, write))
        try:
            yield
        finally:
            module._now.reset(token)

    module._sqlite = bare


def main() -> None:
    """Build the world, and let it be killed."""
    asked = json.loads(sys.stdin.readline())
    django.setup()
    from opensenco.gate import operation as module
    from tests.support.record import OnSqlite, here

    record = here()
    assert isinstance(record, OnSqlite)
    record.empty()
    record.lighten()
    without_transactions()
    loose: Any = module
    watched = Watched(loose.transaction, record, asked["every"], set(asked["names"]))
    loose.transaction = watched
    from tests.support import further_deeds
    from tests.world import build

    set_papers_elsewhere()
    spare_memory()
    build()
    further_deeds.do()
    print(json.dumps([asdict(one) for one in watched.found.values()]))  # noqa: T201 (the answer)


if __name__ == "__main__":
    main()
