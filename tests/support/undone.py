"""What is done and then undone, so that the next finds the world as it was."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client


@contextmanager
def undone(*clients: Client) -> Iterator[None]:
    """Roll back whatever is done inside, and give the clients that signed out their cookies."""
    kept = [copy.deepcopy(client.cookies) for client in clients]
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for client, cookies in zip(clients, kept, strict=True):
        client.cookies = cookies
