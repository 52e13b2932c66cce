"""A setting is adopted from the register, or added by name, and gets its first person."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from opensenco.access.actor import hats_of
from opensenco.access.installation import installation_actor
from opensenco.access.models import Affiliation, Membership, Organisation, Person
from opensenco.access.scope import Scope, scope, system_scope
from opensenco.audit.models import Entry
from opensenco.exchange.models import Establishment
from opensenco.exchange.operations.settings import adopt_setting
from opensenco.gate.clock import clock
from opensenco.kernel.errors import Invalid, NotPossible
from tests.cast import BY_KEY, NOW, PASSWORD, TODAY
from tests.client import does_second_step
from tests.exchange.registers import EXTRACT
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]


@pytest.fixture(autouse=True)
def _register():
    call_command("import", "gias", str(EXTRACT), stdout=io.StringIO())


def create(monkeypatch, *options: str, typed: str = PASSWORD, email: str = "ada@lark.example"):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
    out = io.StringIO()
    call_command(
        "createadmin", "--email", email, "--first-name", "Ada", "--last-name", "Okafor",
        "--password-stdin", *options, stdout=out,
    )  # fmt: skip
    return out.getvalue()


def test_a_setting_is_adopted_under_its_authority():
    with system_scope("test"):
        actor = installation_actor(NOW)
        first = adopt_setting(actor=actor, establishment=Establishment.objects.get(urn="900001"))
        second = adopt_setting(actor=actor, establishment=Establishment.objects.get(urn="900004"))
        assert (first.name, first.kind, first.phase, first.town) == (
            "Larkmead Primary School", "setting", "Primary", "Exampleton",
        )  # fmt: skip
        authority = Organisation.objects.get(la_code="891")
        assert (authority.kind, authority.name) == ("authority", "Nottinghamshire")
        rows = Affiliation.objects.filter(of=authority).order_by("id")
        assert [(row.member, row.starts) for row in rows] == [(first, TODAY), (second, TODAY)]


def test_a_setting_without_a_phase_has_its_type_instead():
    with system_scope("test"):
        special = Establishment.objects.get(urn="900005")
        setting = adopt_setting(actor=installation_actor(NOW), establishment=special)
        assert setting.phase == "Community special school"


def test_a_setting_is_adopted_once():
    with system_scope("test"):
        actor = installation_actor(NOW)
        school = Establishment.objects.get(urn="900001")
        adopt_setting(actor=actor, establishment=school)
        with pytest.raises(Invalid, match="adopted already"):
            adopt_setting(actor=actor, establishment=school)


def test_a_closed_setting_is_not_adopted():
    with system_scope("test"), pytest.raises(NotPossible, match="closed on 31 August 2019"):
        adopt_setting(
            actor=installation_actor(NOW), establishment=Establishment.objects.get(urn="900003")
        )


def test_the_first_person_signs_in_and_holds_the_role(monkeypatch):
    said = create(monkeypatch, "--urn", "900001", "--role", "HEAD", email="Ada@Lark.example")
    assert "Adopted from the register: Larkmead Primary School" in said
    person = Person.objects.get(email="ada@lark.example")
    assert person.check_password(PASSWORD)
    today = clock().today()
    with scope(Scope(person=person.pk)):
        (hat,) = hats_of(person, today)
        assert (hat.role.code, hat.place) == ("HEAD", "Larkmead Primary School")


def test_the_password_opens_the_page_to_sign_in(monkeypatch):
    create(monkeypatch, "--urn", "900001")
    client = Client()
    answer = client.post("/sign-in/", {"login": "ada@lark.example", "password": PASSWORD})
    assert answer.status_code == 302
    does_second_step(client)
    assert client.get("/").status_code == 200


def test_the_password_is_said_nowhere(monkeypatch, caplog):
    said = create(monkeypatch, "--urn", "900001", "--json")
    facts = json.loads(said)
    assert facts == {
        "setting": "Larkmead Primary School", "urn": "900001", "adopted": True,
        "role": "SENCO", "new_person": True,
    }  # fmt: skip
    assert PASSWORD not in said + caplog.text
    with system_scope("test", write=False):
        org = Organisation.objects.get(urn="900001")
        entries = list(Entry.objects.filter(org=org).values())
        assert {entry["verb"] for entry in entries} >= {"adopt_setting", "add_first_person"}
        assert PASSWORD not in str(entries)


def test_a_poor_password_is_refused_and_nothing_is_left_behind(monkeypatch):
    with pytest.raises(Invalid, match="too short"):
        create(monkeypatch, "--urn", "900001", typed="short")
    assert not Organisation.objects.filter(urn="900001").exists()
    assert not Person.objects.filter(email="ada@lark.example").exists()


def test_somebody_who_signs_in_elsewhere_keeps_their_password(monkeypatch):
    head = BY_KEY["head"].email
    said = create(monkeypatch, "--urn", "900001", "--role", "HEAD", email=head, typed="another one")
    assert "signs in as before" in said
    assert Person.objects.get(email=head).check_password(PASSWORD)
    with pytest.raises(NotPossible, match="this role here already"):
        create(monkeypatch, "--urn", "900001", "--role", "HEAD", email=head)


def test_a_childminder_is_added_by_name_and_found_again(monkeypatch):
    create(monkeypatch, "--name", "Sunny  Days", "--kind", "childminder")
    create(monkeypatch, "--name", "sunny days", "--kind", "childminder", email="bo@sun.example")
    setting = Organisation.objects.get(name="Sunny Days")
    assert (setting.urn, setting.phase) == ("", "Childminder")
    with system_scope("test", write=False):
        held = Membership.objects.filter(org=setting).order_by("id")
        assert [row.role for row in held] == ["CHILDMINDER", "CHILDMINDER"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--urn", "900099"), "The register has no establishment with the URN 900099"),
        (("--name", "Sunny Days"), "With --name say --kind"),
        (("--urn", "900001", "--kind", "nursery"), "--kind goes with --name"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(monkeypatch, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        create(monkeypatch, *options)


def test_without_anybody_to_ask_there_is_no_password(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="Use --password-stdin"):
        call_command(
            "createadmin", "--urn", "900001", "--email", "ada@lark.example",
            "--first-name", "Ada", "--last-name", "Okafor",
        )  # fmt: skip


def test_no_school_adopts_another():
    with acting_as("head") as actor:
        school = Establishment.objects.get(urn="900001")
        with pytest.raises(Exception, match="does not allow"):
            adopt_setting(actor=actor, establishment=school)
