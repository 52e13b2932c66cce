"""What came of one provision: counts and an honest range, never more than is known."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from opensenco.costing.operations.rates import set_rate
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving, library, measuring
from opensenco.provision.operations.sessions import log_session
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given, pupil
from tests.pages.provision.hands import asked, link_to
from tests.people import acting_as

pytestmark = pytest.mark.django_db

BEGAN, OVER = TODAY - timedelta(days=80), TODAY - timedelta(days=10)


def children(actor, number: int) -> list[Pupil]:
    return [
        pupils.add_pupil(
            actor=actor, org=pupil().org, first_name=f"Child{one}", last_name="Moss",
            birth_date=pupil().birth_date + timedelta(days=one),
        )
        for one in range(number)
    ]  # fmt: skip


def measured(actor, row: Allocation, *scores: int) -> None:
    """Write down entry and, where there is one, exit."""
    for score, day in zip(scores, (BEGAN, OVER), strict=False):
        measuring.record_point(actor=actor, allocation=row, score=Decimal(score), on=day)


def ran(exits: list[int | None]) -> str:
    """Let as many children have had paired reading, each from 10; give the address of it."""
    with acting_as("senco") as actor:
        reading = library.add_from_starter(actor=actor, org=pupil().org, starter="paired-reading")
        measuring.set_scale(
            actor=actor, provision=reading, name="Words a minute", lowest=Decimal(0),
            highest=Decimal(90),
        )  # fmt: skip
        rows = given(
            actor, *children(actor, len(exits)), provision=reading, starts=BEGAN, ends=OVER
        )
        for row, score in zip(rows, exits, strict=True):
            measured(actor, row, 10, *([] if score is None else [score]))
        return f"/provision/{short(reading.ref)}/"


@pytest.mark.requirement("S1-05")
@pytest.mark.rule("APD-12")
def test_of_five_children_only_the_count_is_said_and_who_is_missing():
    here = ran([12, 15, 20, 10, 8, None, None])
    client = signed_in("senco")
    page = client.get(link_to(client.get(here), "Does it help?"))
    assert "5 children were measured at entry and exit." in page.text
    assert "3 of 5 gained, 1 stayed the same, 1 went back." in page.text
    assert "Fewer than 6: too few to say how much a child usually gains." in page.text
    assert "For 2 children it is over, and nobody measured at the end." in page.text
    assert "Half gained" not in page.text
    assert page.text.count("os-c-dot") == 5
    before = asked(client, f"{here}effect/")
    with acting_as("senco") as actor:
        row = Allocation.objects.filter(provision__name__startswith="Paired").earliest("pk")
        (late,) = given(actor, pupil(), provision=row.provision, starts=BEGAN, ends=OVER)
        measured(actor, late, 10, 30)
    page = client.get(f"{here}effect/")
    assert "Half gained 3.5 or more." in page.text
    assert "the middle lies between -2 and 20" in page.text
    assert "No gain at all lies within that range." in page.text
    assert asked(client, f"{here}effect/") == before
    names = [page.text.index(name) for name in ("Atherton", "Moss, Child0", "Moss, Child4")]
    assert names == sorted(names)


def test_another_span_has_other_children_and_wrong_days_are_refused_in_words():
    here = ran([12])
    client = signed_in("head")
    page = client.get(f"{here}effect/?since=1/9/2025&until=31/7/2026")
    assert "Nobody had it on these days." in page.text
    page = client.get(f"{here}effect/?since=1/2/2027&until=1/1/2027")
    assert "The last day must be the first day or later." in page.text
    assert client.get(f"{here}effect/?file=csv").status_code == 200


def test_an_aim_and_research_stand_beside_it():
    here = ran([12, 30])
    with acting_as("senco") as actor:
        for row in Allocation.objects.filter(provision__name__startswith="Paired"):
            early = replace(actor, at=actor.at - timedelta(days=79))
            measuring.set_aim(actor=early, allocation=row, score=Decimal(20), by=OVER)
    page = signed_in("senco").get(f"{here}effect/")
    assert "1 of 2 who had an aim reached it." in page.text
    assert "What research says" in page.text


@pytest.mark.requirement("S1-05")
@pytest.mark.rule("APD-12")
def test_it_is_stopped_for_a_reason_and_whoever_chooses_it_reads_that():
    here = ran([8, 9, None])
    client = signed_in("senco")
    asks = client.get(link_to(client.get(f"{here}effect/"), "Decide what becomes of it"))
    assert "0 of 2 gained, 0 stayed the same, 2 went back." in asks.text
    where = f"{here}decide/?since=11/03/2026&until=10/03/2027"
    refused = client.post(where, {"verdict": "stop", "reason": "No"})
    assert "Say in a few words why." in refused.text
    page = client.post(
        where, {"verdict": "stop", "reason": "Nobody gained in a term."}, follow=True
    )
    assert "What was known then" in page.text
    assert "Between 11 March 2026 and 10 March 2027:" in page.text
    for there in ("/provision/library/", f"{here}give/", here):
        read = client.get(there).text
        assert "<b>Stop it</b>, decided by" in read
        assert "Nobody gained in a term." in read


@pytest.mark.rule("APD-12")
def test_what_it_cost_is_told_of_six_children_and_not_of_five():
    six = ran([12, 15, 20, 10, 8, 13])
    with acting_as("senco") as actor:
        rows = list(Allocation.objects.filter(provision__name="Paired reading").order_by("id"))
        # six hours of pupils' time, each alone with an adult
        for back in range(12, 16):
            for row in rows:
                on = TODAY - timedelta(days=back)
                log_session(actor=actor, allocations=[row], on=on)
    client = signed_in("senco")
    assert "a rate is missing" in client.get(f"{six}effect/").text
    with acting_as("head") as actor:
        set_rate(
            actor=actor, org=pupil().org, post="teacher", kind="LA_STANDARD", pence=3000,
            first=BEGAN,
        )  # fmt: skip
    page = client.get(f"{six}effect/").text
    assert "Its sessions cost £180.00 for 6 hours of pupils’ time, £30.00 an hour." in page
    # two, five, ten, nothing, two lost and three: eighteen points
    assert "it came to £10.00 for each point" in page
    with acting_as("senco") as actor:
        giving.mark_each_in_error(actor=actor, allocations=rows[:1], reason="Another child")
    assert "What it cost" not in client.get(f"{six}effect/").text.replace("What it costs", "")
