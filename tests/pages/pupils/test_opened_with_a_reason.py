"""A record opened outside one's duty: the SENCO is told who and why, and can read it later."""

import pytest
from django.urls import reverse

from opensenco.concerns.models import Concern
from opensenco.concerns.operations import deciding
from opensenco.people.models import Contact, Pupil
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db

WHY = "Covering 4R and the swimming lesson today"


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name="Idris")


def at(name: str) -> str:
    return reverse(f"pupils:{name}", args=[idris().ref])


@pytest.mark.requirement("S1-13")
@pytest.mark.rule("GOV-08")
def test_the_senco_is_told_who_opened_a_record_and_why():
    cover = signed_in("other_teacher")
    page = cover.post(at("out_of_duty"), {"reason": WHY}, follow=True)
    assert "Open until the end of today. The SENCO has been told." in page.text
    told = f"Owen Sharp opened this record outside their duty: “{WHY}”"
    for key, is_told in (("senco", True), ("teacher", False), ("other_teacher", False)):
        home = text_of(signed_in(key).get("/"))
        assert (told in home) is is_told, key
    assert at("account") in signed_in("senco").get("/").text
    assert told not in text_of(signed_in("outsider").get("/"))


def test_what_was_opened_and_changed_is_said_in_plain_words_with_the_reason():
    signed_in("other_teacher").post(at("out_of_duty"), {"reason": WHY})
    for what in ("opened", "changed"):
        page = text_of(signed_in("senco").get(at("account"), {"what": what}))
        assert f"Owen Sharp: {WHY}" in page
        assert "open_out_of_duty" not in page
        assert "pupil.view" not in page
    page = text_of(signed_in("senco").get(at("account"), {"what": "opened"}))
    assert "Amara Okafor SENCO See who opened and who changed a record" in page


def test_the_log_is_chosen_from_by_person_role_and_day_and_paged():
    senco, where = signed_in("senco"), at("account")
    signed_in("other_teacher").post(at("out_of_duty"), {"reason": WHY})
    signed_in("other_teacher").get(reverse("pupils:show", args=[idris().ref]))
    for _each in range(52):
        senco.get(where)
    page = text_of(senco.get(where, {"what": "opened"}))
    assert "Showing 1 to 50 of" in page
    second = text_of(senco.get(where, {"what": "opened", "page": "2"}))
    assert "Showing 51 to" in second
    owen = person("other_teacher")
    his = text_of(senco.get(where, {"what": "opened", "who": str(owen.ref)}))
    assert "outside their duty, with a reason" in his
    assert "Amara Okafor SENCO" not in his
    odd = senco.get(where, {"what": "opened", "unusual": "1", "role": "Teacher", "page": "9"})
    assert "Showing 1 to 1 of 1" in text_of(odd)
    before = text_of(senco.get(where, {"what": "opened", "until": "1/1/2020"}))
    assert "Nothing here." in before
    wrong = text_of(senco.get(where, {"what": "opened", "since": "soon"}))
    assert "“From” must be a day" in wrong


def test_nobody_is_shown_a_way_that_is_closed_to_them():
    with acting_as("senco", write=False):
        contact = Contact.objects.get(name="Leila Hassan")
    address = reverse("pupils:change_contact", args=[contact.ref])
    wrong = reverse("pupils:contact_in_error", args=[contact.ref])
    assert wrong in signed_in("senco").get(address).text
    assert wrong not in signed_in("admin").get(address).text
    profile = reverse("plans:profile", args=[idris().ref])
    status, plans = (reverse(f"plans:{name}", args=[idris().ref]) for name in ("status", "cycles"))
    for key, ways in (("teacher", {status, plans}), ("parent", {plans}), ("ta", set())):
        page = signed_in(key).get(profile).text
        assert {one for one in (status, plans) if f'href="{one}"' in page} == ways, key


def test_a_concern_leads_to_the_pupil_for_whoever_may_open_the_pupil_and_keeps_its_capitals():
    with acting_as("senco") as actor:
        concern = Concern.objects.get(raised_by=person("teacher"), pupil__first_name="Idris")
        deciding.triage_concern(
            actor=actor, concern=concern, version=None, outcome="sen_support",
            owner=person("senco"), reply="I will start with the plan this week.",
        )  # fmt: skip
    page = signed_in("senco").get(reverse("concerns:show", args=[concern.ref])).text
    assert f'href="{at("show")}"' in page
    assert "SEN support is to start." in page
    assert "Amara Okafor decided about the concern: start SEN support." in text_of(
        signed_in("senco").get(at("show"))
    )
