"""Six weeks of six provisions by hand: every total of ledger and cost beside figures worked out.

Monday 1 February to Friday 12 March 2027, 30 school days; 28 of them by today, Wednesday 10 March,
27 before today. Nobody entered term dates, so each weekday counts; 251 in the financial year.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from opensenco.access.models import Organisation
from opensenco.costing import place, queries
from opensenco.costing.operations.rates import set_rate
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups, rolls
from opensenco.people.states import GroupKind
from opensenco.provision.ledger import By
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving, library
from opensenco.provision.operations.sessions import Held, Mark, log_session
from opensenco.provision.queries.ledger import Ledger, Wanted
from opensenco.provision.states import Went
from tests.cast import LONG_AGO
from tests.client import signed_in
from tests.domain.provision.steps import idris_has
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 2, 1), date(2027, 3, 12)
#: name, whose, group or not, times a week, minutes, who gives and logs it
GIVEN: tuple[tuple[str, tuple[int, ...], bool, int, int, str], ...] = (
    ("Reading", (1, 2), False, 2, 20, "ta"),
    ("Number", (3, 4, 5, 6), True, 1, 30, "ta"),
    ("Talk", (7, 8, 9), True, 2, 15, "ta"),
    ("Building", (10, 11), True, 1, 45, "ta"),
    ("Mentoring", (12,), False, 1, 60, "teacher"),
    ("Typing", (1,), False, 3, 10, "ta"),
)
GIVERS = {row[0]: row[5] for row in GIVEN}
#: of each provision, by pupil or for the whole group ("all"): how each session went, in order;
#: + took place, +t and the teacher gave it in place of the assistant, a reason otherwise, "3:away"
#: where one pupil was away
WENT: dict[tuple[str, int | str], str] = {
    ("Reading", 1): "+ + + +t + + +t + + away",
    ("Reading", 2): "+ + + + + + + + chose_not chose_not",
    ("Number", "all"): "+ + + 3:away staff-absent",
    ("Talk", "all"): "+ + +t + + + + 7:away room room",
    ("Building", "all"): "+ + + trip",
    ("Mentoring", 12): "+ + + + + staff-cover",
    ("Typing", 1): "+ + + + away exam",
}
#: minutes promised, due, delivered; sessions due, held, missed, made up, unaccounted; pupils
LEDGER = {
    "Reading": (480, 440, 340, 22, 17, 3, 0, 0, 2),
    "Number": (720, 600, 450, 20, 15, 5, 0, 0, 4),
    "Talk": (540, 495, 345, 33, 23, 7, 0, 0, 3),
    "Building": (540, 450, 270, 10, 6, 2, 0, 2, 2),
    "Mentoring": (360, 300, 300, 5, 5, 1, 1, 0, 1),
    "Typing": (180, 160, 40, 16, 4, 2, 0, 10, 1),
}
ALL = (2820, 2445, 1745, 106, 70, 20, 1, 12, 12)
WHY = {"away": 4, "chose_not": 2, "exam": 1, "room": 6, "staff-absent": 4, "staff-cover": 1,
       "trip": 2}  # fmt: skip
#: pence for each pupil: 38 weeks × 30/251 of the year; £18.00 an hour of an assistant, £48.00 of a
#: teacher. Reading 40 min a week: 54.50; number 30 min among four: 10.22; talk 30 min among three:
#: 13.63; building 45 min among two: 30.66; mentoring an hour of a teacher: 218.01; typing: 40.88
PLANNED = {1: 54_50 + 40_88, 2: 54_50, **dict.fromkeys((3, 4, 5, 6), 10_22),
           **dict.fromkeys((7, 8, 9), 13_63), 10: 30_66, 11: 30_66, 12: 218_01}  # fmt: skip
#: reading 2 h 20 and 40 min of a teacher, and 2 h 40; typing 40 min; number three sessions among
#: four, one among three; talk six among three, one of a teacher, one among two; building three
#: among two; mentoring five hours
DELIVERED = {1: 42_00 + 32_00 + 12_00, 2: 48_00, 3: 6_75, 4: 9_75, 5: 9_75, 6: 9_75,
             7: 9_00 + 4_00, 8: 11_25 + 4_00, 9: 11_25 + 4_00, 10: 20_25, 11: 20_25,
             12: 240_00}  # fmt: skip
#: delivered minutes; sessions and minutes given by others, and for others: two of reading, 40
#: minutes, and one of talk, 15 minutes of three pupils
STAFF = {"Jo Birkett": (1445, 5, 85, 0, 0), "Priya Raman": (300, 0, 0, 5, 85)}


def made() -> dict[int, Pupil]:
    """Make twelve pupils with six provisions and their ninety sessions, by operations alone."""
    with acting_as("senco") as actor:
        here = Organisation.objects.get(name="Larkrise Primary School")
        giving.mark_each_in_error(
            actor=actor, allocations=[idris_has()], reason="Not of these twelve"
        )
        named = [
            {"first_name": f"P{n:02}", "last_name": "Hand", "birth_date": date(2018, 1, n),
             "joined_on": LONG_AGO}
            for n in range(1, 13)
        ]  # fmt: skip
        pupils = dict(enumerate(rolls.add_pupils(actor=actor, org=here, rows=named), start=1))
        given = {row[0]: _give(actor, here, pupils, *row) for row in GIVEN}
    for (name, whom), marks in WENT.items():
        _log(given[name], whom, marks.split(), GIVERS[name])
    with acting_as("head") as actor:
        for post, pence in (("ta", 18_00), ("teacher", 48_00)):
            set_rate(
                actor=actor, org=here, post=post, kind="LA_STANDARD", pence=pence, first=LONG_AGO
            )
    return pupils


def _give(actor, here, pupils, name, whose, shared, times, minutes, who) -> dict[int, Allocation]:
    what = library.add_provision(
        actor=actor, org=here, name=name, layer=2, minutes=minutes, times_a_week=times
    )
    group: Group | None = None
    if shared:
        group = groups.add_group(actor=actor, org=here, name=name, kind=GroupKind.SUPPORT)
    terms = giving.Terms(
        times_a_week=times, minutes=minutes, starts=FIRST, ends=LAST, person=person(who),
        group=group,
    )  # fmt: skip
    some = giving.allocate(
        actor=actor, pupils=[pupils[n] for n in whose], provision=what, terms=terms
    )
    return dict(zip(whose, some, strict=True))


def _log(given: dict[int, Allocation], whom: int | str, marks: list[str], who: str) -> None:
    days = (day for n in range(40) if (day := FIRST + timedelta(days=n)).weekday() < 5)
    rows = list(given.values()) if whom == "all" else [given[int(whom)]]
    with acting_as(who) as actor:
        for mark, day in zip(marks, days, strict=False):
            held, own = Held(), {}
            if mark == "+t":
                held = Held(gave=person("teacher"))
            elif ":" in mark:
                number, went = mark.split(":")
                own = {given[int(number)].ref: Mark(went)}
            elif mark in Went.values:
                own = {rows[0].ref: Mark(mark)}
            elif mark != "+":
                held = Held(not_held=mark)
            log_session(actor=actor, allocations=rows, on=day, held=held, marks=own)


def numbers(one) -> tuple[int, ...]:
    return (one.promised, one.due, one.delivered, one.due_sessions, one.held, one.missed,
            one.made_up, one.unaccounted, one.pupils)  # fmt: skip


@pytest.mark.rule("APD-04")
@pytest.mark.rule("FUN-03")
def test_every_total_is_as_worked_out_by_hand():
    assert tuple(map(sum, zip(*LEDGER.values(), strict=True)))[:8] == ALL[:8], "the hand adds up"
    pupils = made()
    with acting_as("senco", write=False) as actor:
        found = Ledger(actor, Wanted(By.PROVISION, "term"))
        lines = {one.name: numbers(one.figures) for one in found.lines("name", 0, 50)}
        assert lines == LEDGER
        assert (numbers(found.total), dict(found.total.why)) == (ALL, WHY)
        for by in (By.CLASS, By.STAFF, By.PUPIL, By.PROMISE):
            again = Ledger(actor, Wanted(by, "term"))
            assert numbers(again.total) == ALL
            parts = [numbers(one.figures)[:8] for one in again.lines("name", 0, 50)]
            assert tuple(map(sum, zip(*parts, strict=True))) == ALL[:8], by
        staff = Ledger(actor, Wanted(By.STAFF, "term"))
        assert {
            one.name: (
                one.figures.delivered, one.figures.by_others, one.figures.by_others_minutes,
                one.figures.for_others, one.figures.for_others_minutes,
            )
            for one in staff.lines("-delivered", 0, 50)
        } == STAFF  # fmt: skip
        assert staff.total.by_others == 5

        every = place.with_delivered(actor, place.of_all(actor))
        by_pupil = {one.pupil_id: one for one in every}
        assert {n: by_pupil[row.pk].planned.pence for n, row in pupils.items()} == PLANNED
        costs = {n: by_pupil[row.pk].delivered for n, row in pupils.items()}
        assert {n: cost.pence for n, cost in costs.items() if cost} == DELIVERED
        for n, row in pupils.items():
            cost, _tops, _way = queries.for_pupil(actor, row)
            assert (cost.planned.pence, cost.delivered.pence) == (PLANNED[n], DELIVERED[n])
    assert (sum(PLANNED.values()), sum(DELIVERED.values())) == (510_98, 494_00)
    senco = signed_in("senco")
    csv = senco.get(reverse("provision:ledger") + "?by=provision&span=term&file=csv").text
    assert 'Talk,3,540,495,345,33,23,7,"6 no room, 1 pupil away",0,0' in csv
    shown = senco.get(reverse("costing:over") + "?beside=delivered").text
    assert "£218.01" in shown
    assert "£240.00" in shown
    assert "£218.01,£240.00" in senco.get(reverse("costing:over") + "?file=csv").text
