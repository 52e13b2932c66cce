"""A pack by its pages: shared from the pupil's page, read over there, answered, withdrawn."""

import re

import pytest
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.network.models import Pack, Prepared, Receipt
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.packs import idris, place, sent_by_senco
from tests.people import acting_as
from tests.world_packs import LATER

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    words = re.sub(r"<[^>]*>", " ", answer.content.decode().split("<main", 1)[1])
    return " ".join(words.replace("&#39;", "’").split())


def of_idris() -> tuple[Pupil, dict[str, str]]:
    with acting_as("senco", write=False):
        names = ("authority", "family", "mill")
        return idris(), {name: str(place(name).ref) for name in names}


def latest() -> Prepared:
    with acting_as("senco", write=False):
        return Prepared.objects.select_related("pupil", "pack").order_by("-id")[0]


def to(name: str, row) -> str:
    return reverse(f"packs:{name}", args=[row.ref])


def day(value) -> str:
    return f"{value.day}/{value.month}/{value.year}"


def shared(purpose: str, place_name: str, words: str = "What next?") -> Prepared:
    pupil, places = of_idris()
    given = {"purpose": purpose, "to": places[place_name], "until": day(LATER), "words": words}
    answer = signed_in("senco").post(to("share", pupil), given)
    assert answer.status_code == 302, text_of(answer)
    assert answer.headers["Location"] == to("prepared", latest())
    return latest()


def test_a_pack_goes_from_the_pupils_page_to_the_authority_and_its_answer_comes_back():
    senco, authority = signed_in("senco"), signed_in("authority")
    pupil, _places = of_idris()
    assert to("share", pupil) in senco.get(reverse("pupils:show", args=[pupil.ref])).text
    refused = senco.post(to("share", pupil), {"words": "Kept words"})
    assert "Choose an answer for “What is it for”" in text_of(refused)
    assert "Kept words" in refused.text

    row = shared("ehc-request", "authority")
    look = senco.get(to("prepared", row))
    for words in ("Read this before Thornshire County Council does", "Idris Hassan-Cole",
                  "Date of birth 4 May 2018", "What next?", "Leila Hassan"):  # fmt: skip
        assert words in text_of(look), words
    assert "Wears glasses" not in text_of(look)
    home = senco.get("/")
    assert "Look at what you prepared" in text_of(home)
    assert to("prepared", row) in home.text

    parts = senco.get(to("parts", row)).text
    assert "Health alerts: only where they need it" in parts
    chosen = {"version": row.version, "parts": ["about", "needs", "health"]}
    changed = senco.post(to("parts", row), chosen, follow=True)
    assert "Wears glasses" in text_of(changed)
    assert "Leila Hassan" not in text_of(changed)

    # the tab that was open before is told, and nothing leaves
    stale = senco.post(to("prepared", row), {"version": row.version})
    assert (stale.status_code, latest().stage) == (409, "prepared")
    sent = senco.post(to("prepared", row), {"version": latest().version}, follow=True)
    assert "Nobody has opened it yet." in text_of(sent)
    pack = latest().pack

    there = text_of(authority.get("/"))
    assert "Sent by Larkrise Primary School, not opened yet." in there
    assert "New" in text_of(authority.get(reverse("packs:list")))
    read = authority.get(to("received", pack))
    assert "A copy sent by Larkrise Primary School" in text_of(read)
    assert "Wears glasses" in text_of(read)
    with acting_as("authority", write=False):
        assert Receipt.objects.filter(pack=pack.pk).count() == 1
        opening = Opening.objects.order_by("-id")[0]
        assert (opening.kind, opening.wanted, opening.pupil) == ("pack", str(pack.ref), None)
    assert "not opened yet" not in text_of(authority.get("/"))

    empty = authority.post(to("answer", pack), {"kind": "agreed", "words": ""})
    assert "Fill in “Your answer”" in text_of(empty)
    given = {"kind": "agreed", "words": "We will assess."}
    said = authority.post(to("answer", pack), given, follow=True)
    assert "We will assess." in text_of(said)

    assert "Thornshire County Council has answered." in text_of(senco.get("/"))
    back = text_of(senco.get(to("prepared", row)))
    assert "We will assess. Gareth Lyle, Plan co-ordinator" in back
    # a copy that the law asks for is not taken back once it has been opened
    assert "Take it back" not in back
    kept = senco.post(to("withdraw", row), {"version": latest().version, "reason": "Wrong"})
    assert "The law asks for this pack" in text_of(kept)
    senco.post(to("read", row))
    assert "has answered" not in text_of(senco.get("/"))
    assert "Opened 2 times" in text_of(senco.get(reverse("packs:list")))


def test_a_pack_that_is_taken_back_is_found_by_nobody_there():
    pack = sent_by_senco("mill")
    row = latest()
    reader, senco = signed_in("shared_senco"), signed_in("senco")
    assert reader.get(to("received", pack)).status_code == 200
    open_before = reader.get(to("answer", pack)).text
    keys = dict(re.findall(r'name="(author|once)" value="([^"]*)"', open_before))
    page = text_of(senco.get(to("withdraw", row)))
    assert "printed, saved or put on their own record cannot be called back" in page
    assert "It was opened 1 time." in page
    given = {"version": row.version, "reason": "Sent to the wrong school"}
    after = text_of(senco.post(to("withdraw", row), given, follow=True))
    assert "Amara Okafor took it back" in after
    assert "Sent to the wrong school" in after
    for name in ("received", "answer"):
        gone = reader.get(to(name, pack))
        nothing = reader.get(to(name, Pack()))
        assert gone.status_code == nothing.status_code == 404
        assert gone.content == nothing.content
    late = reader.post(to("answer", pack), {"kind": "comment", "words": "Too late", **keys})
    assert late.status_code == 404
    assert "Too late" in late.text
    assert "Hassan-Cole" not in reader.get(reverse("packs:list")).text


@pytest.mark.rule("GOV-13")
def test_a_pack_without_names_is_mended_before_it_leaves():
    senco, family = signed_in("senco"), signed_in("family")
    row = shared("moderation", "family", "Is Idris at level 3? Born 4 May 2018.")
    look = text_of(senco.get(to("prepared", row)))
    assert "It cannot be sent until the names and dates are gone." in look
    refused = senco.post(to("prepared", row), {"version": row.version})
    assert "This still says who the pupil is" in text_of(refused)
    mend = senco.get(to("names", row)).text
    assert "Must go: Idris, 4 May 2018." in mend
    proposed = dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', mend, re.S))
    assert proposed["words"] == "Is the pupil at level 3? Born [a date or number]."
    given = {**proposed, "words": "Is the pupil at level 3?", "version": row.version}
    senco.post(to("names", row), given)
    assert "It cannot be sent until" not in text_of(senco.get(to("prepared", row)))
    sent = senco.post(to("prepared", row), {"version": latest().version}, follow=True)
    assert "Sent to Larkrise family of schools." in text_of(sent)
    pack = latest().pack
    for address in ("/", reverse("packs:list"), to("received", pack), to("answer", pack)):
        shown = family.get(address)
        assert shown.status_code == 200
        assert pack.about in shown.text or address == "/"
        for word in ("Idris", "Hassan", "Larkrise Primary", "Okafor", "2018"):
            assert word not in shown.text, f"{word} on {address}"


def test_what_was_given_up_is_not_sent_and_ours_is_not_theirs():
    row = shared("advice", "mill")
    senco = signed_in("senco")
    done = senco.post(to("give_up", row), {"version": row.version}, follow=True)
    assert "Given up. Nothing was sent." in text_of(done) or "Given up" in done.text
    assert "Nothing was sent." in text_of(senco.get(to("prepared", row)))
    again = senco.post(to("prepared", row), {"version": latest().version})
    assert "This was given up." in text_of(again)
    pack = sent_by_senco("mill")
    # the sender reads its own page, and opens nothing as a receiver
    assert senco.get(to("received", pack)).status_code == 404
    assert signed_in("shared_senco").get(to("prepared", latest())).status_code == 404
    with acting_as("senco", write=False):
        assert not Receipt.objects.filter(pack=pack.pk).exists()


def test_a_pack_keeps_words_that_were_not_sent():
    pack, authority = sent_by_senco(), signed_in("authority")
    later = {"finish_later": "1", "kind": "comment", "words": "Half an answer"}
    authority.post(to("answer", pack), later)
    home = authority.get("/")
    assert "An answer to a pack" in home.text
    assert to("answer", pack) in home.text
    assert "Half an answer" in authority.get(to("answer", pack)).text
