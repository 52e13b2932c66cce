"""Whoever answers for a place takes a copy of all of it, and the books say so."""

from pathlib import Path

import pytest
from django.urls import reverse

from opensenco.audit.models import Entry, Opening
from opensenco.exchange import copying
from opensenco.exchange.models import PlaceCopy
from opensenco.notices.models import Notice
from tests.client import signed_in
from tests.exchange.leaving.outsider import Place
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
WHY = "We move to another system in September."


def newest() -> PlaceCopy:
    with acting_as("head", write=False) as head:
        return PlaceCopy.objects.filter(org__in=head.hat.orgs).order_by("-id")[0]


def made(row: PlaceCopy) -> None:
    """Let the worker make it."""
    with acting_as("head", write=False) as head:
        hat = head.hat.key
    copying.make_copy.func(person("head").pk, hat, str(row.ref), row.version)


def test_a_head_takes_the_whole_record_away(tmp_path: Path, settings) -> None:
    settings.COPIES = tmp_path / "copies"
    head = signed_in("head")
    start = reverse("leaving:start")
    refused = head.post(start, {"why": "short"})
    assert "Say that you know how to keep the file." in refused.content.decode()
    asked = head.post(start, {"why": WHY, "sure": "on"}, follow=True)
    assert "Being made" in asked.content.decode()
    again = head.post(start, {"why": f"{WHY} Really.", "sure": "on"})
    assert "is being made" in again.content.decode()
    row = newest()
    file = reverse("leaving:take", args=[row.ref])
    assert head.get(file).status_code == 404, "it is not ready"
    made(row)
    ready = head.get(reverse("leaving:show", args=[row.ref])).content.decode()
    assert "Take the file" in ready
    assert "Taken by nobody." in head.get(start).content.decode()
    answer = head.get(file)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    content = b"".join(answer)
    (tmp_path / "taken.zip").write_bytes(content)
    assert Place(tmp_path / "taken.zip").damaged() == []
    with acting_as("head", write=False) as actor:
        entries = Entry.objects.filter(thing_ref=row.ref).order_by("id")
        assert [one.verb for one in entries] == ["ask_for_copy", "keep_copy", "take_copy"]
        look = Opening.objects.filter(org__in=actor.hat.orgs).order_by("-id")[0]
        assert (look.kind, look.wanted) == ("list", "the whole record as a file")
    with acting_as("dsl", write=False) as lead:
        told = Notice.objects.filter(org__in=lead.hat.orgs, role_action="safeguarding.view")
        assert told.order_by("-id")[0].words.startswith("David Whitcombe asked for a copy")
    assert "Taken 1 time." in head.get(start).content.decode()


def test_a_copy_ends_with_its_day_and_its_file_goes(tmp_path: Path, settings) -> None:
    settings.COPIES = tmp_path / "copies"
    head = signed_in("head")
    head.post(reverse("leaving:start"), {"why": WHY, "sure": "on"})
    row = newest()
    made(row)
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [f"{row.ref.hex}.zip"]
    assert copying.forget_copies() == 0
    assert copying.forget_copies(than=0) == 1
    gone = head.get(reverse("leaving:show", args=[row.ref]))
    assert "Its time is over" in gone.content.decode()
    assert head.get(reverse("leaving:take", args=[row.ref])).status_code == 404


def test_a_copy_that_cannot_be_made_says_so(tmp_path: Path, settings) -> None:
    (tmp_path / "copies").write_text("a file where a folder should be")
    settings.COPIES = tmp_path / "copies"
    head = signed_in("head")
    head.post(reverse("leaving:start"), {"why": WHY, "sure": "on"})
    row = newest()
    with pytest.raises(OSError, match="copies"):
        made(row)
    page = head.get(reverse("leaving:show", args=[row.ref])).content.decode()
    assert "It could not be made" in page
