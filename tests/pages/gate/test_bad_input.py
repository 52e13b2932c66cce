"""What goes wrong while somebody writes: a clear sentence, words kept, the record as before."""

import statistics
import time
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from opensenco.access.models import Membership, Organisation
from opensenco.access.sessions import ALIVE
from opensenco.concerns.models import Concern
from opensenco.gate.models import Draft
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.operations import staff
from tests.cast import BY_KEY, PASSWORD, TODAY, YESTERDAY
from tests.client import StrictClient, does_second_step, signed_in
from tests.people import acting_as, person
from tests.support.forms import PageForm, forms_on

pytestmark = pytest.mark.django_db
WORDS = "She guesses the ends of long words, every day, since the autumn. " * 20


def form_address() -> str:
    with acting_as("senco", write=False):
        return reverse("concerns:new", args=[Pupil.objects.get(first_name="Grace").ref])


def opened(client: Client) -> PageForm:
    """Open the form as a browser would, with the keys it carries."""
    return forms_on(client.get(form_address()).content.decode())[0]


def typed(form: PageForm, words: str = WORDS) -> dict[str, Any]:
    return {**form.sent(lambda field: [words] if field.name == "noticed" else None)}


def concerns() -> int:
    with acting_as("senco", write=False):
        return Concern.objects.count()


def sign_in(client: Client, key: str, follow: str = "/") -> Any:
    page = client.get(reverse("account_login"), {"next": follow})
    keys = forms_on(page.content.decode())[0].sent(lambda field: None)
    answer = client.post(
        reverse("account_login"),
        {**keys, "login": BY_KEY[key].email, "password": PASSWORD, "next": follow},
    )
    does_second_step(client)
    return answer


def expire(client: Client) -> None:
    """End the sign-in as the clock does: the browser still holds its cookie."""
    client.session.flush()
    assert settings.SESSION_COOKIE_NAME in client.cookies


def test_a_sign_in_that_ends_in_a_long_form_keeps_every_word_for_its_writer() -> None:
    client, before = StrictClient(enforce_csrf_checks=True), concerns()
    sign_in(client, "teacher")
    form = opened(client)
    expire(client)
    refused = client.post(form_address(), typed(form))
    assert refused.status_code == 401
    assert "Sign in again: your words are kept" in refused.text
    assert concerns() == before
    assert sign_in(client, "teacher", form_address()).headers["Location"] == form_address()
    again = client.get(form_address())
    assert WORDS.strip() in again.text
    assert "Nothing has been sent yet." in again.text
    answer = client.post(form_address(), typed(forms_on(again.content.decode())[0]))
    assert answer.status_code == 302
    assert concerns() == before + 1
    assert WORDS.strip() not in client.get(form_address()).text


def test_a_sign_in_that_nobody_used_keeps_the_words_of_a_form() -> None:
    client = StrictClient(enforce_csrf_checks=True)
    sign_in(client, "teacher")
    form = opened(client)
    session: Any = client.session
    session[ALIVE] = {**session[ALIVE], "seen": time.time() - settings.IDLE - 1}
    session.save()
    refused = client.post(form_address(), typed(form))
    assert (refused.status_code, "your words are kept" in refused.text) == (401, True)
    sign_in(client, "teacher", form_address())
    assert WORDS.strip() in client.get(form_address()).text


def test_words_of_an_ended_sign_in_are_given_to_nobody_else() -> None:
    client = StrictClient(enforce_csrf_checks=True)
    sign_in(client, "teacher")
    form = opened(client)
    expire(client)
    client.post(form_address(), typed(form))
    sign_in(client, "ta", form_address())
    assert WORDS.strip() not in client.get(form_address()).text
    other = client.post(form_address(), typed(form))
    assert other.status_code == 403
    assert WORDS.strip() not in other.text


def test_a_form_older_than_the_sign_in_opens_again_with_its_words() -> None:
    client, before = StrictClient(enforce_csrf_checks=True), concerns()
    sign_in(client, "teacher")
    form = opened(client)
    client.post(reverse("account_logout"), opened(client).sent(lambda field: None))
    sign_in(client, "teacher")
    answer = client.post(form_address(), typed(form))
    assert answer.status_code == 403
    assert "Nothing was sent yet: your words are kept" in answer.text
    assert WORDS.strip() in client.get(form_address()).text
    assert concerns() == before


def test_a_form_of_somebody_else_at_this_browser_is_refused_without_its_words() -> None:
    form, before = opened(signed_in("teacher")), concerns()
    answer = signed_in("senco").post(form_address(), typed(form))
    assert answer.status_code == 403
    assert "Somebody else opened this form" in answer.text
    assert WORDS.strip() not in answer.text
    assert concerns() == before


def end_roles(key: str) -> None:
    with acting_as("head") as actor:
        for row in Membership.objects.filter(person__email=BY_KEY[key].email, ends=None):
            staff.end_role(actor=actor, membership=row, version=None, on=YESTERDAY)


def test_a_role_that_ended_yesterday_gives_the_words_back_and_writes_nothing() -> None:
    client, before = signed_in("teacher"), concerns()
    form = opened(client)
    end_roles("teacher")
    answer = client.post(form_address(), typed(form))
    assert answer.status_code == 403
    assert "no role here today" in answer.text
    assert WORDS.strip() in answer.text
    assert concerns() == before
    for address in ("/", form_address(), reverse("account:me")):
        asked = client.get(address)
        assert asked.status_code == 302, address
        assert asked.headers["Location"].startswith(reverse("account_login")), "it has ended"


def with_two_hats() -> tuple[str, str]:
    """Give the teacher a second role; give the keys of both."""
    with acting_as("head") as actor:
        school = Organisation.objects.get(pk=min(actor.hat.orgs))
        staff.give_role(
            actor=actor, person=person("teacher"), org=school, role="SEN_ADMIN", starts=TODAY
        )
    return f"TEACHER:{school.pk}", f"SEN_ADMIN:{school.pk}"


def test_a_form_is_sent_in_the_role_that_its_page_named_whatever_another_tab_wears() -> None:
    teaching, office = with_two_hats()
    client, before = signed_in("teacher"), concerns()
    client.post(reverse("account:hats"), {"hat": teaching})
    form = opened(client)
    client.post(reverse("account:hats"), {"hat": office})
    assert client.post(form_address(), typed(form)).status_code == 302
    assert concerns() == before + 1


def test_a_form_whose_role_has_ended_is_not_sent_in_another() -> None:
    teaching, _office = with_two_hats()
    client, before = signed_in("teacher"), concerns()
    client.post(reverse("account:hats"), {"hat": teaching})
    form = opened(client)
    with acting_as("head") as actor:
        row = Membership.objects.get(person=person("teacher"), role="TEACHER")
        staff.end_role(actor=actor, membership=row, version=None, on=YESTERDAY)
    answer = client.post(form_address(), typed(form))
    assert answer.status_code == 403
    assert "a role that has ended since" in answer.text
    assert WORDS.strip() in answer.text
    assert concerns() == before


def test_going_back_and_sending_again_leads_to_what_was_sent() -> None:
    client, before = signed_in("teacher"), concerns()
    form = opened(client)
    first = client.post(form_address(), typed(form))
    again = client.post(form_address(), typed(form))
    assert again.headers["Location"] == first.headers["Location"]
    assert concerns() == before + 1
    other = client.post(form_address(), typed(form, "Something else that I saw."))
    assert other.status_code == 302
    assert other.headers["Location"] != first.headers["Location"]
    assert concerns() == before + 2


def test_a_refused_form_is_mended_and_sent_from_the_same_page() -> None:
    client, before = signed_in("teacher"), concerns()
    form = opened(client)
    assert client.post(form_address(), typed(form, " ")).status_code == 200
    assert client.post(form_address(), typed(form)).status_code == 302
    assert concerns() == before + 1


def test_words_that_are_kept_late_do_not_come_back_after_they_were_sent() -> None:
    client = signed_in("teacher")
    form = opened(client)
    client.post(form_address(), typed(form))
    with acting_as("senco", write=False):
        grace = Pupil.objects.get(first_name="Grace")
    late = client.post(reverse("account:draft_about", args=["concern", grace.ref]), typed(form))
    assert late.status_code == 200
    with acting_as("teacher", write=False):
        assert not Draft.objects.filter(form="concern", about=grace.ref).exists()


def test_a_draft_that_is_too_long_is_told_and_not_cut() -> None:
    client = signed_in("teacher")
    long = typed(opened(client), "x" * 250_000)
    answer = client.post(form_address(), {**long, "finish_later": "1"}, follow=True)
    assert "This is too long to keep as a draft. Shorten it first." in answer.text
    draft = reverse("account:draft", args=["concern"])
    assert client.post(draft, long).status_code == 413
    with acting_as("teacher", write=False):
        assert not Draft.objects.filter(form="concern").exists()


@pytest.mark.parametrize(
    "data",
    [{"noticed": "x" * 6_000_000}, {f"field{n}": "x" for n in range(1_500)}],
    ids=["six million characters", "fifteen hundred fields"],
)
def test_what_is_too_much_to_read_is_told_in_a_sentence(data: dict[str, str]) -> None:
    before = concerns()
    answer = signed_in("teacher").post(form_address(), data)
    assert answer.status_code == 413
    assert "This is too much to send at once" in answer.text
    assert "Go back: your words are still in the page." in answer.text
    assert concerns() == before


@pytest.mark.parametrize(
    "version", ["", "0", "-1", "99999999999999999999", "one", "1.5", "\x00", "1' OR '1'='1"]
)
def test_a_form_without_the_version_it_read_says_so_and_keeps_the_words(version: str) -> None:
    with acting_as("senco", write=False):
        address = reverse("pupils:change", args=[Pupil.objects.get(first_name="Grace").ref])
    client = signed_in("senco")
    form = forms_on(client.get(address).content.decode())[0]
    sent = form.sent(lambda field: ["Gracie"] if field.name == "known_as" else None)
    answer = client.post(address, {**sent, "version": version})
    assert answer.status_code == 200
    assert "Error:" in answer.text
    assert "Gracie" in answer.text
    with acting_as("senco", write=False):
        assert Pupil.objects.filter(first_name="Grace").exists()


@pytest.mark.parametrize("tail", ["x", "not-a-ref", "%00", "..%2F..", "1", "é", "' OR 1=1"])
def test_an_address_that_is_none_is_not_found(tail: str) -> None:
    answer = signed_in("senco").get(f"/pupils/{tail}/")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_theirs_and_none_take_the_same_time() -> None:
    """Medians of interleaved requests, three tries: a busy machine must not fail this."""
    with acting_as("senco", write=False):
        ours = Pupil.objects.get(first_name="Idris").ref
    addresses = [f"/pupils/{short(ref)}/" for ref in (ours, uuid.uuid4())]
    client = Client()
    client.force_login(person("outsider"))
    for address in addresses:
        client.get(address)
    ratios = []
    for _try in range(3):
        taken: list[list[float]] = [[], []]
        for turn in range(24):
            for which in ((0, 1), (1, 0))[turn % 2]:
                start = time.perf_counter()
                assert client.get(addresses[which]).status_code == 404
                taken[which].append(time.perf_counter() - start)
        theirs, none = map(statistics.median, taken)
        ratios.append(theirs / none)
        if 0.8 < ratios[-1] < 1.25:
            return
    pytest.fail(f"theirs takes {ratios} times as long as none")
