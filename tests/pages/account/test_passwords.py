"""Passwords: which are refused, that they are kept as typed, and what guessing meets."""

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.test import Client

from opensenco.access.models import Person
from opensenco.access.passwords import is_easily_guessed
from tests.cast import PASSWORD
from tests.client import StrictClient, signed_in
from tests.contracts.walk import PACKAGE
from tests.people import person
from tests.support.logs import log_kept
from tests.ui.drawn import Reader

pytestmark = pytest.mark.django_db
WORDS = "purple tractor lamp"


def refused(password: str) -> bool:
    try:
        validate_password(password, Person(first_name="Amara", last_name="Okafor", email="a@b.org"))
    except ValidationError:
        return True
    return False


def changed(client: StrictClient, old: str, new: str) -> Any:
    words = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/me/password/", words)


def test_a_password_that_others_would_try_first_is_refused() -> None:
    tried = (
        *("elevensigns", "password1234", "Password2027!!", "P@55w0rd1234!", "OpenSENCO1234"),
        *("teacher-2027", "senco2027senco", "Summer2027!!!!", "qwertyuiop123", "1q2w3e4r5t6y"),
        *("aaaaaaaaaaaa", "123456789012", "abcabcabcabc", "footballfootball", "jamesbond007!"),
        *("987654321000", "AmaraOkafor12"),
    )
    assert not [one for one in tried if not refused(one)]


def test_any_signs_and_any_length_make_a_password() -> None:
    tried = (
        *(WORDS, "a-long-made-up-password", "correct horse battery staple", "xk9-vv2-lq7-pp"),
        *("ÆØÅ ʘ‿ʘ 漢字仮名 кот", "            words  after  a gap", "0f3c 77b1 e9d2 5a4b"),
        "lamp " * 40 + "tractor purple",
    )
    assert not [one for one in tried if refused(one)]


def test_hardly_a_breached_password_of_our_length_gets_past_the_rule_alone() -> None:
    """Django's list holds 20,000. Those of our length are refused by it; most are by the rule."""
    known = [one for one in CommonPasswordValidator().passwords if len(one) >= 12]
    assert len(known) > 150
    assert all(refused(one) for one in known)
    assert sum(map(is_easily_guessed, known)) > 0.75 * len(known)
    longer = [f"{one}{2027 - len(one)}!" for one in list(CommonPasswordValidator().passwords)[:500]]
    assert sum(map(is_easily_guessed, longer)) > 0.8 * len(longer)


def test_a_password_is_changed_and_checked_as_it_was_typed() -> None:
    here, there = signed_in("teacher"), signed_in("teacher")
    typed = f"  {WORDS} Æ  "
    assert changed(here, PASSWORD, typed).status_code == 302
    assert there.get("/").status_code == 302, "signed in elsewhere with the old one"
    assert here.get("/").status_code == 200
    for wrong in (typed.strip(), typed.upper(), typed[:-1], typed[:20]):
        assert not check_password(wrong, person("teacher").password)
    assert check_password(typed, person("teacher").password)


def test_an_old_password_still_signs_in() -> None:
    who = person("senco")
    Person.objects.filter(pk=who.pk).update(last_login="2001-01-01T00:00:00Z")
    answer = StrictClient().post("/sign-in/", {"login": who.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert signed_in("senco").get("/me/").status_code == 200


def test_a_password_is_kept_by_a_slow_hash() -> None:
    who = Person(email="new@example.org")
    who.set_password(WORDS)
    hasher: Any = identify_hasher(who.password)
    assert (hasher.algorithm, hasher.iterations >= 600_000) == ("pbkdf2_sha256", True)


def test_a_password_may_be_pasted_and_filled_in_by_a_keeper() -> None:
    in_, change = StrictClient().get("/sign-in/"), signed_in("senco").get("/me/password/")
    fields = [
        a for page in (in_, change) for a, _ in Reader(page.text).all("input", type="password")
    ]
    assert [one["autocomplete"] for one in fields] == [
        "current-password", "current-password", "new-password", "new-password"
    ]  # fmt: skip
    assert not [name for one in fields for name in one if name.startswith("on")]
    login = Reader(in_.text).one("input", name="login")[0]
    assert login["autocomplete"] in {"email", "username"}


def test_nobody_is_asked_for_a_hint() -> None:
    names = {field.name for field in Person._meta.get_fields()}
    assert not {name for name in names if "hint" in name or "question" in name or "answer" in name}


def test_a_new_installation_has_nobody_in_it() -> None:
    """No migration makes a person: the first one is made by a command that asks for a password."""
    made = [
        path
        for path in PACKAGE.glob("*/migrations/0*.py")
        if "create_user" in path.read_text() or "set_password" in path.read_text()
    ]
    assert not made


def test_guessing_at_one_account_is_stopped_and_told_to_the_log() -> None:
    address = person("senco").email
    with log_kept() as log:
        tries = [
            Client().post("/sign-in/", {"login": address, "password": f"guess number {n}"})
            for n in range(7)
        ]
    assert "There were too many tries" in tries[-1].content.decode()
    known: Any = Client().post("/sign-in/", {"login": address, "password": PASSWORD})
    assert known.status_code == 200, "the right one is not let in either, until the wait is over"
    assert address not in "".join(log)
    assert sum("sign-in refused account=" in line for line in log) >= 5
