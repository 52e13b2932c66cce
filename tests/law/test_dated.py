"""Values with dates of force, and the overlay of a school and its authority."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.errors import Invalid
from opensenco.law.dated import Dated, Row
from opensenco.law.numbers.practice import CONCERN_REPLY
from opensenco.law.parameters import SHIPPED, Origin, Overlay, Parameters, known
from opensenco.law.rule import NotInForce
from opensenco.law.strength import Evidence, Provision

SOURCE = Provision("An instrument")
DAYS = st.dates(date(2014, 9, 1), date(2040, 1, 1))


def row(first: date, last: date | None, value: int) -> Row[int]:
    return Row(first, last, value, SOURCE)


TABLE = Dated(
    "an.amount",
    (
        row(date(2024, 4, 1), date(2025, 3, 31), 910),
        row(date(2025, 4, 1), date(2026, 3, 31), 938),
        row(date(2026, 4, 1), None, 975),
    ),
)


@pytest.mark.rule("CAL-16")
@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2024, 4, 1), 910),
        (date(2025, 3, 31), 910),
        (date(2025, 4, 1), 938),
        (date(2026, 3, 31), 938),
        (date(2026, 4, 1), 975),
        (date(2099, 1, 1), 975),
    ],
)
def test_each_day_has_the_value_of_its_time(day: date, value: int) -> None:
    assert TABLE.on(day) == value


@pytest.mark.rule("CAL-16")
def test_a_day_before_the_first_row_or_in_a_gap_is_an_error() -> None:
    with pytest.raises(NotInForce, match="31 March 2024"):
        TABLE.on(date(2024, 3, 31))
    gap = Dated(
        "a.gap",
        (row(date(2024, 1, 1), date(2024, 1, 31), 1), row(date(2024, 3, 1), None, 2)),
    )
    with pytest.raises(NotInForce):
        gap.on(date(2024, 2, 29))


@pytest.mark.rule("CAL-16")
@given(st.dates(date(2026, 4, 2), date(2040, 1, 1)), DAYS)
def test_a_change_is_a_new_row_and_the_past_stays(first: date, day: date) -> None:
    changed = TABLE.followed_by(first, 1000, SOURCE, Evidence.READ)
    if day >= first:
        assert changed.on(day) == 1000
    elif day >= date(2024, 4, 1):
        assert changed.on(day) == TABLE.on(day)
    assert len(list(TABLE)) == 3


def test_tables_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a row"):
        Dated[int]("empty", ())
    with pytest.raises(ValueError, match="ends before"):
        Dated("back", (row(date(2024, 1, 2), date(2024, 1, 1), 1),))
    with pytest.raises(ValueError, match="overlaps"):
        Dated("open", (row(date(2024, 1, 1), None, 1), row(date(2025, 1, 1), None, 2)))
    with pytest.raises(ValueError, match="overlaps"):
        Dated(
            "touching",
            (row(date(2024, 1, 1), date(2024, 2, 1), 1), row(date(2024, 2, 1), None, 2)),
        )
    with pytest.raises(ValueError, match="must start after"):
        TABLE.followed_by(date(2026, 4, 1), 1, SOURCE, Evidence.READ)


def overlay(
    value: int = 5,
    *,
    key: str = CONCERN_REPLY.key,
    first: date = date(2026, 9, 1),
    last: date | None = None,
    source: str = "Communication policy, September 2026",
    origin: Origin = Origin.SCHOOL,
) -> Overlay:
    return Overlay(key, first, last, value, source, origin)


def test_the_shipped_number_is_used_and_says_so() -> None:
    used = SHIPPED.use(CONCERN_REPLY, date(2026, 9, 14))
    assert (used.value, used.origin) == (10, Origin.SHIPPED)
    assert "6.45" in used.source
    with pytest.raises(NotInForce):
        SHIPPED.use(CONCERN_REPLY, date(2014, 8, 31))


def test_a_school_goes_before_its_authority_and_both_before_what_is_shipped() -> None:
    parameters = Parameters(
        [
            overlay(5, first=date(2026, 9, 1), last=date(2026, 12, 31)),
            overlay(7, first=date(2026, 1, 1), origin=Origin.AUTHORITY),
        ]
    )
    wanted = {
        date(2025, 12, 31): (10, Origin.SHIPPED),
        date(2026, 8, 31): (7, Origin.AUTHORITY),
        date(2026, 9, 1): (5, Origin.SCHOOL),
        date(2026, 12, 31): (5, Origin.SCHOOL),
        date(2027, 1, 1): (7, Origin.AUTHORITY),
    }
    for day, (value, origin) in wanted.items():
        used = parameters.use(CONCERN_REPLY, day)
        assert (used.value, used.origin) == (value, origin)


@given(DAYS, DAYS, st.integers(1, 60))
def test_an_overlay_changes_its_own_time_only(first: date, day: date, value: int) -> None:
    parameters = Parameters([overlay(value, first=first, last=first + timedelta(days=90))])
    inside = first <= day <= first + timedelta(days=90)
    assert parameters.use(CONCERN_REPLY, day).value == (value if inside else 10)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (overlay(0), "value"),
        (overlay(61), "value"),
        (overlay(key="no.such_key"), "key"),
        (overlay(origin=Origin.SHIPPED), "key"),
        (overlay(source="  "), "source"),
        (overlay(first=date(2026, 9, 2), last=date(2026, 9, 1)), "last"),
    ],
)
def test_an_overlay_that_may_not_be_names_its_field(bad: Overlay, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        Parameters([bad])
    assert refused.value.field == field


def test_two_numbers_of_one_origin_may_not_hold_at_once() -> None:
    early = overlay(5, last=date(2026, 12, 31))
    with pytest.raises(Invalid, match="already in force"):
        Parameters([early, overlay(6, first=date(2026, 12, 31))])
    assert len(Parameters([early, overlay(6, first=date(2027, 1, 1))]).overlays) == 2


def test_only_what_is_shipped_within_its_own_bounds_can_be_overlaid() -> None:
    for parameter in known().values():
        for shipped in parameter.table:
            if parameter.settable and isinstance(shipped.value, int):
                assert parameter.least <= shipped.value <= parameter.most
