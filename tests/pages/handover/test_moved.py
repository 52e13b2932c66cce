"""A pupil who moves in the middle of a year is handed over: it is asked for by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from opensenco.access.models import Organisation
from opensenco.kernel.refs import short
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.operations import groups, pupils, staff
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.people.test_turning import child
from tests.domain.support.steps import on_support
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.handover.test_offered import ASKED, ticked
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def moves_class(*, named: bool = True) -> None:
    """Grace goes from 4R to a class of somebody else, from today on."""
    with acting_as("senco") as actor:
        grace = child("Grace")
        on_support(actor, grace)
        other = groups.add_group(actor=actor, org=grace.org, name="5 Elm")
        if named:
            groups.put_staff_in_group(
                actor=actor, group=other, person=person("other_teacher"), does="teaches",
                starts=TODAY,
            )  # fmt: skip
        old = GroupPupil.objects.get(pupil=grace, group=Group.objects.get(name="4R"), ends=None)
        groups.end_pupil_in_group(
            actor=actor, group_pupil=old, version=None, on=TODAY - timedelta(days=1)
        )
        groups.put_pupil_in_group(actor=actor, group=other, pupil=grace, starts=TODAY)


@pytest.mark.requirement("S4-14")
def test_a_pupil_who_changes_class_in_march_is_asked_about_on_the_home_page_and_handed_over():
    senco = signed_in("senco")
    assert "Nobody has moved" in text_of(senco.get(ASKED))
    moves_class()
    home = senco.get("/")
    assert "1 hand-over is to be made." in text_of(home)
    asked = text_of(senco.get(ASKED))
    assert "Hand-overs that are asked for" in asked
    assert "To the next class, from Priya Raman to Owen Sharp: 1 pupil (Atherton, Grace" in asked
    with asks(13):
        senco.get(ASKED)
    assert "Look each over, then give it." in text_of(ticked(senco, words="Begin with a game."))
    assert "is to be made" not in text_of(senco.get("/"))


def test_a_class_that_nobody_teaches_is_named():
    moves_class(named=False)
    assert "Nobody is named for their new class" in text_of(signed_in("senco").get(ASKED))


@pytest.mark.requirement("S4-14")
def test_a_pupil_who_comes_into_another_phase_in_march_goes_from_one_senco_to_the_other(settings):
    later = TODAY + timedelta(days=50)
    settings.FROZEN_TODAY = later.isoformat()
    with acting_as("senco") as now:
        actor = replace(now, at=now.at + timedelta(days=50))
        pupil = Pupil.objects.select_related("org", "part").get(first_name="Idris")
        lower = Organisation.objects.get(name="Lower school")
        staff.give_role(
            actor=actor, org=pupil.org, person=person("head"), role="SENCO_PHASE", starts=later,
            part=lower,
        )  # fmt: skip
        pupils.change_pupil(actor=actor, pupil=pupil, version=None, part=lower)
    head, phase = person("head").name, person("phase_senco").name
    asked = text_of(signed_in("senco").get(ASKED))
    assert f"To the next phase or provision, from {phase} to {head}: 1 pupil" in asked


@pytest.mark.requirement("S4-14")
def test_a_move_between_parts_that_somebody_plans_is_known_to_both_sides_before_its_day():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org", "part").get(first_name="Idris")
        lower = Organisation.objects.get(name="Lower school")
        staff.give_role(
            actor=actor, org=pupil.org, person=person("head"), role="SENCO_PHASE", starts=TODAY,
            part=lower,
        )  # fmt: skip
    senco = signed_in("senco")
    address = reverse("pupils:move", args=[pupil.ref])
    assert address in senco.get(reverse("pupils:show", args=[pupil.ref])).text
    page = senco.get(address)
    day = {"on-day": "12", "on-month": "4", "on-year": "2027"}
    sent = as_it_stands(page, part=short(lower.ref), **day)
    late = text_of(senco.post(address, {**sent, "on-year": "2028"}))
    assert "Moves with the new school year are said in the turn of the year." in late
    shown = senco.post(address, sent, follow=True)
    assert "Moves to another part on 12 April 2027" in text_of(shown)
    head, phase = person("head").name, person("phase_senco").name
    asked = text_of(senco.get(ASKED))
    assert f"To the next phase or provision, from {phase} to {head}: 1 pupil" in asked
    with acting_as("senco", write=False):
        pupil.refresh_from_db()
        assert pupil.part_on(TODAY) != lower.pk
        assert pupil.part_on(TODAY + timedelta(days=40)) == lower.pk
    assert "To Lower school, on 12 April 2027." in text_of(senco.get(address))
    senco.post(address, {**as_it_stands(senco.get(address)), "take_back": "1"})
    assert head not in text_of(senco.get(ASKED))
