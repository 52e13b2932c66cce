"""kill -9 between any two steps of a sending: the record is as before, or fully after.

A real process dies before each statement and on each side of each commit, on a database that really
commits; between two deaths the whole record of the school is read again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from opensenco.access.keys import all_models
from opensenco.people.models import Pupil
from tests.people import acting_as, person
from tests.support.databases import ROOT, Copy
from tests.support.forms import forms_on

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]
Record = dict[str, list[tuple[Any, ...]]]
Answers = dict[str, list[str]]
MOST_STEPS = 400


def record(key: str) -> Record:
    """Read every row that somebody may see, drafts and sent forms among them."""
    with acting_as(key, write=False):
        return {
            model._meta.label: sorted(model._default_manager.values_list(), key=repr)
            for model in all_models()
        }


def grown(before: Record, after: Record) -> dict[str, int]:
    """Give how many rows more each table has; changed rows count as none."""
    more = {label: len(after[label]) - len(before[label]) for label in before}
    return {label: count for label, count in more.items() if count}


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(person(key))
    return client


def filled(client: Client, address: str, answers: Answers) -> dict[str, list[str]]:
    """Give what a page's form sends with these answers, all else as it stands."""
    form = forms_on(client.get(address).content.decode())[0]
    return form.sent(lambda field: answers.get(field.name))


@contextmanager
def mortal(place: Copy, client: Client, address: str, answers: Answers) -> Iterator[Any]:
    """Start the process that sends this page's form and dies."""
    data = filled(client, address, answers)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.killed"],
        cwd=ROOT, env=place.environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        sent = {"address": address, "data": data, "session": session}
        process.stdin.write(json.dumps(sent) + "\n")
        process.stdin.flush()
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process


def dies_before(process: Any, step: int) -> bool:
    process.stdin.write(f"{step}\n")
    process.stdin.flush()
    return str(process.stdout.readline()).strip() == "killed"


def killed_at_every_step(place: Copy, key: str, pages: tuple[str, str], answers: Answers) -> int:
    """Send the first page's form in peace, then kill the second's at step after step.

    Gives how many deaths left the record as it was.
    """
    client, (first, second) = signed_in(key), pages
    data, before = filled(client, first, answers), record(key)
    assert client.post(first, data).status_code == 302
    whole = grown(before, record(key))
    with mortal(place, client, second, answers) as process:
        untouched = record(key)
        for step in range(1, MOST_STEPS):
            killed = dies_before(process, step)
            now = record(key)
            if now != untouched:
                assert grown(untouched, now) == whole, f"half a record after step {step}"
                return step - 1
            assert killed, f"it was sent at step {step} and nothing is there"
    raise AssertionError("it never came to an end")


def pupil(name: str, first_name: str) -> str:
    with acting_as("senco", write=False):
        return reverse(name, args=[Pupil.objects.get(first_name=first_name).ref])


def test_a_concern_is_recorded_whole_or_not_at_all(own_database: Copy) -> None:
    addresses = pupil("concerns:new", "Idris"), pupil("concerns:new", "Grace")
    answers = {"noticed": ["Seen every day."]}
    assert killed_at_every_step(own_database, "teacher", addresses, answers) > 15


def test_a_status_is_set_whole_or_not_at_all(own_database: Copy) -> None:
    """With it go its history, its facts, the dates of the law, tasks and notices."""
    addresses = pupil("plans:set_status", "Poppy"), pupil("plans:set_status", "Grace")
    answers = {"code": ["K"], "grounds": ["progress"], "reason": ["Reads like a younger child."]}
    assert killed_at_every_step(own_database, "senco", addresses, answers) > 25
