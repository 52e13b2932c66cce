"""Whoever brought a setting here invites its first person, and then has no say in it."""

import re
from typing import Any

import pytest

from opensenco.access.models import Invitation, Membership, Organisation
from opensenco.access.scope import system_scope
from opensenco.audit.acting import as_actor
from opensenco.audit.models import Entry
from opensenco.exchange.operations import below
from opensenco.exchange.operations.first_people import invite_first
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.queries import place
from tests.cast import PASSWORD, TODAY
from tests.client import StrictClient, does_second_step, signed_in
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
SOL = {"first_name": "Sol", "last_name": "Day", "email": "sol@sunny.example", "role": "SENCO"}


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def sunny_days() -> Organisation:
    with acting_as("officer") as officer:
        ref = below.add_below(
            actor=officer, org=place(officer), name="Sunny Days", kind="childminder",
            postcode="NG1 1AA",
        )  # fmt: skip
    return Organisation.objects.get(ref=ref)


def link_on(answer: Any) -> str:
    found = re.search(r"<code>http://testserver([^<]+)</code>", answer.text)
    assert found, text(answer)
    return found[1]


def test_the_first_person_comes_through_a_link_and_begins_with_the_guide():
    setting = sunny_days()
    officer = signed_in("officer")
    guide = text(officer.get("/start/settings/"))
    assert "In 1 setting that we brought here nobody can sign in yet." in guide
    assert "Invite its first person" in text(officer.get("/settings/"))
    page = f"/settings/first/?setting={short(setting.ref)}"
    lost = link_on(officer.post(page, SOL, follow=True))
    link = link_on(officer.post(page, SOL, follow=True))
    assert "The link was shown once" in text(officer.get("/settings/invited/"))

    sol = StrictClient()
    assert sol.get(lost).status_code == 410
    words = {"password1": PASSWORD, "password2": PASSWORD}
    assert sol.post(link, words).status_code == 302
    sol.post("/sign-in/", {"login": SOL["email"], "password": PASSWORD})
    does_second_step(sol)
    assert "Set up Sunny Days" in text(sol.get("/"))

    assert "Invite its first person" not in text(officer.get("/settings/"))
    assert "Somebody is at work there already." in text(officer.get(page))
    refused = officer.post(page, {**SOL, "email": "mole@thornshire.example"})
    assert "Somebody is at work there already." in refused.text
    with system_scope("test", write=False):
        # told in the books of both, and nobody came in besides
        assert {entry.org_id for entry in Entry.objects.filter(verb="invite_first")}
        assert Entry.objects.filter(verb="add_colleague", org=setting).count() == 2
        assert Membership.objects.filter(org=setting, withdrawn=False).count() == 1
        assert Invitation.objects.filter(org=setting, taken_at__isnull=False).count() == 1


def test_a_setting_that_others_brought_here_is_not_ours_to_begin():
    officer = signed_in("officer")
    mill = Organisation.objects.get(name="Mill Lane School")
    page = text(officer.get(f"/settings/first/?setting={short(mill.ref)}"))
    assert "We did not bring such a setting here." in page
    with acting_as("officer") as actor, pytest.raises(NotPossible, match="brought here by others"):
        invite_first(actor=actor, org=place(actor), setting=mill, **SOL)
    setting = sunny_days()
    wrong = officer.post(
        f"/settings/first/?setting={short(setting.ref)}", {**SOL, "role": "TEACHER"}
    )
    assert "Choose one of the answers shown" in wrong.text


def test_who_brought_a_setting_invites_neither_themselves_nor_into_a_record_that_has_begun():
    setting = sunny_days()
    with acting_as("officer") as officer:
        given: dict[str, Any] = {
            **SOL, "actor": officer, "org": place(officer), "setting": setting,
        }  # fmt: skip
        with pytest.raises(NotPossible, match="cannot give yourself"):
            invite_first(**{**given, "email": officer.person.email.upper()})
    with system_scope("a command has read pupils in"), as_actor(officer):
        Pupil(
            org=setting,
            first_name="Kit",
            last_name="Day",
            birth_date=TODAY,
            search_key="kit day",
            sort_key="day kit",
        ).save()
    with acting_as("officer"), pytest.raises(NotPossible, match="Pupils are on its record"):
        invite_first(**given)
