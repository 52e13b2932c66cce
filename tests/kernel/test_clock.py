"""The clock: days are London's, moments carry their zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from opensenco.kernel.clock import (
    FixedClock,
    FrozenClock,
    clock_for,
    fixed_clock,
    london_date,
    system_clock,
)


@pytest.mark.rule("CAL-01")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # In summer, half past eleven at night in UTC is already tomorrow in London.
        (datetime(2027, 7, 1, 22, 59, tzinfo=UTC), date(2027, 7, 1)),
        (datetime(2027, 7, 1, 23, 0, tzinfo=UTC), date(2027, 7, 2)),
        # The nights on which the clocks change.
        (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 23, 0, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_moment_falls_on_a_london_day(moment: datetime, day: date) -> None:
    assert london_date(moment) == day


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_date(datetime(2027, 7, 1, 12, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2027, 7, 1, 12, 0))  # noqa: DTZ001


def test_the_machine_clock_runs_in_utc() -> None:
    clock = system_clock()
    before = clock.now()
    assert before.utcoffset() == timedelta(0)
    assert before <= clock.now()
    assert london_date(before) <= clock.today()


def test_a_frozen_clock_stays_on_its_day_while_its_time_runs() -> None:
    real = iter([datetime(2026, 11, 22, hour, 15, tzinfo=UTC) for hour in (8, 9, 23)])
    clock = FrozenClock(date(2027, 3, 10), lambda: next(real))
    moments = [clock.now() for _ in range(3)]
    assert moments == sorted(moments)
    assert [(m.hour, m.minute) for m in moments] == [(8, 15), (9, 15), (23, 15)]
    assert {london_date(m) for m in moments} == {clock.today()} == {date(2027, 3, 10)}


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25), date(2028, 2, 29)])
def test_a_frozen_clock_never_leaves_its_day(day: date, hour: int) -> None:
    clock = FrozenClock(day, lambda: datetime(2026, 7, 1, hour, 30, tzinfo=UTC))
    assert london_date(clock.now()) == day


def test_the_clock_of_a_process_is_frozen_only_where_a_day_is_set() -> None:
    assert clock_for(date(2028, 2, 29)).today() == date(2028, 2, 29)
    assert clock_for(None) == system_clock()


def test_a_fixed_clock_stands() -> None:
    clock = fixed_clock(date(2027, 7, 1))
    assert clock.now() == clock.now() == datetime(2027, 7, 1, 11, 0, tzinfo=UTC)
    assert clock.today() == date(2027, 7, 1)
