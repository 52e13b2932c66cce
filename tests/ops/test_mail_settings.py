"""How mail leaves is said in one address, and refused with a hint that repeats no password."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from opensenco.config import mail
from opensenco.pages.notices import hearing

KEY = "team-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"
TEMPLATE = "33333333-3333-4333-8333-333333333333"
GIVEN = {
    "OPENSENCO_MAIL_FROM": "OpenSENCO <opensenco@school.example>",
    "OPENSENCO_ADDRESS": "https://senco.school.example/",
}


def read(said: str, more: dict[str, str] | None = None, *, demo: bool = False) -> mail.Mail:
    given = {**GIVEN, "OPENSENCO_MAIL": said, **(more or {})}
    return mail.read(given, Path("/data"), demo=demo)


def test_a_mail_server_is_spoken_to_in_secret_but_on_this_machine() -> None:
    far = read("smtp://user:p%40ss@mail.example:587")
    assert (far.host, far.port, far.user, far.password) == ("mail.example", 587, "user", "p@ss")
    assert (far.tls, far.ssl) == (True, False)
    assert "p@ss" not in repr(far)
    assert read("smtps://mail.example").port == 465
    assert read("smtps://mail.example").ssl
    assert not read("smtp://127.0.0.1:2525").tls
    assert not read("smtp://mail.example?tls=no").tls
    assert far.address == "https://senco.school.example"


def test_a_trial_keeps_mail_in_a_folder_and_nothing_leaves_unasked() -> None:
    assert read("").kind == ""
    assert read("", demo=True).folder == Path("/data/mail")
    assert read("folder:///srv/mail").folder == Path("/srv/mail")
    assert mail.read({}, Path("/data"), demo=False).backend == mail.NONE


def test_a_provider_takes_its_key_and_hears_where_it_tells() -> None:
    for name, (backend, key) in mail.PROVIDERS.items():
        host = "mg.school.example" if name == "mailgun" else ""
        given = read(f"{name}://KEY-1@{host}", {"OPENSENCO_MAIL_WEBHOOK": "name:word"})
        assert (given.backend, given.anymail[key]) == (backend, "KEY-1")
        assert given.anymail["WEBHOOK_SECRET"] == "name:word"
        (route,) = hearing.paths(given)
        assert hearing.paths(read(f"{name}://KEY-1@{host}")) == []
        assert str(route.pattern) == f"mail/{name}/"
    assert "eu" in read("mailgun://KEY@mg.example?region=eu").anymail["MAILGUN_API_URL"]
    given = read(f"notify://{KEY}@{TEMPLATE}")
    assert given.notify == {"key": KEY, "template": TEMPLATE, "base": ""}


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("mail.example", "begins with"),
        ("http://secret@mail.example", "begins with"),
        ("smtp://user:secret@", "names a server"),
        ("smtp://secret@mail.example:port", "no port"),
        ("smtp://secret@mail.example?ssl=yes", "does not take 'ssl'"),
        ("smtp://secret@mail.example?tls=maybe", "names a server"),
        ("notify://secret@template", "notify://KEY@TEMPLATE"),
        ("postmark://", "postmark://KEY@"),
        ("mailgun://secret@", "your.domain"),
    ],
)
def test_what_is_not_understood_is_refused_without_its_secrets(said: str, hint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=hint) as refused:
        read(said)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENSENCO_MAIL_FROM", ""),
        ("OPENSENCO_MAIL_FROM", "nobody"),
        ("OPENSENCO_ADDRESS", ""),
        ("OPENSENCO_ADDRESS", "senco.school.example"),
    ],
)
def test_mail_has_a_sender_and_says_where_we_are(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Set {name}"):
        read("smtp://mail.example", {name: value})
    with pytest.raises(ImproperlyConfigured, match="name:password"):
        read("postmark://KEY@", {"OPENSENCO_MAIL_WEBHOOK": "word"})
