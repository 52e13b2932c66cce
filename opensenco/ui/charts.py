"""The arithmetic of our charts: where each mark stands. The templates draw what is given here.

All lengths are in the units of the picture's own viewBox. Bars start at zero.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

SHORT_OF_DUE = 0.75
TINY = 1e-6

Point = tuple[dt.date, float]


@dataclass(frozen=True, slots=True)
class Promise:
    """One bar of promised and delivered, `width` wide."""

    width: int
    promised: int
    delivered: int
    made_up: int
    due: int | None
    got: float
    made: float
    due_at: float | None
    short: bool
    percent: int | None


def promise(
    promised: int, delivered: int, made_up: int = 0, due: int | None = None, *, width: int = 150
) -> Promise:
    """Work out a bar of promised and delivered.

    `promised` is the whole promise, `delivered` all that took place, `made_up` how much of that
    was made up later, `due` what was promised by today (None: nothing is due yet). Any unit.
    Under three quarters of what is due the bar counts as short.

    Raises:
        ValueError: a figure is negative, or more was made up than delivered.
    """
    if min(promised, delivered, made_up, due or 0) < 0 or made_up > delivered:
        raise ValueError("Promised and delivered cannot be negative, nor made up exceed delivered.")
    whole = max(promised, 1)
    end = min(delivered / whole, 1) * width
    made = min(made_up / whole * width, end)
    return Promise(
        width=width,
        promised=promised,
        delivered=delivered,
        made_up=made_up,
        due=due,
        got=round(end - made, 1),
        made=round(made, 1),
        due_at=round(min(due / whole, 1) * width, 1) if due else None,
        short=bool(due) and delivered < SHORT_OF_DUE * (due or 0),
        percent=round(100 * delivered / due) if due else None,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A mark: where it stands and what it stands for."""

    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of measures, with the aim dashed and the faint grid of a large chart."""

    places: tuple[Place, ...]
    aim: tuple[Place, Place] | None
    grid: tuple[Place, ...]
    width: int
    height: int
    usual: tuple[Place, Place] | None = None

    @property
    def usual_path(self) -> str:
        """The thin line from the first measure along what is usual."""
        return path_of(self.usual) if self.usual else ""

    @property
    def path(self) -> str:
        """The child's line, as an SVG path."""
        return path_of(self.places)

    @property
    def aim_path(self) -> str:
        """The dashed line from the first measure to the aim."""
        return path_of(self.aim) if self.aim else ""


def path_of(places: Sequence[Place]) -> str:
    """Join places by straight lines."""
    return "".join(
        f"{'L' if index else 'M'}{place.x:g} {place.y:g}" for index, place in enumerate(places)
    )


def line(
    points: Sequence[Point],
    aim: Point | None = None,
    *,
    usual: Point | None = None,
    box: tuple[int, int] = (128, 40),
    margins: tuple[int, int, int, int] = (6, 4, 4, 4),
    labels: Sequence[str] = (),
) -> Line:
    """Work out a line of measures over days, oldest first, towards an aim.

    `box` is width and height, `margins` top, right, bottom and left in that box. With `labels`
    (one a point) each place carries its words.

    Raises:
        ValueError: there is no point.
    """
    if not points:
        raise ValueError("A line needs at least one measure.")
    every = [*points, *(one for one in (aim, usual) if one)]
    first, last = min(day for day, _ in every), max(day for day, _ in every)
    steps = nice_steps(min(v for _, v in every), max(v for _, v in every))
    low, high = steps[0], steps[-1]
    top, right, bottom, left = margins
    width, height = box[0] - left - right, box[1] - top - bottom

    def place(point: Point, label: str = "") -> Place:
        along = (point[0] - first).days / max((last - first).days, 1)
        up = (point[1] - low) / (high - low)
        x, y = left + along * width, top + (1 - up) * height
        return Place(round(x, 1), round(y, 1), label, point[1])

    places = tuple(
        place(point, label)
        for point, label in zip(points, labels or [""] * len(points), strict=True)
    )
    return Line(
        places=places,
        aim=(places[0], place(aim)) if aim else None,
        grid=tuple(place((first, step)) for step in steps),
        width=box[0],
        height=box[1],
        usual=(places[0], place(usual)) if usual else None,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as a page gives it.

    `low` marks the bad end; `shown` are the words on it; `name` is its whole name in the table.
    """

    label: str
    value: float
    low: bool = False
    shown: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One bar as it is drawn."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    bar: Bar


@dataclass(frozen=True, slots=True)
class Columns:
    """Upright bars from zero over a faint grid, with a line to compare against."""

    columns: tuple[Column, ...]
    grid: tuple[Place, ...]
    floor: float
    reference: float | None
    width: int
    height: int


def columns(
    bars: Sequence[Bar],
    *,
    reference: float | None = None,
    box: tuple[int, int] = (560, 260),
    whole: bool = False,
) -> Columns:
    """Work out upright bars; `whole` where they count things, so that no step divides one.

    Raises:
        ValueError: there is no bar, or a value is negative.
    """
    if not bars or min(bar.value for bar in bars) < 0:
        raise ValueError("Bars need at least one value, none of them negative.")
    left, right, top, bottom = 44, 12, 30, 40
    floor = box[1] - bottom
    most = max([bar.value for bar in bars] + [reference or 0])
    steps = nice_steps(0, most, whole=whole)
    scale = (floor - top) / (steps[-1] or 1)
    slot = (box[0] - left - right) / len(bars)

    def y(value: float) -> float:
        return round(floor - value * scale, 1)

    return Columns(
        columns=tuple(
            Column(
                x=round(left + index * slot + slot * 0.1, 1),
                y=y(bar.value),
                width=round(slot * 0.8, 1),
                height=round(bar.value * scale, 1),
                middle=round(left + (index + 0.5) * slot, 1),
                bar=bar,
            )
            for index, bar in enumerate(bars)
        ),
        grid=tuple(Place(left, y(step), "", step) for step in steps),
        floor=floor,
        reference=None if reference is None else y(reference),
        width=box[0],
        height=box[1],
    )


@dataclass(frozen=True, slots=True)
class Dotted:
    """A dot for each value over a scale; those of one place stand on each other."""

    places: tuple[Place, ...]
    grid: tuple[Place, ...]
    floor: float
    nought: float
    band: tuple[float, float] | None
    middle: float | None
    width: int
    height: int


def dotted(
    values: Sequence[float],
    *,
    middle: float | None = None,
    band: tuple[float, float] | None = None,
    width: int = 300,
) -> Dotted:
    """Work out a dot for each value, with nought always in sight.

    Args:
        middle: where a line marks the median; band: between which values its interval lies.

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("A plot of dots needs at least one value.")
    steps = nice_steps(min(*values, 0), max(*values, 0))
    low, high = steps[0], steps[-1]
    left, radius, most = 24, 6, 12

    def x(value: float) -> float:
        return round(left + (value - low) / (high - low) * (width - 2 * left), 1)

    stacks: dict[float, int] = {}
    for value in values:
        stacks[value] = stacks.get(value, 0) + 1
    tall = max(stacks.values())
    # more than a dozen on one place move together, so that the picture stays small
    step = 2 * radius + 2 if tall <= most else (2 * radius + 2) * most / tall
    floor = round(24 + min(tall, most) * (2 * radius + 2), 1)
    return Dotted(
        places=tuple(
            Place(x(value), round(floor - radius - 2 - number * step, 1), "", value)
            for value, count in sorted(stacks.items())
            for number in range(count)
        ),
        grid=tuple(Place(x(one), floor, "", one) for one in steps),
        floor=floor,
        nought=x(0),
        band=(x(band[0]), x(band[1])) if band else None,
        middle=None if middle is None else x(middle),
        width=width,
        height=round(floor + 28),
    )


def nice_steps(low: float, high: float, most: int = 5, *, whole: bool = False) -> list[float]:
    """Give round numbers that hold all values between them: 0, 20, 40, 60.

    With `whole` none of them has a fraction: 0, 1, 2 and not 0, 0.5, 1.
    """
    span = high - low if high - low > TINY else max(abs(high), 1)
    rough = span / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    factors = (1, 2, 5, 10) if whole else (1, 2, 2.5, 5, 10)
    step = next(power * factor for factor in factors if power * factor >= rough)
    step = max(step, 1) if whole else step
    start = math.floor(low / step) * step
    count = math.ceil((high - start) / step - 1e-9) or 1
    return [round(start + index * step, 6) for index in range(count + 1)]
