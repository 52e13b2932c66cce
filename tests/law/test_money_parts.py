"""Parts of a year, moves, years and instalments (docs/law/proration.md)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import Span
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.money.instalments import Purpose, half_years, instalments, payments
from opensenco.law.money.proration import (
    AwardTime,
    Convention,
    Parts,
    Start,
    by_parts,
    check_start,
    prorated,
    units_of,
)
from opensenco.law.money.transfer import (
    PAYS,
    Gap,
    Movement,
    Shares,
    Stay,
    moved,
    overpaid,
    shared_by_stay,
)
from opensenco.law.money.years import SplitBy, YearKind, funding_year, months_touched, split_by_year
from opensenco.law.rule import BadFact, NotInForce
from tests.law.money_pages import pence, rows
from tests.law.pages import Example, day, example_school, examples

YEAR = Span(date(2025, 9, 1), date(2026, 8, 31))
HALF_TERMS = tuple(
    Span(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
    for row in examples("proration", "The example year")
)
TERMS = tuple(
    Span(first.first, second.last)
    for first, second in zip(HALF_TERMS[::2], HALF_TERMS[1::2], strict=True)
)
PARTS = Parts(half_terms=HALF_TERMS, terms=TERMS)
DAYS = st.dates(YEAR.first, date(2026, 8, 31))
MONEY = st.integers(0, 2_000_000)
COUNTED = (
    Convention.DAILY,
    Convention.MONTH_INCLUDE_START,
    Convention.MONTH_NEXT_FULL,
    Convention.HALF_TERM_SIXTHS,
    Convention.TERM_THIRDS,
)


def award(
    sum: int = 480000, first: date = YEAR.first, last: date | None = None, year: Span = YEAR
) -> AwardTime:
    return AwardTime(pence=sum, year=year, first=first, last=last)


@pytest.mark.rule("FUND-86")
@pytest.mark.parametrize("example", rows("proration", "Late start"))
def test_part_of_a_year_is_paid_by_the_scheme_s_convention(example: Example) -> None:
    year = Span.parse(example["year"])
    first = date.fromisoformat(example["first"])
    parts = PARTS
    if example["entered"]:
        paid, _, size = example["entered"].partition("/")
        parts = Parts(entered=(int(paid), int(size)))
    elif example["convention"].startswith("SCHOOL"):
        parts = Parts(calendar=example_school())
    time = award(pence(example["award"]), first, day(example["last"]), year)
    amount = prorated(award=time, convention=Convention(example["convention"]), parts=parts)
    basis = amount.basis
    assert f"{basis.number('paid')}/{basis.number('year')}" == example["units"]
    assert amount.pence == pence(example["amount"])
    assert (basis.rule, basis.convention) == ("FUND-86", example["convention"])
    assert basis.number("yearly") == pence(example["award"])


@pytest.mark.rule("FUND-86")
def test_a_part_says_what_it_was_counted_from() -> None:
    amount = prorated(award=award(first=date(2025, 11, 10)), convention=Convention.DAILY)
    assert str(amount.basis.reasons[0]) == "£4,800 for the year, 295 of 365."


@pytest.mark.rule("FUND-86")
@given(MONEY, DAYS, DAYS, st.sampled_from(Convention))
def test_a_later_start_is_never_worth_more(
    sum: int, one: date, other: date, convention: Convention
) -> None:
    parts = Parts(HALF_TERMS, TERMS, entered=None)
    if convention in (Convention.SCHOOL_DAYS, Convention.SCHOOL_WEEKS):
        return
    early, late = sorted((one, other))
    whole = prorated(award=award(sum), convention=convention, parts=parts).pence
    first = prorated(award=award(sum, early), convention=convention, parts=parts).pence
    second = prorated(award=award(sum, late), convention=convention, parts=parts).pence
    assert whole == sum
    assert 0 <= second <= first <= whole
    shorter = prorated(award=award(sum, early, late), convention=convention, parts=parts).pence
    assert 0 <= shorter <= first


@pytest.mark.rule("FUND-86")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first": date(2025, 8, 31)}, "first"),
        ({"last": date(2026, 9, 1)}, "last"),
        ({"first": date(2026, 2, 2), "last": date(2026, 2, 1)}, "last"),
        ({"year": Span(date(2025, 9, 1), None)}, "year"),
        ({"first": datetime(2026, 2, 2)}, "first"),  # noqa: DTZ001
        ({"last": datetime(2026, 2, 2)}, "last"),  # noqa: DTZ001
        ({"sum": -1}, "pence"),
    ],
)
def test_an_award_lies_inside_its_year(given: Any, field: str) -> None:
    with pytest.raises(BadFact) as refused:
        award(**given)
    assert (refused.value.rule, refused.value.field) == ("FUND-86", field)


@pytest.mark.rule("FUND-86")
def test_the_first_and_the_last_day_of_a_year_are_inside() -> None:
    assert award(first=date(2026, 8, 31)).ends == date(2026, 8, 31)
    assert award(last=YEAR.first).ends == YEAR.first
    one = Span(YEAR.first, YEAR.first)
    assert prorated(award=award(year=one), convention=Convention.DAILY).pence == 480000
    with pytest.raises(BadFact, match="1 September 2025 to 31 August 2026"):
        award(first=date(2026, 9, 1))


@pytest.mark.rule("FUND-86")
@pytest.mark.parametrize(
    ("convention", "field"),
    [
        (Convention.SCHOOL_DAYS, "calendar"),
        (Convention.SCHOOL_WEEKS, "calendar"),
        (Convention.HALF_TERM_SIXTHS, "parts"),
        (Convention.TERM_THIRDS, "parts"),
    ],
)
def test_a_convention_that_needs_a_calendar_says_so(convention: Convention, field: str) -> None:
    with pytest.raises(BadFact) as refused:
        prorated(award=award(), convention=convention)
    assert refused.value.field == field
    assert refused.value.rule == "FUND-86"


@pytest.mark.rule("FUND-86")
@pytest.mark.parametrize(
    "spans",
    [
        (HALF_TERMS[1], HALF_TERMS[0]),
        (Span(date(2025, 8, 25), date(2025, 10, 24)),),
        (Span(date(2026, 6, 1), date(2026, 9, 1)),),
        (Span(date(2026, 6, 1), None),),
        (Span(date(2025, 9, 1), date(2025, 12, 1)), Span(date(2025, 11, 1), date(2026, 2, 1))),
        (Span(date(2025, 9, 1), date(2025, 12, 1)), Span(date(2025, 12, 1), date(2026, 2, 1))),
    ],
)
def test_half_terms_come_in_order_and_inside_the_year(spans: tuple[Span, ...]) -> None:
    for include_start in (True, False):
        with pytest.raises(BadFact, match="in order and inside it"):
            by_parts(year=YEAR, parts=spans, include_start=include_start)
    whole = by_parts(year=YEAR, parts=(YEAR,), include_start=True)
    assert (whole.size, whole.units(YEAR.first, YEAR.first)) == (1, 1)
    one_day = (Span(YEAR.first, YEAR.first), Span(date(2026, 1, 5), date(2026, 1, 5)))
    assert by_parts(year=YEAR, parts=one_day, include_start=True).size == 2


@pytest.mark.rule("FUND-86")
@pytest.mark.parametrize("entered", [(-1, 190), (191, 190), (0, 0), (1, 0)])
def test_a_number_of_one_s_own_has_to_be_possible(entered: tuple[int, int]) -> None:
    with pytest.raises(BadFact):
        prorated(award=award(), convention=Convention.NONE, parts=Parts(entered=entered))


@pytest.mark.rule("FUND-86")
def test_all_or_none_of_entered_units_may_be_paid() -> None:
    def paid(*entered: int) -> int:
        parts = Parts(entered=(entered[0], entered[1]))
        return prorated(award=award(), convention=Convention.SCHOOL_DAYS, parts=parts).pence

    assert (paid(190, 190), paid(0, 190), paid(1, 1)) == (480000, 0, 480000)


@pytest.mark.rule("FUND-86")
def test_a_school_that_is_never_open_has_no_days() -> None:
    shut = SchoolCalendar(
        "Shut", (CalendarRow(date(2026, 7, 1), date(2026, 8, 31), DayKind.CLOSED),), england()
    )
    summer = Span(date(2026, 7, 1), date(2026, 8, 31))
    time = award(first=summer.first, year=summer)
    for convention in (Convention.SCHOOL_DAYS, Convention.SCHOOL_WEEKS):
        with pytest.raises(BadFact):
            prorated(award=time, convention=convention, parts=Parts(calendar=shut))


@pytest.mark.rule("FUND-86")
def test_a_school_week_is_paid_from_its_first_open_day_to_its_last() -> None:
    school = example_school()
    year = Span(date(2026, 9, 1), date(2027, 7, 30))

    def weeks(first: date, last: date) -> int:
        counted = units_of(
            convention=Convention.SCHOOL_WEEKS, year=year, parts=Parts(calendar=school)
        )
        return counted.units(first, last)

    monday = date(2026, 9, 14)
    assert weeks(monday, monday) == 1
    assert weeks(monday + timedelta(days=4), monday + timedelta(days=4)) == 1
    assert weeks(monday + timedelta(days=5), monday + timedelta(days=6)) == 0
    assert weeks(monday + timedelta(days=4), monday + timedelta(days=7)) == 2
    days = units_of(convention=Convention.SCHOOL_DAYS, year=year, parts=Parts(calendar=school))
    assert days.units(monday, monday + timedelta(days=7)) == 6
    assert days.units(monday + timedelta(days=5), monday + timedelta(days=6)) == 0


@pytest.mark.rule("FUND-87")
@pytest.mark.parametrize("example", rows("proration", "When an award may start"))
def test_an_award_does_not_start_before_it_was_decided(example: Example) -> None:
    given: dict[str, Any] = {
        "first": date.fromisoformat(example["first"]),
        "decided": date(2026, 11, 10),
        "opened": date(2026, 9, 1),
        "start": Start(example["start"]),
    }
    if example["allowed"] == "yes":
        check_start(**given)
    else:
        with pytest.raises(BadFact, match="or later") as refused:
            check_start(**given)
        assert (refused.value.rule, refused.value.field) == ("FUND-87", "first")


@pytest.mark.rule("FUND-87")
def test_a_decision_follows_the_opening_of_its_round() -> None:
    with pytest.raises(BadFact) as refused:
        check_start(
            first=date(2026, 9, 2),
            decided=date(2026, 9, 1),
            opened=date(2026, 9, 2),
            start=Start.BACKDATED,
        )
    assert refused.value.field == "decided"
    for field in ("first", "decided", "opened"):
        days = dict.fromkeys(("first", "decided", "opened"), date(2026, 9, 1))
        with pytest.raises(NotInForce, match=field):
            check_start(**(days | {field: date(2014, 8, 31)}), start=Start.FROM_DECISION)


# --- moves -------------------------------------------------------------------------------------


def shares(left: date, joined: date, convention: Convention, gap: Gap, sum: int = 480000) -> Shares:
    stays = (Stay("A", YEAR.first, left), Stay("B", joined, date(2026, 8, 31)))
    return shared_by_stay(
        award=award(sum), stays=stays, convention=convention, gap=gap, parts=PARTS
    )


@pytest.mark.rule("FUND-83", "FUND-103")
@pytest.mark.parametrize("example", rows("proration", "A move between two schools"))
def test_a_move_shares_the_award_to_the_penny(example: Example) -> None:
    found = shares(
        date.fromisoformat(example["left"]),
        date.fromisoformat(example["joined"]),
        Convention(example["convention"]),
        Gap(example["gap"]),
    )
    assert (found.pence("A"), found.pence("B")) == (pence(example["A"]), pence(example["B"]))
    assert found.returned == pence(example["returned"])
    assert found.total == 480000
    basis = found.basis
    assert (basis.rule, basis.convention) == (
        "FUND-103",
        f"{example['convention']} {example['gap']}",
    )
    assert basis.number("yearly") == 480000
    assert basis.number("units") == basis.number("year")
    assert (basis.number("returned") == 0) == (found.returned == 0)
    assert str(basis.reasons[0]).startswith("£4,800 for ")


@pytest.mark.rule("FUND-83", "FUND-103")
@given(
    MONEY, st.lists(DAYS, min_size=6, max_size=6, unique=True), st.sampled_from(COUNTED),
    st.sampled_from(Gap),
)  # fmt: skip
def test_the_parts_of_an_award_always_add_up(
    sum: int, days: list[date], convention: Convention, gap: Gap
) -> None:
    one, two, three, four, five, six = sorted(days)
    time = award(sum, one, six)
    whole = prorated(award=time, convention=convention, parts=PARTS).pence
    stays = (Stay("A", one, two), Stay("B", three, four), Stay("C", five, six))
    if units_of(convention=convention, year=YEAR, parts=PARTS).units(one, six) == 0:
        with pytest.raises(BadFact, match="no time at all"):
            shared_by_stay(award=time, stays=stays, convention=convention, gap=gap, parts=PARTS)
        return
    found = shared_by_stay(award=time, stays=stays, convention=convention, gap=gap, parts=PARTS)
    paid = [pence for _, pence in found.schools]
    assert found.total == whole
    assert found.returned >= 0
    assert min(paid) >= 0
    assert found.returned + paid[0] + paid[1] + paid[2] == whole
    if gap is not Gap.RETURN:
        assert found.returned == 0


@pytest.mark.rule("FUND-103")
def test_time_before_and_after_all_schools_goes_back() -> None:
    for gap in Gap:
        found = shared_by_stay(
            award=award(36500),
            stays=(Stay("A", date(2025, 9, 11), date(2025, 9, 20)),),
            convention=Convention.DAILY,
            gap=gap,
        )
        assert (found.pence("A"), found.returned) == (1000, 35500)


@pytest.mark.rule("FUND-103")
def test_the_time_before_each_school_goes_to_the_one_just_left() -> None:
    stays = (
        Stay("A", YEAR.first, date(2025, 9, 10)),
        Stay("B", date(2025, 9, 21), date(2025, 9, 30)),
        Stay("C", date(2025, 10, 6), date(2026, 8, 31)),
    )
    found = shared_by_stay(
        award=award(36500), stays=stays, convention=Convention.DAILY, gap=Gap.LAST_SCHOOL
    )
    assert [found.pence(each) for each in "ABC"] == [2000, 1500, 33000]


TWO_DAYS = Stay("A", date(2025, 9, 1), date(2025, 9, 2))


@pytest.mark.rule("FUND-103")
@pytest.mark.parametrize(
    "stays",
    [
        (),
        (TWO_DAYS, Stay("A", date(2025, 9, 3), date(2026, 1, 1))),
        (TWO_DAYS, Stay("B", date(2025, 9, 2), date(2026, 1, 1))),
        (TWO_DAYS, Stay("B", date(2025, 9, 1), date(2026, 1, 1))),
        (Stay("A", date(2025, 9, 2), date(2025, 9, 1)),),
        (Stay("A", date(2025, 8, 31), date(2025, 9, 1)),),
        (Stay("A", date(2025, 9, 1), date(2026, 9, 1)),),
        (Stay(" ", date(2025, 9, 1), date(2025, 9, 2)),),
    ],
)  # fmt: skip
def test_stays_that_cannot_be_are_refused(stays: tuple[Stay, ...]) -> None:
    with pytest.raises(BadFact) as refused:
        shared_by_stay(award=award(), stays=stays, convention=Convention.DAILY, gap=Gap.RETURN)
    assert refused.value.rule == "FUND-103"


@pytest.mark.rule("FUND-101", "FUND-102")
@pytest.mark.parametrize("example", rows("proration", "Who pays after a move"))
def test_a_move_changes_budgets_as_the_scheme_says(example: Example) -> None:
    found = moved(
        movement=Movement(example["movement"]),
        same_family=example["family"] == "same",
        unspent=300000,
        rest=280000,
    )
    shown = (found.released, found.moved, found.received)
    assert shown == tuple(pence(example[name]) for name in ("released", "moved", "received"))
    assert found.pays == example["pays"]
    rule = "FUND-101" if example["family"] == "same" else "FUND-102"
    assert (found.basis.rule, found.basis.convention) == (rule, example["movement"])
    assert (found.basis.number("unspent"), found.basis.number("rest")) == (300000, 280000)


@pytest.mark.rule("FUND-102")
def test_every_movement_is_decided_about() -> None:
    assert set(PAYS) == {(movement, same) for movement in Movement for same in (True, False)}
    for bad in ({"unspent": 1, "rest": 2}, {"unspent": -1, "rest": 0}, {"unspent": 1, "rest": -1}):
        with pytest.raises(BadFact):
            moved(movement=Movement.FOLLOW_PUPIL, same_family=False, **bad)
    alike = moved(movement=Movement.FOLLOW_PUPIL, same_family=True, unspent=5, rest=5)
    assert (alike.released, alike.received) == (0, 5)


@pytest.mark.rule("FUND-102")
@pytest.mark.vector("FTV-12")
def test_what_is_released_is_what_was_not_paid() -> None:
    whole = award(350000)
    stays = (Stay("A", YEAR.first, date(2026, 2, 13)),)
    found = shared_by_stay(award=whole, stays=stays, convention=Convention.DAILY, gap=Gap.RETURN)
    assert (found.pence("A"), found.returned) == (159178, 190822)
    after = moved(
        movement=Movement.RELEASE_TO_SOURCE, same_family=False, unspent=found.returned, rest=0
    )
    assert after.released == 190822


@pytest.mark.rule("FUND-104")
def test_what_was_paid_beyond_the_last_day_on_roll_is_listed() -> None:
    given: dict[str, Any] = {
        "award": award(365000),
        "left": date(2025, 9, 10),
        "convention": Convention.DAILY,
    }
    assert overpaid(**given, paid=10001) == 1
    assert overpaid(**given, paid=10000) == 0
    assert overpaid(**given, paid=9999) == 0
    assert overpaid(**given, paid=0) == 0
    with pytest.raises(BadFact):
        overpaid(**given, paid=-1)


# --- years and instalments ---------------------------------------------------------------------


@pytest.mark.rule("FUND-17")
@pytest.mark.parametrize("example", rows("proration", "By funding year"))
def test_an_award_is_told_by_funding_year(example: Example) -> None:
    parts = split_by_year(
        pence=pence(example["amount"]),
        span=Span.parse(example["span"]),
        kind=YearKind(example["year"]),
        by=SplitBy(example["by"]),
    )
    shown = ", ".join(f"{first} {share / 100:,.2f}" for first, share in sorted(parts.items()))
    assert shown == example["parts"]


@pytest.mark.rule("FUND-17")
@given(
    MONEY, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 1200),
    st.sampled_from(YearKind), st.sampled_from(SplitBy),
)  # fmt: skip
def test_the_years_of_an_award_add_up(
    whole: int, first: date, length: int, kind: YearKind, by: SplitBy
) -> None:
    span = Span(first, first + timedelta(days=length))
    parts = split_by_year(pence=whole, span=span, kind=kind, by=by)
    assert sum(parts.values()) == whole
    assert all(day in (date(day.year, 4, 1), date(day.year, 9, 1)) for day in parts)


@pytest.mark.rule("FUND-17")
def test_funding_years_begin_in_april_or_september() -> None:
    for kind, first, before in (
        (YearKind.FINANCIAL, date(2026, 4, 1), date(2026, 3, 31)),
        (YearKind.ACADEMIC, date(2026, 9, 1), date(2026, 8, 31)),
    ):
        year = funding_year(kind=kind, day=first)
        assert (year.first, year.last) == (first, before.replace(year=2027))
        assert funding_year(kind=kind, day=before).last == before
        assert funding_year(kind=kind, day=date(2026, 12, 31)) == year
    endless = Span(date(2026, 4, 1), None)
    given: dict[str, Any] = {"kind": YearKind.FINANCIAL, "by": SplitBy.DAYS}
    with pytest.raises(BadFact, match="last day"):
        split_by_year(pence=1, span=endless, **given)
    with pytest.raises(BadFact):
        split_by_year(pence=-1, span=YEAR, **given)
    with pytest.raises(ValueError, match="without an end"):
        months_touched(endless)
    assert months_touched(Span(date(2025, 12, 31), date(2026, 1, 1))) == 2


@pytest.mark.rule("FUND-84", "FUND-85", "FUND-90")
@pytest.mark.parametrize("example", rows("proration", "Instalments"))
def test_instalments_add_up(example: Example) -> None:
    sum_, parts = pence(example["amount"]), example["parts"]
    if parts == "halves":
        paid = half_years(pence=sum_)
    elif parts.isdigit():
        paid = instalments(pence=sum_, number=int(parts))
    else:
        paid = payments(pence=sum_, purpose=Purpose(parts))
    assert paid == tuple(pence(text) for text in example["paid"].split())
    assert sum(paid) == sum_


@pytest.mark.rule("FUND-84", "FUND-85")
@given(MONEY, st.integers(1, 60))
def test_instalments_differ_by_a_penny_at_most(sum_: int, number: int) -> None:
    paid = instalments(pence=sum_, number=number)
    assert (len(paid), sum(paid)) == (number, sum_)
    assert max(paid) - min(paid) <= 1
    first, second = half_years(pence=sum_)
    assert first + second == sum_
    assert min(first, second) >= 0
    assert first % 100 == 0


@pytest.mark.rule("FUND-84", "FUND-85")
def test_no_instalment_of_less_than_nothing() -> None:
    for refusal in (
        lambda: instalments(pence=-1, number=2),
        lambda: instalments(pence=1, number=0),
        lambda: half_years(pence=-1),
        lambda: payments(pence=-1, purpose=Purpose.PROJECT),
    ):
        with pytest.raises(BadFact):
            refusal()
