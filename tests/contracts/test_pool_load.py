"""Few connections serve many people at once, with errors in between: nobody gets another's rows.

As a server does it: each thread keeps its connection from request to request, and people of
different organisations come to it in no order, behind requests that failed, were refused, were
broken off in the middle of a statement or lost their connection.
"""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection, connections
from django.test import Client
from django.urls import reverse

from opensenco.access import postgres
from opensenco.access.scope import Scope, scope
from opensenco.people.models import Pupil
from tests.conftest import DATABASES
from tests.contracts.test_pool import NOBODY, asked, held
from tests.people import acting_as, person
from tests.support.databases import Copy

pytestmark = pytest.mark.postgres
THREADS, REQUESTS = 4, 30
OURS, OUTSIDE, OTHERS = ("Idris", "Hassan-Cole", "Atherton"), ("Zebedee",), ("Milly", "Walter")
#: words that stand in other organisations' rows, by who must not read them
FOREIGN = {
    **dict.fromkeys(
        ("senco", "head", "teacher", "ta", "parent"), (*OUTSIDE, *OTHERS, "Markerword")
    ),
    **dict.fromkeys(("outsider", "outside_teacher"), (*OURS, *OTHERS)),
    "shared_senco": (*OURS, *OUTSIDE),
    **dict.fromkeys(("family", "authority"), (*OURS, *OUTSIDE, *OTHERS, "Markerword")),
}
#: which pupils each sees, asked past the pages
SEES = {
    "senco": {"Idris", "Grace", "Poppy"},
    "outsider": {"Zebedee", "Markerword"},
    "shared_senco": {"Milly", "Walter"},
}
LISTS = ("home:start", "register:list", "concerns:list", "packs:list", "school:who_sees",
         "school:classes", "school:staff", "provision:list")  # fmt: skip


class BrokenOff(BaseException):
    """Somebody closed the browser, or the server stopped the thread."""


@dataclass
class Load:
    """What the threads share."""

    clients: dict[str, Client]
    idris: str
    servers: set[int] = field(default_factory=set)
    read: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def opens(self, key: str, address: str) -> None:
        """Fetch a page and look for words of others."""
        answer: Any = self.clients[key].get(address)
        shown = [word for word in FOREIGN[key] if word in answer.content.decode()]
        assert not shown, f"{address} shows {shown} to {key}"
        if address == self.idris and key not in ("senco", "head", "teacher", "ta", "parent"):
            assert answer.status_code in {403, 404}, key
        with self.lock:
            self.read += answer.status_code == 200

    def asks_past_the_pages(self, key: str) -> None:
        """Read all pupils there are, with no condition of ours."""
        with acting_as(key, write=False):
            assert {row.first_name for row in Pupil.objects.all()} == SEES[key]
            # the database alone: a statement without any condition
            with connection.cursor() as cursor:
                cursor.execute("SELECT first_name FROM people_pupil")
                assert {name for (name,) in cursor.fetchall()} == SEES[key]


def fails_in_sql(key: str) -> None:
    with acting_as(key):
        asked("SELECT 1 / 0")


def goes_on_after_a_failure(key: str) -> None:
    with acting_as(key):
        with pytest.raises(DatabaseError):
            asked("SELECT nothing FROM nowhere")
        Pupil.objects.count()


def is_broken_off(key: str) -> None:
    with acting_as(key):
        Pupil.objects.count()
        raise BrokenOff


def is_broken_off_in_an_inner_scope(key: str) -> None:
    with acting_as(key), scope(Scope(frozenset({1, 2, 3}))):
        Pupil.objects.count()
        raise BrokenOff


def loses_its_connection(key: str) -> None:
    with acting_as(key):
        server = connection.connection.info.backend_pid
        with DATABASES.server.connect("postgres") as administrator:
            administrator.execute("SELECT pg_terminate_backend(%s)", [server])
        Pupil.objects.count()


FAULTS: tuple[Callable[[str], None], ...] = (
    fails_in_sql,
    goes_on_after_a_failure,
    is_broken_off,
    is_broken_off_in_an_inner_scope,
    loses_its_connection,
)


def jobs(load: Load, chance: random.Random) -> Iterator[Callable[[], None]]:
    """Give requests of everybody, each now and then behind one that fails."""
    for _number in range(REQUESTS):
        key = chance.choice(sorted(FOREIGN))
        address = chance.choice([load.idris, *(reverse(name) for name in LISTS)])
        yield lambda key=key, address=address: load.opens(key, address)  # type: ignore[misc]
        who = chance.choice(sorted(SEES))
        yield lambda who=who: load.asks_past_the_pages(who)  # type: ignore[misc]
        if chance.random() < 0.4:
            fault = chance.choice(FAULTS)
            yield lambda fault=fault, who=who: fault(who)  # type: ignore[misc]


def works(load: Load, number: int) -> None:
    """Do one thread's share, as a server's thread does: one connection, looked at before each."""
    try:
        for job in jobs(load, random.Random(number)):
            close_old_connections()
            lost = False
            try:
                job()
            except (DatabaseError, BrokenOff):
                lost = connection.connection is None or not connection.is_usable()
            if not lost:
                assert held() == NOBODY
                assert asked("SELECT current_setting('transaction_read_only')") == ("off",)
                with load.lock:
                    load.servers.add(connection.connection.info.backend_pid)
    finally:
        connections.close_all()


def test_under_load_nobody_gets_what_was_another_persons(own_database: Copy) -> None:
    load = Load({}, "")
    for key in FOREIGN:
        load.clients[key] = Client(raise_request_exception=False)
        load.clients[key].force_login(person(key))
    with acting_as("senco", write=False):
        load.idris = reverse("pupils:show", args=[Pupil.objects.get(first_name="Idris").ref])
    assert connection.settings_dict["USER"] == postgres.WEB
    connections.close_all()
    with ThreadPoolExecutor(THREADS) as pool:
        for share in [pool.submit(works, load, number) for number in range(THREADS)]:
            share.result(timeout=240)
    assert load.read > THREADS * REQUESTS / 3
    # few connections: each thread's own, and a new one only where one was lost
    lost = sum(job.__defaults__[:1] == (loses_its_connection,) for n in range(THREADS)
               for job in jobs(load, random.Random(n)) if job.__defaults__)  # fmt: skip
    assert lost
    assert THREADS <= len(load.servers) <= THREADS + lost
