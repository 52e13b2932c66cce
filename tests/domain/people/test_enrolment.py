"""Coming, leaving and coming back: one record, every stay kept; and the roll of another setting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from opensenco.access.actor import Actor
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people import queries
from opensenco.people.days import on_roll
from opensenco.people.models import DualRegistration, GroupPupil, Pupil, RollSpell
from opensenco.people.operations import enrolment, rolls
from opensenco.people.policy import on_day
from opensenco.people.turning.queries import on_roll_of
from opensenco.provision.models import Allocation
from opensenco.provision.operations import leaving
from opensenco.support.queries.census import _roll
from tests.cast import LONG_AGO, TODAY
from tests.people import acting_as

pytestmark = pytest.mark.django_db
EASTER, SUMMER, BACK = date(2027, 3, 25), date(2027, 7, 21), date(2028, 2, 29)


def on(actor: Actor, day: date) -> Actor:
    return replace(actor, at=datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC))


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def groups_on(day: date) -> set[str]:
    rows = GroupPupil.objects.filter(on_day(day), pupil=idris())
    return set(rows.values_list("group__name", flat=True))


def is_on_roll(day: date) -> bool:
    return Pupil.objects.filter(on_roll(day), first_name="Idris").exists()


def test_who_leaves_by_easter_and_then_in_july_and_then_not_at_all():
    with acting_as("senco") as actor:
        promised = list(Allocation.objects.filter(pupil=idris()).values_list("pk", "ends"))
        leaving.leave(actor=actor, pupil=idris(), version=None, on=EASTER, to="Hill School")
        assert (idris().left_on, idris().left_to) == (EASTER, "Hill School")
        assert (is_on_roll(EASTER), is_on_roll(EASTER + timedelta(days=1))) == (True, False)
        assert groups_on(EASTER) == {"4R", "Language group"}
        assert not groups_on(EASTER + timedelta(days=1))
        leaving.leave(actor=actor, pupil=idris(), version=None, on=SUMMER)
        assert groups_on(SUMMER) == {"4R", "Language group"}
        assert not groups_on(SUMMER + timedelta(days=1))
        leaving.leave(actor=actor, pupil=idris(), version=None, on=None)
        assert (idris().left_on, idris().left_to) == (None, "")
        assert groups_on(SUMMER + timedelta(days=1)) == {"4R", "Language group"}
        now = list(Allocation.objects.filter(pupil=idris()).values_list("pk", "ends"))
        assert now == promised
        with pytest.raises(NotPossible, match="not leaving"):
            leaving.leave(actor=actor, pupil=idris(), version=None, on=None)


def test_who_comes_back_has_one_record_with_both_stays():
    with acting_as("senco") as actor:
        leaving.leave(actor=actor, pupil=idris(), version=None, on=EASTER, to="Hill School")
        later = on(actor, date(2028, 1, 10))
        enrolment.come_back(actor=later, pupil=idris(), version=None, on=BACK, year_group=5)
        found = on_roll_of(later, idris().ref)
        assert [(one.joined_on, one.left_on, one.left_to) for one in found.earlier] == [
            (LONG_AGO, EASTER, "Hill School")
        ]
        assert (found.pupil.joined_on, found.pupil.left_on, found.pupil.left_to) == (BACK, None, "")
        # a leap day is a day like others
        assert [is_on_roll(day) for day in (date(2028, 2, 28), BACK)] == [False, True]
        assert idris().year_on(BACK) == 5
        enrolment.withdraw_joiner(
            actor=later, pupil=idris(), version=None, reason="The family stays there."
        )
        assert (idris().joined_on, idris().left_on, idris().in_error) == (LONG_AGO, EASTER, False)
        assert not on_roll_of(later, idris().ref).earlier
        assert RollSpell.objects.filter(pupil=idris(), in_error_at__isnull=False).count() == 1
        assert queries.found(later, "Hassan")[1] == 1


def test_a_list_that_brings_a_pupil_back_keeps_the_stay_and_its_undoing_gives_it_back():
    with acting_as("senco") as actor:
        leaving.leave(actor=actor, pupil=idris(), version=None, on=EASTER)
        later = on(actor, date(2027, 9, 6))
        back = {"joined_on": date(2027, 9, 2), "left_on": None}
        rolls.change_pupils(actor=later, pupils=[idris()], values=[back])
        assert [one.left_on for one in on_roll_of(later, idris().ref).earlier] == [EASTER]
        gone = {"joined_on": LONG_AGO, "left_on": EASTER}
        rolls.change_pupils(actor=later, pupils=[idris()], values=[gone])
        assert not on_roll_of(later, idris().ref).earlier


def test_a_census_of_a_day_between_two_stays_counts_each_stay():
    with acting_as("senco") as actor:
        leaving.leave(actor=actor, pupil=idris(), version=None, on=EASTER)
        later = on(actor, date(2027, 9, 6))
        enrolment.come_back(actor=later, pupil=idris(), version=None, on=date(2027, 9, 2))
        org = idris().org_id
        days = (TODAY, date(2027, 5, 20), date(2027, 9, 2))
        there = [_roll(later, org, day).filter(pk=idris().pk).exists() for day in days]
        assert there == [True, False, True]


@pytest.mark.parametrize(
    ("deed", "field"),
    [
        (lambda a: leaving.leave(actor=a, pupil=idris(), version=None, on=date(2020, 1, 1)), "on"),
        (lambda a: leaving.leave(actor=a, pupil=idris(), version=None, on=date(2030, 1, 1)), "on"),
        (
            lambda a: enrolment.register_dually(
                actor=a, pupil=idris(), registration="M", other_name=" ", starts=TODAY
            ),
            "other_name",
        ),
        (
            lambda a: enrolment.register_dually(
                actor=a, pupil=idris(), registration="S", other_name="Hill", other_urn="12345",
                starts=TODAY,
            ),
            "other_urn",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(deed, field):
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        deed(actor)
    assert refused.value.field == field


def test_one_who_is_here_neither_comes_back_nor_is_withdrawn():
    with acting_as("senco") as actor:
        with pytest.raises(NotPossible, match="has not left"):
            enrolment.come_back(actor=actor, pupil=idris(), version=None, on=TODAY)
        with pytest.raises(NotPossible, match="has begun"):
            enrolment.withdraw_joiner(actor=actor, pupil=idris(), version=None, reason="Not so.")
        leaving.leave(actor=actor, pupil=idris(), version=None, on=EASTER)
        with pytest.raises(Invalid):
            enrolment.come_back(actor=actor, pupil=idris(), version=None, on=EASTER)
        with pytest.raises(Stale):
            enrolment.come_back(actor=actor, pupil=idris(), version=1, on=SUMMER)


def test_a_pupil_of_two_settings_has_one_main_at_a_time():
    with acting_as("admin") as actor:
        first = enrolment.register_dually(
            actor=actor, pupil=idris(), registration="M", other_name="Hill Unit",
            other_urn="123456", starts=TODAY,
        )  # fmt: skip
        with pytest.raises(Invalid):
            enrolment.register_dually(
                actor=actor, pupil=idris(), registration="S", other_name="Dale", starts=SUMMER
            )
        enrolment.end_dual_registration(actor=actor, dual=first, version=None, on=EASTER)
        enrolment.register_dually(
            actor=actor, pupil=idris(), registration="S", other_name="Dale", starts=SUMMER
        )
        with pytest.raises(Invalid):
            enrolment.end_dual_registration(
                actor=actor, dual=first, version=None, on=date(2020, 1, 1)
            )
        assert DualRegistration.objects.filter(on_day(TODAY), pupil=idris()).get() == first
