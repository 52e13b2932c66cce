"""An authority finds settings in the register, brings them here and adds those outside it."""

import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from opensenco.access.installation import installation_actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.scope import NoScope, system_scope
from opensenco.audit.models import Entry
from opensenco.exchange.models import Establishment
from opensenco.exchange.operations import below
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import NotPossible
from opensenco.people.operations import places
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.exchange import beside
from tests.exchange.registers import register
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
OURS = {"LA (code)": "892", "LA (name)": "Thornshire"}


@pytest.fixture(autouse=True)
def _register(tmp_path):
    links = beside.links(tmp_path, ("900003", "900001", "Successor", "01-09-2019"))
    path = register(tmp_path, {"900001": OURS, "900003": OURS})
    call_command("import", "gias", str(path), f"--links={links}", stdout=io.StringIO())


def text(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def one(urn: str) -> str:
    return f"{reverse('settings:adopt')}?urn={urn}"


def test_a_school_of_our_area_is_found_and_brought_here():
    officer = signed_in("officer")
    found = text(officer.get(reverse("settings:find"), {"q": "larkmead exampleton"}))
    assert "Larkmead Primary School Exampleton, NG1 1AA, Thornshire, Primary" in found
    page = text(officer.get(one("900001")))
    assert "892/9990" in page
    assert "Bring it here" in page
    said = text(officer.post(one("900001"), {}, follow=True))
    assert "It is here." in said
    listed = text(officer.get(reverse("settings:list")))
    assert "Larkmead Primary School Invite its first person" in listed
    assert "Primary Exampleton URN 900001" in listed
    with system_scope("test", write=False):
        school = Organisation.objects.get(urn="900001")
        authority = Organisation.objects.get(la_code="892")
        assert (school.added_by, school.postcode) == (authority, "NG1 1AA")
        assert Affiliation.objects.get(member=school).of == authority
        entry = Entry.objects.get(verb="adopt_below")
        assert (entry.org, entry.thing_ref) == (authority, authority.ref)
    assert "It is here already" in text(officer.get(one("900001")))


def test_what_is_not_ours_or_closed_is_shown_and_not_offered():
    officer = signed_in("officer")
    other = text(officer.get(one("900002")))
    assert "under another authority" in other
    closed = text(officer.get(one("900003")))
    assert "What follows it, by the register Larkmead Primary School (900001)" in closed
    assert "Bring it here" not in other + closed
    assert "no setting of this number" in text(officer.get(one("123456")))
    officer.post(one("900003"), {})
    assert not Organisation.objects.filter(urn="900003").exists()
    assert "Nothing was found" in text(officer.get(reverse("settings:find"), {"q": "zzz"}))


def test_a_childminder_is_added_with_what_tells_it_apart():
    officer = signed_in("officer")
    given = {"name": "Sunny Days", "kind": "childminder", "postcode": "ng11aa",
             "ofsted_urn": "ey123456", "town": "Exampleton"}  # fmt: skip
    address = reverse("settings:add")
    wrong = {**given, "postcode": "NG1 1CA", "ofsted_urn": "12"}
    assert "never C, I, K, M, O or V" in text(officer.post(address, wrong))
    assert "6 or 7 digits" in text(officer.post(address, {**given, "ofsted_urn": "12"}))
    assert "Who begins at Sunny Days?" in text(officer.post(address, given, follow=True))
    listed = text(officer.get(reverse("settings:list")))
    assert "Childminder Exampleton Ofsted EY123456 10 March 2027" in listed
    assert "here already" in text(officer.post(address, {**given, "ofsted_urn": ""}))
    school = {**given, "name": "Larkmead Primary School", "ofsted_urn": ""}
    assert "with the URN 900001" in text(officer.post(address, school))
    assert Organisation.objects.filter(added_by__isnull=False).count() == 1


def test_a_closed_school_of_ours_stands_first_with_what_follows_it():
    with system_scope("test"):
        authority = Organisation.objects.get(la_code="892")
        actor = installation_actor(NOW)
        school = places.add_organisation(
            actor=actor, kind="setting", name="The old school", urn="900003"
        )
        places.affiliate(actor=actor, member=school, of=authority, starts=TODAY)
    shown = text(signed_in("officer").get(reverse("settings:list")))
    assert "Closed on 31 August 2019. What follows it: Larkmead Primary School" in shown


def test_nobody_claims_a_school_that_others_brought_here():
    with acting_as("officer") as actor:
        own = Organisation.objects.get(pk=min(actor.hat.orgs))
        mill = Organisation.objects.get(name="Mill Lane School")
        school = Establishment.objects.get(urn="900001")
        with pytest.raises(Refused):
            below.adopt_below(actor=actor, org=mill, establishment=school)
        with pytest.raises(NotPossible, match="another authority"):
            below.adopt_below(
                actor=actor, org=own, establishment=Establishment.objects.get(urn="900002")
            )
        with pytest.raises(NoScope):
            Organisation(kind="setting", name="Nobody's").save()
        with pytest.raises(NoScope):
            Affiliation(member=own, of=mill, starts=TODAY).save()


@pytest.mark.postgres
def test_the_wall_repeats_it():
    from django.db import ProgrammingError, connection

    with acting_as("officer") as actor, connection.cursor() as cursor:
        own = min(actor.hat.orgs)
        mill = Organisation.objects.get(name="Mill Lane School").pk
        cursor.execute("SAVEPOINT before")
        for words, values in (
            ("(ref, member_id, of_id, starts) VALUES (gen_random_uuid(), %s, %s, now())",
             (mill, own)),
            ("(ref, member_id, of_id, starts) VALUES (gen_random_uuid(), %s, %s, now())",
             (own, mill)),
        ):  # fmt: skip
            with pytest.raises(ProgrammingError, match="row-level security"):
                cursor.execute(f"INSERT INTO access_affiliation {words}", values)
            cursor.execute("ROLLBACK TO SAVEPOINT before")
