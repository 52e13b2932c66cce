"""The log of signing in: what happened, when and by whom, without a name or an address."""

import re
from typing import Any

import pytest
from django.test import Client

from opensenco.access.events import account
from opensenco.kernel.refs import short
from tests.cast import PASSWORD
from tests.client import StrictClient
from tests.people import person
from tests.support.logs import log_kept

pytestmark = pytest.mark.django_db
LINE = re.compile(
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (INFO|WARNING) opensenco\.security (.*)$"
)
NEW = "three other new words"


def told(lines: list[str]) -> list[str]:
    return [match[2] for line in lines if (match := LINE.match(line))]


def test_coming_in_leaving_and_being_refused_are_told() -> None:
    who, client = person("senco"), StrictClient()
    one = f"person={short(who.ref)} account={account(who.email)}"
    with log_kept() as log:
        client.post("/sign-in/", {"login": who.email.upper(), "password": "not these words"})
        client.post("/sign-in/", {"login": "nobody@example.org", "password": "not these words"})
        client.post("/sign-in/", {"login": who.email, "password": PASSWORD})
        new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        client.post("/me/password/", new)
        client.post("/sign-out/")
    assert told(log) == [
        f"sign-in refused account={account(who.email)}",
        f"sign-in refused account={account('nobody@example.org')}",
        f"signed in {one}",
        f"password changed {one}",
        f"signed out {one}",
    ]
    whole = "".join(log)
    for word in (who.email, who.first_name, who.last_name, "nobody@example.org", NEW, PASSWORD):
        assert word not in whole


def test_who_is_stopped_is_told_to_the_log() -> None:
    with log_kept() as log:
        answers: list[Any] = [
            Client().get("/link/AAAAAAAAAAAAAAAAAAAAAA/" + "x" * 32 + "/") for _n in range(12)
        ]
        forged: Any = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"})
    assert answers[-1].status_code == 429
    assert [line for line in told(log) if line.startswith("too many tries route=")]
    assert forged.status_code == 403
    assert [line for line in log if "CSRF" in line]
