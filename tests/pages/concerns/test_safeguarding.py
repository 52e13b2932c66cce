"""What is for the safeguarding lead reaches that lead and leaves no sign on other pages."""

import pytest
from django.urls import reverse

from opensenco.concerns.models import SafeguardingNote
from opensenco.people.models import Pupil
from tests.cast import BY_KEY
from tests.client import signed_in
from tests.pages.concerns.walking import pupil, text_of, to
from tests.people import acting_as
from tests.world_concerns import SECRET

pytestmark = pytest.mark.django_db
WORDS = "She said her uncle hits her."


def write(by: str = "teacher", about: str = "Grace"):
    return signed_in(by).post(to("safeguarding", pupil(about)), {"words": WORDS}, follow=True)


def latest() -> SafeguardingNote:
    with acting_as("dsl", write=False):
        return SafeguardingNote.objects.order_by("-id")[0]


def test_the_writer_is_told_plainly_what_happens_next():
    page = text_of(signed_in("teacher").get(to("safeguarding", pupil("Grace"))))
    assert "Writing is not enough if a child may be in danger" in page
    assert "It goes to Desmond Raven, and to nobody else." in page
    assert "no teacher, no SENCO, no head" in page
    assert "You see that it was passed on and when it was read." in page


def test_its_writer_sees_that_it_was_passed_on_and_read_and_not_its_words():
    page = write()
    assert "Passed to the safeguarding lead. Nobody else can read it." in text_of(page)
    assert "Grace Atherton" in text_of(page)
    assert "not yet" in text_of(page)
    assert WORDS not in page.content.decode()
    signed_in("dsl").post(to("note", latest()))
    page = signed_in("teacher").get(reverse("concerns:passed_on"))
    assert "not yet" not in text_of(page).split("Idris Hassan-Cole")[0]
    assert text_of(signed_in("ta").get(reverse("concerns:passed_on"))).count("Grace") == 0


def test_the_lead_finds_it_on_their_home_page_reads_it_and_takes_it_in_hand():
    write()
    lead = signed_in("dsl")
    assert "Read what Priya Raman marked for you." in text_of(lead.get("/"))
    listed = text_of(lead.get(reverse("concerns:notes")))
    assert "nobody has it yet" in listed
    page = text_of(lead.get(to("note", latest())))
    assert WORDS in page
    assert "Nobody yet." in page
    for _twice in range(2):
        page = text_of(lead.post(to("note", latest()), follow=True))
        assert "Desmond Raven, since 10 March 2027" in page
    assert "in hand" in text_of(lead.get(reverse("concerns:notes")))


@pytest.mark.parametrize("who", ["senco", "head", "phase_senco", "ta", "admin", "other_teacher"])
def test_no_page_of_anybody_else_changes_by_it(who: str):
    idris, client = pupil("Idris"), signed_in(who)

    def sight() -> list[str]:
        addresses = ["/", reverse("concerns:list"), reverse("concerns:passed_on"), "/me/",
                     reverse("pupils:show", args=[idris.ref])]  # fmt: skip
        return [text_of(client.get(address)) for address in addresses]

    # looked at once, nothing is new to them any more that was there before
    sight()
    before = sight()
    write(by="teacher", about="Idris")
    assert sight() == before
    assert client.get(to("note", latest())).status_code == 403
    assert client.get(reverse("concerns:notes")).status_code == 403


def test_the_account_of_a_record_tells_the_senco_nothing_of_it():
    grace = pupil("Grace")
    for what in ("changed", "opened"):
        address = reverse("pupils:account", args=[grace.ref]) + f"?what={what}"
        assert "safeguarding" not in text_of(signed_in("senco").get(address)).lower()
    write()
    signed_in("dsl").get(to("note", latest()))
    for what in ("changed", "opened"):
        address = reverse("pupils:account", args=[grace.ref]) + f"?what={what}"
        words = text_of(signed_in("senco").get(address)).lower()
        assert "safeguarding" not in words
        assert "desmond" not in words


@pytest.mark.parametrize("who", [key for key in BY_KEY if key not in ("dsl", "expired", "future")])
def test_its_words_stand_on_no_page_of_anybody_else(who: str):
    with acting_as("senco", write=False):
        idris = Pupil.objects.get(first_name="Idris")
    client = signed_in(who)
    for address in ("/", "/me/", f"{reverse('pupils:find')}?q=idris",
                    reverse("pupils:show", args=[idris.ref]), reverse("concerns:list"),
                    reverse("concerns:passed_on")):  # fmt: skip
        assert SECRET not in client.get(address).content.decode(), address


def test_what_was_begun_as_a_concern_goes_to_the_lead_unsent_and_whole():
    client, grace = signed_in("teacher"), pupil("Grace")
    begun = {"noticed": "A bruise on her arm.", "said": "She says she fell.", "tried": ""}
    page = client.post(to("move", grace), begun, follow=True)
    assert "For the safeguarding lead only: Grace Atherton" in text_of(page)
    for words in begun.values():
        assert words in text_of(page)
    assert "Nothing has been sent yet." in text_of(page)
    assert "A bruise" not in text_of(client.get(to("new", grace)))


def test_an_empty_note_is_refused_and_nothing_is_written():
    client = signed_in("teacher")
    before = latest()
    page = client.post(to("safeguarding", pupil("Grace")), {"words": ""})
    assert "Fill in “What did you see or hear”" in text_of(page)
    assert latest() == before


def test_it_cannot_be_opened_at_another_school():
    assert signed_in("outsider").get(to("note", latest())).status_code == 403
