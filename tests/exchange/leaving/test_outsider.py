"""What leaves is read by somebody who has nothing of ours, and what they write comes in."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from opensenco.access.installation import installation_actor
from opensenco.access.models import KEEPER_EMAIL, Membership, Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.audit.models import Entry
from opensenco.exchange.leaving.archive import reading
from opensenco.exchange.leaving.inward import ELSEWHERE_EMAIL
from opensenco.exchange.leaving.writing import write_place
from opensenco.exchange.operations.leaving import bring_place_in
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Pupil
from tests.cast import NOW
from tests.exchange.leaving.outsider import Place
from tests.exchange.leaving.places import PLACE, PUPIL, TABLES, written

pytestmark = pytest.mark.django_db


def test_somebody_with_nothing_of_ours_reads_a_child_whole(tmp_path: Path) -> None:
    path = tmp_path / "larkrise.zip"
    larkrise = Organisation.objects.get(urn="990101")
    facts = write_place(larkrise, path, NOW)
    assert path.stat().st_mode & 0o077 == 0, "nobody else on the server reads it"
    place = Place(path)
    assert place.damaged() == []
    assert place.lost() == []
    assert place.manifest["place"]["urn"] == "990101"
    assert place.manifest["encrypted"] is False
    said = {one["model"]: one["rows"] for one in place.manifest["models"]}
    for table in place.tables():
        assert said[table] == len(place.rows(table)) == len(place.sheet(table)) == facts.rows[table]
        described = [one["name"] for one in place.dictionary[table]["fields"]]
        assert described == list(place.rows(table)[0]) == list(place.sheet(table)[0])
    idris = place.child("Idris")
    for table in (
        "support.Cycle", "support.Profile", "support.SenStatus", "cases.Fact", "provision.Session",
        "people.Contact", "audit.Entry",
    ):  # fmt: skip
        assert idris[table], table
    versions = [row for row in place.rows("support.Cycle.history")
                if row["ref"] == idris["support.Cycle"][0]["ref"]]  # fmt: skip
    assert versions[0]["history_type"] == "+"
    assert versions == sorted(versions, key=lambda row: row["history_date"])
    assert place.paper(idris["documents.Document"][0])
    across = place.manifest["across"]
    assert across["made_here"]["network.Pack"] == across["received"]["network.Pack"] == 1


def test_secrets_and_other_places_stay(tmp_path: Path) -> None:
    path = tmp_path / "larkrise.zip"
    write_place(Organisation.objects.get(urn="990101"), path, NOW)
    place = Place(path)
    left_out = place.manifest["left_out"]
    assert left_out["fields"]["access.Person.password"]
    assert all("password" not in row for row in place.rows("access.Person"))
    assert not {name for name in place.zip.namelist() if "Draft" in name or "notices.Mail" in name}
    words = b"".join(place.zip.read(name) for name in place.zip.namelist())
    assert b"Markerword" not in words
    assert b"pbkdf2" not in words and b"argon2" not in words  # noqa: PT018


@pytest.mark.worker
def test_an_authority_takes_its_own_record_and_no_schools_but_those_named(tmp_path: Path) -> None:
    def export(to: str, *words: str) -> list[str]:
        out = io.StringIO()
        call_command("export", "authority", "892", "--to", str(tmp_path / to), *words, stdout=out)
        return sorted(path.name for path in (tmp_path / to).iterdir())

    assert export("own") == ["892.zip"]
    own = Place(tmp_path / "own" / "892.zip")
    assert (own.manifest["place"]["name"], own.rows("people.Pupil")) == (
        "Thornshire County Council", []
    )  # fmt: skip
    assert export("named", "--with", "990101") == ["892.zip", "990101.zip"]
    with pytest.raises(CommandError, match="Not below"):
        export("other", "--with", "990901")
    with pytest.raises(CommandError, match="is there already"):
        export("own")
    with pytest.raises(CommandError, match="No place with the number or name 000000"):
        call_command("export", "place", "000000", "--to", str(tmp_path / "none.zip"))
    with system_scope("reading the books of what was copied", write=False):
        copied = Entry.objects.filter(verb="hand_out_copy", org__urn="990101")
        assert copied.count() == 1


@pytest.mark.worker
def test_a_file_that_somebody_else_wrote_comes_in(tmp_path: Path) -> None:
    path = written(tmp_path / "farlight.zip")
    with system_scope("bringing a place in"), reading(path) as file:
        file.check()
        place = bring_place_in(actor=installation_actor(NOW), file=file)
        assert str(place.ref) == PLACE
        wren = Pupil.objects.get(org=place)
        assert (str(wren.ref), wren.first_name) == (PUPIL, "Wren")
        role = Membership.objects.get(org=place)
        head = Person.objects.get(pk=role.person_id)
        assert (head.email, head.has_usable_password()) == ("head@farlight.example", False)
        entries = Entry.objects.filter(org=place).select_related("person").order_by("id")
        assert [(one.verb, one.person.email) for one in entries] == [
            ("add_pupil", ELSEWHERE_EMAIL), ("bring_place_in", KEEPER_EMAIL)
        ]  # fmt: skip
    write_place(place, tmp_path / "again.zip", NOW)
    again = Place(tmp_path / "again.zip")
    assert again.lost() == []
    assert [row["person"] for row in again.rows("audit.Entry")] == ["elsewhere", "installation"]


def other(label: str, **values: object) -> dict[str, list[dict[str, object]]]:
    """Give the tables with another value in the first row of one."""
    return TABLES | {label: [TABLES[label][0] | values]}


REFUSED = {
    "another version": ({}, {"format_version": 2}, "has version 2 of the form"),
    "a field of a later version": (
        other("people.Pupil", shoe_size=31), {}, "does not know people.Pupil.shoe_size"),
    "a table of a later version": (
        TABLES | {"people.Shoe": []}, {}, "does not know people.Shoe"),
    "a missing field": (
        TABLES | {"people.Pupil": [{"ref": PUPIL, "org": PLACE}]}, {}, "is missing in the file"),
    "a value that cannot be": (
        other("people.Pupil", birth_date="soon"), {}, "cannot stand there"),
    "a row of another place": (
        other("people.Pupil", org="00000000-0000-4000-8000-000000000000"), {}, "not in the file"),
    "a key to nowhere": (
        other("access.Membership", person="00000000-0000-4000-8000-000000000000"), {},
        "not in the file"),
    "what the database refuses": (
        other("access.Membership", ends="2019-01-01"), {}, "cannot stand beside the others"),
    "a text too long": (
        other("people.Pupil", first_name="x" * 2000), {}, "cannot stand there"),
}  # fmt: skip


@pytest.mark.worker
def test_what_cannot_be_is_refused_and_nothing_comes_in(tmp_path: Path) -> None:
    for name, (tables, more, words) in REFUSED.items():
        path = written(tmp_path / "wrong.zip", tables or TABLES, **more)
        with system_scope("bringing a place in"):
            before = Organisation.objects.count(), Person.objects.count()
            with pytest.raises(NotPossible, match=words), reading(path) as file:  # noqa: PT012
                file.check()
                bring_place_in(actor=installation_actor(NOW), file=file)
            assert (Organisation.objects.count(), Person.objects.count()) == before, name


def test_a_damaged_file_is_refused_by_its_own_manifest(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.zip")
    with zipfile.ZipFile(whole) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    wrong = {
        "changed": {"data/people.Pupil.jsonl": parts["data/people.Pupil.jsonl"] + b"{}\n"},
        "strange": {"data/people.Other.jsonl": b"{}\n"},
        "cut off": {"data/people.Pupil.jsonl": b""},
    }
    for name, other_parts in wrong.items():
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w") as out:
            for part, content in (parts | other_parts).items():
                out.writestr(part, content)
        with pytest.raises(NotPossible, match="The file is damaged"), reading(path) as file:
            file.check()
    for content in (b"no ZIP", b""):
        (tmp_path / "none.zip").write_bytes(content)
        with (
            pytest.raises(NotPossible, match="not a file of a place"),
            reading(tmp_path / "none.zip"),
        ):
            pass
    manifest = json.loads(parts["manifest.json"])
    assert manifest["format"] == "opensenco-place"
