"""A school that has closed goes on as what follows it, and nothing of its record moves."""

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.audit.models import Entry
from opensenco.exchange.models import Succession
from opensenco.exchange.operations.following import go_on_as
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.people.queries import place
from tests.client import signed_in
from tests.exchange import beside
from tests.exchange.registers import register
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
PAGE, BACK = "/school/goes-on/", "/school/goes-on/back/"
CLOSED = {
    "URN": "990101", "EstablishmentName": "Larkrise Primary School", "CloseDate": "31-12-2026",
    "EstablishmentStatus (code)": "2", "EstablishmentStatus (name)": "Closed",
}  # fmt: skip
ACADEMY = {"EstablishmentName": "Larkrise Academy", "OpenDate": "01-01-2027", "Town": "Larkrise"}


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def read(folder: Any, *links: tuple[str, str, str, str]) -> None:
    """Read a register in which Larkrise has closed, with these links."""
    path = register(folder, {"900003": CLOSED, "900001": ACADEMY})
    call_command("import", "gias", str(path), f"--links={beside.links(folder, *links)}",
                 stdout=io.StringIO())  # fmt: skip


@pytest.mark.requirement("S0-19")
def test_a_school_that_became_an_academy_goes_on_with_its_whole_record_and_back(tmp_path):
    read(tmp_path, ("990101", "900001", "Successor", "01-01-2027"))
    senco = signed_in("senco")
    assert "Larkrise Primary School has closed, says the national register" in text(senco.get("/"))
    shown = text(senco.get(PAGE))
    assert "closed on 31 December 2026" in shown
    assert "What changes: Larkrise Academy" in shown
    assert "990101 900001" in shown
    with system_scope("test", write=False):
        before = sorted(Pupil.objects.values_list("pk", "org_id"))
        school = Organisation.objects.get(urn="990101")
        on_roll = Pupil.objects.filter(org=school, in_error_at__isnull=True).count()
    assert f"Pupils on the roll {on_roll}" in shown

    answer = senco.post(PAGE, {"version": school.version, "urn": "900001"}, follow=True)
    assert "Its record is where it was" in text(answer)
    school.refresh_from_db()
    assert (school.name, school.urn, school.town) == ("Larkrise Academy", "900001", "Larkrise")
    home = text(senco.get("/"))
    assert "has closed" not in home
    assert "Larkrise Academy" in home
    assert f'href="{PAGE}"' in senco.get("/start/").text, "the way back is found later, too"
    assert "Take it back: Larkrise Academy" in text(senco.get(PAGE))
    with system_scope("test", write=False):
        assert sorted(Pupil.objects.values_list("pk", "org_id")) == before
        assert Entry.objects.filter(verb="go_on_as", org=school).count() == 1

    assert "Take it back" in text(senco.post(BACK, {"version": 1}))
    assert not Succession.objects.filter(undone_at__isnull=False).exists()
    senco.post(BACK, {"version": school.version})
    school.refresh_from_db()
    assert (school.name, school.urn) == ("Larkrise Primary School", "990101")
    assert Succession.objects.get().undone_at
    assert "has closed" in text(senco.get("/"))


def test_only_what_the_register_names_and_nobody_has_adopted_takes_a_record_on(tmp_path):
    with acting_as("senco") as actor, pytest.raises(NotPossible, match="does not say"):
        go_on_as(actor=actor, org=place(actor), version=None, urn="900001")
    read(
        tmp_path, ("990101", "900001", "Successor - amalgamated", "01-01-2027"),
        ("900002", "900001", "Successor - amalgamated", "01-01-2027"),
    )  # fmt: skip
    senco = signed_in("senco")
    assert "It follows another school, too" in text(senco.get(PAGE))
    with acting_as("senco") as actor, pytest.raises(Invalid, match="schools shown"):
        go_on_as(actor=actor, org=place(actor), version=None, urn="900002")
    call_command("adopt", "--urn", "900001", stdout=io.StringIO())
    assert "is here with a record of its own" in text(senco.get(PAGE))
    with acting_as("senco") as actor, pytest.raises(NotPossible, match="Hand the pupils over"):
        go_on_as(actor=actor, org=place(actor), version=None, urn="900001")
    assert not Succession.objects.exists()


def test_a_number_that_changed_again_is_not_taken_back(tmp_path):
    read(tmp_path, ("990101", "900001", "Successor", "01-01-2027"))
    with acting_as("senco") as actor:
        school = place(actor)
        go_on_as(actor=actor, org=school, version=None, urn="900001")
        Organisation.objects.filter(pk=school.pk).update(name="Larkrise")
    senco = signed_in("senco")
    assert "has been changed since" in text(senco.get(BACK))
    refused = senco.post(BACK, {"version": school.version})
    assert refused.status_code == 200
    assert Succession.objects.get().undone_at is None


def test_whoever_runs_the_server_lets_a_school_go_on_whose_people_have_left(tmp_path):
    read(tmp_path, ("990101", "900001", "Successor", "01-01-2027"))
    with pytest.raises(CommandError, match="one --urn"):
        call_command("adopt", "--group", "11", "--in-place-of", "990101")
    with pytest.raises(CommandError, match="No setting here"):
        call_command("adopt", "--urn", "900001", "--in-place-of", "990999")
    out = io.StringIO()
    call_command("adopt", "--urn", "900001", "--in-place-of", "990101", stdout=out)
    assert "Larkrise Academy" in out.getvalue()
    assert Organisation.objects.get(name="Larkrise Academy").urn == "900001"
