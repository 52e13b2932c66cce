"""`opensenco upgrade` takes the record along whole, or leaves it as it was; pages say so."""

import re
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.management.base import CommandError

from opensenco.kernel import halt
from opensenco.kernel.refs import short
from opensenco.ops import doctor, upgrading
from opensenco.ops.living import Living
from opensenco.ops.upgrading import RolledBack, upgrade
from tests.client import StrictClient, signed_in
from tests.ops.places import at
from tests.ops.test_serving import read_until, running, until
from tests.ops.test_upgrade import record_of, shape_of
from tests.packs import idris
from tests.people import acting_as
from tests.support.databases import Copy
from tests.support.server import free_port

#: changes a row of every place, and makes a table that the step before it did not have
FIRST = """
from django.db import migrations, models
from opensenco.access.migrating import RunAsSystem

def change(apps, editor):
    editor.execute("UPDATE access_organisation SET town = 'Elsewhere'")

class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        RunAsSystem(change, migrations.RunPython.noop),
        migrations.CreateModel("Planted", [("id", models.BigAutoField(primary_key=True))]),
    ]
"""
FAILING = """
from django.db import migrations

def fail(apps, editor):
    raise ValueError("this one holds a name: Idris Hassan-Cole")

class Migration(migrations.Migration):
    dependencies = [("ops", "0001_first")]
    operations = [migrations.RunPython(fail)]
"""


def named(shape: list[tuple]) -> list[tuple]:
    """Leave out how PostgreSQL writes a constraint: what it has read from a dump it writes anew."""
    return [row[:2] if len(row) == 3 else row for row in shape]


def test_an_upgrade_that_fails_in_the_middle_leaves_everything_as_it_was_and_may_be_mended(
    own_database: Copy, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shape = record_of(own_database), shape_of(own_database)
    files = sorted(own_database.data.rglob("files/*/*/*"))
    steps = tmp_path / "planted"
    steps.mkdir()
    for name, text in {"__init__": "", "0001_first": FIRST, "0002_fails": FAILING}.items():
        (steps / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"ops": "planted"}
    told: list[str] = []
    with at(own_database, settings):
        said = {one.about: one.says for one in doctor.examine()}
        assert "ops.0001_first is missing, and 1 more" in said["migrations"]
        with pytest.raises(RolledBack) as failed:
            upgrade(told.append, grace=0, wait=5)
        assert str(failed.value) == (
            "The upgrade failed: ValueError at 0002_fails.py:5. The record is as it was before."
        )
        assert "Idris" not in "".join(told)
        assert record_of(own_database) == before
        assert named(shape_of(own_database)) == named(shape)
        assert sorted(own_database.data.rglob("files/*/*/*")) == files
        assert not halt.is_shut(own_database.data), "the version of before shows pages again"
        assert not (own_database.data / halt.DONE).exists()

        (steps / "0002_fails.py").unlink()
        settings.MIGRATION_MODULES = {"ops": "planted", "of_none": "read_anew"}
        done = upgrade(told.append, grace=0, wait=5)
        assert done.steps == 1
        assert (own_database.data / halt.DONE).exists()
        assert upgrade(told.append, grace=0, wait=5).steps == 0
    assert "has the shape of this version already" in told[-1]
    after = record_of(own_database)
    assert {row["town"] for row in after["access_organisation"]} == {"Elsewhere"}
    assert after["ops_planted"] == []
    dates = [
        sorted(repr((row["step"], row["on"], row["source_ref"])) for row in rows["cases_duedate"])
        for rows in (before, after)
    ]
    assert dates[0] == dates[1]


def test_an_upgrade_waits_for_a_worker_and_lets_it_be_where_it_takes_too_long(
    own_database: Copy, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrading, "pending", lambda: [("ops", "0001_first")])
    with at(own_database, settings), Living(own_database.data):
        with pytest.raises(CommandError, match="in the middle of a long job"):
            upgrade(lambda line: None, grace=0, wait=0)
        assert not halt.is_shut(own_database.data)


@pytest.mark.django_db
def test_while_it_is_under_way_every_page_says_so_and_gives_words_back(
    django_assert_num_queries,
) -> None:
    client = signed_in("senco")
    with acting_as("senco", write=False):
        address = f"/concerns/new/{short(idris().ref)}/"
    drawn = client.get(address).content.decode()
    keys = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', drawn))
    halt.shut(live.DATA)
    try:
        with django_assert_num_queries(0):
            shut = client.get("/")
        assert shut.status_code == 503
        assert int(shut["Retry-After"]) > 0
        assert "Back in a few minutes" in shut.content.decode()
        with django_assert_num_queries(0):
            assert StrictClient().get("/healthz").status_code == 200
            assert StrictClient().get("/readyz").content == b"upgrading\n"
            sent = client.post(address, {**keys, "noticed": "He looks away a lot."})
        assert sent.status_code == 503
        assert "He looks away a lot." in sent.content.decode(), "what was typed is given back"
    finally:
        halt.lift(live.DATA, upgraded=False)
    assert client.get("/").status_code == 200


@pytest.mark.thorough
def test_server_and_worker_step_aside_and_begin_anew_after_an_upgrade(
    own_database: Copy,
) -> None:
    import urllib.error
    import urllib.request

    port = free_port()
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def status(path: str) -> int:
        try:
            with direct.open(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    with running(own_database, "serve", "--port", str(port), "--workers", "1") as process:
        read_until(process, "OpenSENCO serves at")
        until(lambda: status("/readyz") == 200)
        halt.shut(own_database.data)
        assert status("/help/") == 503
        assert status("/healthz") == 200
        halt.lift(own_database.data, upgraded=True)
        until(lambda: status("/help/") == 200)
        assert process.poll() is None
