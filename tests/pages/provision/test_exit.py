"""A measure at the end is asked for when it is time, says why, and is settled by measuring."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.actor import Actor
from opensenco.cases.models import Fact, Task
from opensenco.provision.models import Point
from opensenco.provision.operations import giving, measuring
from opensenco.provision.operations.exits import EXIT
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given as to_pupils
from tests.domain.provision.steps import idris_has, reading
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import send
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def ending(actor: Actor, days: int) -> Any:
    """Let what Idris is given end so many days from now; he was measured when it began."""
    row = idris_has()
    giving.end_allocation(
        actor=actor, allocation=row, ends=TODAY + timedelta(days=days), reason="It is done."
    )  # fmt: skip
    return row


def waits() -> list[Task]:
    return list(Task.objects.filter(kind=EXIT, settled_at=None).order_by("id"))


@pytest.mark.requirement("S1-05")
@pytest.mark.rule("APD-05")
def test_it_waits_from_two_weeks_before_the_end_and_is_settled_by_measuring():
    with acting_as("senco") as actor:
        row = ending(actor, 30)
        (task,) = waits()
        assert task.since == row.ends - timedelta(days=14)
        assert task.due == row.ends
        ending(actor, 5)
        (task,) = waits()
        assert task.due == TODAY + timedelta(days=5)
    senco = signed_in("senco")
    address = reverse("provision:allocation", args=[row.ref])
    page = text_of(senco.get(address))
    assert "Measure it at the end" in page
    assert "The support is reviewed on or before the agreed date" in page
    assert "our rule APD-05" in page
    form = senco.get(reverse("provision:measure", args=[row.ref]))
    assert "there is no exit yet" in text_of(form)
    assert "Written down." in text_of(send(senco, form, score="4"))
    assert "Measure it at the end" not in text_of(senco.get(address))
    with acting_as("senco") as actor:
        assert not waits()
        last = Point.objects.filter(allocation=row).order_by("-id")[0]
        measuring.correct_point(actor=actor, point=last, score=None, mistake=True)
        assert len(waits()) == 1, "an exit that was none is asked for again"


def test_whoever_delivers_it_is_asked_and_a_reason_settles_it_too():
    with acting_as("senco") as actor:
        books = reading(actor)
        measuring.set_scale(
            actor=actor, provision=books, name="Words", lowest=Decimal(0), highest=Decimal(9)
        )
        (given,) = to_pupils(
            actor, idris_has().pupil, provision=books, ends=None, person=person("ta")
        )
        measuring.record_point(actor=actor, allocation=given, score=Decimal(1))
        assert not [task for task in waits() if task.source_ref == given.ref], "it has no end"
        giving.end_allocation(
            actor=actor, allocation=given, ends=TODAY + timedelta(days=9), reason="Moved on."
        )
        (task,) = [task for task in waits() if task.source_ref == given.ref]
        assert task.person == person("ta")
    ta = signed_in("ta")
    assert "Measure Paired reading at its end" in text_of(ta.get("/"))
    form = ta.get(reverse("provision:unmeasured", args=[given.ref]))
    refused = text_of(send(ta, form, reason="no"))
    assert "Say in a few words why it cannot be measured." in refused
    sent = text_of(send(ta, form, reason="He was away all week."))
    assert "It is not asked for any more." in sent
    with acting_as("senco", write=False):
        assert not [task for task in waits() if task.source_ref == given.ref]
        told = Fact.objects.get(kind="provision.unmeasured")
        assert told.words == "Paired reading was not measured at the end: He was away all week."


def test_what_is_withdrawn_or_goes_on_without_end_asks_for_nothing():
    with acting_as("senco") as actor:
        row = ending(actor, 5)
        assert waits()
        after = replace(actor, at=actor.at + timedelta(hours=1))
        giving.mark_in_error(actor=after, allocation=row, reason="Given in error.")
        assert not waits()
