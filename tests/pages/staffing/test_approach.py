"""The approach of a place: written in editions, confirmed by name and day, asked of who is new."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensenco.access.models import Membership, Organisation
from opensenco.access.scope import system_scope
from opensenco.cases.guides import For
from opensenco.cases.models import Task
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.ops.approach import ask_new_staff
from opensenco.people.models import Pupil
from opensenco.protection import removing
from opensenco.staffing.models import ApproachEdition
from opensenco.staffing.starter import approach
from tests.cast import TODAY
from tests.client import signed_in
from tests.documents.samples import pdf
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import filled, link_to, send
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
PAGE, TEAM = "/staff/approach/", "/staff/approach/confirmed/"
READ, AGAIN = "Read how we work with SEN", "Read again how we work with SEN"
WORDS = "We ask early.\n\nWe read the pages of our pupils."


def waiting() -> list[Any]:
    with acting_as("senco", write=False):
        rows = Task.objects.filter(kind="staffing.approach", settled_at__isnull=True)
        return list(rows.select_related("person"))


def new_edition(words: str = WORDS, **files: Any) -> Any:
    senco = signed_in("senco")
    page = senco.get(link_to(senco.get(PAGE), "Write a new edition"))
    return send(senco, page, words=words, **files)


@pytest.mark.requirement("S3-29")
@pytest.mark.rule("ROL-18")
def test_an_edition_is_asked_of_all_who_work_here_and_confirmed_by_name_and_day():
    assert f'href="{PAGE}"' in signed_in("ta").get(reverse("school:who_sees")).text
    assert f'href="{PAGE}"' in signed_in("ta").get(reverse("threads:learning")).text
    paper = SimpleUploadedFile("Our policy.pdf", pdf("Our policy"), "application/pdf")
    saved = new_edition(paper=paper)
    assert "edition 2, 10 March 2027, by Amara Okafor" in text_of(saved)
    everybody = {one.person.email for one in waiting()}
    assert len(everybody) == len(waiting()) >= 7
    assert READ not in signed_in("governor").get("/").text
    # nobody else can do it: it stands once on one's own home, and on nobody else's
    assert signed_in("head").get("/").text.count(READ) == 1
    ta = signed_in("ta")
    page = ta.get(link_to(ta.get("/"), READ))
    assert "We read the pages of our pupils." in page.text
    assert ta.get(link_to(page, "Our own paper")).headers["Content-Type"] == "application/pdf"
    assert "Tick that you have read it" in send(ta, page).text
    done = text_of(send(ta, page, read="on"))
    assert "Edition 2 of 10 March 2027: confirmed on 10 March 2027 as Jo Birkett" in done
    assert "Edition 1 of 3 February 2026: confirmed on 3 February 2026 as Jo Birkett" in done
    assert READ not in ta.get("/").text
    assert len(waiting()) == len(everybody) - 1
    # who leads sees who has and has not, and since when
    senco = signed_in("senco")
    team = text_of(senco.get(TEAM))
    assert f"1 of {len(everybody)} who work here have confirmed edition 2" in team
    assert "Jo Birkett Teaching assistant 10 March 2027 10 March 2027 Confirmed" in team
    left = text_of(senco.get(TEAM, {"state": "not", "sort": "-name"}))
    assert "Jo Birkett" not in left
    assert left.index("Owen Sharp") < left.index("Kath Morton")
    only = senco.get(TEAM, {"state": "signed", "role": "Teaching assistant", "file": "csv"}).text
    assert "Jo Birkett" in only
    assert "Owen Sharp" not in only
    for key in ("teacher", "ta"):
        assert signed_in(key).get(TEAM).status_code == 403
    # the edition before stays as it was, and nobody signs it any more
    before = text_of(senco.get(link_to(senco.get(PAGE), "Edition 1")))
    assert "Longago: we ask early." in before
    assert "A newer edition counts." in before
    assert "Confirm it" not in before
    new_edition("We ask even earlier.")
    assert len(waiting()) == len(everybody), "a new edition asks again, and the old one no more"


@pytest.mark.requirement("S3-29")
def test_who_is_new_is_asked_by_the_worker_on_the_first_day_and_who_leaves_no_more():
    assert ask_new_staff() == 0
    with system_scope("move a role", write=True):
        Membership.objects.filter(person=person("future")).update(starts=TODAY)
    assert ask_new_staff() == 1
    assert ask_new_staff() == 0, "nobody is asked twice"
    farah = signed_in("future")
    assert READ in farah.get("/").text
    assert "Farah Soon" in text_of(signed_in("head").get(TEAM, {"state": "not"}))
    with system_scope("move a role", write=True):
        role = Membership.objects.filter(person=person("future"))
        role.update(starts=TODAY - timedelta(days=9), ends=TODAY - timedelta(days=1))
    assert ask_new_staff() == 0
    assert waiting() == []
    with system_scope("move a role", write=True):
        Membership.objects.filter(person=person("future")).update(ends=None)
    assert ask_new_staff() == 1, "who comes back is asked again"
    assert "Confirmed, by your name" in text_of(send(farah, farah.get(PAGE), read="on"))
    assert ask_new_staff() == 0
    assert waiting() == []


@pytest.mark.requirement("S3-29")
def test_a_place_may_ask_again_after_some_months():
    head = signed_in("head")
    page = head.get(link_to(head.get(TEAM), "When everybody reads it again"))
    assert "Error" in send(head, page, months="37").text
    assert "0 of" in text_of(send(head, page, months="12"))
    assert {one.words for one in waiting()} == {f"{AGAIN}, and confirm it"}
    ta = signed_in("ta")
    page = ta.get(link_to(ta.get("/"), AGAIN))
    assert "You confirmed it on 3 February 2026, and are asked to read it again." in text_of(page)
    send(ta, page, read="on")
    told = text_of(ta.get(PAGE))
    assert "Edition 1 of 3 February 2026: confirmed on 10 March 2027" in told
    assert "Edition 1 of 3 February 2026: confirmed on 3 February 2026" in told
    assert "Jo Birkett Teaching assistant 10 March 2027" in text_of(head.get(TEAM))
    send(head, head.get("/staff/approach/again/"), months="0")
    assert waiting() == []


@pytest.mark.requirement("S3-29")
def test_a_place_begins_from_our_words_by_its_kind_and_keeps_what_was_typed():
    marek = signed_in("shared_senco")
    for phase, kind in (("Nursery", For.EARLY), ("Childminder", For.ALONE)):
        with system_scope("make it another kind of place", write=True):
            Organisation.objects.filter(name__contains="Mill").update(phase=phase)
        begun = marek.get("/staff/approach/write/")
        assert filled(begun)[1]["words"].replace("\r\n", "\n") == approach(kind)
    with system_scope("make it a school again", write=True):
        Organisation.objects.filter(name__contains="Mill").update(phase="Primary")
    page = marek.get(link_to(marek.get(PAGE), "Put it into words"))
    assert "Every teacher is a teacher of every pupil" in page.text
    refused = send(marek, page, words="Short.", paper=SimpleUploadedFile("x.pdf", b"Just words."))
    assert "Choose a PDF." in refused.text
    assert "Short." in refused.text
    assert "edition 1, 10 March 2027" in text_of(send(marek, page, words="Short."))
    # two writers: the second sees both; the same words again ask nobody
    senco = signed_in("senco")
    page = senco.get("/staff/approach/write/")
    new_edition("Ours, by the first.")
    second = send(senco, page, words="Ours, by the second.")
    assert "Theirs, saved Ours, by the first." in text_of(second)
    assert "Ours, by the second." in second.text
    assert "Nothing is other" in new_edition("Ours, by the first.").text
    with acting_as("senco", write=False):
        org = Pupil.objects.get(first_name="Idris").org_id
        assert ApproachEdition.objects.filter(org=org).count() == 2


def test_each_page_asks_a_fixed_number_of_questions():
    people = {key: signed_in(key) for key in ("ta", "senco")}
    for words in ("One.", "Two."):
        new_edition(words)
        for (key, address), count in {("ta", PAGE): 7, ("senco", TEAM): 12}.items():
            people[key].get(address)
            with asks(count):
                people[key].get(address)


def test_when_a_childs_record_goes_the_papers_of_the_place_stay():
    new_edition(keeps_paper="")
    with acting_as("teacher") as actor:
        idris = Pupil.objects.select_related("org").get(first_name="Idris")
        same, other = pdf("Longago policy"), pdf("Of Idris alone")
        file_documents(
            actor=actor, pupil=idris,
            papers=[
                Paper(Incoming("a.pdf", [same]), title="The policy", kind="report"),
                Paper(Incoming("b.pdf", [other]), title="His own", kind="report"),
            ],
        )  # fmt: skip
    with system_scope("see what would go", write=False):
        digests = set(removing.going(Pupil.objects.get(pk=idris.pk)).digests)
        first, second = ApproachEdition.objects.filter(org=idris.org).order_by("number")
        assert second.file is None
        assert first.file is not None
        assert first.file.digest not in digests
    assert hashlib.sha256(other).hexdigest() in digests
