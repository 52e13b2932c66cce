"""Money that must sum to the penny: whichever way costs are added up, they come to one whole."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from opensenco.access.models import Organisation
from opensenco.costing.counting import Book, Cost, Held, Promise, Share, delivered, summed
from opensenco.costing.many import Many
from opensenco.costing.place import OfPupil
from opensenco.costing.rates import Prices, Ways
from opensenco.costing.timed import SchoolDays
from opensenco.costing.totals import By, added_up, whole
from tests.domain.costing.test_counting import FIRST, JO, YEAR, price
from tests.domain.costing.test_many import BEARS, PRICES, TURNS, WAYS, promises

SESSIONS = some.lists(
    some.builds(
        Held, some.integers(1, 9), some.sampled_from([JO, JO + 1]), some.integers(1, 90),
        some.just(FIRST), some.integers(1, 7), together=some.sampled_from([None, "a"]),
    ),
    max_size=9,
)  # fmt: skip
HEADS = some.dictionaries(some.integers(1, 9), some.integers(1, 3))


@given(promises(), WAYS, PRICES, BEARS, TURNS, SESSIONS, HEADS)
@settings(max_examples=100)
@pytest.mark.rule("FUN-03")
def test_class_need_outcome_and_provision_come_to_the_same_planned_and_delivered(
    every: list[Promise], ways: list, prices: list, bears: list, turns: dict,
    sessions: list[Held], outcomes: dict[int, int],
):  # fmt: skip
    fellows, own = defaultdict(list), defaultdict(list)
    for one in every:
        fellows[one.together].append(one)
        own[one.pupil].append(one)
    days = SchoolDays(YEAR, (day.weekday() < 5 for day in YEAR.days()), turns)
    besides = {3: [Share("a drum", 12_34, 3)], 4: [Share("a course", 1, 4)]}
    rates = Prices([*prices, price(1733)], {JO: "teacher"})
    held = Book(YEAR, days, Ways(ways), rates, fellows, {"a": bears}, besides)
    costed = {one.key for one in every if not one.universal}
    done = delivered(held, (one for one in sessions if one.key in costed))
    many, org = Many(held), Organisation(pk=1, name="Larkrise")
    rows = [_row(org, pupil, many, some_promises, done) for pupil, some_promises in own.items()]
    everything = whole(rows)
    assert everything.pence == sum(one.planned.pence for one in rows)
    assert everything.delivered == sum(one.delivered.pence for one in rows if one.delivered)
    for by in By:
        totals = added_up(rows, by, outcomes)
        assert sum(one.pence for one in totals) == everything.pence, by
        assert sum(one.delivered for one in totals) == everything.delivered, by
        assert any(one.missing for one in totals) == everything.missing, by
    for by in (By.CLASS, By.NEED):
        totals = added_up(rows, by)
        assert sum(len(one.pupils) for one in totals) == len(rows), "each pupil once"
        assert sum(one.above for one in totals) == everything.above


def _row(
    org: Organisation, pupil: int, many: Many, own: list[Promise], done: dict[int, Cost]
) -> OfPupil:
    found = many.with_lines(own)
    mine = {one.key: done[one.key] for one in own if one.key in done}
    return OfPupil(
        pupil, org, YEAR, found.sum, 600_000, max(0, found.sum.pence - 600_000), 0,
        found.promises, found.lines, found.shares, class_name=f"{pupil % 2}R",
        area="Communication" if pupil % 3 else "", delivered=summed(mine.values()), held=mine,
    )  # fmt: skip
