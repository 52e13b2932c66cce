"""People sign in by an account they have elsewhere, and nobody becomes somebody by it."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from opensenco.access.elsewhere.providers import as_allauth
from opensenco.access.models import Organisation, Person
from opensenco.notices.models import Mail
from opensenco.people.operations import joining, places
from tests.cast import BY_KEY, PASSWORD, TODAY
from tests.client import StrictClient, signed_in
from tests.pages.account.test_again import gone_by
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.provider import Provider

pytestmark = [pytest.mark.django_db, pytest.mark.process]
THERE, BACK, FIRST = "/sign-in/with/near/", "/sign-in/back/near/", "/sign-in/first-time/"
AMARA = BY_KEY["senco"].email


@pytest.fixture(scope="module")
def near() -> Iterator[Provider]:
    """One provider for the stories of this file."""
    running = Provider(f"http://testserver{BACK}")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def known(settings: Any, near: Provider) -> None:
    put(settings, near)


def put(settings: Any, near: Provider, **more: Any) -> None:
    settings.SIGN_IN_PROVIDERS = (near.as_setting(**more),)
    settings.SOCIALACCOUNT_PROVIDERS = as_allauth(settings.SIGN_IN_PROVIDERS)
    settings.ACCOUNT_RATE_LIMITS = False


def asked(client: StrictClient, **query: str) -> str:
    return client.get(THERE, query)["Location"]


def comes_back(near: Provider, client: StrictClient, subject: str, **query: str) -> Any:
    return client.get(near.agrees(asked(client, **query), subject))


def mails() -> list[Mail]:
    with acting_as("senco", write=False):
        return list(Mail.objects.order_by("id"))


def test_the_first_time_asks_for_the_own_password_and_then_the_provider_is_enough(near: Provider):
    near.knows("amara-1", email=AMARA.upper(), email_verified=True, amr=["pwd", "otp"])
    amara = StrictClient()
    assert "Sign in with Near School" in amara.get("/sign-in/").text
    question = parse_qs(urlsplit(asked(amara)).query)
    assert question["code_challenge_method"] == ["S256"]
    assert len(question["nonce"][0]) > 20
    assert comes_back(near, amara, "amara-1", next="/me/")["Location"] == FIRST
    page = amara.get(FIRST)
    assert AMARA in page.text
    assert amara.get("/me/").status_code == 302, "nobody is signed in by a provider's word alone"
    wrong = amara.post(FIRST, {"password": "three wrong words", "login": AMARA})
    assert "do not go together" in wrong.text
    assert not SocialAccount.objects.exists()
    # whatever is sent for the address, it is the proven one's password that counts
    other = amara.post(FIRST, {"password": PASSWORD, "login": BY_KEY["head"].email})
    assert other["Location"] == "/me/"
    assert "Amara Okafor" in amara.get("/me/").text
    [tie] = SocialAccount.objects.all()
    assert (tie.user, tie.provider, tie.extra_data) == (person("senco"), "near", {})
    assert "amara" not in tie.uid
    told = mails()[-1]
    assert (told.to, "Near School" in told.words) == (AMARA, True)
    again = StrictClient()
    assert comes_back(near, again, "amara-1")["Location"] == "/"
    assert again.get("/").status_code == 200
    assert again.session["signed_in_by"] == {"provider": "near", "second_step": True}
    assert again.session["strength"]["how"] == "provider", "the second step done there counts"
    left = again.post("/sign-out/")
    assert left["Location"] == "/sign-out/near/"
    assert "still signed in with Near School" in text_of(again.get(left["Location"]))
    out = again.get("/sign-out/near/there/")["Location"]
    assert out.startswith(f"{near.url}/oauth2/end_session?client_id=")
    taken = amara.post("/me/sign-ins/", {"provider": "near"}, follow=True)
    assert "Add Near School" in taken.text
    assert not SocialAccount.objects.exists()
    assert "can no longer sign in" in mails()[-1].words
    assert comes_back(near, StrictClient(), "amara-1")["Location"] == FIRST


def test_an_address_that_is_not_proven_ties_nobody(near: Provider, settings: Any):
    near.knows("mallory", email=AMARA)
    visitor = StrictClient()
    comes_back(near, visitor, "mallory")
    page = visitor.get(FIRST)
    assert AMARA not in page.text
    assert "did not say that your email address is proven" in text_of(page)
    assert "do not go together" in visitor.post(FIRST, {"login": AMARA, "password": "a guess"}).text
    # with a password of one's own one ties one's own account, whatever the address says
    visitor.post(FIRST, {"login": BY_KEY["ta"].email, "password": PASSWORD})
    assert SocialAccount.objects.get().user == person("ta")
    put(settings, near, domains=("larkrise.example",), strong=("two",))
    near.knows("amara-2", email=AMARA, acr="two")
    amara = StrictClient()
    comes_back(near, amara, "amara-2")
    assert AMARA in amara.get(FIRST).text, "the installation takes its word for this domain"
    amara.post(FIRST, {"login": AMARA, "password": PASSWORD})
    assert amara.session["signed_in_by"]["second_step"] is True


def test_nobody_is_made_and_nobody_is_told_who_is_known(near: Provider):
    people = Person.objects.count()
    said = []
    for subject, email in (("n-1", "nobody@nowhere.example"), ("n-2", AMARA)):
        near.knows(subject, email=email, email_verified=True)
        visitor = StrictClient()
        comes_back(near, visitor, subject)
        answer = visitor.post(FIRST, {"login": email, "password": "three wrong words"})
        said.append(re.sub(email, "…", text_of(answer)))
    assert said[0] == said[1]
    assert Person.objects.count() == people
    assert "a quarter of an hour has passed" in text_of(StrictClient().get(FIRST))


def test_an_invitation_is_taken_with_an_account_elsewhere(near: Provider):
    email = "nia@larkrise.example"
    with acting_as("senco") as actor:
        added = joining.add_colleague(
            actor=actor, org=Organisation.objects.get(name="Larkrise Primary School"),
            first_name="Nia", last_name="Penrose", email=email, role="TEACHER", starts=TODAY,
        )  # fmt: skip
        assert added.invitation is not None
        link = reverse(
            "school:join", args=[added.invitation.org.ref, added.invitation.ref, added.key]
        )
    nia = StrictClient()
    assert "Come with Near School" in nia.get(link).text
    near.knows("other", email="else@larkrise.example", email_verified=True)
    comes_back(near, nia, "other", next=link)
    assert nia.get(FIRST)["Location"] == link
    assert "did not prove that" in text_of(nia.get(link))
    assert nia.post(link, {"elsewhere": "1"})["Location"].startswith(FIRST)
    near.knows("nia-1", email=email, email_verified=True, amr=["mfa"])
    comes_back(near, nia, "nia-1", next=link)
    assert "Near School says that this is you" in nia.get(link).text
    assert nia.post(link, {"elsewhere": "1"})["Location"] == "/"
    assert "Nia" in nia.get("/").text
    assert not Person.objects.get(email=email).has_usable_password()
    assert StrictClient().get(link).status_code == 410
    page = nia.get("/me/sign-ins/")
    assert "your only way in" in page.text
    assert "Change your password" not in nia.get("/me/").text
    kept = nia.post("/me/sign-ins/", {"provider": "near"}, follow=True)
    assert "It is your only way in." in kept.text
    assert comes_back(near, StrictClient(), "nia-1")["Location"] == "/"


def test_a_place_asks_for_its_provider_and_guests_come_as_before(near: Provider, settings: Any):
    near.knows("amara-3", email=AMARA, email_verified=True, amr=["mfa"])
    amara = StrictClient()
    comes_back(near, amara, "amara-3")
    amara.post(FIRST, {"login": AMARA, "password": PASSWORD})
    page = amara.get("/school/sign-in/")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    done = amara.post("/school/sign-in/", {"provider": "near", "version": version[1]}, follow=True)
    assert "It is as you said" in done.text
    assert amara.get("/").status_code == 200
    jo = signed_in("ta")
    refused = jo.get("/now/")
    assert refused.status_code == 403
    assert f"{THERE}?next=%2Fnow%2F" in refused.text
    assert jo.get("/me/").status_code == 200
    assert signed_in("parent").get("/").status_code == 200
    settings.SIGN_IN_PROVIDERS = ()
    assert jo.get("/now/").status_code == 200, "whoever runs the server lifts it with the provider"
    put(settings, near)
    # whoever has not come that way cannot ask it of others
    with acting_as("senco") as actor:
        org = Organisation.objects.get(name="Larkrise Primary School")
        places.require_sign_in(actor=actor, org=org, version=None, provider="")
    assert "With Near School alone" not in signed_in("head").get("/school/sign-in/").text


def test_an_answer_to_another_question_signs_nobody_in(near: Provider, settings: Any):
    near.knows("amara-4", email=AMARA, email_verified=True)
    first = StrictClient()
    comes_back(near, first, "amara-4")
    first.post(FIRST, {"login": AMARA, "password": PASSWORD})
    thief, victim = StrictClient(), StrictClient()
    answer = near.agrees(asked(thief), "amara-4")
    failed = victim.get(answer)
    assert failed["Location"] == f"{THERE}not/?failed"
    assert "Nothing has changed" in text_of(victim.get(failed["Location"]))
    assert victim.get("/me/").status_code == 302
    assert thief.get(answer)["Location"] == "/"
    assert StrictClient().get(answer)["Location"] == failed["Location"], "a code is used once"
    # the token gives our own number back, or nobody comes in
    late = StrictClient()
    question = asked(late)
    nonce = parse_qs(urlsplit(question).query)["nonce"][0]
    forged = near.agrees(question.replace(nonce, "another"), "amara-4")
    assert late.get(forged)["Location"].endswith("?failed")
    stopped = StrictClient()
    no = stopped.get(near.refuses(asked(stopped)))
    assert no["Location"].endswith("?cancelled")
    assert "You stopped at Near School" in stopped.get(no["Location"]).text
    settings.SIGN_IN_PROVIDERS = (near.as_setting().__class__(
        "near", "Near School", "http://127.0.0.1:9", "x", "y"),)  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = as_allauth(settings.SIGN_IN_PROVIDERS)
    assert StrictClient().get(THERE)["Location"].endswith("?failed"), "nothing listens there"
    assert StrictClient().get("/sign-in/with/nobody/").status_code == 404


def test_whoever_came_by_a_provider_shows_there_again_that_it_is_them(near: Provider):
    near.knows("amara-5", email=AMARA, email_verified=True, amr=["mfa"])
    amara = StrictClient()
    comes_back(near, amara, "amara-5")
    amara.post(FIRST, {"login": AMARA, "password": PASSWORD})
    comes_back(near, amara, "amara-5")
    gone_by(amara)
    led, add = "/school/staff/add/", "/school/staff/add/"
    for _step in range(4):
        led = amara.get(led)["Location"]
        if led.startswith(near.url):
            break
    question = parse_qs(urlsplit(led).query)
    assert (question["prompt"], question["max_age"]) == (["login"], ["0"]), "asked anew there"
    assert amara.get(near.agrees(led, "amara-5"))["Location"] == add
    assert "Add a colleague" in text_of(amara.get(add))
    out = amara.get("/me/again/elsewhere/?next=https://e.example/")["Location"]
    assert out == f"{THERE}?again=1&next=%2F", "nobody is led out of the house"
    assert signed_in("senco").get("/me/again/elsewhere/").status_code == 404


def test_the_overview_says_who_comes_by_a_provider_and_who_has_set_up_nothing(
    near: Provider, settings: Any
):
    near.knows("jo", email=BY_KEY["ta"].email, email_verified=True, amr=["mfa"])
    jo = StrictClient()
    comes_back(near, jo, "jo")
    amara, overview = signed_in("senco"), "/school/staff/second-steps/"

    def line() -> str:
        page = text_of(amara.get(overview))
        return page[page.index("Jo Birkett") :].partition("@larkrise.example")[2][:60]

    assert "Not set up yet" in line()
    before = int(re.search(r"(\d+) colleagues have not", text_of(amara.get(overview)))[1])  # type: ignore[index]
    jo.post(FIRST, {"login": BY_KEY["ta"].email, "password": PASSWORD})
    assert "With Near School" in line()
    assert f"{before - 1} colleagues have not" in text_of(amara.get(overview))
    settings.SIGN_IN_PROVIDERS = ()
    assert "Not set up yet" in line(), "it lets nobody in any more"
