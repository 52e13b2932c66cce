"""The profile is the child's own page: each version of it stays."""

from datetime import timedelta

import pytest

from opensenco.cases import queries as cases
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, Stale
from opensenco.support.models import Profile, Strategy
from opensenco.support.operations import profile
from tests.cast import TODAY
from tests.domain.support.steps import pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S3-20", "S3-58")
def test_each_version_stays_in_the_history():
    with acting_as("teacher") as actor:
        row = profile.write_profile(actor=actor, pupil=pupil(), own_words="I like swimming.")
        profile.write_profile(actor=actor, pupil=pupil(), own_words="I like bees.", version=1)
        row = Profile.objects.get(pk=row.pk)
        assert (row.version, row.own_words) == (2, "I like bees.")
        assert [then.own_words for then in row.history.order_by("history_date")] == [
            "I like swimming.",
            "I like bees.",
        ]
        said = [fact.words for fact in cases.timeline(pupil(), actor)]
        assert said == ["Profile, version 2", "Profile, version 1"]


def test_two_people_writing_it_are_told():
    with acting_as("teacher") as actor:
        profile.write_profile(actor=actor, pupil=pupil(), helps="A timer", version=0)
        with pytest.raises(Stale):
            profile.write_profile(actor=actor, pupil=pupil(), helps="A bell", version=0)


def test_the_strategies_are_written_beside_it():
    with acting_as("teacher") as actor:
        profile.write_profile(
            actor=actor, pupil=pupil(), good_at="Football", strategies=["Seat her near the front"]
        )
        assert Strategy.objects.get(pupil=pupil()).text == "Seat her near the front"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "own_words"),
        ({"own_words": " \n "}, "own_words"),
        ({"helps": "x" * 2_001}, "helps"),
        ({"helps": "x", "said_on": TODAY + timedelta(days=1)}, "said_on"),
        ({"helps": "x", "said_with": "y" * 201}, "said_with"),
        ({"helps": "x", "strategies": ["z" * 201]}, "strategies"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(given, field):
    with acting_as("teacher") as actor, pytest.raises(Invalid) as refused:
        profile.write_profile(actor=actor, pupil=pupil(), **given)
    assert refused.value.field == field


def test_an_assistant_reads_it_and_does_not_write_it():
    with acting_as("ta") as actor:
        assert Profile.objects.get(pupil=pupil("Idris")).own_words.startswith("I know every bus")
        with pytest.raises(Refused):
            profile.write_profile(actor=actor, pupil=pupil("Idris"), own_words="x")


def test_parents_read_their_childs_page():
    with acting_as("parent", write=False):
        assert Profile.objects.get().good_at.startswith("Drawing maps")
