"""A photo stands only with consent, is drawn anew, and is gone from every page at once."""

import struct
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.documents.keeping import Incoming, store_of
from opensenco.documents.models import PupilPhoto
from opensenco.documents.operations.photos import put_photo
from opensenco.ops import photos as left
from opensenco.people.models import Group
from tests.cast import TODAY
from tests.client import signed_in
from tests.documents.samples import HEIC, PHOTO, PNG, pdf, turned
from tests.domain.support.steps import pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
WITHDRAWN = {"why": "withdrawn", "words": "His mother, in a call."}


def address(name: str, *args: Any) -> str:
    return reverse(f"plans:{name}", args=args)


def idris() -> Any:
    with acting_as("senco", write=False):
        return pupil("Idris")


def sheets() -> tuple[str, str]:
    with acting_as("senco", write=False):
        ref = Group.objects.get(name="4R").ref
    return reverse("sheets:sheet", args=[ref]), reverse("sheets:cover", args=[ref])


def photo_of(who: Any) -> PupilPhoto:
    with acting_as("senco", write=False):
        return PupilPhoto.objects.get(pupil=who, ended_at__isnull=True)


def sent(file: bytes = PHOTO, **other: Any) -> dict[str, Any]:
    yes = {"given_by": "Grace’s father", "given_how": "written", "uses": ["sheet", "cover"],
           "given_on-day": "1", "given_on-month": "3", "given_on-year": "2027"}  # fmt: skip
    return {"file": SimpleUploadedFile("p.jpg", file), **yes, **other}


def test_what_is_shown_is_drawn_anew_upright_and_says_nothing_of_the_camera():
    who, senco = idris(), signed_in("senco")
    senco.post(address("photo_put", who.ref), sent(turned(PHOTO, "Telephone 7"), uses="profile"))
    answer: Any = senco.get(address("picture", who.ref))
    drawn = b"".join(answer.streaming_content)
    assert drawn.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", drawn[16:24])
    # it was taken 32 by 24 with the telephone held upright
    assert (wide, high) == (360, 480)
    assert b"Telephone" not in drawn
    assert b"eXIf" not in drawn
    with acting_as("senco", write=False):
        looks = Opening.objects.filter(pupil=who, wanted="photo", kind="document")
        assert looks.count() == 1


def test_a_photo_is_where_somebody_said_yes_to_it_and_nowhere_else():
    who, teacher = idris(), signed_in("teacher")
    sheet, cover = sheets()
    face = address("picture", who.ref)
    assert face in teacher.get(sheet).text
    assert face in teacher.get(address("profile", who.ref)).text
    assert face not in teacher.get(cover).text, "nobody agreed to that"
    assert face not in signed_in("parent").get(address("profile", who.ref)).text
    assert "His mother" in teacher.get(address("photo", who.ref)).text
    # a screen that others see shows initials, and no face
    teacher.post(reverse("sheets:initials"), {"only": "1", "back": "/"})
    assert face not in teacher.get(sheet).text
    assert face not in teacher.get(address("profile", who.ref)).text
    assert teacher.get(face).status_code == 404


@pytest.mark.usefixtures("own_files")
def test_taken_back_it_is_gone_from_every_page_at_once_and_its_file_with_it(
    django_capture_on_commit_callbacks: Any,
):
    who, senco = idris(), signed_in("senco")
    row = photo_of(who)
    with acting_as("senco", write=False):
        file = store_of(who.org).path(row.digest)
    assert file.exists()
    refused = senco.post(address("photo_down", row.ref), {"why": "withdrawn", "words": ""}).text
    assert "Say who does not want it any more" in refused
    with django_capture_on_commit_callbacks(execute=True):
        senco.post(address("photo_down", row.ref), WITHDRAWN)
    assert not file.exists()
    sheet, _cover = sheets()
    for page in (sheet, address("profile", who.ref), address("photo", who.ref)):
        assert address("picture", who.ref) not in senco.get(page).text
    assert senco.get(address("picture", who.ref)).status_code == 404
    page = senco.get(address("photo", who.ref)).text
    assert "His mother, in a call." in page
    assert "Its file was removed." in page
    again = senco.post(address("photo_down", row.ref), WITHDRAWN).text
    assert "taken down already" in again


@pytest.mark.worker
@pytest.mark.usefixtures("own_files")
def test_what_a_kill_left_on_the_disk_the_worker_removes():
    who, senco = idris(), signed_in("senco")
    row = photo_of(who)
    with acting_as("senco", write=False):
        file: Path = store_of(who.org).path(row.digest)
    senco.post(address("photo_down", row.ref), WITHDRAWN)
    assert file.exists(), "nothing is committed in a test, so nothing was removed"
    assert left.remove_left() >= 1
    assert not file.exists()


def test_without_a_whole_yes_or_a_photo_nothing_is_put_up():
    with acting_as("senco", write=False):
        grace = pupil()
    senco, there = signed_in("senco"), address("photo_put", grace.ref)
    for wrong, words in (
        ({"given_by": ""}, "Who said yes?"),
        ({"uses": []}, "Choose what the yes is for."),
        ({"given_on-year": "2028"}, "This day is still to come."),
        ({"file": pdf()}, "This is not a photo."),
        ({"file": HEIC}, "take a screenshot of it and choose that"),
        ({"file": PNG}, "damaged or incomplete"),
    ):
        assert words in senco.post(there, sent(**wrong)).text, words
    with acting_as("senco", write=False):
        assert not PupilPhoto.objects.filter(pupil=grace).exists()
    assert "There is no photo." in senco.get(address("photo", grace.ref)).text
    assert address("photo_put", grace.ref) in senco.get(address("photo", grace.ref)).text


def test_a_newer_photo_takes_the_place_of_the_one_before():
    who = idris()
    with acting_as("senco") as actor:
        before = PupilPhoto.objects.get(pupil=who)
        put_photo(
            actor=actor, pupil=who, file=Incoming("new.jpg", [turned(PHOTO, "Other")]),
            given_by="His mother", given_how="talk", given_on=TODAY - timedelta(days=1),
            uses=["cover"],
        )  # fmt: skip
        before.refresh_from_db()
        assert (before.ended_why, before.digest) == ("replaced", "")
        # the same picture of another child is a file of its own: neither goes with the other
        other = put_photo(
            actor=actor, pupil=pupil(), file=Incoming("new.jpg", [turned(PHOTO, "Other")]),
            given_by="Her mother", given_how="talk", given_on=TODAY, uses=["profile"],
        )  # fmt: skip
        assert other.digest != PupilPhoto.objects.get(pupil=who, ended_at__isnull=True).digest
    sheet, cover = sheets()
    senco = signed_in("senco")
    assert address("picture", who.ref) in senco.get(cover).text
    assert address("picture", who.ref) not in senco.get(sheet).text
