"""Least harm first: what a plan secures, who has missed most, how many children."""

from datetime import time

from opensenco.staffing.swaps import Adult, Harm, Need, choices, ranked, solutions

JO, MEHMET, LENA = 1, 2, 3


def at(hour: int, minute: int = 0, minutes: int = 30) -> tuple[time, time]:
    end = hour * 60 + minute + minutes
    return time(hour, minute), time(end // 60, end % 60)


def need(key: str, adult: int, hour: int, harm: Harm, *knows: int) -> Need:
    return Need(key, adult, at(hour), harm, frozenset(knows))


PLAN = need("theo", JO, 9, Harm(0, 1, 0, 1, 30))
GROUP = need("group", JO, 10, Harm(0, 0, 1, 4, 120))
READING = need("reading", MEHMET, 9, Harm(0, 0, 3, 1, 30))


def test_what_a_plan_secures_is_worth_moving_an_adult_and_the_free_one_goes_where_nobody_is_moved():
    adults = [Adult(MEHMET, gives=(READING,))]
    best, free, none = solutions([PLAN, GROUP], adults)
    assert [(s.need.key, s.adult, [n.key for n in s.leaves]) for s in best.steps] == [
        ("theo", MEHMET, ["reading"]),
        ("group", MEHMET, []),
    ]
    assert best.harm == Harm(0, 0, 3, 1, 30)
    assert [(s.need.key, s.adult) for s in free.steps] == [("theo", None), ("group", MEHMET)]
    assert none.harm == Harm(0, 1, 1, 5, 150)
    assert best.harm < free.harm < none.harm


def test_what_is_tied_to_section_f_outweighs_more_children_with_plans_who_missed_more():
    tied = need("tied", JO, 9, Harm(1, 1, 0, 1, 20))
    plans = need("plans", JO, 9, Harm(0, 4, 9, 4, 240))
    assert [one.key for one in ranked([plans, tied])] == ["tied", "plans"]
    best = solutions([plans, tied], [Adult(MEHMET)])[0]
    assert {s.need.key: s.adult for s in best.steps} == {"tied": MEHMET, "plans": None}
    assert best.harm == plans.harm


def test_nobody_is_moved_where_as_much_would_be_lost():
    reading = need("own", JO, 9, Harm(0, 0, 3, 1, 30))
    [free_or_none] = solutions([reading], [Adult(MEHMET, gives=(READING,))])
    assert [step.adult for step in free_or_none.steps] == [None]


def test_one_adult_is_not_in_two_places_and_who_is_away_is_in_none():
    twin = need("twin", JO, 9, Harm(0, 0, 0, 2, 60))
    best = solutions([PLAN, twin], [Adult(MEHMET)])[0]
    assert [(s.need.key, s.adult) for s in best.steps] == [("theo", MEHMET), ("twin", None)]
    away = Adult(LENA, away=((time(8), time(9, 15)),))
    assert [s.adult for s in solutions([PLAN], [away])[0].steps] == [None]
    assert [s.adult for s in solutions([GROUP], [away])[0].steps] == [LENA]


def test_who_knows_the_children_comes_first_then_who_has_least_to_do():
    known = need("group", JO, 10, Harm(0, 0, 0, 4, 120), LENA)
    busy = Adult(MEHMET, gives=(need("early", MEHMET, 8, Harm(0, 0, 0, 1, 30)),))
    order = [step.adult for step in choices(known, [busy, Adult(JO), Adult(LENA)])]
    assert order == [LENA, JO, MEHMET, None]


def test_what_follows_at_once_does_not_meet_and_what_has_no_hour_can_be_given_by_anybody():
    follows = Need("next", MEHMET, at(9, 30), Harm(0, 0, 0, 1, 30))
    adult = Adult(MEHMET, gives=(follows,))
    assert solutions([PLAN], [adult])[0].harm == Harm()
    loose = Need("loose", JO, None, Harm(0, 0, 0, 1, 30))
    assert solutions([loose], [adult]) == []
    assert [step.adult for step in choices(loose, [adult])] == [MEHMET, None]
