"""The register: chosen, sorted and paged in the database, and the law's own gaps beside it."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from opensenco.access.actor import Actor
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import pupils
from opensenco.support import queries
from opensenco.support.operations import cycles, needs, plans, reviews, status
from opensenco.support.queries import Filters
from opensenco.support.queries.choosing import Chosen
from tests.cast import TODAY
from tests.domain.support.steps import agreed, on_support, outcome, pupil, results, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ALL = Filters()


def names(found: queries.Register) -> list[str]:
    return [row.pupil.first_name for row in found.rows]


def newcomer(actor: Actor, number: int) -> Pupil:
    return pupils.add_pupil(
        actor=actor,
        org=pupil().org,
        first_name=f"Child{number:02}",
        last_name="Newcomer",
        birth_date=date(2018, 1, 1),
    )


@pytest.mark.requirement("S1-02", "S1-13")
def test_the_register_holds_whoever_has_a_status_or_a_plan():
    with acting_as("senco") as actor:
        assert names(queries.register(actor, ALL)) == ["Idris"]
        on_support(actor, pupil("Poppy"))
        cycles.open_cycle(actor=actor, pupil=pupil("Grace"))
        found = queries.register(actor, ALL)
        assert names(found) == ["Grace", "Idris", "Poppy"]
        assert found.counts == {"all": 3, "E": 0, "K": 2, "none": 1, "soon": 0, "gaps": 2}
        grace, idris, _poppy = found.rows
        assert (grace.status, grace.class_name) == (None, "4R")
        assert (there(idris.status).code, [need.code for need in idris.needs]) == (
            "K",
            ["SLCN", "SPLD"],
        )


def test_whoever_has_left_is_not_on_it():
    with acting_as("senco") as actor:
        pupils.change_pupil(
            actor=actor, pupil=pupil("Idris"), version=None, left_on=TODAY - timedelta(days=1)
        )
        assert queries.register(actor, ALL).total == 0


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("senco", ["Grace", "Idris", "Poppy"]),
        ("phase_senco", ["Grace", "Idris"]),
        ("admin", ["Grace", "Idris", "Poppy"]),
        ("teacher", []),
        ("outsider", ["Zebedee"]),
    ],
)
def test_each_sees_the_pupils_of_their_reach(who, sees):
    with acting_as("senco") as actor:
        on_support(actor, pupil("Poppy"))
        on_support(actor, pupil("Grace"))
    with acting_as(who, write=False) as actor:
        assert names(queries.register(actor, ALL)) == sees


def three(actor: Actor) -> None:
    """Poppy E since long ago with HI, Grace K since today without needs, Idris K with SLCN."""
    status.set_status(
        actor=actor,
        pupil=pupil("Poppy"),
        code="E",
        starts=date(2024, 9, 2),
        reason="Final plan issued.",
    )
    needs.rank_needs(actor=actor, pupil=pupil("Poppy"), codes=["HI"])
    on_support(actor, pupil("Grace"))
    agreed(actor, pupil("Grace"))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Grace", "Idris", "Poppy"]),
        ("-name", ["Poppy", "Idris", "Grace"]),
        ("class", ["Poppy", "Grace", "Idris"]),
        ("-class", ["Grace", "Idris", "Poppy"]),
        ("status", ["Poppy", "Grace", "Idris"]),
        ("need", ["Poppy", "Idris", "Grace"]),
        ("-need", ["Idris", "Poppy", "Grace"]),
        ("since", ["Poppy", "Idris", "Grace"]),
        ("-since", ["Grace", "Idris", "Poppy"]),
        ("review", ["Grace", "Idris", "Poppy"]),
        ("turn", ["Idris", "Grace", "Poppy"]),
        ("nonsense", ["Grace", "Idris", "Poppy"]),
    ],
)
def test_the_register_is_sorted_alike_on_every_database(sort, order):
    with acting_as("senco") as actor:
        three(actor)
        assert names(queries.register(actor, ALL, sort)) == order


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(status="E"), ["Poppy"]),
        (Filters(status="K"), ["Grace", "Idris"]),
        (Filters(status="none"), []),
        (Filters(need="SPLD"), ["Idris"]),
        (Filters(turn="mine"), ["Grace", "Idris"]),
        (Filters(turn="any"), ["Grace", "Idris"]),
        (Filters(view="gaps"), ["Grace", "Idris", "Poppy"]),
        (Filters(view="late"), []),
        (Filters(status="K", need="SPLD"), ["Idris"]),
        (Filters(status="Z", view="Z", turn="Z"), ["Grace", "Idris", "Poppy"]),
    ],
)
def test_the_register_is_chosen_in_the_database(filters, left):
    with acting_as("senco") as actor:
        three(actor)
        found = queries.register(actor, filters)
        assert (names(found), found.total) == (left, len(left))


def test_the_register_is_chosen_by_class():
    with acting_as("senco") as actor:
        three(actor)
        group = Group.objects.get(name="2P")
        assert names(queries.register(actor, Filters(group=group.ref))) == ["Poppy"]
        assert [one.name for one in queries.classes(actor)] == ["2P", "4R", "Language group"]


def test_a_review_that_comes_or_is_over_is_chosen():
    with acting_as("senco") as actor:
        three(actor)
        soon = replace(actor, at=actor.at + timedelta(days=70))
        late = replace(actor, at=actor.at + timedelta(days=90))
        assert names(queries.register(soon, Filters(view="soon"))) == ["Grace"]
        assert names(queries.register(soon, Filters(view="late"))) == []
        assert names(queries.register(late, Filters(view="late"))) == ["Grace"]
        (row,) = queries.register(late, Filters(view="late")).rows
        assert there(row.turn).yours
        assert "review-overdue" in {found.kind for found in row.found}


def test_a_page_has_fifty_and_the_rest_follow():
    with acting_as("senco") as actor:
        for number in range(53):
            on_support(actor, newcomer(actor, number))
        first = queries.register(actor, ALL)
        second = queries.register(actor, ALL, page=2)
        assert (len(first.rows), len(second.rows), first.total) == (50, 4, 54)
        assert not {row.pupil.pk for row in first.rows} & {row.pupil.pk for row in second.rows}
        assert names(queries.register(actor, ALL, page=99)) == names(second)


def test_the_register_asks_as_much_for_one_row_as_for_fifty(django_assert_num_queries):
    with acting_as("senco") as actor:
        with django_assert_num_queries(7):
            queries.register(actor, ALL)
        for number in range(30):
            on_support(actor, newcomer(actor, number))
            agreed(actor, newcomer(actor, 100 + number))
        # one more where somebody has a plan and no status, however many there are
        with django_assert_num_queries(8):
            assert len(queries.register(actor, ALL).rows) == 50
        with django_assert_num_queries(9):
            queries.register(actor, Filters(status="K"), "turn")


def plan_in(actor: Actor, row: Pupil, kind: str) -> None:
    """Bring a pupil's plan to one of the states that the checks tell apart."""
    if kind == "none":
        return
    if kind == "assess":
        cycles.open_cycle(actor=actor, pupil=row)
        return
    cycle = agreed(actor, row)
    if kind == "empty":
        (only,) = plans.standing_outcomes(cycle)
        cycles.reopen_plan(actor=actor, cycle=cycle)
        plans.change_outcome(
            actor=actor, outcome=only, words=replace(outcome(), drop=True, ref=only.ref)
        )
    if kind == "reviewed":
        reviews.review_cycle(actor=actor, cycle=cycle, results=results(cycle, (2, "met")))


@pytest.mark.rule("APD-11", "IDN-09", "APD-05")
@pytest.mark.requirement("S1-13", "S2-17")
@pytest.mark.parametrize("days", [0, 100])
def test_the_database_finds_the_same_gaps_as_the_law(days):
    """Every status, need and plan, today and after the review: the full product is walked."""
    codes, ranked = ("E", "K", ""), (("SPLD",), ())
    stages = ("none", "assess", "agreed", "empty", "reviewed")
    told = status.Telling(TODAY, "meeting")
    with acting_as("senco") as actor:
        for number, (code, need, stage) in enumerate(itertools.product(codes, ranked, stages)):
            row = newcomer(actor, number)
            if code:
                status.set_status(
                    actor=actor, pupil=row, code=code, starts=TODAY, reason="Seen.",
                    grounds=["gap"] if code == "K" else [],
                    told=told if number % 3 else None,
                )  # fmt: skip
                needs.rank_needs(actor=actor, pupil=row, codes=need)
            plan_in(actor, row, stage)
        then = replace(actor, at=actor.at + timedelta(days=days))
        rows = queries.register(then, ALL).rows
        by_law = {row.pupil.pk for row in rows if row.found}
        by_database = set(Pupil.objects.filter(Chosen(then).gaps()).values_list("pk", flat=True))
        assert by_law == by_database
        assert 0 < len(by_law) < queries.register(then, ALL).total
        for name in ("gap", "due", "complete"):
            wanted = {one.pupil.pk for one in rows if one.marked and one.marked.marker == name}
            chosen = queries.register(then, Filters(mark=name)).rows
            assert {one.pupil.pk for one in chosen} == wanted
