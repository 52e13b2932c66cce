"""What is worth asking once more who it is says so at its door, and nobody else comes through."""

from typing import Any

import pytest
from django.urls import URLPattern, reverse

from opensenco.access.actions import Action
from opensenco.audit.models import Entry
from opensenco.gate import strength
from tests.client import StrictClient, signed_in
from tests.contracts.test_routes import ALL, at_every, door, fill
from tests.contracts.walk import each
from tests.people import acting_as

#: whoever writes under these verbs changes what somebody may do
RIGHTS = {Action.PEOPLE_MANAGE, Action.ROLE_NARROW}
FRESH = [named for named in ALL if door(named[1]).fresh]


def stale(key: str) -> StrictClient:
    """Give somebody who came in by both steps this morning and has shown nothing since."""
    client = signed_in(key)
    session: Any = client.session
    session[strength.SESSION] = {**session[strength.SESSION], "shown": 0}
    session.save()
    return client


@each(ALL, str)
def test_whoever_changes_rights_has_just_shown_that_it_is_them(named):
    asked = door(named[1])
    if asked.writes and asked.action in RIGHTS:
        assert asked.fresh, "give its @page fresh=True"


@pytest.mark.django_db
def test_a_door_that_asks_again_shows_and_does_nothing_before():
    def check(name: str, entry: URLPattern) -> None:
        asked = door(entry)
        key = next(key for key, status in asked.who.items() if status == 200)
        client, address = stale(key), reverse(name, kwargs=fill(entry, key))
        for method in ["get"] * asked.reads + ["post"] * asked.writes:
            before = entries(key)
            answer: Any = getattr(client, method)(address)
            assert answer.status_code == 302, method
            assert answer["Location"].startswith(reverse("account_reauthenticate")), method
            assert entries(key) == before, method

    assert FRESH, "no door asks again"
    at_every(FRESH, check)


def entries(key: str) -> int:
    with acting_as(key, write=False):
        return Entry.objects.count()
