"""A photo or piece of work of a session: beside its outcome, with a yes, and taken down."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensenco.cases.looking_back import timeline_then
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document, DocumentVersion
from opensenco.kernel.refs import short
from opensenco.provision.models import Session, Work
from opensenco.provision.operations.work import keep_work, take_work_down
from opensenco.provision.queries.work import standing_work, work_of_sessions
from opensenco.support.models import Outcome
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.documents.samples import HEIC, PHOTO, PROGRAM, turned
from tests.domain.cases.test_one_child import idris, join, second
from tests.domain.provision.steps import idris_has
from tests.pages.provision.hands import asked, link_to, send
from tests.people import acting_as

pytestmark = pytest.mark.django_db
YES = {"given_by": "His mother", "given_how": "talk", "given_on-day": "1", "given_on-month": "3",
       "given_on-year": "2027"}  # fmt: skip


def photo(name: str = "IMG_2041.jpg", content: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def works() -> list[Work]:
    with acting_as("senco", write=False):
        rows = Work.objects.select_related(
            "document", "outcome__cycle", "session", "pupil"
        ).order_by("-id")
        return list(rows)


def address(name: str, ref: object) -> str:
    return reverse(name, args=[ref])


def form_after_logging(client):
    saved = send(client, client.get(link_to(client.get("/now/"), "Language group")))
    return client.get(link_to(saved, "Add one of Idris"))


@pytest.mark.rule("APD-04")
@pytest.mark.requirement("S3-59")
def test_a_photo_of_a_session_is_shown_at_the_outcome_the_review_and_on_the_timeline():
    client = signed_in("ta")
    form = form_after_logging(client)
    refused = send(client, form, file=photo(), title="Four pictures", seen="pupil")
    assert "Say who said yes. Without a yes the photo is not kept." in refused.text
    assert len(works()) == 1
    taken = photo(content=turned(PHOTO, "Telephone"))
    kept = send(client, refused, file=taken, **YES)
    assert "Who said yes" in kept.text
    row = works()[0]
    assert (row.given_by, row.outcome is not None) == ("His mother", True)
    picture = f"/work/{short(row.ref)}/file/"
    assert picture in kept.text
    shown = client.get(picture)
    body = b"".join(shown)
    # drawn anew: nothing that the camera wrote is left
    assert body.startswith(b"\x89PNG")
    assert b"Telephone" not in body
    senco = signed_in("senco")
    plan = address("plans:plan", row.outcome.cycle.ref)
    page = senco.get(plan)
    assert "Work that shows it" in page.text
    assert "Four pictures" in page.text
    timeline = senco.get(address("pupils:show", row.pupil.ref))
    assert "Work from Language group: Four pictures" in timeline.text

    # the yes was for staff: the photo can belong to no pack that leaves, as other work can
    chosen = senco.get(address("packs:paper_new", row.pupil.ref)).text
    assert "A story in two steps" in chosen
    assert "Four pictures" not in chosen.split('name="papers"', 1)[1]

    # a yes that is taken back takes every photo in which the child can be seen
    down = client.get(link_to(client.get(f"/work/{short(row.ref)}/"), "Take it down"))
    asked_who = send(client, down, why="withdrawn")
    assert "Say who does not want it any more" in asked_who.text
    gone = send(client, asked_who, why="withdrawn", words="His mother, in a call.")
    assert "Taken down" in gone.text
    assert client.get(picture).status_code == 404
    assert "Four pictures" not in senco.get(plan).text
    with acting_as("senco", write=False):
        assert Document.objects.get(pk=row.document_id).in_error
        version = DocumentVersion.objects.get(document=row.document_id)
    # nobody opens it any more, by whatever way they knew it
    for gone in (address("documents:show", row.document.ref),
                 address("documents:download", version.ref)):  # fmt: skip
        assert senco.get(gone).status_code == 403
    closed = senco.get(f"/work/{short(row.ref)}/").text
    assert "Taken down" in closed
    assert "Four pictures" not in closed
    # the next form says that a yes was taken back, and fills none in
    again = client.get(f"/sessions/{short(row.session.ref)}/work/")
    assert "His mother, in a call." in again.text
    assert 'value="His mother"' not in again.text


def test_what_was_taken_down_is_not_told_by_the_record_as_it_stood_before():
    client = signed_in("ta")
    send(client, form_after_logging(client), file=photo(), title="Four pictures", seen="nobody")
    row = works()[0]
    with acting_as("senco") as actor:
        tomorrow = replace(actor, at=NOW + timedelta(days=1))

        def told() -> list[str]:
            return [one.fact.words for one in timeline_then(tomorrow, row.pupil, TODAY)]

        assert [words for words in told() if "Four pictures" in words]
        take_work_down(actor=tomorrow, work=row, why="withdrawn", words="His mother, in a call.")
        assert told()
        assert not [words for words in told() if "Four pictures" in words]


def test_work_of_a_session_from_before_two_records_were_made_one_is_the_one_childs():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        join(actor, one, other)
        session = Session.objects.select_related(
            "allocation__pupil__org", "allocation__provision", "pupil"
        ).get(pupil=other)
        outcome = Outcome.objects.filter(pupil=one).order_by("-id")[0]
        made = keep_work(
            actor=actor, session=session, file=Incoming("story.txt", [b"Once."]), title="A story",
            seen="nobody", outcome=outcome,
        )  # fmt: skip
        assert (made.pupil, made.document.pupil) == (one, one)
        assert made in standing_work(actor)
        assert work_of_sessions(actor, [session])[session.allocation_id] == [made]


def test_what_is_no_work_of_a_session_is_refused_in_words():
    client = signed_in("ta")
    form = form_after_logging(client)
    for wrong, says in (
        ({"file": photo("game.exe", PROGRAM)}, "Nothing is saved yet"),
        ({"file": photo("broken.jpg", PHOTO[:40])}, "damaged"),
        # a telephone's own format, whatever its name says
        ({"file": photo("IMG_2041.HEIC", HEIC)}, "take a screenshot of it and choose that"),
        ({"file": photo("IMG_2041.jpg", HEIC)}, "Settings, Camera, Formats, Most Compatible"),
        ({"file": photo(), "seen": "others"}, "Choose one of the answers shown"),
        ({"file": photo(), "title": ""}, "Fill in"),
    ):
        answer = send(client, form, **{"title": "A story", "seen": "nobody", **wrong})
        assert says in answer.text
    assert len(works()) == 1
    with acting_as("ta", write=False):
        away = Session.objects.filter(allocation=idris_has()).order_by("id").first()
    assert client.get(f"/work/{short(works()[0].ref)}/").status_code == 200
    assert away is not None
    before = asked(client, f"/sessions/{short(away.ref)}/work/")
    send(client, form, file=photo(), title="A second", seen="nobody")
    assert asked(client, f"/sessions/{short(away.ref)}/work/") == before
