"""A yes to a photo has a last day: somebody asks again in time, and after it no page shows it."""

from datetime import timedelta
from typing import Any

import pytest

from opensenco.cases.models import Task
from opensenco.documents.models import PupilPhoto
from opensenco.documents.photos import shown_on
from opensenco.support.operations.photos import ASK_AGAIN
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.plans.test_photo import address, idris, photo_of, sent
from tests.people import acting_as

pytestmark = pytest.mark.django_db
YES = {"given_by": "Grace’s father", "given_how": "talk",
       "given_on-day": "10", "given_on-month": "3", "given_on-year": "2027"}  # fmt: skip


def until(on: Any) -> dict[str, Any]:
    return {"until-day": str(on.day), "until-month": str(on.month), "until-year": str(on.year)}


def waits(row: PupilPhoto) -> list[Task]:
    with acting_as("senco", write=False):
        tasks = Task.objects.filter(source_ref=row.ref, kind=ASK_AGAIN, settled_at=None)
        return list(tasks)


def test_a_yes_with_a_last_day_is_asked_for_again_three_weeks_before_and_renewed_with_the_photo():
    who, senco = idris(), signed_in("senco")
    over = TODAY - timedelta(days=1)
    refused = senco.post(address("photo_put", who.ref), sent(**until(over)))
    assert "This yes would be over already." in refused.text
    last = TODAY + timedelta(days=60)
    senco.post(address("photo_put", who.ref), sent(**until(last)))
    row = photo_of(who)
    (task,) = waits(row)
    assert (task.since, task.due) == (last - timedelta(days=21), last)
    page = senco.get(address("photo", who.ref)).text
    assert "9 May 2027" in page
    assert address("photo_again", row.ref) in page
    later = TODAY + timedelta(days=400)
    senco.post(address("photo_again", row.ref), {**YES, **until(later)})
    new = photo_of(who)
    assert (new.pk, new.until, new.on_sheet, new.on_profile) != (row.pk, later, True, False)
    assert (new.until, new.on_sheet, new.on_profile) == (later, True, False)
    assert new.digest
    assert waits(row) == []
    assert len(waits(new)) == 1
    # the picture of the renewed row is there: the file of the old row alone was removed
    assert signed_in("teacher").get(address("picture", who.ref)).status_code == 200
    senco.post(
        address("photo_down", new.ref), {"why": "withdrawn", "words": "His mother, by mail."}
    )
    assert waits(new) == []


def test_after_its_last_day_no_page_shows_it_and_the_photo_page_says_what_to_do():
    who, senco = idris(), signed_in("senco")
    senco.post(address("photo_put", who.ref), sent())
    row = photo_of(who)
    assert waits(row) == []
    with acting_as("senco"):
        PupilPhoto.objects.filter(pk=row.pk).update(until=TODAY - timedelta(days=1))
        held = PupilPhoto.objects.filter(shown_on(TODAY - timedelta(days=1)), pk=row.pk)
        assert held.exists()
    assert senco.get(address("picture", who.ref)).status_code == 404
    assert address("picture", who.ref) not in signed_in("teacher").get(
        address("profile", who.ref)
    ).text  # fmt: skip
    assert "It is shown nowhere. Ask again, or take it down." in senco.get(
        address("photo", who.ref)
    ).text  # fmt: skip
