"""What the school census would say of every pupil on roll, and what is wrong with it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.audit.acting import as_actor
from opensenco.law.timetables.census_days import Collection
from opensenco.people import staffing
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.support.models import Need
from opensenco.support.operations import needs
from opensenco.support.queries.census import CensusLine, CensusList, census_list, censuses
from tests.cast import TODAY
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
SPRING_2027, SUMMER_2027, SPRING_2028 = date(2027, 1, 21), date(2027, 5, 20), date(2028, 1, 20)


def listed(actor, day: date) -> CensusList:
    census = next(one for one in censuses(TODAY) if one.day == day)
    return census_list(actor, staffing.places(actor)[0], census)


def line_of(found: CensusList, first_name: str) -> CensusLine:
    return next(line for line in found.lines if line.pupil.first_name == first_name)


def kinds(line: CensusLine) -> list[str]:
    return [f"{one.kind} {one.severity.value}" for one in line.found]


def ranked(who: Pupil, code: str, rank: int, starts: date, ended_on: date | None = None) -> None:
    """Put a need as no form would take it."""
    Need(
        org_id=who.org_id, pupil=who, code=code, rank=rank, starts=starts, ended_on=ended_on
    ).save()


@pytest.mark.rule("IDN-09")
def test_the_last_census_and_the_next_three_are_offered():
    days = [(one.collection, one.day) for one in censuses(TODAY)]
    assert days == [
        (Collection.SPRING, SPRING_2027),
        (Collection.SUMMER, SUMMER_2027),
        (Collection.AUTUMN, date(2027, 10, 7)),
        (Collection.SPRING, SPRING_2028),
    ]
    on_the_day = censuses(SUMMER_2027)
    assert on_the_day[1].day == SUMMER_2027
    assert on_the_day[1].before == SPRING_2027
    assert censuses(date(2027, 8, 31))[1].day == date(2027, 10, 7)
    assert [one.collects_needs for one in censuses(TODAY)] == [True, False, False, True]


@pytest.mark.rule("IDN-09", "IDN-06")
def test_every_pupil_on_roll_is_there_and_n_without_a_status():
    with acting_as("senco", write=False) as actor:
        found = listed(actor, SUMMER_2027)
        idris = line_of(found, "Idris")
        assert (idris.status, [(n.rank, n.code) for n in idris.needs]) == (
            "K",
            [(1, "SLCN"), (2, "SPLD")],
        )
        assert not idris.found
        grace = line_of(found, "Grace")
        assert (grace.status, grace.since, grace.listed) == ("N", None, False)
        assert found.counts()["N"] == found.counts()["all"] - 1


@pytest.mark.rule("IDN-09")
def test_a_missing_main_need_is_an_error_in_spring_and_comes_first():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"))
        spring, summer = listed(actor, SPRING_2028), listed(actor, SUMMER_2027)
        assert kinds(line_of(spring, "Poppy")) == ["no-main-need error"]
        assert kinds(line_of(summer, "Poppy")) == ["no-main-need warning"]
        assert spring.lines[0].pupil.first_name == "Poppy"
        assert (spring.counts()["errors"], summer.counts()["errors"]) == (1, 0)
        assert (spring.counts()["warnings"], summer.counts()["warnings"]) == (0, 1)


@pytest.mark.rule("IDN-09", "IDN-08")
@pytest.mark.vector("DTV-39", "DTV-40")
def test_needs_beside_n_and_gaps_in_the_ranks_are_errors():
    long_ago = TODAY - timedelta(days=30)
    with acting_as("senco") as actor, as_actor(actor):
        ranked(pupil("Grace"), "MLD", 1, long_ago)
        ranked(pupil("Idris"), "ASD", 4, long_ago)
        found = listed(actor, SPRING_2028)
        assert kinds(line_of(found, "Grace")) == ["need-without-sen error"]
        assert kinds(line_of(found, "Idris")) == ["rank-gap error"]
        assert [line.pupil.first_name for line in found.lines[:2]] == ["Grace", "Idris"]


@pytest.mark.rule("IDN-09")
def test_an_ehc_plan_is_not_said_to_lack_a_plan_that_is_kept_elsewhere():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"), TODAY - timedelta(days=9))
        needs.rank_needs(actor=actor, pupil=pupil("Poppy"), codes=["ASD"])
        found = line_of(listed(actor, SPRING_2028), "Poppy")
        assert (found.status, found.found) == ("K", ())


@pytest.mark.rule("IDN-07")
def test_no_specialist_assessment_is_counted_across_another_ranking():
    with acting_as("senco") as actor, as_actor(actor):
        idris = pupil("Idris")
        for need in Need.objects.filter(pupil=idris):
            need.ended_on = need.starts
            need.save()
        ranked(idris, "NSA", 2, date(2026, 2, 4), date(2026, 9, 1))
        ranked(idris, "NSA", 1, date(2026, 9, 1))
        summer = line_of(listed(actor, SUMMER_2027), "Idris")
        assert kinds(summer) == ["nsa-for-long warning"]
        assert kinds(line_of(listed(actor, SPRING_2027), "Idris")) == []


def test_who_comes_later_or_has_left_is_not_on_roll_that_day():
    with acting_as("senco") as actor:
        coming = pupils.add_pupil(
            actor=actor, org=pupil().org, first_name="Coming", last_name="Later",
            birth_date=date(2018, 1, 1), joined_on=date(2027, 6, 1),
        )  # fmt: skip
        on_support(actor, coming, date(2027, 6, 1))
        pupils.change_pupil(
            actor=actor, pupil=pupil("Idris"), version=None, left_on=SUMMER_2027 - timedelta(days=1)
        )
        pupils.change_pupil(actor=actor, pupil=pupil("Grace"), version=None, left_on=SUMMER_2027)
        found = listed(actor, SUMMER_2027)
        names = {line.pupil.first_name for line in found.lines}
        assert "Grace" in names
        assert not names & {"Coming", "Idris"}
        assert found.left == 1
        autumn = line_of(listed(actor, date(2027, 10, 7)), "Coming")
        assert [(one.item, one.second) for one in autumn.changed] == [("pupil", "K")]


@pytest.mark.rule("IDN-09")
def test_what_changed_since_the_census_before_is_said():
    with acting_as("senco") as actor:
        on_support(actor, pupil("Grace"))
        needs.rank_needs(actor=actor, pupil=pupil("Idris"), codes=["SEMH", "SPLD"])
        found = listed(actor, SUMMER_2027)
        told = {
            line.pupil.first_name: [(one.item, one.first, one.second) for one in line.changed]
            for line in found.lines
            if line.changed
        }
        assert told == {
            "Grace": [("status", "N", "K")],
            "Idris": [("needs", "SLCN 1, SPLD 2", "SEMH 1, SPLD 2")],
        }
        then = line_of(listed(actor, SPRING_2027), "Idris")
        assert [need.code for need in then.needs] == ["SLCN", "SPLD"]


def test_as_much_is_asked_for_three_pupils_as_for_fifty():
    with acting_as("senco") as actor:
        listed(actor, SUMMER_2027)
        with CaptureQueriesContext(connection) as few:
            listed(actor, SUMMER_2027)
        for number in range(50):
            row = pupils.add_pupil(
                actor=actor, org=pupil().org, first_name=f"Child{number:02}",
                last_name="Newcomer", birth_date=date(2018, 1, 1),
            )  # fmt: skip
            on_support(actor, row)
        with CaptureQueriesContext(connection) as many:
            assert listed(actor, SUMMER_2027).counts()["K"] == 51
        assert len(few) == len(many)
