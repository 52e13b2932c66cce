"""What each answer tells a browser, and what a session and its cookies are worth."""

import os
import runpy
import time
from http.cookies import Morsel
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from opensenco.access.models import Person
from opensenco.access.sessions import ALIVE
from opensenco.access.signing_in import WebSession
from opensenco.audit.models import Entry
from opensenco.people.models import Pupil
from tests.cast import PASSWORD
from tests.client import StrictClient, signed_in
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
SETTINGS = Path(__file__).parents[3] / "opensenco" / "config" / "settings.py"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def as_set(https: str) -> dict[str, Any]:
    """Read the settings as an installation with or without https would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENSENCO_HTTPS", https)
        patch.delenv("OPENSENCO_DEMO", raising=False)
        return runpy.run_path(os.fspath(SETTINGS))


def child() -> str:
    with acting_as("senco", write=False):
        return reverse("pupils:show", args=[Pupil.objects.get(first_name="Idris").ref])


def test_every_answer_says_what_a_browser_may_do_with_it() -> None:
    client, nobody = signed_in("senco"), StrictClient()
    answers: list[Any] = [
        client.get("/"),
        client.get(child()),
        client.get("/register/?file=csv"),
        client.post("/me/drafts/concern/", {"noticed": "words"}),
        client.get("/nothing/is/here/"),
        nobody.get("/"),
        nobody.get("/sign-in/"),
        nobody.get("/help/"),
        nobody.post("/sign-in/", {}),
    ]
    for answer in answers:
        told = {name: answer.headers.get(name) for name in ALWAYS}
        assert told == ALWAYS, answer
        assert "no-store" in answer.headers["Cache-Control"], answer
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        kind = answer.headers["Content-Type"]
        assert not answer.content or not kind.startswith("text/") or "charset=utf-8" in kind, answer
    static: Any = nobody.get("/static/opensenco/opensenco.css")
    assert {name: static.headers.get(name) for name in ALWAYS if name[0] == "C"} == {
        name: value for name, value in ALWAYS.items() if name[0] == "C"
    }
    assert static.headers["X-Content-Type-Options"] == "nosniff"
    static.close()


def test_by_https_cookies_are_bound_to_this_host() -> None:
    by_https, plain = as_set("1"), as_set("0")
    for what in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert by_https[f"{what}_NAME"].startswith("__Host-")
        assert by_https[f"{what}_SECURE"]
        assert by_https[f"{what}_HTTPONLY"]
        assert not plain[f"{what}_NAME"].startswith("__"), "a browser would refuse it"
        assert f"{what}_DOMAIN" not in by_https
        assert f"{what}_PATH" not in by_https
    client = StrictClient()
    client.post("/sign-in/", {"login": person("senco").email, "password": PASSWORD})
    kept: list[Morsel[str]] = list(client.cookies.values())
    assert {(one["path"], one["samesite"], bool(one["httponly"])) for one in kept} == {
        ("/", "Lax", True)
    }


def test_by_https_a_browser_is_told_to_stay_with_it(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = as_set("1")["SECURE_HSTS_SECONDS"]
    answer: Any = Client().get("/sign-in/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert not as_set("0")["SECURE_HSTS_SECONDS"]


def test_a_form_that_another_site_sends_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("senco"))
    with acting_as("senco", write=False):
        before = Entry.objects.count()
    answer: Any = client.post(child() + "contacts/add/", {"noticed": "from elsewhere"})
    assert answer.status_code == 403
    with acting_as("senco", write=False):
        assert Entry.objects.count() == before


def test_the_key_of_a_session_changes_when_somebody_signs_in() -> None:
    client = StrictClient()
    session = client.session
    session["hat"] = "somebody before"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    client.post("/sign-in/", {"login": person("senco").email, "password": PASSWORD})
    after = client.cookies["sessionid"].value
    assert after != before
    # 32 of 36 letters and digits are more than 160 bits
    assert len(after) == 32
    assert not WebSession.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_at_once_and_the_browser_is_told_to_forget() -> None:
    client = signed_in("senco")
    key = client.cookies["sessionid"].value
    answer: Any = client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    client.cookies["sessionid"] = key
    again: Any = client.get("/")
    assert (again.status_code, "Clear-Site-Data" in again.headers) == (302, False)


def test_a_sign_in_ends_after_ten_hours() -> None:
    client = signed_in("senco")
    session = WebSession.objects.get(session_key=client.cookies["sessionid"].value)
    assert as_set("1")["SESSION_COOKIE_AGE"] == 10 * 60 * 60
    session.expire_date = session.expire_date.replace(year=2000)
    session.save()
    assert client.get("/").status_code == 302


def test_a_sign_in_that_nobody_uses_ends() -> None:
    client = signed_in("senco")
    assert ends_in(client) <= 60 * 60
    left_alone(client, seen=59 * 60)
    assert ends_in(client) <= 60
    assert client.get("/").status_code == 200
    assert ends_in(client) > 59 * 60, "whoever goes on working stays"
    left_alone(client, since=10 * 60 * 60 - 90)
    assert client.get("/").status_code == 200
    assert ends_in(client) <= 90, "and not beyond ten hours"
    left_alone(client, seen=61 * 60)
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert not client.cookies["sessionid"]["max-age"], "the browser forgets it when it is closed"


def ends_in(client: Client) -> float:
    row = WebSession.objects.get(session_key=client.cookies["sessionid"].value)
    return (row.expire_date - timezone.now()).total_seconds()


def left_alone(client: Client, **ago: int) -> None:
    """Let nobody have used a sign-in for so many seconds, or let it have begun then."""
    session: Any = client.session
    session[ALIVE] = {**session[ALIVE], **{k: time.time() - v for k, v in ago.items()}}
    session.save()


def test_whose_account_is_closed_is_out_at_once() -> None:
    client, who = signed_in("senco"), person("senco")
    assert client.get("/").status_code == 200
    Person.objects.filter(pk=who.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_what_was_done_is_told_once_and_stands_in_no_cookie() -> None:
    client = signed_in("senco")
    client.post("/me/hats/", {"hat": "none"})
    answer: Any = client.post("/sign-out/")
    said: Any = client.get(answer.headers["Location"], follow=True)
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    assert said.status_code == 200


def test_other_ways_of_asking_are_refused() -> None:
    client = signed_in("senco")
    for address in ("/", child(), "/sign-in/", "/help/"):
        for method in ("TRACE", "PUT", "DELETE", "CONNECT"):
            answer: Any = client.generic(method, address)
            assert answer.status_code in {302, 403, 404, 405}, (method, address, answer)
            assert b"sessionid" not in answer.content


def test_no_folder_and_no_file_of_the_source_is_served() -> None:
    client = signed_in("senco")
    for path in ("/.git/config", "/static/", "/static/opensenco/", "/static/../manage.py",
                 "/static/%2e%2e/settings.py", "/opensenco/config/settings.py", "/data/", "/files/",
                 "/tests/world.py"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_nobody_is_led_to_another_site() -> None:
    known = {"login": person("senco").email, "password": PASSWORD}
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example",
                      "javascript:alert(1)", "http:elsewhere.example"):  # fmt: skip
        answer: Any = StrictClient().post("/sign-in/", {**known, "next": elsewhere})
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/", elsewhere


def test_a_file_name_breaks_no_header() -> None:
    told = content_disposition_header(True, 'a"b\r\nSet-Cookie: x=1;\u202e.pdf')
    assert told
    assert not {"\r", "\n"} & set(told)
    assert told.isascii()


def test_a_fault_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_set("1")["DEBUG"] is False

    def breaks(*_given: object, **_more: object) -> None:
        raise RuntimeError("select secret from the_inside")

    monkeypatch.setattr("opensenco.gate.page.hats_of", breaks)
    client = signed_in("senco")
    client.raise_request_exception = False
    answer: Any = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    for inside in ("secret", "Traceback", "RuntimeError", ".py", "Django"):
        assert inside not in answer.text


def test_a_form_sets_what_it_asks_for_and_nothing_else() -> None:
    client, who = signed_in("teacher"), person("teacher")
    more = {"is_active": "", "email": "x@example.org", "role": "SENCO", "org": "1", "version": "9"}
    answer: Any = client.post("/me/mail/", more)
    assert answer.status_code in {200, 302}
    after = person("teacher")
    assert (after.email, after.is_active, after.pk) == (who.email, True, who.pk)
    assert client.get("/school/staff/").status_code == 403


def test_an_answer_given_twice_is_one_answer() -> None:
    client = signed_in("senco")
    first: Any = client.get("/register/?sort=name&sort=nothing&page=1&page=x&view=a&view=b")
    assert first.status_code == 200
    known = {"login": [person("senco").email, "x@example.org"], "password": ["wrong words", ""]}
    assert StrictClient().post("/sign-in/", known).status_code == 200
