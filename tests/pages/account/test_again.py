"""Before something weighty it is asked once more who it is, and nothing that was typed is lost."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.urls import reverse

from opensenco.access import sealing
from opensenco.access.models import Invitation
from opensenco.audit.models import Opening
from opensenco.gate import strength
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from tests.cast import TODAY
from tests.client import StrictClient, signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.forms import forms_on
from tests.support.second_step import code_of

pytestmark = pytest.mark.django_db
ADD = "/school/staff/add/"


@pytest.fixture(autouse=True)
def tries_are_not_counted(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


def stale(key: str = "senco") -> tuple[StrictClient, str]:
    """Give somebody who came in by both steps this morning, and the key of their app."""
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user=person(key), type="totp", data={"secret": sealing.sealed(secret)}
    )
    client = signed_in(key)
    gone_by(client)
    return client, secret


def gone_by(client: StrictClient) -> None:
    """Let ten minutes go by."""
    session: Any = client.session
    session[strength.SESSION] = {**session[strength.SESSION], "shown": 0}
    session.save()


def asked_again(client: StrictClient, answer: Any, code: str) -> Any:
    """Read the page that asks who it is, and answer it."""
    assert answer.status_code == 302
    assert answer["Location"].startswith("/me/again/")
    address = client.get(answer["Location"])["Location"]
    page = client.get(address)
    assert "Is it still you?" in text_of(page)
    given = {**forms_on(page.text)[0].sent(lambda _field: None), "code": [code]}
    return client.post(address, given)


def test_a_form_about_rights_is_shown_to_whoever_has_just_said_who_they_are():
    amara, key = stale()
    wrong = asked_again(amara, amara.get(ADD), "123")
    assert "This is not right" in wrong.text
    again = asked_again(amara, amara.get(ADD), code_of(key))
    assert again["Location"] == ADD
    assert "Add a colleague" in text_of(amara.get(ADD))


def test_what_was_typed_before_one_was_asked_waits_in_the_form():
    amara, key = stale()
    asked_again(amara, amara.get(ADD), code_of(key))
    form = forms_on(amara.get(ADD).text)[0]
    typed = {**form.sent(lambda _field: None), "first_name": ["Nia"], "last_name": ["Prosser"],
             "email": ["nia@larkrise.example"], "role": ["TEACHER"]}  # fmt: skip
    gone_by(amara)
    refused = amara.post(ADD, typed)
    assert "nia@larkrise.example" not in refused["Location"], "no address tells who is added"
    assert "What you wrote is kept" in text_of(amara.get(refused["Location"], follow=True))
    assert asked_again(amara, refused, code_of(key))["Location"] == ADD
    with acting_as("senco", write=False):
        assert not Invitation.objects.filter(email="nia@larkrise.example").exists()
    page = amara.get(ADD)
    assert 'value="Prosser"' in page.text
    sent = forms_on(page.text)[0].sent(lambda _field: None)
    assert amara.post(ADD, sent)["Location"] == reverse("school:link")
    with acting_as("senco", write=False):
        assert Invitation.objects.filter(email="nia@larkrise.example").exists()


def test_a_file_of_many_children_waits_and_the_page_it_is_on_does_not():
    amara, key = stale()
    assert amara.get("/register/").status_code == 200
    before = looks()
    asked = amara.get(
        "/register/?file=xlsx", headers={"referer": "http://testserver/register/?q=a"}
    )
    assert looks() == before, "what was not given was not looked at"
    assert "fetch it again" in text_of(amara.get(asked["Location"], follow=True))
    assert asked_again(amara, asked, code_of(key))["Location"] == "/register/?q=a"
    assert amara.get("/register/?file=xlsx").headers["Content-Type"].endswith("sheet")
    elsewhere = amara_elsewhere().get(
        "/register/?file=csv", headers={"referer": "https://e.example/"}
    )
    assert elsewhere["Location"].endswith("next=%2F"), "nobody is led out of the house"


def amara_elsewhere() -> StrictClient:
    client = signed_in("senco")
    gone_by(client)
    return client


def looks() -> int:
    with acting_as("senco", write=False):
        return Opening.objects.count()


def test_whoever_opens_very_many_children_shows_that_it_is_them(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CHILDREN = 2
    amara, key = stale()
    with acting_as("senco", write=False):
        refs = [short(one.ref) for one in Pupil.objects.order_by("id")[:3]]
    first, second, third = (reverse("pupils:show", kwargs={"pupil": ref}) for ref in refs)
    for address in (first, second, first, second):
        assert amara.get(address).status_code == 200, "the same children again are no more"
    refused = amara.get(third)
    assert refused.status_code == 302, "and nothing of the third is shown"
    asked = text_of(amara.get(refused["Location"], follow=True))
    assert "You opened many children" in asked
    assert amara.get("/register/").status_code == 200, "a list is one look"
    assert asked_again(amara, refused, code_of(key))["Location"] == third
    assert amara.get(third).status_code == 200
    assert amara.get(first).status_code == 200
    [told] = [record.message for record in caplog.records if "many children" in record.message]
    assert "Okafor" not in told
    with acting_as("senco", write=False):
        looks = Opening.objects.filter(kind="page", at__date=TODAY)
        assert looks.count() == 6, "a refused one is none"
