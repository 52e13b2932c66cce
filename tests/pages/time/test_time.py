"""Working time: one tap, what the record knows, and sums that add up."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.cases import time_log
from opensenco.cases.contact_log import Said
from opensenco.cases.models import LoggedContact, TimeEntry
from opensenco.cases.operations import contact_log
from opensenco.cases.operations import time_log as operations
from opensenco.cases.states import Work
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.provision.operations import sessions
from tests.cast import TODAY
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_one_tap_records_time_and_the_same_again_is_one_tap_too():
    client = signed_in("senco")
    with acting_as("senco", write=False):
        pupil = idris()
    address = reverse("time:pupil", args=[pupil.ref])
    assert address in client.get(reverse("pupils:show", args=[pupil.ref])).text
    assert client.post(address, {"work": "papers", "tap": "30"})["Location"] == reverse(
        "pupils:show", args=[pupil.ref]
    ), "whoever recorded time for a pupil is back at the pupil"
    week = client.get("/time/").text
    assert "The same again, today" in week
    again = {"work": "papers", "tap": "10", "pupil": short(pupil.ref)}
    client.post("/time/", again)
    refused = client.post("/time/", {"work": "papers"})
    assert "Tap 10 min, 30 min or 1 h" in refused.text
    with acting_as("senco", write=False) as actor:
        mine = list(TimeEntry.objects.filter(person=actor.person).order_by("id"))
        assert [(one.minutes, one.pupil_id, one.on) for one in mine] == [
            (30, pupil.pk, TODAY), (10, pupil.pk, TODAY),
        ]  # fmt: skip
    correct = reverse("time:correct", args=[mine[0].ref])
    version = version_on(client.get(correct).text)
    sent = {"work": "money", "on": "10/3/2027", "minutes": "45", "version": version}
    assert client.post(correct, sent).status_code == 302
    assert "Two versions of the same record" in client.post(correct, {**sent, "minutes": "50"}).text
    error = reverse("time:in_error", args=[mine[1].ref])
    client.post(error, {"version": version_on(client.get(error).text), "reason": "Twice."})
    rows = list(csv.reader(io.StringIO(client.get("/time/?file=csv").content.decode("utf-8-sig"))))
    assert [row[2:4] for row in rows[1:]] == [["Bids and money", "45"]]
    # nobody reads or changes another's entries through this page
    assert signed_in("head").get(correct).status_code == 403


def test_what_the_record_knows_is_counted_once_whoever_says_how_long_it_took():
    with acting_as("senco") as actor:
        pupil = idris()
        org = pupil.org
        said = Said(with_whom="A grandmother", words="A talk.", on=TODAY)
        timed = replace(said, minutes=20)
        open_one = contact_log.log_contact(actor=actor, pupil=pupil, said=said)
        contact_log.log_contact(actor=actor, pupil=pupil, said=timed)
        assert minutes(actor) == [20]
        (hint,) = [one for one in time_log.hints(actor) if one.source_ref == open_one.ref]
        assert hint.minutes is None
        entry = operations.say_how_long(actor=actor, org=org, source=hint.source_ref, minutes=15)
        assert (entry.pupil_id, entry.work, entry.on) == (pupil.pk, Work.CONTACT, TODAY)
        assert sorted(minutes(actor)) == [15, 20]
        with pytest.raises(NotPossible, match="counted already"):
            operations.say_how_long(actor=actor, org=org, source=hint.source_ref, minutes=15)
        # the contact gets its minutes afterwards: what its writer timed by hand still counts alone
        later = LoggedContact.objects.get(pk=open_one.pk)
        contact_log.correct_contact(
            actor=actor, logged=later, said=replace(said, minutes=40), version=later.version
        )
        assert sorted(minutes(actor)) == [15, 20]
        operations.time_in_error(actor=actor, entry=entry, reason="Wrong one.", version=1)
        assert sorted(minutes(actor)) == [20, 40]


def minutes(actor) -> list[int]:
    found = time_log.lines(actor, TODAY, TODAY)
    return [one.minutes or 0 for one in found]


def test_a_session_of_a_group_counts_once_and_is_shared_among_its_pupils():
    with acting_as("ta") as actor:
        given = Allocation.objects.get(pupil__first_name="Idris", group__isnull=False)
        sessions.log_session(actor=actor, allocations=[given], on=TODAY)
        (line,) = time_log.lines(actor, TODAY, TODAY)
        assert (line.work, line.minutes, line.said) == (
            Work.SESSION, given.minutes, "Idris Hassan-Cole",
        )  # fmt: skip
        group = replace(line, minutes=20, pupils=(*line.pupils, *Pupil.objects.all()[:2]))
        totals = time_log.totals([group, line])
        assert totals.minutes == 20 + given.minutes
        assert sum(part for _pupil, part in totals.by_pupil) == totals.minutes
    assert [part for _p, part in time_log.shared(20, group.pupils)] == [7, 7, 6]
    client = signed_in("senco")
    page = client.get(f"/time/totals/?first={TODAY:%d/%m/%Y}&last={TODAY:%d/%m/%Y}").text
    assert "Sessions with pupils took most" in page
    assert "Hassan-Cole, Idris" in page
    assert signed_in("ta").get("/time/totals/").status_code == 403


def test_the_totals_of_a_part_are_of_its_pupils():
    with acting_as("senco") as actor:
        operations.record_time(
            actor=actor, org=idris().org, work="papers", minutes=600, on=TODAY, words="Filing"
        )
        poppy = Pupil.objects.get(first_name="Poppy")
        operations.record_time(
            actor=actor, org=poppy.org, work="look", minutes=50, on=TODAY, pupil=poppy
        )
        for wrong in ({"minutes": 0}, {"on": TODAY + timedelta(days=1)}, {"work": "rest"}):
            values: dict[str, Any] = {"work": "papers", "minutes": 5, "on": TODAY, **wrong}
            with pytest.raises(Invalid):
                operations.record_time(actor=actor, org=poppy.org, **values)
        entry = TimeEntry.objects.get(words="Filing")
    with acting_as("phase_senco") as actor:
        seen = {one.said for one in time_log.lines(actor, TODAY, TODAY, own=False)}
        assert "Poppy Wren" not in seen, "Poppy is in the other part"
        assert "" not in seen, "work for nobody in particular is the whole place's"
        with pytest.raises(Refused):
            operations.time_in_error(actor=actor, entry=entry, reason="Not mine.", version=1)
