"""A disk that is full: people read what happened and what to do, keep their words, and go on."""

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from bench.load import served
from bench.load_people import Fields
from opensenco.concerns.models import Concern
from opensenco.documents.keeping import store_of
from opensenco.documents.models import Document
from opensenco.gate.counting import Counting, counted
from opensenco.kernel.room import no_room
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.conftest import DATABASES
from tests.people import acting_as
from tests.support.databases import Copy, kind

#: long enough that no page of the database has room for it by chance
LONG = "He hides under the table when the bell rings. " * 40
SAYS = ("There is no room on the server", "the disk is full", "was not saved")
RAW = ("disk_full", "SQLITE", "OperationalError", "Errno", "No space left", "database or disk")
MEGABYTE = 1024 * 1024


def idris(name: str) -> str:
    with acting_as("senco", write=False):
        return reverse(name, args=[Pupil.objects.get(first_name="Idris").ref])


def kept() -> int:
    with acting_as("senco", write=False):
        return Concern.objects.filter(noticed=LONG.strip()).count()


def says_so(status: int, text: str) -> None:
    """Look over what somebody reads while there is no room."""
    assert status == 503
    for words in SAYS:
        assert words in text
    assert not [word for word in RAW if word in text]


def told(deed: Callable[[], object]) -> bool:
    """Tell whether what a deed raises says that there is no room."""
    try:
        deed()
    except Exception as fault:
        return no_room(fault)
    return False


def test_no_room_is_known_by_what_the_system_or_the_database_says() -> None:
    def raising(fault: Exception, cause: Exception | None = None) -> Callable[[], object]:
        def deed() -> None:
            raise fault from cause

        return deed

    assert told(raising(OSError(errno.ENOSPC, "x")))
    assert told(raising(OSError(errno.EDQUOT, "x")))
    assert told(raising(OperationalError("x"), psycopg.errors.DiskFull("x")))
    assert told(raising(OperationalError("database or disk is full")))
    assert not told(raising(OSError(errno.EACCES, "x")))
    assert not told(raising(OperationalError("database is locked")))
    assert not no_room(None)


@contextmanager
def full(copy: Copy) -> Iterator[None]:
    """Let the database find no room for a concern for the block."""
    if kind() == "sqlite":
        with connection.cursor() as cursor:
            most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            yield
            cursor.execute(f"PRAGMA max_page_count = {most}")
        return
    with DATABASES.server.connect(copy.name) as administrator:
        administrator.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        administrator.execute(
            "CREATE TRIGGER no_room AFTER INSERT ON concerns_concern EXECUTE FUNCTION no_room()"
        )
        yield
        administrator.execute("DROP TRIGGER no_room ON concerns_concern")


def test_words_for_which_a_database_has_no_room_come_back_on_the_page(own_database: Copy) -> None:
    client, path = signed_in("teacher"), idris("concerns:new")
    client.raise_request_exception = False
    data = Fields(client.get(path).text).data | {"noticed": LONG}
    done = 0
    with full(own_database):
        # pages that were given back may have room for the first
        for _each in range(20):
            answer: Any = client.post(path, Fields(client.get(path).text).data | data)
            if answer.status_code != 302:
                break
            done += 1
            data["once"] = ""
    says_so(answer.status_code, answer.text)
    assert LONG.strip() in answer.text
    assert "Your words stand below" in answer.text
    assert kept() == done
    assert client.post(path, data).status_code == 302
    assert kept() == done + 1


@pytest.mark.usefixtures("own_database")
def test_a_file_for_which_there_is_no_room_is_refused_and_taken_once_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_more(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def papers() -> dict[str, Any]:
        return {"papers": [SimpleUploadedFile("letter.txt", b"what the family wrote")]}

    client, path = signed_in("senco"), idris("documents:file")
    with acting_as("senco", write=False):
        store = store_of(Pupil.objects.get(first_name="Idris").org)
        before = Document.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", no_more)
        page: Any = client.post(path, papers())
    assert page.status_code == 200
    assert "There is no room for this file on the server. Nothing was kept." in page.text
    with acting_as("senco", write=False):
        assert Document.objects.count() == before
    assert not list((store.folder / "incoming").iterdir())
    assert client.post(path, papers()).status_code == 302
    with acting_as("senco", write=False):
        assert Document.objects.count() == before + 1


def test_what_was_done_has_its_answer_also_where_it_cannot_be_counted(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("done")

    settings.DATA = tmp_path
    counting = Counting(view)
    request = RequestFactory().get("/")
    request.resolver_match = None
    with monkeypatch.context() as broken:
        broken.setattr("mmap.mmap", no_more)
        assert counting(request).content == b"done"
        assert not list((tmp_path / "counts").iterdir())
    assert counting(request).content == b"done"
    assert sum(one.all for one in counted(tmp_path)) == 1


def apart() -> list[str]:
    """Give the words that run a command where it may mount a disk of its own, or none."""
    own = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    words = ["unshare", "--mount", *own, "--"]
    try:
        may = subprocess.run(
            [*words, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return []
    return [] if may.returncode else words


class Disk:
    """The small disk of a running server, seen from outside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no byte."""
        with self._ballast.open("wb", buffering=0) as file:
            for size in (MEGABYTE, 4096, 1):
                while self._took(file, size):
                    pass

    def _took(self, file: FileIO, size: int) -> bool:
        try:
            return file.write(bytes(size)) == size
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return False

    def clear(self) -> None:
        """Give the room back."""
        self._ballast.unlink()


@pytest.mark.skipif(kind() != "sqlite", reason="PostgreSQL's own disk is not this server's")
def test_a_server_on_a_full_disk_says_so_to_everybody_and_goes_on_once_there_is_room(
    own_database: Copy, tmp_path: Path
) -> None:
    within = apart()
    if not within:
        pytest.skip("this system lets nobody mount a small disk")
    cookie = signed_in("senco").cookies["sessionid"].value
    form, files, page = (idris(name) for name in ("concerns:new", "documents:file", "pupils:show"))
    connection.close()
    room = sum(one.stat().st_size for one in own_database.data.rglob("*")) // MEGABYTE + 8
    # what lies in the data folder is copied onto a small disk that is mounted over it
    begin = (
        'set -e; mkdir "$1"; cp -a "$2/." "$1"; mount -t tmpfs -o size="$3"m tmpfs "$2"; '
        'cp -a "$1/." "$2"; mkdir "$2/tmp"; shift 3; exec "$@"'
    )
    data = own_database.data
    words = [*within, "sh", "-c", begin, "sh", str(tmp_path / "beside"), str(data), str(room)]
    place = replace(own_database, environment=own_database.environment
                    | {"TMPDIR": str(data / "tmp")})  # fmt: skip
    with served(place, tmp_path / "serve.log", words) as server:
        disk = Disk(Path(f"/proc/{server.process.pid}/root{data}"))
        browser = requests.Session()
        browser.cookies.set("sessionid", cookie)
        sent = Fields(browser.get(server.home + form).text).data | {"noticed": LONG}
        keys = Fields(browser.get(server.home + files).text).data
        disk.fill()
        answer = browser.post(server.home + form, sent, allow_redirects=False)
        says_so(answer.status_code, answer.text)
        assert LONG.strip() in answer.text
        # one in memory, one that is put down while it comes in
        for size in (2, 3):
            big = {"papers": ("plan.txt", b"words " * (size * MEGABYTE // 6))}
            answer = browser.post(server.home + files, keys, files=big, allow_redirects=False)
            says_so(answer.status_code, answer.text)
        answer = browser.get(server.home + page)
        says_so(answer.status_code, answer.text)
        assert not [one for one in disk.folder.glob("files/*/incoming/*") if one.is_file()]
        disk.clear()
        assert server.process.poll() is None
        answer = browser.post(server.home + form, sent, allow_redirects=False)
        assert answer.status_code == 302
        assert LONG.strip() in browser.get(server.home + answer.headers["Location"]).text
        big = {"papers": ("plan.txt", b"words " * (3 * MEGABYTE // 6))}
        keys = Fields(browser.get(server.home + files).text).data
        answer = browser.post(server.home + files, keys, files=big, allow_redirects=False)
        assert answer.status_code == 302
