"""Pupils handed over, told by the pages: gathered, given as one pack, met about, taken over."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Person
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.cases.operations.handing_on import hand_on
from opensenco.concerns.models import Concern
from opensenco.concerns.operations.carrying import take_up_strategies
from opensenco.concerns.operations.raising import raise_concern
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.kernel.errors import Invalid, Stale
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.operations import groups
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
NEW = "/hand-overs/begin/"


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name="Idris")


def newest() -> HandOver:
    with acting_as("senco", write=False):
        return HandOver.objects.select_related("meeting", "taker").order_by("-id")[0]


def to(name: str, row: Any) -> str:
    return reverse(f"handover:{name}", args=[row.ref])


def send(key: str, address: str, **given: Any) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


def begun(kind: str = "class", giver: str = "senco", taker: str = "other_teacher") -> HandOver:
    answer = send("senco", NEW, kind=kind, which="all", giver=short(person(giver).ref),
                  taker=short(person(taker).ref), words="Ring his mother after four.")  # fmt: skip
    assert "Look it over, write what only you know, then give it." in text_of(answer)
    return newest()


@pytest.mark.requirement("S4-14")
def test_a_pupil_goes_to_the_next_class_with_all_that_is_live_due_promised_and_open():
    row = begun()
    senco, other = signed_in("senco"), signed_in("other_teacher")
    page = text_of(senco.get(to("show", row)))
    assert "Being put together" in page
    assert "What runs now SEN status SEN support since" in page
    assert "What every adult does Give him ten seconds; Show a picture with new words" in page
    assert "Ring his mother after four." in page
    assert other.get(to("show", row)).status_code in (403, 404)
    with acting_as("senco", write=False):
        part = HandOverPupil.objects.get(hand_over=row)
    send("senco", to("note", part), note="He settles by the window.")
    met = send("senco", to("meet", row), at="15:30", minutes="30", place="Library",
               **{"on-day": "12", "on-month": "3", "on-year": "2027"})  # fmt: skip
    assert "The meeting about it: 12 March 2027" in text_of(met)
    given = text_of(send("senco", to("give", row)))
    assert "Given. It waits to be read and taken over." in given
    waits = other.get("/")
    assert "Read what Amara Okafor hands over to you" in text_of(waits)
    assert to("show", row) in waits.text
    read = text_of(other.get(to("show", row)))
    assert "He settles by the window." in read
    assert "Give him ten seconds" in read
    assert other.get(to("pdf", row)).content.startswith(b"%PDF")
    taken = text_of(send("other_teacher", to("take", row), words="Thank you."))
    assert "You have taken over." in taken
    assert "has taken over what was handed over." in text_of(senco.get("/"))
    assert "Thank you." in text_of(senco.get(to("show", row)))
    about = text_of(senco.get(reverse("pupils:show", args=[idris().ref])))
    assert "Handed over from Amara Okafor to" in about
    assert "Hand-over" in text_of(other.get("/hand-overs/"))


@pytest.mark.requirement("S4-14")
def test_what_was_given_stays_as_it_was_and_says_what_is_still_open():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        spine_task(actor, pupil, person("teacher"))
    row = begun()
    assert "Ring the therapist" in text_of(signed_in("senco").get(to("show", row)))
    send("senco", to("give", row))
    still = text_of(signed_in("senco").get(to("show", row)))
    assert "2 things are still open." in still
    with acting_as("teacher") as actor, as_actor(actor):
        pupil = Pupil.objects.get(first_name="Idris")
        assert spine.settle_task(actor=actor, source=pupil, kind="test.ring") == 1
    after = text_of(signed_in("senco").get(to("show", row)))
    assert "1 thing is still open." in after
    assert "Ring the therapist" in after
    refused = send("senco", to("give", row))
    assert "This has been given." in text_of(refused)


def spine_task(actor: Any, pupil: Pupil, who: Person) -> None:
    with as_actor(actor):
        spine.open_task(
            actor=actor, org=pupil.org, kind="test.ring", words="Ring the therapist",
            source=pupil, pupil=pupil, person=who, since=date(2027, 3, 1),
        )  # fmt: skip


@pytest.mark.requirement("S4-14")
def test_what_waits_for_somebody_who_leaves_is_handed_on_in_one_step():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        spine_task(actor, pupil, person("teacher"))
        waited = Task.objects.get(kind="test.ring").since
    senco = signed_in("senco")
    whose = senco.get("/hand-overs/waiting/")
    address = f"/hand-overs/waiting/?from={person('teacher').ref}"
    assert address in whose.text
    form = senco.get(address)
    assert "Hassan-Cole, Idris: Ring the therapist" in text_of(form)
    stranger = as_it_stands(form, to=short(person("other_teacher").ref))
    refused = text_of(senco.post(address, stranger, follow=True))
    assert "They do not work with 1 of these pupils" in refused
    assert "They do not work with Hassan-Cole, Idris" in refused, "which ones stands on the page"
    sent = as_it_stands(form, to=short(person("ta").ref))
    assert "Handed on." in text_of(senco.post(address, sent, follow=True))
    with acting_as("senco", write=False):
        task = Task.objects.select_related("person").get(kind="test.ring")
        assert (task.person, task.since) == (person("ta"), waited)
    home = text_of(signed_in("ta").get("/"))
    assert "Ring the therapist" in home
    assert "Amara Okafor handed 1 thing of Priya Raman on to you." in home
    assert "Ring the therapist" not in text_of(signed_in("teacher").get("/"))


def test_a_concern_that_is_handed_on_has_its_new_owner():
    with acting_as("teacher") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Grace")
        raised = raise_concern(actor=actor, pupil=pupil, noticed="Rubs her eyes.")
        take_up_strategies(
            actor=actor, concern=raised, version=None, trying="A seat in front",
            until=date(2027, 3, 24),
        )  # fmt: skip
    with acting_as("senco") as actor:
        tasks = Task.objects.select_related("org", "person", "pupil").filter(source_ref=raised.ref)
        waits = list(tasks.filter(settled_at=None))
        with pytest.raises(Invalid, match="do not work with 1 of these"):
            hand_on(actor=actor, tasks=waits, to=person("other_teacher"))
        assert Concern.objects.get(pk=raised.pk).owner == person("teacher")
        groups.assign_staff(
            actor=actor, pupil=pupil, person=person("other_teacher"), starts=actor.today
        )
        hand_on(actor=actor, tasks=waits, to=person("other_teacher"))
        assert Concern.objects.get(pk=raised.pk).owner == person("other_teacher")
        assert tasks.get(settled_at=None).person == person("other_teacher")


def test_what_cannot_be_handed_on_is_refused():
    elsewhere = person("outside_teacher")
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        spine_task(actor, pupil, person("teacher"))
        task = Task.objects.select_related("org", "person").get(kind="test.ring")
        with pytest.raises(Invalid, match="a role here today"):
            hand_on(actor=actor, tasks=[task], to=elsewhere)
        with pytest.raises(Invalid, match="already"):
            hand_on(actor=actor, tasks=[task], to=person("teacher"))
        hand_on(actor=actor, tasks=[task], to=person("ta"))
        Task.objects.filter(pk=task.pk).update(settled_at=actor.at, settled_by=actor.person)
        with pytest.raises(Stale):
            hand_on(actor=actor, tasks=[task], to=person("teacher"))


def test_a_hand_over_made_in_error_is_read_by_nobody_it_was_for():
    row = begun()
    send("senco", to("give", row))
    assert signed_in("other_teacher").get(to("show", row)).status_code == 200
    send("senco", to("in_error", row), reason="The wrong class.")
    assert signed_in("other_teacher").get(to("show", row)).status_code in (403, 404)
    assert "Read what Amara Okafor" not in text_of(signed_in("other_teacher").get("/"))


def test_a_hand_over_asks_as_often_however_many_pupils_it_has():
    row = begun()
    senco = signed_in("senco")
    senco.get(to("show", row))
    with asks(22):
        senco.get(to("show", row))
    with acting_as("senco") as actor:
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        with as_actor(actor):
            HandOverPupil(org=grace.org, hand_over=row, pupil=grace).save()
    with asks(22):
        senco.get(to("show", row))
