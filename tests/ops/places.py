"""Doing what a command does, in this process: a start of Django for each would take longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from opensenco.access import postgres
from tests.conftest import DATABASES, HERE
from tests.support.databases import Copy, connected, kind


@contextmanager
def at(place: Copy, settings: Any, role: str = postgres.OWNER) -> Iterator[Copy]:
    """Be in a place as a command is: with its database, its folder and the command's login."""
    before = settings.DATA, settings.FILES, connection.settings_dict["USER"]
    with connected(place):
        connection.settings_dict["USER"] = role if kind() == "postgres" else ""
        settings.DATA, settings.FILES = place.data, place.data / "files"
        try:
            yield place
        finally:
            connection.close()
            settings.DATA, settings.FILES, connection.settings_dict["USER"] = before


@contextmanager
def empty_place() -> Iterator[Copy]:
    """Give a place with nothing in it, where an administrator has made the database ready."""
    place = DATABASES.place(f"{HERE.name}_empty")
    place.data.mkdir()
    if kind() == "postgres":
        DATABASES.server.create(place.name)
    try:
        yield place
    finally:
        DATABASES.drop(place)
