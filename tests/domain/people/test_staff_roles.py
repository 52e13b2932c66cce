"""Roles end on a day, are taken back before it, and are shaped without ever widening."""

from datetime import timedelta

import pytest

from opensenco.access.actions import Action
from opensenco.access.actor import hats_of
from opensenco.access.models import LocalRole, Membership, Organisation
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.access.scope import Scope, scope
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people import staffing
from opensenco.people.models import Pupil
from opensenco.people.operations import places, staff
from tests.cast import TODAY, YESTERDAY
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def role_of(surname: str) -> Membership:
    return Membership.objects.get(person__last_name=surname)


def hats(key: str) -> list[str]:
    who = person(key)
    with scope(Scope(person=who.pk)):
        return [hat.name for hat in hats_of(who, TODAY)]


def school(actor) -> Organisation:
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def test_a_role_that_ended_yesterday_gives_nothing_today():
    with acting_as("head") as actor:
        staff.end_role(actor=actor, membership=role_of("Raman"), version=1, on=YESTERDAY)
    assert hats("teacher") == []


def test_a_role_that_ends_today_still_holds():
    with acting_as("head") as actor:
        staff.end_role(actor=actor, membership=role_of("Raman"), version=1, on=TODAY)
    assert hats("teacher") == ["Teacher"]


def test_a_role_ends_once_and_not_before_it_began():
    with acting_as("head") as actor:
        row = role_of("Raman")
        with pytest.raises(Invalid):
            staff.end_role(
                actor=actor, membership=row, version=1, on=row.starts - timedelta(days=1)
            )
        staff.end_role(actor=actor, membership=row, version=1, on=YESTERDAY)
        with pytest.raises(NotPossible):
            staff.end_role(actor=actor, membership=role_of("Raman"), version=2, on=TODAY)


def test_the_second_of_two_who_end_a_role_is_told():
    with acting_as("head") as actor:
        first, second = role_of("Raman"), role_of("Raman")
        staff.end_role(actor=actor, membership=first, version=1, on=TODAY + timedelta(days=5))
        with pytest.raises(Stale):
            staff.end_role(actor=actor, membership=second, version=1, on=TODAY)
        assert role_of("Raman").ends == TODAY + timedelta(days=5)


def test_nobody_ends_the_role_they_are_using():
    with acting_as("head") as actor, pytest.raises(NotPossible):
        staff.end_role(actor=actor, membership=role_of("Whitcombe"), version=1, on=TODAY)


def test_a_role_to_come_is_taken_back_and_no_day_has_it():
    with acting_as("head") as actor:
        row = role_of("Soon")
        assert [line.name for line in staffing.lines(actor, "coming", 0, 50)] == ["Farah Soon"]
        staff.withdraw_role(actor=actor, membership=row, version=1)
        for which in ("now", "coming", "ended"):
            assert "Farah Soon" not in [x.name for x in staffing.lines(actor, which, 0, 50)]
    who = person("future")
    with scope(Scope(person=who.pk)):
        assert not any(hats_of(who, row.starts + timedelta(days=n)) for n in range(-2, 60))


def test_a_role_that_has_begun_is_not_taken_back():
    with acting_as("head") as actor, pytest.raises(NotPossible):
        staff.withdraw_role(actor=actor, membership=role_of("Raman"), version=1)


def test_staff_of_another_school_are_out_of_reach():
    with acting_as("outsider", write=False):
        theirs = role_of("Strand")
    with acting_as("head") as actor, pytest.raises(Refused):
        staff.end_role(actor=actor, membership=theirs, version=1, on=TODAY)


def test_the_views_of_the_staff_list_count_what_they_show():
    with acting_as("senco", write=False) as actor:
        number = staffing.counts(actor)
        for which, count in number.items():
            assert count == len(staffing.lines(actor, which, 0, 200)), which
        assert "Ellen Gone" in [line.name for line in staffing.lines(actor, "ended", 0, 50)]
        assert "Leila Hassan" not in [line.name for line in staffing.lines(actor, "now", 0, 50)]


@pytest.mark.parametrize(
    ("name", "combines", "without", "field"),
    [
        ("New", [], [], "combines"),
        ("New", ["PARENT"], [], "combines"),
        ("New", ["FAMILY_SENCO"], [], "combines"),
        ("New", ["NO_SUCH"], [], "combines"),
        ("New", ["TA"], ["plan.write"], "without"),
        ("New", ["GOVERNOR"], [str(verb) for verb in BY_CODE["GOVERNOR"].grants], "without"),
        (" ", ["TA"], [], "name"),
        ("Inclusion assistant", ["TA"], [], "name"),
    ],
)
def test_an_own_role_that_cannot_be_is_refused(name, combines, without, field):
    with acting_as("head") as actor, pytest.raises(Invalid) as refused:
        staff.shape_role(
            actor=actor, org=school(actor), name=name, combines=combines, without=without
        )
    assert refused.value.field == field


def test_a_verb_taken_away_is_gone_from_the_next_page_on():
    with acting_as("head") as actor:
        own = LocalRole.objects.get()
        staff.give_role(
            actor=actor, org=school(actor), person=role_of("Sharp").person, role="TA",
            local_role=own, starts=TODAY,
        )  # fmt: skip
        staff.end_role(
            actor=actor, membership=Membership.objects.get(role="TEACHER", ends=None,
                                                           person__last_name="Sharp"),
            version=1, on=YESTERDAY,
        )  # fmt: skip
    with acting_as("other_teacher", write=False) as actor:
        assert actor.hat.name == "Inclusion assistant"
        assert visible(actor, Action.CONTACT_VIEW, Pupil).exists()
    with acting_as("head") as actor:
        staff.reshape_role(
            actor=actor, local_role=own, version=1, name=own.name, combines=own.combines,
            without=["contact.view", "import.pupils"],
        )  # fmt: skip
        with pytest.raises(Stale):
            staff.reshape_role(
                actor=actor, local_role=own, version=1, name=own.name, combines=["TA"], without=[]
            )
    with acting_as("other_teacher", write=False) as actor:
        assert not visible(actor, Action.CONTACT_VIEW, Pupil).exists()


def test_another_schools_own_role_is_out_of_reach():
    with acting_as("outsider", write=False):
        theirs = LocalRole.objects.get()
    with acting_as("head") as actor, pytest.raises(Refused):
        staff.reshape_role(
            actor=actor, local_role=theirs, version=1, name="Ours now", combines=["TA"], without=[]
        )


def test_our_words_are_ours_and_the_second_writer_is_told():
    with acting_as("senco") as actor:
        place = school(actor)
        places.describe_setting(
            actor=actor,
            org=place,
            version=1,
            senco_word="SENDCo",
            safeguarding_words="Tell Desmond",
        )
        with pytest.raises(Stale):
            places.describe_setting(
                actor=actor, org=Organisation.objects.get(pk=place.pk), version=1,
                senco_word="INCCO", safeguarding_words="",
            )  # fmt: skip
    assert hats("senco") == ["SENDCo"]
    with acting_as("outsider") as actor, pytest.raises(Refused):
        places.describe_setting(
            actor=actor, org=place, version=2, senco_word="INCCO", safeguarding_words=""
        )
