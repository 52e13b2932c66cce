"""A school year turns by its days: prepared in July, true in September, taken back if wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Q

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.states import Match
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.law.calendar.years import AcademicYear
from opensenco.people import classes, queries
from opensenco.people.days import year_on
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil, TurnDeed, YearTurn
from opensenco.people.operations import enrolment, groups, pupils, rolls, turning
from opensenco.people.policy import on_day
from opensenco.people.states import TURN_STATES, TurnState
from opensenco.people.turning.moves import Doubt
from opensenco.people.turning.plan import Plan, plan_of
from opensenco.people.turning.queries import kept
from opensenco.provision.models import Allocation
from opensenco.provision.operations import leaving
from opensenco.support.queries.register import Filters, register
from tests.cast import TODAY
from tests.exchange.lists import GRACE, IDRIS, POPPY, changed, rows_of, staged
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
FIRST, EVE, LEAVE = date(2027, 9, 2), date(2027, 9, 1), date(2027, 8, 31)
YEAR = AcademicYear(2027)


def on(actor: Actor, day: date) -> Actor:
    """Give the same person on another day, at half past nine."""
    return replace(actor, at=datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC))


def place(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def child(first: str) -> Pupil:
    return Pupil.objects.select_related("org", "part").get(first_name=first)


def prepare(actor: Actor, highest: int | None = 6) -> YearTurn:
    return turning.prepare_turn(
        actor=actor, org=place(actor), year=YEAR, first_day=FIRST, leave_on=LEAVE, highest=highest
    )


def turn(actor: Actor, row: YearTurn) -> Plan:
    seen = plan_of(row, actor.today).seen
    return leaving.turn_year(actor=actor, turn=row, version=None, seen=seen)


def class_on(pupil: Pupil, day: date) -> str:
    queries.attach_classes([pupil], day)
    return pupil.class_name  # type: ignore[attr-defined]


def sees(key: str, day: date) -> set[str]:
    with acting_as(key, write=False) as actor:
        return {one.first_name for one in queries.pupils_taught(on(actor, day))}


def everything() -> list[object]:
    """Give what of the record a turn touches, as it stands today."""
    rows: list[object] = []
    for model, names in (
        (Pupil, ("year_group", "part_id", "next_from", "next_year_group", "next_part_id",
                 "left_on", "left_to")),
        (GroupPupil, ("group_id", "starts", "ends")),
        (GroupStaff, ("group_id", "person_id", "starts", "ends")),
        (Allocation, ("ends", "ended_reason")),
    ):  # fmt: skip
        held = model.objects.order_by("id")
        standing = held.exclude(Q(withdrawn=True)) if hasattr(model, "withdrawn") else held
        rows += [standing.values_list("id", *names)[n] for n in range(standing.count())]
    rows += list(Group.objects.filter(ended_on=None).order_by("id").values_list("name"))
    return rows


def test_prepared_in_march_it_is_true_on_its_first_day_and_not_before():
    with acting_as("senco") as actor:
        row = prepare(actor)
        turning.set_teachers(
            actor=actor, turn=row, version=None, name="5R",
            staff=[(person("other_teacher"), "teaches", "")],
        )  # fmt: skip
        turning.decide_pupil(
            actor=actor, turn=row, version=None, pupil=child("Poppy"),
            decision=turning.Decision("up", into="3P", part=child("Idris").part),
        )  # fmt: skip
        assert child("Idris").next_from is None
        turn(actor, row)
        assert [child("Idris").year_on(day) for day in (TODAY, EVE, FIRST)] == [4, 4, 5]
        assert (class_on(child("Idris"), EVE), class_on(child("Idris"), FIRST)) == ("4R", "5R")
        assert class_on(child("Idris"), TODAY) == "4R"
        by_year = Pupil.objects.annotate(year=year_on(FIRST)).order_by("year", "id")
        assert [one.first_name for one in by_year.filter(year=5)] == ["Idris", "Grace"]
        # the class without anybody closes by its day; that of the youngest goes on
        org = place(actor)
        assert {one.name for one in classes.lines(actor, org)} == {
            "4R", "2P", "5R", "3P", "Language group",
        }  # fmt: skip
        later = {one.name: one for one in classes.lines(on(actor, FIRST), org)}
        assert set(later) == {"2P", "5R", "3P", "Language group"}
        assert (later["5R"].pupils, later["5R"].staff) == (2, ("Owen Sharp",))
        then = [one.name for one in classes.lines(on(actor, FIRST), org, ended=True)]
        assert then == ["4R"]
    assert "Idris" in sees("teacher", EVE)
    assert "Idris" not in sees("teacher", FIRST)
    assert "Idris" in sees("other_teacher", FIRST)
    with acting_as("phase_senco", write=False) as phase:
        names = {one.first_name for one in queries.found(on(phase, EVE), "Wren")[0]}
        assert not names
        assert queries.found(on(phase, FIRST), "Wren")[1] == 1


def test_as_it_stood_is_as_it_was_known():
    with acting_as("senco") as actor:
        turn(actor, prepare(actor))
        idris = child("Idris")
        then = queries.as_stood(actor, idris, TODAY)
        assert then is not None
        assert (then.year_on(TODAY), then.year_on(FIRST)) == (4, 5)
        before = queries.as_stood(actor, idris, TODAY - timedelta(days=1))
        assert before is None or before.year_on(FIRST) == 4


def test_all_of_it_is_taken_back_before_its_day_and_after_it():
    for day in (TODAY, date(2027, 10, 4)):
        with acting_as("senco") as actor:
            before = everything()
            row = prepare(actor, highest=4)
            turn(actor, row)
            assert child("Idris").left_on == LEAVE
            assert everything() != before
            leaving.undo_turn(actor=on(actor, day), turn=row, version=None)
            assert everything() == before
            assert row.state == TurnState.UNDONE
            with pytest.raises(NotPossible, match="not in the record"):
                leaving.undo_turn(actor=actor, turn=row, version=None)


def test_what_was_changed_since_stays_and_is_told():
    with acting_as("senco") as actor:
        row = prepare(actor)
        turn(actor, row)
        october = on(actor, date(2027, 10, 4))
        other = groups.add_group(actor=october, org=place(actor), name="5B")
        rolls.put_pupils_in_group(
            actor=october, pupils=[child("Grace")], group=other, starts=october.today
        )
        pupils.change_pupil(actor=october, pupil=child("Poppy"), version=None, year_group=4)
        told = kept(row)
        assert {one.deed.thing for one in told} >= {"people.Pupil", "people.GroupPupil"}
        assert all("Amara Okafor changed it on 4 October 2027." in str(one.why) for one in told
                   if one.deed.thing == "people.Pupil")  # fmt: skip
        leaving.undo_turn(actor=october, turn=row, version=None)
        assert (child("Idris").year_on(october.today), class_on(child("Idris"), FIRST)) == (4, "4R")
        assert child("Poppy").year_on(october.today) == 4
        assert class_on(child("Grace"), october.today) == "5B"
        one_class = GroupPupil.objects.filter(
            on_day(october.today), pupil=child("Grace"), group__kind="class"
        )
        assert one_class.count() == 1


def test_leavers_go_with_their_day_and_what_they_were_promised_with_them():
    with acting_as("senco") as actor:
        given = Allocation.objects.filter(pupil=child("Idris"), in_error_at=None).order_by("id")
        before = [(one.pk, one.ends) for one in given]
        row = prepare(actor, highest=4)
        turning.decide_pupil(
            actor=actor, turn=row, version=None, pupil=child("Idris"),
            decision=turning.Decision("leaves", leave_on=date(2027, 7, 21), left_to="Hill School"),
        )  # fmt: skip
        turn(actor, row)
        idris = child("Idris")
        assert (idris.left_on, idris.left_to) == (date(2027, 7, 21), "Hill School")
        assert child("Grace").left_on == LEAVE
        assert class_on(idris, date(2027, 7, 21)) == "4R"
        assert not GroupPupil.objects.filter(on_day(date(2027, 7, 22)), pupil=idris).exists()
        for one in given:
            assert one.ends is not None
            assert one.ends <= date(2027, 7, 21)
        on_it = {one.pupil.pk for one in register(on(actor, LEAVE), Filters()).rows}
        assert idris.pk not in on_it
        assert idris.pk in {one.pupil.pk for one in register(actor, Filters()).rows}
        leaving.undo_turn(actor=actor, turn=row, version=None)
        assert [(one.pk, one.ends) for one in given.all()] == before


def test_a_pupil_who_leaves_in_august_stays_gone_whatever_was_prepared():
    with acting_as("senco") as actor:
        row = prepare(actor)
        turn(actor, row)
        august = on(actor, date(2027, 8, 16))
        leaving.leave(
            actor=august, pupil=child("Idris"), version=None, on=august.today, to="Hill School"
        )
        assert not class_on(child("Idris"), FIRST)
        (five,) = [one for one in classes.lines(on(actor, FIRST), place(actor)) if one.name == "5R"]
        assert five.pupils == 1
        leaving.undo_turn(actor=august, turn=row, version=None)
        idris = child("Idris")
        assert idris.left_on == august.today
        assert not class_on(idris, FIRST)


def test_what_is_put_in_is_what_was_seen():
    with acting_as("senco") as actor:
        row = prepare(actor)
        seen = plan_of(row, actor.today).seen
        assert seen == plan_of(row, actor.today).seen
        four = Group.objects.get(name="4R")
        groups.change_group(actor=actor, group=four, version=None, name="4 Raven")
        with pytest.raises(NotPossible, match="Look at it once more"):
            leaving.turn_year(actor=actor, turn=row, version=None, seen=seen)
        row.refresh_from_db()
        plan = turn(actor, row)
        assert {one.name for one in plan.classes} >= {"5 Raven"}
        with pytest.raises(NotPossible, match="not being prepared any more"):
            turn(actor, row)
        with pytest.raises(Stale):
            leaving.undo_turn(actor=actor, turn=row, version=1)


def test_a_class_is_split_merged_and_made_and_one_that_begins_then_stays():
    with acting_as("senco") as actor:
        row = prepare(actor)
        four, two = Group.objects.get(name="4R"), Group.objects.get(name="2P")
        turning.set_ways(
            actor=actor, turn=row, version=None, ways={(four, 4): "Owls", (two, 2): "Owls"}
        )
        apart = turning.Decision("", into="Larks")
        turning.decide_pupil(
            actor=actor, turn=row, version=None, pupil=child("Grace"), decision=apart
        )
        plan = plan_of(row, actor.today)
        assert {one.name: one.pupils for one in plan.classes if one.years} == {
            "Owls": 2, "Larks": 1,
        }  # fmt: skip
        turning.decide_pupil(
            actor=actor, turn=row, version=None, pupil=child("Grace"), decision=None
        )
        assert plan_of(row, actor.today).counts()["up"] == 3
        rolls.put_pupils_in_classes(
            actor=actor, pupils=[child("Grace")], classes=[two], starts=FIRST
        )
        turn(actor, row)
        assert class_on(child("Grace"), FIRST) == "2P"
        assert class_on(child("Grace"), EVE) == "4R"
        assert class_on(child("Poppy"), FIRST) == "Owls"


def test_joiners_are_found_and_prepared_and_on_no_list_before_their_day():
    with acting_as("senco") as actor:
        org, four = place(actor), Group.objects.get(name="4R")
        joins = pupils.add_pupil(
            actor=actor, org=org, first_name="Nadia", last_name="Brook", year_group=0,
            birth_date=date(2023, 2, 28), joined_on=FIRST, group=four,
        )  # fmt: skip
        before = classes.count_in_no_class(actor, org)
        row = prepare(actor)
        plan = plan_of(row, actor.today)
        assert plan.counts()["joins"] == 1
        turn(actor, row)
        joins.refresh_from_db()
        assert (joins.year_on(FIRST), class_on(joins, FIRST)) == (0, "4R")
        assert queries.found(actor, "Brook")[1] == 1
        enrolment.withdraw_joiner(
            actor=actor, pupil=joins, version=None, reason="The family moved."
        )
        assert queries.found(actor, "Brook")[1] == 0
        assert not class_on(joins, FIRST)
        assert classes.count_in_no_class(actor, org) == before


def test_prepared_late_it_moves_nobody_twice():
    with acting_as("senco") as actor:
        september = on(actor, date(2027, 9, 10))
        # Idris has been moved by hand, Poppy has not
        pupils.change_pupil(actor=september, pupil=child("Idris"), version=None, year_group=5)
        row = prepare(september)
        plan = turn(september, row)
        assert plan.counts()["already"] == 1
        assert (child("Idris").year_on(FIRST), child("Poppy").year_on(september.today)) == (5, 3)
        assert class_on(child("Poppy"), september.today) == "3P"


def test_a_pupil_list_of_september_says_nothing_new():
    with acting_as("senco") as actor:
        turn(actor, prepare(actor))
        september = on(actor, date(2027, 9, 10))
        file = staged(
            september,
            changed(IDRIS, reg="5R", year="5", sex=""),
            changed(GRACE, reg="5R", year="5", sex=""),
            changed(POPPY, reg="3P", year="3", sex=""),
        )
        assert [one.match for one in rows_of(file)] == [Match.UNCHANGED] * 3
        rows = [changed(one, sex="") for one in (IDRIS, GRACE, POPPY)]
        july = staged(on(actor, date(2027, 7, 1)), *rows, file_name="july.csv")
        assert [one.match for one in rows_of(july)] == [Match.UNCHANGED] * 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_day": date(2027, 12, 1)}, "first_day"),
        ({"leave_on": FIRST}, "leave_on"),
        ({"leave_on": date(2027, 1, 1)}, "leave_on"),
        ({"highest": 15}, "highest"),
    ],
)
def test_days_that_do_not_go_together_are_refused(values, field):
    given = {"first_day": FIRST, "leave_on": LEAVE, "highest": 6, **values}
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        turning.prepare_turn(actor=actor, org=place(actor), year=YEAR, **given)
    assert refused.value.field == field


def test_its_states_follow_their_table():
    with acting_as("senco") as actor:
        row = prepare(actor)
        with pytest.raises(NotPossible, match="being prepared already"):
            prepare(actor)
        turning.drop_turn(actor=actor, turn=row, version=None)
        second = prepare(actor)
        turn(actor, second)
        assert TURN_STATES[TurnState.DRAFT] == {TurnState.APPLIED, TurnState.DROPPED}
        for settled in (row, second):
            with pytest.raises(NotPossible):
                turning.drop_turn(actor=actor, turn=settled, version=None)
        assert TurnDeed.objects.filter(turn=second).exists()
        leaving.undo_turn(actor=actor, turn=second, version=None)
        third = prepare(actor)
        assert plan_of(third, actor.today).of() == []
        assert not any(Doubt.ABOVE in one.doubts for one in plan_of(third, actor.today).moves)
