"""A link told by its pages: somebody without an account is asked, gets a code and answers."""

import functools
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from opensenco.access.scope import LinkKey, Scope, scope
from opensenco.audit.acting import as_actor
from opensenco.audit.models import Entry
from opensenco.kernel.clock import FrozenClock
from opensenco.kernel.refs import RefConverter
from opensenco.notices.models import Mail
from opensenco.notices.sending import message
from opensenco.ops import clearing
from opensenco.participation import linkdoor
from opensenco.participation.bylink import hashed
from opensenco.participation.models import AskDraft, Asked, AskLink, AskRound
from opensenco.people.models import Contact, Pupil
from opensenco.people.operations import pupils
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands, idris, to
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
OUTSIDE = {
    "people": [],
    "others": [],
    "outside_name": "Dr Wren Ashdown",
    "outside_place": "Hearing service",
    "outside_email": "Wren.Ashdown@hearing.example",
}


def mails() -> list[Mail]:
    with acting_as("senco", write=False):
        return list(Mail.objects.filter(to="wren.ashdown@hearing.example").order_by("-id"))


def told(mail: Mail) -> str:
    """Give a mail as it is handed over; in the outbox neither link nor code stands in it."""
    words = str(message(mail).body)
    for secret in re.findall(r"\b\d{8}\b|/link/\S+", words):
        assert secret not in mail.words
    return words


def address_sent() -> str:
    return link_in(mails()[0])


def link_in(mail: Mail) -> str:
    found = re.search(r"/link/[\w-]+/[\w-]+/", told(mail))
    assert found
    return found[0]


def asked() -> tuple[Asked, AskLink]:
    with acting_as("senco", write=False):
        part = Asked.objects.filter(person__isnull=True).order_by("-id")[0]
        return part, AskLink.objects.get(asked=part)


def let_the_senco_ask() -> str:
    """Ask somebody outside, and give the address that they were sent."""
    senco = signed_in("senco")
    sent = as_it_stands(senco.get(to("new", idris())), **OUTSIDE, questions="subject-teacher")
    page = senco.post(to("new", idris()), sent, follow=True)
    assert "Dr Wren Ashdown" in text_of(page)
    return address_sent()


def with_a_code(address: str, browser: Client) -> Any:
    browser.post(f"{address}code/")
    code = re.search(r"\d{8}", told(mails()[0]))
    assert code
    return browser.post(f"{address}enter/", {"code": code[0]}, follow=True)


def books(thing: str = "participation.AskLink") -> list[tuple[str, str, str]]:
    with acting_as("senco", write=False):
        rows = Entry.objects.filter(thing=thing).order_by("id")
        return list(rows.values_list("verb", "outcome", "role"))


def is_gone(page: Any) -> bool:
    told = text_of(page)
    assert "Idris" not in told
    return page.status_code == 410 and "This link opens nothing" in told


@pytest.mark.requirement("S4-39")
def test_somebody_without_an_account_answers_by_a_link_and_a_code_and_the_link_is_used_up():
    address = let_the_senco_ask()
    mail = mails()[0]
    assert "Idris" not in mail.subject + mail.words
    assert "Okafor" not in mail.subject + mail.words
    secret = address.split("/")[3]
    _part, link = asked()
    assert link.key == hashed(secret)
    assert secret not in str(vars(link))
    # a program that checks mail opens it: twice, and nothing is used up
    browser = Client()
    for _time in range(2):
        first = browser.get(address)
        assert first.status_code == 200
        assert "Idris" not in text_of(first)
        assert first["Cache-Control"] == "no-store"
        assert first["Referrer-Policy"] == "same-origin"
    assert len(mails()) == 1
    page = with_a_code(address, browser)
    assert "What you can say about Idris" in text_of(page)
    # forwarded: another device asks for a code of its own
    assert "Idris" not in text_of(Client().get(address))
    sent = as_it_stands(page)
    refused = browser.post(address, sent)
    assert "Answer at least one question" in refused.content.decode()
    # what was typed stays where something is refused
    again = browser.post(address, {**sent, "a_engage": "never heard of", "a_works": "In front."})
    assert "In front." in again.content.decode()
    # pressed twice, and again from an old page: one answer, the first, and thanks each time
    for said in ("good", "good", "low"):
        typed = browser.post(address, {**sent, "a_engage": said}, follow=True)
        assert typed.request["PATH_INFO"] == reverse("asking:thanks")
        assert "Thank you, it has arrived" in text_of(typed)
    assert is_gone(Client().get(address))
    part, _link = asked()
    assert (part.state, part.answers["engage"]) == ("answered", "good")
    senco = signed_in("senco")
    round_page = text_of(senco.get(to("round", _round(part))))
    assert "Dr Wren Ashdown, Hearing service (by link, not an account)" in round_page
    # who answered, and nobody else beside it
    for page in (reverse("home:changed"), reverse("pupils:show", args=[idris().ref])):
        assert re.search(r"Dr Wren Ashdown answered “[^”]+”\. Wed 10 Mar", text_of(senco.get(page)))
    verbs = [(verb, how) for verb, how, _role in books()]
    assert [one for one in verbs if one[0] != "ended_link"] == [
        ("note_opened", "done"),
        ("send_code", "done"),
        ("try_code", "done"),
        ("answer_by_link", "done"),
    ]
    assert ("ended_link", "refused") in verbs
    assert {role for _verb, _how, role in books()} == {"By link, not an account"}


def test_words_survive_a_break_the_wrong_form_and_the_hour_and_are_forgotten_when_sent(monkeypatch):
    address = let_the_senco_ask()
    browser = Client()
    sent = as_it_stands(with_a_code(address, browser))
    typed = {**sent, "a_works": "Sitting in front."}
    kept = browser.post(f"{address}draft/", typed)
    assert kept.status_code == 200
    assert "saved_at" in kept.json()
    # in another place, after a code of its own
    elsewhere = Client()
    assert elsewhere.post(f"{address}draft/", typed).status_code == 403
    assert "Sitting in front." not in text_of(elsewhere.get(address))
    page = with_a_code(address, elsewhere).content.decode()
    assert "Sitting in front." in page
    assert "Nothing has been sent yet" in page
    later = elsewhere.post(address, {**sent, "a_works": "In front.", "finish_later": "1"})
    assert later["Location"] == address
    left = text_of(elsewhere.get(address))
    assert "Your words are kept" in left
    assert "In front." not in left
    # the hour is over while somebody writes: a new code, and the words are there
    late = FrozenClock(TODAY + timedelta(days=1))
    with monkeypatch.context() as then:
        then.setattr("opensenco.pages.asking.bylink.clock", lambda: late)
        out = browser.post(address, {**sent, "a_works": "At the front."}, follow=True)
        assert "Your hour is over" in text_of(out)
    again = with_a_code(address, browser)
    assert "At the front." in again.content.decode()
    browser.post(address, {**sent, "a_works": "In front."})
    with acting_as("senco", write=False):
        part = Asked.objects.filter(person__isnull=True).order_by("-id")[0]
        assert part.answers["works"] == "In front."
        assert not AskDraft.objects.filter(asked=part).exists()


def test_no_link_goes_to_the_address_of_a_barred_contact_typed_as_somebody_else():
    address, browser = let_the_senco_ask(), Client()
    assert "Idris" in text_of(with_a_code(address, browser))
    with acting_as("senco") as actor:
        pupils.add_contact(
            actor=actor, pupil=Pupil.objects.select_related("org").get(first_name="Idris"),
            name="Barred Person", relation="uncle", email=OUTSIDE["outside_email"], barred=True,
            may_see=False, may_reply=False, to_be_told=False,
        )  # fmt: skip
    assert is_gone(browser.get(address)), "nor does one that was sent before they were barred hold"
    senco, before = signed_in("senco"), len(mails())
    sent = as_it_stands(senco.get(to("new", idris())), **OUTSIDE, questions="subject-teacher")
    assert "The record bars a contact with this address" in text_of(
        senco.post(to("new", idris()), sent, follow=True)
    )
    assert len(mails()) == before


@pytest.mark.worker
def test_what_was_typed_and_never_sent_is_forgotten_when_the_link_has_ended_by_itself():
    address = let_the_senco_ask()
    browser = Client()
    sent = as_it_stands(with_a_code(address, browser))
    browser.post(f"{address}draft/", {**sent, "a_works": "Sitting in front."})
    part, _link = asked()
    clearing.forget_typed()
    with acting_as("senco", write=False):
        assert AskDraft.objects.filter(asked=part).exists(), "the link holds, and so do the words"
    with acting_as("senco") as actor, as_actor(actor):
        row = AskRound.objects.get(pk=part.ask_round_id)
        row.due = row.asked_on = TODAY - timedelta(days=15)
        row.save(update_fields=["due", "asked_on"])
    assert is_gone(browser.get(address))
    assert clearing.forget_typed() == 1
    with acting_as("senco", write=False):
        assert not AskDraft.objects.filter(asked=part).exists()


def test_whoever_tries_many_links_waits_a_minute_and_then_the_right_one_opens():
    address = let_the_senco_ask()
    browser = Client()
    secret = address.split("/")[3]
    for number in range(10):
        assert is_gone(browser.get(address.replace(secret, f"{number:032d}")))
    for tried in (address.replace(secret, "B" * 32), address):
        page = browser.get(tried)
        assert page.status_code == 429
        assert "Wait a minute" in text_of(page)
    with acting_as("senco", write=False):
        tries = Entry.objects.filter(verb="unknown_link")
        assert tries.count() == 10
        assert not any("000" in str(vars(one).get("thing", "")) for one in tries)
    cache.clear()
    assert browser.get(address).status_code == 200


def _round(part: Asked) -> AskRound:
    with acting_as("senco", write=False):
        return AskRound.objects.get(pk=part.ask_round_id)


def test_guessed_revoked_replaced_and_too_old_links_say_the_same_and_tell_nothing(monkeypatch):
    address = let_the_senco_ask()
    browser, senco = Client(), signed_in("senco")
    with_a_code(address, browser)
    part, _link = asked()
    guessed = browser.get(address.replace(address.split("/")[3], "A" * 32))
    assert is_gone(guessed)
    assert browser.get(f"/link/{'A' * 21}Q/{'A' * 32}/").content == guessed.content
    assert ("unknown_link", "refused", "By link, not an account") in books("")
    senco.post(reverse("asking:resend", args=[part.ref]))
    newer = address_sent()
    assert newer != address
    replaced = browser.get(address)
    assert is_gone(replaced)
    assert replaced.content == guessed.content
    with_a_code(newer, browser)
    late = FrozenClock(TODAY + timedelta(days=60))
    with monkeypatch.context() as later:
        later.setattr("opensenco.pages.asking.bylink.clock", lambda: late)
        assert is_gone(browser.get(newer))
    inside = with_a_code(newer, browser)
    assert "Idris" in text_of(inside)
    told = text_of(senco.post(reverse("asking:revoke", args=[part.ref]), follow=True))
    assert "Taken back" in told
    # at once, also for whoever was inside
    assert is_gone(browser.post(newer, {"a_engage": "good"}))
    assert is_gone(browser.post(f"{newer}code/"))
    assert is_gone(browser.post(f"{newer}enter/", {"code": "000000"}))
    part, _link = asked()
    assert (part.state, part.answers) == ("excused", {})
    assert ("ended_link", "refused", "By link, not an account") in books()


def test_a_code_is_guessed_five_times_at_most_and_few_are_sent():
    address = let_the_senco_ask()
    browser = Client()
    browser.post(f"{address}code/")
    code = re.search(r"\d{8}", told(mails()[0]))
    assert code
    wrong = f"{(int(code[0]) + 1) % 10**8:08d}"
    for _time in range(5):
        assert "This code is not right" in text_of(
            browser.post(f"{address}enter/", {"code": wrong})
        )
    assert "This code is not right" in text_of(browser.post(f"{address}enter/", {"code": code[0]}))
    assert "Idris" not in text_of(browser.get(address))
    for _time in range(4):
        browser.post(f"{address}code/")
    assert len(mails()) == 1 + 5
    refused = browser.post(f"{address}code/", follow=True)
    assert "Several codes were sent already" in text_of(refused)
    assert len(mails()) == 1 + 5
    _part, link = asked()
    assert code[0] not in link.code
    assert ("wrong_code", "refused", "By link, not an account") in books()


@pytest.mark.rule("GOV-10")
def test_only_contacts_who_may_be_told_are_offered_and_one_barred_later_is_out_at_once():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        add = functools.partial(
            pupils.add_contact, actor=actor, pupil=pupil, email=OUTSIDE["outside_email"]
        )
        add(name="Distant Person", relation="aunt", parental_responsibility=False)
        add(
            name="Barred Person", relation="uncle", barred=True, may_see=False, may_reply=False,
            to_be_told=False,
        )  # fmt: skip
        near = add(name="Near Person", relation="mother")
    senco = signed_in("senco")
    page = senco.get(to("new", idris()))
    told = text_of(page)
    assert "Near Person" in told
    assert "Barred Person" not in told
    assert "Distant Person" not in told
    assert "Leila Hassan, Mother, may be asked, but the record holds no email address." in told
    assert "Tony Vicker" not in told
    sent = as_it_stands(page, people=[], contacts=[str(near.ref)], questions="subject-teacher")
    senco.post(to("new", idris()), sent)
    address = address_sent()
    browser = Client()
    assert "Idris" in text_of(with_a_code(address, browser))
    with acting_as("senco") as actor:
        pupils.change_contact(actor=actor, contact=near, version=None, email="near@new.example")
    assert is_gone(browser.get(address)), "whoever reads the mailbox of before is out at once"
    part, _link = asked()
    senco.post(to("resend", part))
    assert asked()[1].email == "near@new.example"
    assert len(mails()) == 2, "nothing more goes to the address of before"
    with acting_as("senco") as actor:
        newest = Mail.objects.order_by("-id")[0]
        near = Contact.objects.get(pk=near.pk)
    address = link_in(newest)
    assert "Idris" not in text_of(browser.get(address))
    with acting_as("senco") as actor:
        pupils.change_contact(
            actor=actor, contact=near, version=None, barred=True, may_see=False, may_reply=False,
            to_be_told=False,
        )  # fmt: skip
    assert is_gone(browser.get(address))


def test_the_scope_of_a_link_shows_one_request_and_writes_nothing():
    """By the managers on both databases; tests/contracts/test_attacks.py asks PostgreSQL alone."""
    address = let_the_senco_ask()
    place, secret = address.split("/")[2:4]
    found = linkdoor.seen(RefConverter().to_python(place), secret, NOW)
    part, _link = asked()
    with scope(Scope(kind="guest", link=found.key)):
        assert [one.pk for one in Asked.objects.all()] == [part.pk]
        assert AskRound.objects.count() == 1
        assert Pupil.objects.count() == Mail.objects.count() == Contact.objects.count() == 0
    with scope(Scope(kind="guest", link=LinkKey(found.org.pk, hashed("another")))):
        assert Asked.objects.count() == AskLink.objects.count() == AskRound.objects.count() == 0
