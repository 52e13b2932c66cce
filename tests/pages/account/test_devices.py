"""One sees where one is signed in and ends it, and is told of a browser that is new."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from opensenco.access import devices
from opensenco.access.signing_in import KnownDevice, WebSession
from opensenco.audit.models import Entry
from opensenco.notices.models import Mail, Notice
from tests.cast import PASSWORD, TODAY
from tests.client import StrictClient
from tests.pages.account.test_second_step import comes, sets_up
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.second_step import SECOND, code_of

pytestmark = pytest.mark.django_db
SECURITY = "/me/security/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def each_has_tries_of_their_own(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.MAIL = replace(settings.MAIL, kind="smtp")
    cache.clear()


def in_again(client: StrictClient, key: str, **more: Any) -> Any:
    """Sign in once more in this browser, and do the second step where it is asked."""
    client.post("/sign-out/")
    answer = client.post("/sign-in/", {"login": person("teacher").email, "password": PASSWORD})
    if answer["Location"] == SECOND:
        return client.post(SECOND, {"code": code_of(key), **more})
    return answer


def mails() -> list[str]:
    with acting_as("senco", write=False):
        found = Mail.objects.filter(to=person("teacher").email).order_by("id")
        return [f"{mail.subject} {mail.words}" for mail in found]


def test_a_browser_is_remembered_until_the_end_of_the_day_or_another_password(
    settings: Any,
) -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    assert in_again(priya, key)["Location"] == "/"
    assert in_again(priya, key, remember="on")["Location"] == "/"
    cookie = priya.cookies["known_device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie.value.split(":")[0] not in str(KnownDevice.objects.values()), "kept as a hash"
    _other, answer = comes("teacher")
    assert answer["Location"] == SECOND, "another browser is asked"
    priya.post("/sign-out/")
    leila, _answer = comes("parent", known_device=cookie.value)
    assert "In one browser" not in text_of(leila.get(SECURITY)), "remembered for one person alone"

    again = priya.post("/sign-in/", {"login": person("teacher").email, "password": PASSWORD})
    assert again["Location"] == "/"
    assert priya.get("/concerns/").status_code == 200
    assert "In one browser you are not asked" in text_of(priya.get(SECURITY))
    assert priya.get("/concerns/?file=csv")["Location"].startswith("/me/again/"), "still asked then"
    settings.FROZEN_TODAY = (TODAY + timedelta(days=1)).isoformat()
    assert comes("teacher", known_device=cookie.value)[1]["Location"] == SECOND
    settings.FROZEN_TODAY = TODAY.isoformat()
    assert comes("teacher", known_device=cookie.value)[1]["Location"] == "/"
    forged = cookie.value.replace(cookie.value[0], "A" if cookie.value[0] != "A" else "B", 1)
    assert comes("teacher", known_device=forged)[1]["Location"] == SECOND

    assert priya.post(SECURITY, {"end": "remembered"})["Location"] == SECURITY
    assert comes("teacher", known_device=cookie.value)[1]["Location"] == SECOND
    in_again(priya, key, remember="on")
    priya_now = person("teacher")
    priya_now.set_password("three quite other words")
    priya_now.save()
    client = StrictClient()
    client.cookies["known_device"] = cookie.value
    given = {"login": priya_now.email, "password": "three quite other words"}
    assert client.post("/sign-in/", given)["Location"] == SECOND, "of the old password alone"


def test_where_one_is_signed_in_is_seen_and_ended_one_by_one_or_all() -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    assert not [mail for mail in mails() if "new device" in mail], "the first is no news"
    assert "An authenticator app was set up." in mails()[-1]
    clients = []
    for agent in (CHROME, PHONE):
        client = StrictClient(headers={"user-agent": agent})
        given = {"login": person("teacher").email, "password": PASSWORD}
        client.post("/sign-in/", given, REMOTE_ADDR="203.0.113.9")
        client.post(SECOND, {"code": code_of(key)}, REMOTE_ADDR="203.0.113.9")
        clients.append(client)
    told = [mail for mail in mails() if "new device" in mail]
    assert len(told) == 2
    assert "Chrome on Windows" in told[0]
    assert not {"Priya", "Raman", "203.0"} & set(told[0].replace(".", " ").split())
    with acting_as("teacher", write=False):
        said = "You signed in on a device that is new here: Safari on iPhone."
        assert Notice.objects.filter(person=person("teacher"), words=said).exists()
    page = priya.get(SECURITY)
    for said in ("this one", "Chrome on Windows", "Safari on iPhone", "on another network"):
        assert said in text_of(page), said
    assert "203.0" not in str(WebSession.objects.values("device", "network"))
    [first, _second] = [line.split('"')[0] for line in page.text.split('name="end" value="')[1:3]]
    assert first not in {row.session_key for row in WebSession.objects.all()}
    assert "One sign-in has ended" in text_of(priya.post(SECURITY, {"end": first}, follow=True))
    assert "over already" in text_of(priya.post(SECURITY, {"end": first}, follow=True))
    alive = [client for client in clients if client.get("/concerns/").status_code == 200]
    assert len(alive) == 1
    assert "One sign-in has ended" in text_of(priya.post(SECURITY, {"end": "others"}, follow=True))
    assert alive[0].get("/concerns/")["Location"].startswith("/sign-in/")
    assert priya.get("/concerns/").status_code == 200
    with acting_as("senco", write=False):
        assert Entry.objects.filter(verb="end_own_sign_ins").count() == 3


def test_another_password_ends_every_sign_in_but_this_one() -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    other = StrictClient()
    in_again(other, key)
    assert other.get("/concerns/").status_code == 200
    new = "three quite other words"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert priya.post("/me/password/", given).status_code == 302
    assert WebSession.objects.filter(person=person("teacher")).count() == 1
    assert other.get("/concerns/")["Location"].startswith("/sign-in/")
    assert "this one" in text_of(priya.get(SECURITY))
    assert devices.clear(timezone.now()) == 0
    assert devices.clear(timezone.now() + timedelta(days=800)) >= 2, "what is over is forgotten"
    assert priya.get("/concerns/")["Location"].startswith("/sign-in/")
