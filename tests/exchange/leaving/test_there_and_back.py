"""A place leaves one installation and is the same place in another, on either database."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle
from tests.client import DRAWN_ANEW, signed_in
from tests.conftest import DATABASES
from tests.exchange.leaving.outsider import Place
from tests.exchange.leaving.places import emptied
from tests.people import acting_as
from tests.support import further_deeds
from tests.support.databases import Copy, Databases

LARKRISE = "990101"


def pages_of_idris() -> dict[str, str]:
    """Give what his SENCO reads of one child: register, timeline, profile, plans, papers."""
    with acting_as("senco", write=False):
        idris = Pupil.objects.get(first_name="Idris")
        plans = list(Cycle.objects.filter(pupil=idris).order_by("number"))
    addresses = [
        reverse("register:list"),
        *(reverse(f"{name}", args=[idris.ref]) for name in (
            "pupils:show", "plans:profile", "plans:cycles", "documents:list", "pupils:account")),
        *(reverse("plans:plan", args=[plan.ref]) for plan in plans),
    ]  # fmt: skip
    client = signed_in("senco")
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = DRAWN_ANEW.sub(r"\1", answer.content.decode())
    connection.close()
    return found


def command(*words: str) -> str:
    """Run a command in this process and give what it printed."""
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.worker
def test_a_place_leaves_and_is_the_same_where_it_comes(own_database: Copy, tmp_path: Path) -> None:
    first, second = str(tmp_path / "first.zip"), str(tmp_path / "second.zip")
    before = pages_of_idris()
    command("export", "place", LARKRISE, "--to", first)
    place = Place(Path(first))
    # its papers came with it, and it holds nothing of the other school
    assert place.manifest["files"]["count"] > 0
    assert b"Markerword" not in b"".join(place.zip.read(name) for name in place.zip.namelist())
    with pytest.raises(NotPossible, match="is here already and has a record"):
        command("import", "place", first)
    emptied(own_database, DATABASES.server)
    assert "Nothing was brought in" in command("import", "place", first, "--dry-run")
    command("import", "place", first)
    command("export", "place", LARKRISE, "--to", second)
    assert "Alike:" in command("export", "compare", first, second)
    after = pages_of_idris()
    assert after.keys() == before.keys(), "addresses stay"
    # who changed the record is in its books, and now also who brought it in
    changed = [one for one in before if before[one] != after[one] and not one.endswith("account/")]
    assert not changed
    invited = command("invite", LARKRISE, "--first", "senco@larkrise.example")
    assert "people can be given a link" in invited
    assert "For the first of them" in invited


@pytest.mark.process
@pytest.mark.thorough
@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.worker
def test_a_place_goes_to_the_other_database_and_back(own_database: Copy, tmp_path: Path) -> None:
    """From PostgreSQL to SQLite and back: every table, every version, every paper, each way.

    With all that the operations do: two records made one and parted, a year turned and turned back.
    """
    further_deeds.do()
    connection.close()
    files = [tmp_path / f"{name}.zip" for name in ("postgres", "sqlite", "again")]
    lite = Databases(tmp_path, "sqlite").empty("lite")
    for path, here, there in ((files[0], own_database, lite), (files[1], lite, own_database)):
        here.command("export", "place", LARKRISE, "--to", str(path))
        if there is own_database:
            emptied(own_database, DATABASES.server)
        there.command("import", "place", str(path))
    own_database.command("export", "place", LARKRISE, "--to", str(files[2]))
    for other in files[1:]:
        own_database.command("export", "compare", str(files[0]), str(other))
    whole = Place(files[0])
    assert {one["model"] for one in whole.manifest["models"] if not one["rows"]} <= MAY_BE_EMPTY


#: tables of which the tests' world has no row in a school
MAY_BE_EMPTY: set[str] = {"cases.PublishedYear", "exchange.Succession", "access.Affiliation"}
