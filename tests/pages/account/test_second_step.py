"""Whoever works with children shows two things to sign in, and nobody else is asked to."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from opensenco.gate import strength
from tests.cast import BY_KEY, PASSWORD
from tests.client import StrictClient, signed_in
from tests.contracts.test_routes import ALL, at_every, door, fill
from tests.pages.concerns.walking import text_of
from tests.people import person
from tests.support.second_step import CODES, SECOND, SET_UP, code_of, key_on

pytestmark = pytest.mark.django_db
FIRST = "/me/second-step/"


@pytest.fixture(autouse=True)
def each_has_tries_of_their_own(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def comes(key: str, follow: str = "/", **cookies: Any) -> tuple[StrictClient, Any]:
    client = StrictClient()
    for name, value in cookies.items():
        client.cookies[name] = value
    given = {"login": BY_KEY[key].email, "password": PASSWORD, "next": follow}
    return client, client.post("/sign-in/", given)


def sets_up(client: StrictClient) -> str:
    key = key_on(client.get(SET_UP).text)
    done = client.post(SET_UP, {"code": code_of(key)})
    assert done.status_code == 302, text_of(done)
    return key


def codes_on(page: Any) -> list[str]:
    found = re.findall(r'<code class="os-key">(\d{4}) (\d{4})</code>', page.text)
    return [first + second for first, second in found]


def test_who_works_with_children_sets_up_a_second_step_before_anything_else() -> None:
    priya, answer = comes("teacher", "/concerns/")
    assert answer["Location"] == "/concerns/"
    led = priya.get("/concerns/")
    assert led["Location"].startswith(FIRST)
    page = priya.get(led["Location"])
    assert "One more step before you begin" in text_of(page)
    assert "Concerns" not in text_of(page), "the frame offers nothing"
    written = priya.post("/concerns/new/", {"what": "She looks away."})
    assert written["Location"].startswith(FIRST)

    key = key_on(priya.get(SET_UP).text)
    wrong = priya.post(SET_UP, {"code": "1"})
    assert "This is not right" in wrong.text
    assert key_on(wrong.text) == key, "a slip of the finger changes no key"
    assert priya.post(SET_UP, {"code": code_of(key)})["Location"] == CODES
    shown = priya.get(CODES)
    assert len(codes_on(shown)) == 10
    assert "/concerns/" in shown.text, "and on to where they were going"
    again = priya.get(CODES)
    assert not codes_on(again)
    assert "10 codes left" in text_of(again)
    assert priya.get("/concerns/").status_code == 200
    assert "There is nothing more to do" in text_of(priya.get(FIRST))
    row = Authenticator.objects.get(user=person("teacher"), type="totp")
    assert key not in str(row.data), "the database alone gives nobody a code"


def test_a_parent_and_a_governor_need_none_and_a_professional_does() -> None:
    for key, needs in (("parent", False), ("governor", False), ("professional", True)):
        client, _answer = comes(key)
        assert (client.get("/").status_code == 302) is needs, key
    leila, _answer = comes("parent")
    assert "You can add a second step" in text_of(leila.get("/me/security/"))


def test_the_second_step_is_asked_after_the_password_and_each_code_lets_in_once() -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    [first, second, *_rest] = codes_on(priya.get(CODES))
    code = code_of(key)
    one, answer = comes("teacher", "/concerns/")
    assert answer["Location"] == SECOND
    assert one.get("/concerns/")["Location"].startswith("/sign-in/")
    assert "authenticator app on your phone" in text_of(one.get(SECOND))
    assert one.post(SECOND, {"code": code})["Location"] == "/concerns/"
    assert one.get("/concerns/").status_code == 200
    other, _answer = comes("teacher")
    assert "was used already" in other.post(SECOND, {"code": code}).text
    assert other.post(SECOND, {"code": first})["Location"] == "/"
    third, _answer = comes("teacher")
    assert "was used already" in third.post(SECOND, {"code": first}).text
    assert "9 of 10 left" in text_of(other.get("/me/security/"))

    made = other.post("/me/security/codes/new/")
    assert made["Location"] == CODES
    new = codes_on(other.get(CODES))
    assert len(new) == 10
    assert "was used already" in third.post(SECOND, {"code": second}).text, "old ones are dead"
    assert third.post(SECOND, {"code": new[0]})["Location"] == "/"


def test_codes_are_tried_five_times_and_then_not_even_the_right_one_is_taken() -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    guessing, _answer = comes("teacher")
    for _try in range(5):
        assert "not right" in guessing.post(SECOND, {"code": "000000"}).text
    assert "too many tries" in guessing.post(SECOND, {"code": code_of(key)}).text
    elsewhere, _answer = comes("teacher")
    assert "too many tries" in elsewhere.post(SECOND, {"code": code_of(key)}).text


def test_who_came_in_without_the_second_step_they_have_does_that_before_anything() -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    # as by another way in, which asked for a password alone
    weak = signed_in("teacher")
    session: Any = weak.session
    session[strength.SESSION] = {**session[strength.SESSION], "how": ""}
    session.save()
    asked = weak.get(weak.get("/concerns/")["Location"])
    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    for path in (SET_UP, f"{SET_UP}remove/", CODES, f"{CODES}new/", "/me/security/passkeys/add/",
                 "/me/password/"):  # fmt: skip
        for answer in (weak.get(path), weak.post(path)):
            assert answer["Location"].startswith(reverse("mfa_reauthenticate")), path
    done = weak.post(asked["Location"], {"code": code_of(key)})
    assert done["Location"] == "/concerns/"
    assert weak.get("/concerns/").status_code == 200


def test_showing_again_is_by_the_second_step_and_the_last_one_taken_away_is_asked_for() -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    session: Any = priya.session
    session[strength.SESSION] = {**session[strength.SESSION], "shown": 0}
    session.save()
    remove = f"{SET_UP}remove/"
    asked = priya.get(remove)
    assert asked["Location"].startswith(reverse("mfa_reauthenticate")), "no password will do"
    by_password = priya.get(f"{reverse('account_reauthenticate')}?next={remove}")
    assert by_password["Location"].startswith(reverse("mfa_reauthenticate"))
    assert priya.post(asked["Location"], {"code": code_of(key)})["Location"] == remove
    assert "Remove the authenticator app" in text_of(priya.get(remove))
    assert priya.post(remove)["Location"] == "/me/security/"
    assert priya.get("/concerns/")["Location"].startswith(FIRST)
    assert not Authenticator.objects.filter(user=person("teacher")).exists()


def test_passkeys_are_named_and_removed_by_their_owner_alone() -> None:
    for key in ("teacher", "senco"):
        data = {"name": f"Phone of {key}", "credential": {}}
        Authenticator.objects.create(user=person(key), type="webauthn", data=data)
    priya, amara = signed_in("teacher"), signed_in("senco")
    page = priya.get("/me/security/")
    assert "Phone of teacher" in text_of(page)
    assert "Phone of senco" not in text_of(page)
    [address] = re.findall(r'"(/me/security/passkeys/\w+/remove/)"', page.text)
    name = address.removesuffix("remove/")
    assert amara.get(name).status_code == amara.post(address).status_code == 404
    assert priya.post(name, {"name": "Blue key"})["Location"] == "/me/security/"
    assert "Blue key" in text_of(priya.get(address))
    assert priya.post(address)["Location"] == "/me/security/"
    assert "Blue key" not in text_of(amara.get("/me/security/"))
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_another_secret_of_the_installation_lets_nobody_in(settings: Any, caplog: Any) -> None:
    priya, _answer = comes("teacher")
    key = sets_up(priya)
    settings.SECRET_KEY = "another secret of this installation"
    other, _answer = comes("teacher")
    assert "not right" in other.post(SECOND, {"code": code_of(key)}).text
    assert "does not open" in caplog.text


def test_only_a_demonstration_leaves_it_out_and_says_so(settings: Any) -> None:
    settings.DEMO = True
    anybody = StrictClient()
    assert "second step is left out" in text_of(anybody.get("/walk-in/"))
    anybody.post("/walk-in/", {"person": str(person("senco").ref)})
    assert anybody.get("/register/").status_code == 200
    assert anybody.get("/school/staff/add/").status_code == 200
    assert "left out" in text_of(anybody.get("/me/security/"))
    settings.DEMO = False
    assert anybody.get("/register/")["Location"].startswith(FIRST), "no mark of a demo counts here"


@pytest.mark.thorough
def test_no_door_but_one_opens_to_a_sign_in_that_is_too_weak() -> None:
    def check(name: str, entry: Any) -> None:
        if door(entry).weak:
            weak.append(name)
            return
        # a page that a setting of the place turns on is not found before, by whoever else comes in
        opens = {200, 404} if 200 not in door(entry).who.values() else {200}
        key = next(k for k, status in door(entry).who.items() if status in opens)
        if key in ("parent", "governor"):
            return
        client = signed_in(key)
        session: Any = client.session
        del session[strength.SESSION]
        session.save()
        address = reverse(name, kwargs=fill(entry, key))
        for method in ["get"] * door(entry).reads + ["post"] * door(entry).writes:
            answer: Any = getattr(client, method)(address)
            assert answer.status_code == 302, method
            assert answer["Location"].startswith(FIRST), method

    weak: list[str] = []
    at_every(ALL, check)
    assert weak == ["account:second_step"]
