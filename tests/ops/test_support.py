"""The ground that every other test stands on does what it says."""

import socket
import urllib.request
import warnings

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from opensenco.access import postgres
from tests.conftest import DATABASES
from tests.support import databases
from tests.support.databases import Copy
from tests.support.network import NetworkUsed


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(NetworkUsed), socket.socket() as one:
        one.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkUsed), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"", ("192.0.2.1", 53))
    with pytest.raises(NetworkUsed):
        urllib.request.urlopen("http://school.example/")


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any_order() -> None:
    seen = {tuple(ContentType.objects.values_list("pk", flat=True)) for _ in range(8)}
    assert len(seen) > 1
    ordered = {
        tuple(ContentType.objects.order_by("pk").values_list("pk", flat=True)) for _ in range(8)
    }
    assert len(ordered) == 1


def login() -> str:
    """Give the login that the connection has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        name: str = cursor.fetchone()[0]
    return name


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_test_is_the_web_server() -> None:
    assert login() == postgres.WEB


@pytest.mark.postgres
@pytest.mark.worker
@pytest.mark.django_db
def test_a_test_can_be_the_worker() -> None:
    assert login() == postgres.WORKER


@pytest.mark.postgres
@pytest.mark.worker
def test_the_worker_can_commit_too(own_database: Copy) -> None:
    assert login() == postgres.WORKER


def test_what_one_test_commits_another_does_not_see(own_database: Copy) -> None:
    ContentType.objects.create(app_label="tests", model="committed")
    assert not connection.in_atomic_block
    another = DATABASES.copy(f"{own_database.name}_next")
    try:
        with databases.connected(another):
            assert not ContentType.objects.filter(app_label="tests").exists()
    finally:
        DATABASES.drop(another)
    assert ContentType.objects.filter(app_label="tests").exists()
