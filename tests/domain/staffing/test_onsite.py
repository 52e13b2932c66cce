"""Where somebody is at a moment, and whom to call, worked out without a database."""

from datetime import time

import pytest

from opensenco.staffing.onsite import (
    Adult,
    Cover,
    Gone,
    Standing,
    Stretch,
    Where,
    standing_at,
    whom_to_call,
)

HERE = Stretch("Mill Lane", True, time(8, 30), time(12), "Extension 4")
THERE = Stretch("Weir", False, time(13), time(15), "01632 960118")
ALL_DAY = Stretch("Mill Lane", True)


@pytest.mark.parametrize(
    ("said", "gone", "now", "wanted"),
    [
        (None, (), time(9), Standing(Where.UNSAID)),
        (None, (Gone(time(13)),), time(9), Standing(Where.UNSAID, until=time(13))),
        (None, (Gone(),), time(9), Standing(Where.AWAY)),
        (None, (Gone(None, time(11)),), time(9), Standing(Where.AWAY, back=time(11))),
        ((Stretch("", False),), (Gone(),), time(9), Standing(Where.OFF)),
        ((ALL_DAY,), (), time(9), Standing(Where.HERE)),
        ((ALL_DAY,), (Gone(time(13)),), time(9), Standing(Where.HERE, until=time(13))),
        ((ALL_DAY,), (Gone(time(8), time(10)),), time(9), Standing(Where.AWAY, back=time(10))),
        ((HERE, THERE), (), time(8), Standing(Where.LATER, since=time(8, 30))),
        (
            (HERE, THERE), (), time(9),
            Standing(Where.HERE, since=time(8, 30), until=time(12), reach="Extension 4"),
        ),
        (
            (HERE, THERE), (), time(12, 30),
            Standing(Where.ELSEWHERE, "Weir", time(13), time(15), None, "01632 960118"),
        ),
        (
            (Stretch("Weir", False, None, time(12)), Stretch("Mill Lane", True, time(13))), (),
            time(9), Standing(Where.ELSEWHERE, "Weir", None, time(12), time(13)),
        ),
        ((HERE,), (), time(14), Standing(Where.LEFT, until=time(12))),
        ((HERE,), (Gone(),), time(8), Standing(Where.AWAY)),
    ],
)  # fmt: skip
def test_where_somebody_is_is_told_from_their_week_and_who_is_away(said, gone, now, wanted):
    assert standing_at(said, gone, now) == wanted


def adult(name: str, role: str, where: Where, **more: object) -> Adult:
    return Adult(len(name), name, (role,), (role,), Standing(where), **more)  # type: ignore[arg-type]


def test_the_senco_on_site_is_called_first_then_who_stands_in_then_the_other_school():
    team = [
        adult("Safe", "DSL", Where.HERE),
        adult("Head", "HEAD", Where.UNSAID),
        adult("Shared", "SENCO_SHARED", Where.ELSEWHERE),
        adult("Stands in", "TEACHER", Where.HERE, cover=Cover("Away", None)),
        adult("Away", "SENCO", Where.AWAY, covered=Cover("Stands in", None)),
        adult("Teacher", "TEACHER", Where.HERE),
        adult("Of a part", "SENCO_PHASE", Where.HERE, cover=Cover("Another", None)),
        adult("Later", "SENCO", Where.LATER),
    ]
    assert [one.name for one in whom_to_call(team)] == [
        "Stands in",
        "Shared",
        "Of a part",
        "Head",
        "Safe",
    ]
    team.append(adult("Here", "SENCO_LEAD", Where.HERE))
    assert whom_to_call(team)[0].name == "Here"
    head_is_away = [adult("Head", "HEAD", Where.AWAY), adult("Safe", "DSL", Where.HERE)]
    assert [one.name for one in whom_to_call(head_is_away)] == ["Safe"]
