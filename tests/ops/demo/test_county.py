"""The whole county, made once in a run: who is there, and every state that a case can be in."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import Model

from opensenco.access.actor import hat_for
from opensenco.access.models import Affiliation, Invitation, Organisation, Person
from opensenco.access.roles import ROLES
from opensenco.access.scope import system_scope
from opensenco.concerns.models import Concern
from opensenco.concerns.states import ConcernState
from opensenco.documents.models import Document
from opensenco.exchange.models import FileImport
from opensenco.gate.demo_marker import SignIn
from opensenco.letters.models import Mailing
from opensenco.meetings.models import Meeting
from opensenco.meetings.states import MeetingState
from opensenco.network.models import Pack, Prepared, Release
from opensenco.ops import demo
from opensenco.ops.demo import terms
from opensenco.ops.demo_size import Size
from opensenco.participation.models import Asked, AskRound
from opensenco.people.days import stays
from opensenco.people.models import DualRegistration, FormerIdentity, Joining, Pupil, YearTurn
from opensenco.provision.models import Allocation, Session
from opensenco.provision.states import Went
from opensenco.reports.models import Report
from opensenco.reports.states import State
from opensenco.staffing.models import SiteDay
from opensenco.support.models import Attendance, Cycle, Need, SenStatus
from opensenco.support.states import Stage
from opensenco.threads.models import SencoQuestion
from tests.cast import TODAY
from tests.conftest import DATABASES, HERE
from tests.support import databases

pytestmark = [
    pytest.mark.worker, pytest.mark.process, pytest.mark.thorough, pytest.mark.long,
    pytest.mark.xdist_group("demo county"),
    pytest.mark.skipif(databases.kind() == "postgres", reason="`demo` is a file: once is enough"),
]  # fmt: skip


@pytest.fixture(scope="module")
def county(django_db_blocker, django_db_setup) -> Iterator[list[SignIn]]:
    """Make the county once, beside the tests' own world."""
    place = DATABASES.copy(f"{HERE.name}_county")
    try:
        with django_db_blocker.unblock(), databases.connected(place):
            yield demo.build(TODAY, Size.COUNTY)
    finally:
        DATABASES.drop(place)


def states(model: type[Model], field: str = "state") -> Counter[str]:
    """Count the rows of a model by their state, in all of the county."""
    with system_scope("reading the demo", write=False):
        return Counter(model._default_manager.values_list(field, flat=True))


def test_there_are_districts_families_parts_and_a_shared_senco(county: list[SignIn]) -> None:
    kinds = states(Organisation, "kind")
    assert kinds["setting"] > 60
    assert kinds["part"] >= 7
    with system_scope("reading the demo", write=False):
        below = Organisation.objects.filter(parent__name="Fallowshire County Council")
        assert Counter(below.values_list("kind", flat=True)) == {"area": 7, "group": 12, "team": 7}
        assert Affiliation.objects.filter(of__name="Lindmarsh district").count() > 20
    bronwen = Person.objects.get(email="bronwen.tregastell@share-1.example")
    hat = hat_for(bronwen, TODAY)
    assert hat is not None
    assert len(hat.orgs) == 3
    with system_scope("reading the demo", write=False):
        told = SiteDay.objects.filter(who=bronwen, weekday=1).values_list("org", "place__name")
        assert {org for org, _place in told} == hat.orgs, "each of her schools reads where she is"
        assert {place for _org, place in told} == {"Fenny Ottering Primary School"}


def test_somebody_has_every_role_that_is_shipped_but_two(county: list[SignIn]) -> None:
    with system_scope("reading the demo", write=False):
        from opensenco.access.models import Membership

        held = set(Membership.objects.values_list("role", flat=True))
    assert {role.code for role in ROLES} - held == {"SENCO_TRUST", "PUPIL"}


def test_about_six_hundred_pupils_have_a_class_a_family_and_a_roll(county: list[SignIn]) -> None:
    with system_scope("reading the demo", write=False):
        rolls = Counter(Pupil.objects.filter(stays(TODAY)).values_list("org__name", flat=True))
        assert 580 <= rolls.total() <= 660
        assert rolls["Quillmaker Street Primary School"] == 210
        assert rolls["Rosalind Achterbeck, childminder"] == 3
        twice = Pupil.objects.exclude(upn="").values_list("org", "upn")
        assert len(set(twice)) == twice.count()
        assert SenStatus.objects.filter(ends=None, code="K").count() > 60
        assert SenStatus.objects.filter(ends=None, code="E").count() > 50
        assert Need.objects.values("pupil").distinct().count() > 110
        assert Attendance.objects.count() > 900


def test_a_term_of_sessions_was_held_missed_and_written_down_late(county: list[SignIn]) -> None:
    went = states(Session, "went")
    assert went[Went.DELIVERED] > 2_000
    assert min(went[Went.NOT_HELD], went[Went.AWAY], went[Went.CHOSE_NOT]) > 30
    with system_scope("reading the demo", write=False):
        assert Session.objects.filter(corrects__isnull=False).exists()
        rows = Session.objects.values_list("on", "at")
        late = sum(at.date() > on for on, at in rows)
        assert late > 100
        assert not any(on > TODAY for on, _at in rows)
        assert all(terms.is_school_day(day) for day in {on for on, _at in rows})
        runs = Allocation.objects.filter(starts__lte=TODAY, ends__gte=TODAY)
        assert runs.values("person").distinct().count() > 10


def test_every_state_of_every_case_is_there(county: list[SignIn]) -> None:
    assert set(states(Concern)) == set(ConcernState.values)
    assert set(states(Cycle, "stage")) == set(Stage.values)
    assert {"waiting", "answered", "declined", "excused"} <= set(states(Asked))
    assert set(states(AskRound)) == {"open", "closed"}
    assert set(states(Meeting)) == set(MeetingState.values)
    assert set(states(Mailing)) == {"draft", "sent", "dropped"}
    assert set(states(Report)) == set(State.values)
    assert {"prepared", "sent", "withdrawn", "dropped"} <= set(states(Prepared, "stage"))
    assert {"read", "applied", "undone"} <= set(states(FileImport))
    assert set(states(Document, "level")) >= {"ordinary", "confidential"}
    with system_scope("reading the demo", write=False):
        assert Pack.objects.filter(blind=True).exists()
        assert Release.objects.count() >= 5
        assert Invitation.objects.filter(taken_at=None).count() >= 2
        assert SencoQuestion.objects.filter(answer="").exists()
        assert SencoQuestion.objects.filter(shared=True).exists()
        assert DualRegistration.objects.exists()
        assert FormerIdentity.objects.exists()
        assert Joining.objects.exists()
        assert YearTurn.objects.filter(state="draft").exists()
        assert Pupil.objects.filter(left_on__isnull=False).exists()
        late = Cycle.objects.filter(stage=Stage.DO, review_on__lt=TODAY)
        soon = Cycle.objects.filter(stage=Stage.DO, review_on__gt=TODAY + timedelta(days=3))
        assert late.count() > 3
        assert soon.count() > 10


def test_whom_one_can_be_stands_with_what_waits_for_them(county: list[SignIn]) -> None:
    assert len(county) > 120
    assert len({one.email for one in county}) == len(county)
    assert all(one.waits.endswith(".") for one in county)
    priya = next(one for one in county if one.email.startswith("priya."))
    assert "concern" in priya.waits
    assert sum(one.waits.startswith("Waiting:") for one in county) > 40
