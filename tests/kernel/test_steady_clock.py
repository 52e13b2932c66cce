"""The machine's clock is put back or forward; ours never gives a moment before the last one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from opensenco.kernel.clock import Steady

BEGIN = datetime(2027, 3, 10, 9, 30, tzinfo=UTC)


@dataclass
class Machine:
    """A machine whose clock can be put elsewhere, and whose seconds go on."""

    wall: datetime = BEGIN
    ran: float = 0.0

    def later(self, **span: float) -> None:
        """Let time go by."""
        self.wall += timedelta(**span)
        self.ran += timedelta(**span).total_seconds()

    def put(self, **span: float) -> None:
        """Put the clock elsewhere, while no time goes by."""
        self.wall += timedelta(**span)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def steady(machine: Machine) -> Steady:
    return Steady(lambda: machine.wall, lambda: machine.ran)


def test_an_hour_back_is_caught_up_with_and_never_seen(machine: Machine, steady: Steady) -> None:
    moments = [steady.now()]
    machine.put(hours=-1)
    for _tenth in range(18):
        machine.later(minutes=10)
        moments.append(steady.now())
    assert moments == sorted(set(moments))
    # at half the speed two hours are needed for one; from then on it is the machine's own
    assert moments[6] - BEGIN == timedelta(minutes=30)
    assert moments[12:] == [BEGIN + timedelta(minutes=10 * n - 60) for n in range(12, 19)]


def test_forward_is_believed_at_once_and_so_is_a_day_back(machine: Machine, steady: Steady) -> None:
    steady.now()
    machine.put(days=1)
    assert steady.now() == BEGIN + timedelta(days=1)
    machine.put(days=-1)
    machine.later(seconds=1)
    assert steady.now() == BEGIN + timedelta(seconds=1)
    machine.put(seconds=-1)
    assert steady.now() == BEGIN + timedelta(seconds=1)
