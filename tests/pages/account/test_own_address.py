"""One changes one's own address: with the password, a code to the new one, word to the old one."""

import re
from dataclasses import replace
from typing import Any

import pytest

from opensenco.audit.models import Entry
from opensenco.notices.models import Mail
from opensenco.notices.sending import message
from tests.cast import PASSWORD
from tests.client import StrictClient, signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
ASK, CODE = "/me/address/", "/me/address/code/"
NEW = "jo@new.example"


@pytest.fixture(autouse=True)
def mail_leaves(settings: Any) -> None:
    settings.MAIL = replace(settings.MAIL, kind="smtp")
    settings.ACCOUNT_RATE_LIMITS = False


def mails() -> list[Mail]:
    with acting_as("senco", write=False):
        return list(Mail.objects.order_by("id"))


def code_of(mail: Mail) -> str:
    found = re.search(r"have open: (\d{8})", str(message(mail).body))
    assert found
    assert found[1] not in mail.words, "the outbox does not hold it"
    return found[1]


def test_a_new_address_is_proven_by_its_code_and_the_old_one_is_told():
    jo, old = signed_in("ta"), person("ta").email
    before = len(mails())
    assert ASK in jo.get("/me/").text
    wrong = jo.post(ASK, {"to": NEW, "password": "three wrong words"})
    assert "That is not your password" in wrong.text
    assert len(mails()) == before, "who finds an open page changes nothing"
    assert "This is your address already." in jo.post(ASK, {"to": old, "password": PASSWORD}).text
    assert "No code waits." in text_of(jo.get(CODE))
    assert jo.post(ASK, {"to": " Jo@New.example ", "password": PASSWORD})["Location"] == CODE
    sent = mails()[-1]
    assert (sent.to, "Jo" in sent.words, old in sent.words) == (NEW, False, False)
    code = code_of(sent)
    assert code not in str(dict(jo.session)), "the session keeps a hash"
    assert "Jo@New.example" in jo.get(CODE).text
    for guess in ("1", "", "00000000"):
        assert "Your address is as it was" in jo.post(CODE, {"code": guess}).text
    done = jo.post(CODE, {"code": f"{code[:4]} {code[4:]}"}, follow=True)
    assert "You sign in with your new address from now on." in text_of(done)
    told = mails()[-1]
    assert (told.to, NEW in told.words) == (old, False)
    for address, enters in ((old, False), (NEW, True)):
        client = StrictClient()
        client.post("/sign-in/", {"login": address, "password": PASSWORD})
        assert (client.get("/")["Location"].startswith("/me/second-step/")) is enters
    assert jo.get("/me/").status_code == 200, "whoever is signed in stays so"
    with acting_as("senco", write=False):
        verbs = Entry.objects.order_by("-id").values_list("verb", flat=True)[:2]
        assert list(verbs) == ["change_own_address", "send_code_to_new_address"]
    assert "worth nothing" in jo.post(CODE, {"code": code}).text, "a code is used once"


def test_a_code_is_tried_five_times_and_an_address_of_somebody_else_is_not_told():
    jo, old = signed_in("ta"), person("ta").email
    taken = person("senco").email
    assert jo.post(ASK, {"to": taken, "password": PASSWORD})["Location"] == CODE
    refused = jo.post(CODE, {"code": code_of(mails()[-1])})
    assert "This address cannot be used." in refused.text
    assert person("ta").email == old
    jo.post(ASK, {"to": NEW, "password": PASSWORD})
    code = code_of(mails()[-1])
    for _try in range(5):
        assert "not the code" in jo.post(CODE, {"code": "12"}).text
    assert "worth nothing" in jo.post(CODE, {"code": code}).text
    assert person("ta").email == old
    leila = signed_in("parent")
    assert leila.post(ASK, {"to": "leila@new.example", "password": PASSWORD}).status_code == 302
    code = code_of(mails()[-1])
    assert leila.post(CODE, {"code": code}).status_code == 302, "a guest does so too"
