"""A list that gives a pupil a last day does what saying so on the pupil's page does."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from opensenco.people.models import Assignment, GroupPupil, Pupil
from opensenco.people.operations import groups, rolls
from opensenco.provision.models import Allocation
from opensenco.provision.operations import leaving
from tests.cast import TODAY
from tests.client import signed_in
from tests.exchange.lists import HEADER, IDRIS, NOOR, changed, csv_of
from tests.pages.imports.test_import_pupils import press, text_of, upload, version_on
from tests.people import acting_as

pytestmark = pytest.mark.django_db
EASTER = date(2027, 3, 25)
LEAVING = (*HEADER[:-1], "Leaving Date")


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def held() -> list[tuple[object, ...]]:
    """Everything of Idris that has days, as it stands."""
    one = idris()
    return [
        (one.left_on,),
        *GroupPupil.objects.filter(pupil=one).order_by("id").values_list("pk", "ends", "withdrawn"),
        *Assignment.objects.filter(pupil=one).order_by("id").values_list("pk", "ends"),
        *Allocation.objects.filter(pupil=one).order_by("id").values_list(
            "pk", "ends", "ended_reason"
        ),
    ]  # fmt: skip


def test_what_ends_with_a_last_day_is_shown_done_and_taken_back():
    with acting_as("senco") as actor:
        groups.assign_staff(actor=actor, pupil=idris(), person=actor.person, starts=TODAY)
        later = groups.add_group(actor=actor, org=idris().org, name="Spellers", kind="support")
        rolls.put_pupils_in_group(
            actor=actor, pupils=[idris()], group=later, starts=EASTER + timedelta(days=30)
        )
        before = held()
        with transaction.atomic():
            leaving.leave(actor=actor, pupil=idris(), version=None, on=EASTER)
            by_hand = held()
            transaction.set_rollback(True)
        assert by_hand != held() == before
    client = signed_in("senco")
    rows = [changed(IDRIS, house="25/03/2027", sex=""), changed(NOOR, house="26/03/2027")]
    address = upload(client, csv_of(rows, LEAVING)).url
    page = text_of(client.get(f"{address}?show=changed").text)
    assert "Left: nothing → becomes 25 March 2027" in page
    told = page.split("Ends with the last day: ")[1].split(" Promises that end with it: ")
    assert {"4R", "Language group", "Spellers", "Amara Okafor"} <= set(told[0].split(", "))
    assert told[1].startswith("Language group")
    assert "Where a pupil gets a last day," in page
    press(client, address, "apply")
    with acting_as("senco", write=False):
        assert held() == by_hand
        noor = GroupPupil.objects.get(pupil__first_name="Noor")
        assert noor.ends == date(2027, 3, 26)
    version = version_on(client.get(f"{address}undo/").text)
    assert client.post(f"{address}undo/", {"version": version}).status_code == 302
    with acting_as("senco", write=False):
        assert held() == before


def test_a_promise_that_somebody_has_ended_otherwise_since_stays_when_the_list_goes_back():
    client = signed_in("head")
    row = changed(IDRIS, house="25/03/2027", sex="")
    address = upload(client, csv_of([row], LEAVING)).url
    press(client, address, "apply")
    with acting_as("senco") as actor:
        leaving.leave(actor=actor, pupil=idris(), version=None, on=date(2027, 7, 21))
        moved = held()
    page = client.get(f"{address}undo/").text
    assert "changed it on 10 March 2027" in text_of(page)
    client.post(f"{address}undo/", {"version": version_on(page)})
    with acting_as("senco", write=False):
        assert held() == moved


def test_a_last_day_that_cannot_be_is_a_question_and_who_does_not_see_provision_sees_none():
    client = signed_in("admin")
    far = changed(IDRIS, house="25/03/2037", sex="")
    address = upload(client, csv_of([far], LEAVING)).url
    assert "more than a year and a half from now" in client.get(address).text
    row = changed(IDRIS, house="25/03/2027", sex="")
    address = upload(client, csv_of([row], LEAVING)).url
    page = text_of(client.get(f"{address}?show=changed").text)
    assert "4R, Language group" in page
    assert "Promises that end" not in page
    assert "what was promised to them end with it" in page
    press(client, address, "apply")
    version = version_on(client.get(f"{address}undo/").text)
    assert client.post(f"{address}undo/", {"version": version}).status_code == 302
    with acting_as("senco", write=False):
        assert idris().left_on is None
        assert {row.ended_reason for row in Allocation.objects.filter(pupil=idris())} == {""}
