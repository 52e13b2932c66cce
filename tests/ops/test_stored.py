"""A record of each version there has been is taken along to this one, and lives on in it."""

import json
import lzma
import re
from pathlib import Path

import pytest

from bench.stored import PARTS, STORED
from opensenco.ops import doctor
from opensenco.ops.backup.making import database
from opensenco.ops.upgrading import upgrade
from tests.ops.places import at, empty_place
from tests.packs import idris, prepare
from tests.people import acting_as
from tests.support.databases import ROOT, kind
from tests.support.tripwire import taken_up

KEPT = sorted(place for place in STORED.iterdir() if place.is_dir())
#: what an upgrade itself writes down, and what it makes anew
APART = ("django_", "auth_permission", "opensenco_cache", "sqlite_")

pytestmark = [pytest.mark.process, pytest.mark.thorough]


def test_every_version_of_the_changelog_has_left_its_record() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = set(re.findall(r"^## v?(\d[\w.]*)", changelog, re.M))
    missing = released - {place.name for place in KEPT}
    assert not missing, f"python -m bench.stored, at the release of {missing}"
    assert KEPT


@pytest.mark.parametrize("kept", KEPT, ids=lambda place: place.name)
def test_a_record_of_an_earlier_version_is_taken_along_whole(
    kept: Path, tmp_path: Path, settings, django_db_blocker
) -> None:
    said = json.loads((kept / f"{kind()}.json").read_text(encoding="utf-8"))
    part = tmp_path / PARTS[kind()]
    part.write_bytes(lzma.decompress((kept / f"{part.name}.xz").read_bytes()))
    with django_db_blocker.unblock(), empty_place() as place:
        with at(place, settings):
            database().load(part)
            with taken_up():
                done = upgrade(lambda line: None, grace=0, wait=5)
            after = database().counts()
            wrong = [one.about for one in done.findings if one.level is doctor.Level.WRONG]
        # its files were not kept with it, and nobody has done its jobs since
        assert set(wrong) <= {"files", "worker"}
        lost = {
            table: (rows, after.get(table))
            for table, rows in said["counts"].items()
            if not table.startswith(APART) and after.get(table) != rows
        }
        assert lost == {}
        with at(place, settings, "sen_web"), acting_as("senco") as actor:
            assert idris().org.name == "Larkrise Primary School"
            prepared = prepare(actor)
            assert set(prepared.parts) >= {"needs", "plans"}
