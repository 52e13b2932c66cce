"""What an address may say of a list, and where the marks of a chart stand."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from opensenco.ui import charts
from opensenco.ui.listing import Column, Listing

COLUMNS = (Column("Pupil", "name"), Column("Cost", "cost"), Column("Turn"))


def listing(address: str, total: int = 480) -> Listing:
    return Listing(QueryDict(address), COLUMNS, total)


@pytest.mark.parametrize(
    ("address", "sort", "page"),
    [
        ("", "name", 1),
        ("sort=cost&page=2", "cost", 2),
        ("sort=-cost", "-cost", 1),
        ("sort=password", "name", 1),
        ("sort=--cost", "name", 1),
        ("page=0", "name", 1),
        ("page=-1", "name", 1),
        ("page=99", "name", 10),
        ("page=%C2%B2", "name", 1),
        ("page=1%3BDROP", "name", 1),
        ("page=99999999999999", "name", 1),
    ],
)
def test_an_address_that_means_nothing_is_the_usual_one(address, sort, page):
    found = listing(address)
    assert (found.sort, found.page) == (sort, page)


def test_the_rows_of_a_page():
    assert (listing("page=10").start, listing("page=10").stop) == (450, 480)
    assert (listing("", 0).start, listing("", 0).stop, listing("", 0).pages) == (0, 0, 1)


def test_sorting_keeps_the_filters_and_begins_at_page_one():
    found = listing("need=SLCN&need=SEMH&sort=name&page=4")
    assert QueryDict(found.sort_url(COLUMNS[0])[1:]) == QueryDict("need=SLCN&need=SEMH&sort=-name")
    assert QueryDict(found.page_url(5)[1:]) == QueryDict("need=SLCN&need=SEMH&sort=name&page=5")
    assert found.direction(COLUMNS[0]) == "ascending"
    assert found.direction(COLUMNS[2]) == ""


def test_gaps_between_pages():
    shown = [pick and pick.label for pick in listing("page=5").page_picks()]
    assert shown == ["1", None, "4", "5", "6", None, "10"]


def test_promises_that_cannot_be_are_refused():
    for figures in ((-1, 0), (10, 5, 6), (10, -5)):
        with pytest.raises(ValueError, match="negative"):
            charts.promise(*figures)


def test_a_bar_stays_in_its_box():
    bar = charts.promise(100, 900, 50, 100)
    assert bar.got + bar.made == pytest.approx(150)
    assert bar.due_at == 150
    assert bar.percent == 900


@pytest.mark.parametrize(("delivered", "short"), [(74, True), (75, False), (0, True)])
def test_short_is_under_three_quarters_of_what_is_due(delivered, short):
    assert charts.promise(200, delivered, due=100).short is short


def test_nothing_is_short_where_nothing_is_due():
    assert not charts.promise(200, 0).short
    assert charts.promise(200, 0, due=0).percent is None


@given(
    st.floats(-1e6, 1e6, allow_nan=False),
    st.floats(0, 1e6, allow_nan=False),
)
def test_steps_hold_every_value(low, span):
    steps = charts.nice_steps(low, low + span)
    assert steps[0] <= low + 1e-3
    assert steps[-1] >= low + span - 1e-3
    assert 2 <= len(steps) <= 8


def test_a_line_runs_from_the_first_day_to_the_aim():
    days = [(dt.date(2026, 9, 14), 31.0), (dt.date(2026, 11, 13), 38.0)]
    line = charts.line(days, (dt.date(2026, 12, 11), 60.0), box=(128, 40))
    assert line.places[0].x == 4
    assert line.aim
    assert line.aim[1].x == 124
    assert line.places[0].y > line.places[1].y > line.aim[1].y
    assert line.path.startswith("M4 ")


def test_one_measure_is_a_dot_and_none_is_refused():
    line = charts.line([(dt.date(2026, 9, 14), 31.0)])
    assert len(line.places) == 1
    with pytest.raises(ValueError, match="at least one"):
        charts.line([])


def test_upright_bars_begin_at_zero():
    counted = charts.columns([charts.Bar("a", 1), charts.Bar("b", 9)], whole=True)
    assert [step.value for step in counted.grid] == [0, 5, 10]
    assert charts.nice_steps(0, 1, whole=True) == [0, 1]
    found = charts.columns([charts.Bar("a", 0), charts.Bar("b", 9)], reference=4)
    assert found.columns[0].height == 0
    assert found.columns[1].y + found.columns[1].height == pytest.approx(found.floor)
    assert found.reference is not None
    with pytest.raises(ValueError, match="negative"):
        charts.columns([charts.Bar("a", -1)])
