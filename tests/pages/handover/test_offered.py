"""The turn of a school year asks for its hand-overs by itself, and they are begun in one go."""

from datetime import date
from typing import Any

import pytest

from opensenco.access.models import Organisation
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils, staff, turning
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.people.test_turning import child, prepare, turn
from tests.domain.support.steps import on_support
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.handover.test_hand_over import send, to
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
ASKED, JULY = "/hand-overs/asked-for/", date(2027, 7, 5)


def turned(*, named: bool = True, leaves: str = "") -> None:
    """Prepare the year in March, and put it in: 4R goes to 5R, with another teacher."""
    with acting_as("senco") as actor:
        on_support(actor, child("Grace"))
        row = prepare(actor)
        if named:
            turning.set_teachers(
                actor=actor, turn=row, version=None, name="5R",
                staff=[(person("other_teacher"), "teaches", "")],
            )  # fmt: skip
        if leaves:
            turning.decide_pupil(
                actor=actor, turn=row, version=None, pupil=child(leaves),
                decision=turning.Decision("leaves", left_to="Mill Lane School"),
            )  # fmt: skip
        turn(actor, row)


def ticked(client: Any, **given: Any) -> Any:
    return client.post(ASKED, as_it_stands(client.get(ASKED), **given), follow=True)


@pytest.mark.requirement("S4-14")
def test_a_turned_year_asks_on_the_home_page_and_its_hand_overs_are_begun_in_one_go(settings):
    turned()
    senco = signed_in("senco")
    assert "Hand-overs of the new school year" not in text_of(senco.get("/")), "in March"
    settings.FROZEN_TODAY = JULY.isoformat()
    senco = signed_in("senco")
    home = senco.get("/")
    assert "1 hand-over is to be made." in text_of(home)
    assert ASKED in home.text
    asked = text_of(senco.get(ASKED))
    assert "To the next class, from Priya Raman to Owen Sharp: 2 pupils" in asked
    assert "Atherton, Grace, 4R; Hassan-Cole, Idris, 4R" in asked
    with asks(15):
        senco.get(ASKED)
    assert "Choose at least one" in text_of(ticked(senco, offers=[]))
    done = text_of(ticked(senco, words="Ring the families before eight."))
    assert "Look each over, then give it." in done
    with acting_as("senco", write=False):
        (row,) = HandOver.objects.filter(kind="class", given_at=None)
        assert (row.giver, row.taker) == (person("teacher"), person("other_teacher"))
        inside = HandOverPupil.objects.filter(hand_over=row).values_list("pupil__first_name")
        assert {name for (name,) in inside} == {"Idris", "Grace"}
    assert "Every hand-over of this year is begun." in text_of(senco.get(ASKED))
    assert "is to be made" not in text_of(senco.get("/"))


@pytest.mark.requirement("S4-14")
def test_a_pupil_who_changes_phase_goes_from_one_senco_to_the_other(settings):
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org", "part").get(first_name="Idris")
        lower = Organisation.objects.get(name="Lower school")
        staff.give_role(
            actor=actor, org=pupil.org, person=person("head"), role="SENCO_PHASE", starts=TODAY,
            part=lower,
        )  # fmt: skip
        row = prepare(actor)
        turning.decide_pupil(
            actor=actor, turn=row, version=None, pupil=pupil,
            decision=turning.Decision("up", into="5R", part=lower),
        )  # fmt: skip
        turn(actor, row)
    settings.FROZEN_TODAY = JULY.isoformat()
    asked = text_of(signed_in("senco").get(ASKED))
    head, phase = person("head").name, person("phase_senco").name
    assert f"To the next phase or provision, from {phase} to {head}: 1 pupil" in asked
    assert "Nobody is named for their new class Once somebody is" in asked
    home = text_of(signed_in("phase_senco").get("/"))
    assert "1 hand-over is to be made." in home


@pytest.mark.requirement("S4-14")
def test_the_senco_of_the_next_part_is_told_before_and_takes_over_before_the_first_day(settings):
    with acting_as("senco") as actor:
        grace, idris = child("Grace"), child("Idris")
        on_support(actor, grace)
        lower = Organisation.objects.get(name="Lower school")
        pupils.change_pupil(actor=actor, pupil=grace, version=None, part=lower)
        staff.give_role(
            actor=actor, org=grace.org, person=person("head"), role="SENCO_PHASE", starts=TODAY,
            part=lower,
        )  # fmt: skip
        row = prepare(actor)
        turning.decide_pupil(
            actor=actor, turn=row, version=None, pupil=grace,
            decision=turning.Decision("up", into="5R", part=idris.part),
        )  # fmt: skip
        turn(actor, row)
    settings.FROZEN_TODAY = JULY.isoformat()
    head = person("head").name
    told = (
        f"come into your part on 2 September 2027. {head} hands them over, and has given you "
        f"nothing yet. What {head} gives, you can read and take over before that day."
    )
    phase = signed_in("phase_senco")
    for where in ("/", ASKED):
        page = text_of(phase.get(where))
        assert told in page
        assert "Atherton" not in page, "nothing is seen that was not given"
    senco = signed_in("senco")
    assert told not in text_of(senco.get(ASKED))
    ticked(senco)
    with acting_as("senco", write=False):
        given = HandOver.objects.get(kind="phase", taker=person("phase_senco"))
    send("senco", to("give", given))
    home = text_of(phase.get("/"))
    assert told not in home
    assert f"Read what {head} hands over to you" in home
    assert "Atherton" in text_of(phase.get(to("show", given)))
    assert "You have taken over." in text_of(send("phase_senco", to("take", given), words="Yes."))


@pytest.mark.requirement("S4-14")
def test_who_leaves_is_named_until_a_pack_has_gone(settings):
    turned(named=False, leaves="Idris")
    settings.FROZEN_TODAY = JULY.isoformat()
    senco = signed_in("senco")
    home = text_of(senco.get("/"))
    assert "1 pupil leaves, and nothing has been sent to another school." in home
    assert "For 1 pupil nobody is named for the new class." in home
    asked = text_of(senco.get(ASKED))
    assert "They go to another school, and nothing has been sent Hassan-Cole, Idris" in asked


@pytest.mark.requirement("S4-14")
def test_one_meeting_is_about_several_hand_overs_and_all_of_them_are_invited():
    senco = signed_in("senco")
    rows = []
    for taker in ("other_teacher", "head"):
        given = {"giver": short(person("teacher").ref), "taker": short(person(taker).ref)}
        answer = send("senco", "/hand-overs/begin/", kind="class", which="all", **given)
        assert "Look it over" in text_of(answer)
        with acting_as("senco", write=False):
            rows.append(HandOver.objects.order_by("-id")[0])
    first, second = rows
    form = text_of(senco.get(to("meet", first)))
    assert "To the next class, from Priya Raman to" in form
    met = send("senco", to("meet", first), at="15:30", minutes="30", place="Library",
               also=[short(second.ref)],
               **{"on-day": "12", "on-month": "3", "on-year": "2027"})  # fmt: skip
    assert "The meeting about it: 12 March 2027" in text_of(met)
    with acting_as("senco", write=False):
        first, second = HandOver.objects.filter(pk__in=[first.pk, second.pk]).order_by("id")
        assert first.meeting == second.meeting
    for key in ("other_teacher", "head", "teacher"):
        assert "12 March 2027" in text_of(signed_in(key).get("/meetings/")), key
    assert "The meeting about it" in text_of(senco.get(to("show", second)))
