"""What was tried and helped goes into the profile in one tap, word for word, with who says so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opensenco.cases.models import StatementSource
from opensenco.concerns.operations import carrying
from opensenco.concerns.operations.raising import raise_concern
from opensenco.people.models import GroupPupil, Pupil
from opensenco.support.models import Profile, Strategy
from opensenco.support.operations import beside
from opensenco.support.operations.profile import write_class_strategies, write_profile
from opensenco.support.queries import tried as reading
from tests.cast import TODAY
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db

CARD = "A card with the steps on his table."
DOOR = "Sits where he sees the door."


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def of_his(address: str) -> str:
    with acting_as("senco", write=False):
        return reverse(f"plans:{address}", args=[idris().ref])


def tries_in_class(*, settled: bool) -> str:
    """The teacher keeps a concern in class, tries two things, and says how it went."""
    with acting_as("teacher") as actor:
        concern = raise_concern(actor=actor, pupil=idris(), noticed="He loses his place.")
        carrying.take_up_strategies(
            actor=actor, concern=concern, version=None, trying=f"- {CARD}\n- {DOOR}",
            until=TODAY + timedelta(days=14),
        )  # fmt: skip
        if settled:
            carrying.settle_concern(
                actor=actor, concern=concern, version=None, result="He begins by himself now."
            )
        return reverse("concerns:show", args=[concern.ref])


def keys() -> dict[str, str]:
    with acting_as("senco", write=False) as actor:
        return {one.words: one.key for one in reading.tried_with(actor, idris(), None, [])}


@pytest.mark.requirement("S4-37", "S4-20", "S4-23")
def test_what_the_teacher_tried_stands_in_the_profile_by_one_tap_with_who_says_so():
    concern = tries_in_class(settled=True)
    with acting_as("senco") as actor:
        before = write_profile(actor=actor, pupil=idris(), helps="My blue folder.").version
    teacher = signed_in("teacher")
    page = teacher.get(concern).text
    assert "What helped goes on the profile" in page
    assert page.count("Add to what helps") == 2
    key = keys()[CARD]
    assert f'value="{key}"' in page
    answer = teacher.post(of_his("keep"), {"helps": key})
    assert answer.headers["Location"] == of_his("choose")
    shown = teacher.get(of_his("choose")).text
    assert "Added, word for word. Every adult sees it now." in shown
    assert "It stands in the profile." in shown
    with acting_as("senco", write=False):
        row = Profile.objects.get(pupil=idris())
        assert row.helps == f"My blue folder.\n{CARD}"
        assert row.version == before + 1
        said = StatementSource.objects.get(host_ref=row.ref, quote=CARD)
        assert said.said_by
    teacher.post(of_his("keep"), {"helps": key})
    assert "This stands in the profile already." in teacher.get(of_his("choose")).text
    # what every adult does in class is another list, and what one class does stays that class's
    with acting_as("senco") as actor:
        group = GroupPupil.objects.filter(pupil=idris(), ends=None)[0].group
        write_class_strategies(actor=actor, pupil=idris(), group=group, texts=["Only here."])
    teacher.post(of_his("keep"), {"class": keys()[DOOR]})
    with acting_as("senco", write=False):
        every = Strategy.objects.filter(pupil=idris(), group=None, ended_on=None)
        said_now = list(every.order_by("position").values_list("text", flat=True))
    assert said_now[-1] == DOOR
    assert "Only here." not in said_now


def test_what_did_not_help_or_is_somebody_elses_is_not_offered():
    tries_in_class(settled=False)
    with acting_as("senco") as actor:
        before = reading.tried_with(actor, idris(), None, [])
        row = beside.add_adjustment(
            actor=actor, pupil=idris(), barrier="The bell", words="A nod first."
        )
        beside.say_if_it_helped(actor=actor, adjustment=row, helped="no")
        again = reading.tried_with(actor, idris(), None, [])
        assert [one.key for one in before] == [one.key for one in again]
        beside.say_if_it_helped(actor=actor, adjustment=row, helped="partly", words="Most days.")
        offered = reading.tried_with(actor, idris(), None, [])
        assert ("A nod first.", "It helps a little. Most days.") in [
            (one.words, one.went) for one in offered
        ]
    # a line of nobody's is not there, for whoever may write the profile
    assert signed_in("senco").post(of_his("keep"), {"helps": "concern-x-1"}).status_code == 404
    # who only reads the profile is not led there
    assert signed_in("ta").post(of_his("keep"), {"helps": "x"}).status_code == 403


def test_the_page_of_adjustments_offers_what_helped_until_it_stands_everywhere():
    with acting_as("senco") as actor:
        row = beside.add_adjustment(actor=actor, pupil=idris(), barrier="Noise", words="The nook.")
        beside.say_if_it_helped(actor=actor, adjustment=row, helped="yes")
    senco = signed_in("senco")
    assert "It helps: put it on the profile" in senco.get(of_his("beside")).text
    key = keys()["The nook."]
    senco.post(of_his("keep"), {"helps": key})
    senco.post(of_his("keep"), {"class": key})
    assert f'value="{key}"' not in senco.get(of_his("beside")).text
