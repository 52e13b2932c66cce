"""A backup is made while others write, and comes back into an empty place to the letter."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from opensenco.ops import doctor
from opensenco.ops.backup.keeping import Rule
from opensenco.ops.backup.making import make
from opensenco.ops.backup.restoring import check, find, restore
from opensenco.ops.backup.sealing import Key
from tests.ops.places import at, empty_place
from tests.ops.test_upgrade import opened, record_of
from tests.support.databases import Copy


@contextmanager
def written_to(place: Copy) -> Iterator[None]:
    """Write to a database all the time, as people do."""
    over = threading.Event()

    def write() -> None:
        with opened(place) as connection:
            while not over.wait(0.02):
                connection.execute("UPDATE access_organisation SET version = version + 1")
                connection.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def keys(folder: Path, name: str) -> tuple[Path, Path]:
    """Give a file with what seals and one with what opens."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    public, secret = folder / f"{name}.pub", folder / f"{name}.key"
    public.write_text(f"# whoever holds the safe\n{identity.to_public()}\n", encoding="utf-8")
    secret.write_text(f"{identity}\n", encoding="utf-8")
    return public, secret


def without_versions(rows: dict) -> dict:
    return rows | {
        "access_organisation": [
            {name: value for name, value in row.items() if name != "version"}
            for row in sorted(rows["access_organisation"], key=lambda row: row["id"])
        ]
    }


def test_a_backup_made_while_people_write_comes_back_to_the_letter(
    own_database: Copy, tmp_path: Path, settings
) -> None:
    to = tmp_path / "backups"
    with written_to(own_database):
        made = json.loads(own_database.command("backup", "--to", str(to), "--json").stdout)
    before = record_of(own_database)
    manifest = json.loads((Path(made["folder"]) / "manifest.json").read_text())
    # what is behind walls is not left out
    assert manifest["counts"]["people_pupil"] == len(before["people_pupil"]) > 5
    assert {name: count for name, count in manifest["counts"].items() if name in before} == {
        name: len(rows) for name, rows in before.items()
    }
    assert made["files"] >= len(before["documents_storedfile"]) > 0
    assert made["lacking"] == 0
    with empty_place() as place:
        told = place.command("restore", str(to))
        assert "It is brought back" not in told.stderr
        after = record_of(place)
        assert without_versions(after) == without_versions(before)
        kept, there = (
            {path.relative_to(one.data): path.read_bytes() for path in one.data.rglob("files/*/*/*")
             if path.is_file() and path.parent.name != "incoming"}
            for one in (place, own_database)
        )  # fmt: skip
        assert kept == there != {}
        with at(place, settings), pytest.raises(CommandError, match="an empty place only"):
            restore(find(to))


def test_a_sealed_backup_is_read_by_its_holder_alone(
    own_database: Copy, tmp_path: Path, settings
) -> None:
    to = tmp_path / "backups"
    public, secret = keys(tmp_path, "ours")
    other_public, other_secret = keys(tmp_path, "theirs")
    with at(own_database, settings):
        make(to, key=Key.read(public))
        sealed = b"".join(path.read_bytes() for path in to.rglob("*.age"))
        assert b"Hassan-Cole" not in sealed
        assert b"SQLite format" not in sealed
        assert not [path for path in to.rglob("database.*") if path.suffix != ".age"]
        for unable in (None, Key.read(public)):
            with pytest.raises(CommandError, match="Give the key file"):
                check(find(to, unable))
        with pytest.raises(CommandError, match="sealed for another key"):
            check(find(to, Key.read(other_secret)))
        check(find(to, Key.read(secret)))
        # new holders: nothing that was sealed for the old ones is taken for theirs
        made = make(to, key=Key.read(other_public), keep=Rule.read("1"))
        check(find(to, Key.read(other_secret)))
    assert len(made.dropped) == 1
    assert len(list(to.glob("files-*"))) == 1, "files of backups that went have gone"
    assert not list(own_database.data.glob(".backup-*/")), "nothing lies about open"


def test_what_is_damaged_is_told_and_brings_nothing_back(
    own_database: Copy, tmp_path: Path, settings
) -> None:
    to = tmp_path / "backups"
    [gone, *_rest] = sorted(own_database.data.glob("files/*/[0-9a-f][0-9a-f]/*"))
    gone.unlink()
    with at(own_database, settings):
        made = make(to)
        assert made.manifest.lacking == 1
        said = [one for one in doctor.examine() if one.about == "files"]
        assert gone.name in said[0].says
    [part] = made.folder.glob("database.*")
    whole = part.read_bytes()
    with empty_place() as place, at(place, settings):
        part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(CommandError, match="is damaged: its checksum differs"):
            find(to)
        part.write_bytes(whole)
        [file, *_more] = sorted(to.glob("files/*/[0-9a-f][0-9a-f]/*"))
        file.chmod(0o600)
        file.write_bytes(b"something else")
        with pytest.raises(CommandError, match="A file of the backup is damaged"):
            restore(find(to))
        assert not settings.FILES.exists()
    with pytest.raises(CommandError, match="There is no backup"):
        find(tmp_path / "nowhere")


@pytest.mark.postgres
def test_a_table_that_the_owner_cannot_read_stops_the_backup(
    own_database: Copy, tmp_path: Path, settings
) -> None:
    with opened(own_database) as administrator:
        administrator.execute("DROP POLICY kept ON people_pupil")
    with at(own_database, settings):
        with pytest.raises(CommandError, match="people_pupil: their walls are of an earlier"):
            make(tmp_path)
        with opened(own_database) as administrator:
            # it has the right name, and hides a row
            administrator.execute(
                "CREATE POLICY kept ON people_pupil FOR SELECT TO sen_owner USING (id > 1)"
            )
        with pytest.raises(CommandError, match="`kept` is not the same on every table"):
            make(tmp_path)
    assert not list(tmp_path.glob("2*"))
