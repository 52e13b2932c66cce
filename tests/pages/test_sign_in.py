"""Signing in speaks plainly, in our own pages."""

import pytest

from tests.cast import PASSWORD
from tests.client import StrictClient, signed_in
from tests.people import person
from tests.ui.drawn import Reader

pytestmark = pytest.mark.django_db


def faults(page: Reader) -> list[str]:
    return [
        " ".join(text.split()) for _, text in page.all("a") if _.get("href", "").startswith("#id")
    ]


def test_an_empty_form_asks_by_name():
    page = Reader(StrictClient().post("/sign-in/", {}).text)
    assert page.text("h1") == "Sign in"
    assert page.text("h2", class_="govuk-error-summary__title").startswith("You are not signed in")
    assert faults(page) == ["Fill in “Email address”", "Fill in “Password”"]
    assert page.text("title").startswith("Error: Sign in")


def test_what_is_no_address_is_said():
    page = Reader(StrictClient().post("/sign-in/", {"login": "amara", "password": "x"}).text)
    assert faults(page) == ["“Email address” must be an email address, like name@example.org"]
    assert page.one("input", name="login")[0]["value"] == "amara"


def test_a_wrong_password_does_not_tell_whether_the_address_is_known():
    known = person("senco").email
    answers = [
        StrictClient().post("/sign-in/", {"login": address, "password": "three wrong words"}).text
        for address in (known, "nobody@example.org")
    ]
    said = [Reader(text).text("ul", class_="govuk-error-summary__list") for text in answers]
    assert said[0] == said[1]
    assert said[0].startswith("The email address and the password do not go together")
    assert "three wrong words" not in "".join(answers)


def test_leaving_asks_once():
    page = Reader(signed_in("senco").get("/sign-out/").text)
    assert page.text("h1") == "Sign out"
    assert "Stay signed in" in page.text("main")


def test_the_password_is_changed_by_who_knows_it():
    page = Reader(
        signed_in("senco")
        .post(
            "/me/password/",
            {
                "oldpassword": "not these words",
                "password1": "three other new words",
                "password2": "three other new ones",
            },
        )
        .text
    )
    assert faults(page) == [
        "That is not the password you have now. Write it again",
        "You must type the same password each time.",
    ]
    assert not [a for a, _ in page.all("input", type="password") if a["value"]]


def test_a_right_password_lets_in():
    answer = StrictClient().post(
        "/sign-in/", {"login": person("senco").email, "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
