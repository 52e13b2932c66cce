"""What provision costs (docs/law/money.md)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.errors import Invalid
from opensenco.law.money.basis import Amount, fraction, plain, resting
from opensenco.law.money.costing import (
    Charge,
    Layer,
    Line,
    MapCost,
    Occasion,
    line_cost,
    map_cost,
)
from opensenco.law.money.items import equipment, hourly, training, yearly_hour
from opensenco.law.money.staff import Post, Rate, RateBasis, employer_cost, rate_on
from opensenco.law.money.thresholds import request_beside_cost, top_up
from opensenco.law.parameters import Origin, Used
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.rulebook.funding import FUND_71, FUND_73, FUND_76
from opensenco.law.strength import Strength
from tests.law.money_pages import exact, pence, rows
from tests.law.pages import Example, examples


def line(example: Example, **more: Any) -> Line:
    charge = Charge(example["charge"])
    sole: dict[str, Any] = {"why_sole": "Set up for this pupil."} if charge is Charge.SOLE else {}
    return Line(
        key=example["what it shows"],
        rate=pence(example["rate"]),
        minutes=exact(example["minutes"]),
        sessions=exact(example["sessions"]),
        weeks=exact(example["weeks"]),
        group=int(example["group"]),
        charge=charge,
        **sole,
        **more,
    )


def simple(**more: Any) -> Line:
    given: dict[str, Any] = {"key": "a", "rate": 2000, "minutes": 30, "sessions": 2, "weeks": 38}
    return Line(**(given | more))


@pytest.mark.rule("FUND-71", "FUND-73", "FUND-74")
@pytest.mark.parametrize("example", rows("money", "One line"))
def test_a_line_costs_its_part_of_the_adult_s_time(example: Example) -> None:
    cost = line_cost(line=line(example))
    assert cost.pence == pence(example["cost"])
    assert cost.untrimmed.pence == cost.pence
    assert cost.minutes == exact(example["per pupil"])
    assert cost.trimmed_hours == 0
    assert cost.findings == ()
    basis = cost.cost.basis
    assert (basis.rule, basis.convention) == ("FUND-73", example["charge"])
    assert (basis.strength, basis.verified) == (Strength.PRACTICE, True)
    assert basis.number("weeks") == exact(example["weeks"])
    assert basis.number("rate") == pence(example["rate"])
    assert basis.number("group") == int(example["group"])


def the_map(example: Example) -> MapCost:
    lines = tuple(
        line(row)
        for row in examples("money", "One line")
        if row["what it shows"].startswith(example["lines"])
        and not (example["without"] and row["what it shows"].endswith(example["without"]))
    )
    items: dict[str, Amount] = {}
    if example["items"]:
        cost, _, years = example["items"].split()
        items = {"equipment": equipment(cost=pence(cost), years=int(years))}
    return map_cost(lines=lines, items=items)


@pytest.mark.rule("FUND-72", "FUND-29")
@pytest.mark.vector("FTV-03", "FTV-05")
@pytest.mark.parametrize("example", rows("money", "A whole map"))
def test_a_total_is_the_sum_of_the_lines_as_shown(example: Example) -> None:
    whole = the_map(example)
    assert whole.total == pence(example["total"])
    shown = [each.pence for each in whole.lines] + [each.pence for _, each in whole.items]
    assert whole.total == sum(shown)
    assert round(whole.unrounded / 100, 2) == Fraction(example["unrounded"])
    assert whole.basis.number("lines") == len(shown)
    case = top_up(cost=whole.total, threshold=pence(example["threshold"]))
    assert case.pence == pence(example["above"])
    if example["lines"] == "FTV-03":
        assert [whole.minutes, whole.minutes / 60] == [237, Fraction("3.95")]


@pytest.mark.rule("FUND-72")
def test_a_map_s_line_is_named_once() -> None:
    with pytest.raises(BadFact, match="stands twice"):
        map_cost(lines=(simple(), simple()))
    with pytest.raises(BadFact, match="stands twice"):
        map_cost(lines=(simple(),), items={"a": equipment(cost=1, years=1)})
    with pytest.raises(BadFact, match="needs a name"):
        map_cost(lines=(simple(key=" "),))
    empty = map_cost(lines=())
    assert [empty.total, empty.unrounded, empty.minutes] == [0, 0, 0]
    one = map_cost(lines=(simple(),))
    assert str(one.basis.reasons[0]) == "£760, the sum of 1 line as shown."


@pytest.mark.rule("FUND-73")
def test_a_line_says_what_it_was_worked_out_from() -> None:
    alone, shared, sole = (
        line_cost(line=simple(**more)).cost.basis.reasons
        for more in ({}, {"group": 4}, {"charge": Charge.SOLE, "why_sole": "For her."})
    )
    assert [str(each) for each in alone] == ["1 hours a week for 38 weeks at £20 an hour."]
    assert str(shared[1]) == "Shared by the 4 pupils of the group."
    assert str(sole[1]) == "The group is run for this pupil, who bears all of it."


@pytest.mark.rule("FUND-73")
@pytest.mark.parametrize(("weeks", "findings"), [(38, 0), (39, 0), (Fraction("39.5"), 1), (53, 1)])
def test_more_weeks_than_a_year_of_school_are_a_warning(weeks: Any, findings: int) -> None:
    found = line_cost(line=simple(weeks=weeks)).findings
    assert [each.kind for each in found] == ["too-many-weeks"] * findings
    assert all(each.severity == "warning" and each.rule == "FUND-73" for each in found)


@pytest.mark.rule("FUND-73", "FUND-74", "FUND-75")
@pytest.mark.parametrize(
    ("more", "rule", "field"),
    [
        ({"group": 0}, "FUND-73", "group"),
        ({"group": 1.0}, "FUND-73", "group"),
        ({"group": True}, "FUND-73", "group"),
        ({"weeks": 0}, "FUND-73", "weeks"),
        ({"weeks": 54}, "FUND-73", "weeks"),
        ({"weeks": Fraction("0.5")}, "FUND-73", "weeks"),
        ({"rate": 20.81}, "FUND-73", "rate"),
        ({"rate": -1}, "FUND-73", "rate"),
        ({"minutes": Decimal("NaN")}, "FUND-73", "minutes"),
        ({"sessions": True}, "FUND-73", "sessions"),
        ({"charge": Charge.SOLE}, "FUND-74", "why_sole"),
        ({"charge": Charge.SOLE, "why_sole": "  "}, "FUND-74", "why_sole"),
        ({"layer": Layer.UNIVERSAL}, "FUND-75", "layer"),
        ({"occasion": Occasion.BREAK}, "FUND-75", "occasion"),
        ({"occasion": Occasion.LUNCH}, "FUND-75", "occasion"),
        ({"occasion": Occasion.UNTIMED}, "FUND-75", "occasion"),
    ],
)
def test_what_cannot_be_costed_is_refused_by_name(more: Any, rule: str, field: str) -> None:
    with pytest.raises(BadFact) as refused:
        simple(**more)
    assert (refused.value.rule, refused.value.field) == (rule, field)


@pytest.mark.rule("FUND-75")
@pytest.mark.parametrize("occasion", Occasion)
@pytest.mark.parametrize("layer", [one for one in Layer if one is not Layer.UNIVERSAL])
def test_a_planned_activity_is_costed_whenever_it_is(occasion: Occasion, layer: Layer) -> None:
    assert line_cost(line=simple(occasion=occasion, layer=layer, planned=True)).pence == 76000


def test_a_line_is_shared_in_a_session_by_one_unless_said() -> None:
    usual = simple()
    assert (usual.charge, usual.group, usual.occasion) == (Charge.SHARED, 1, Occasion.SESSION)
    assert (usual.layer, usual.planned, usual.shared_by) == (Layer.TARGETED, False, 1)
    assert simple(weeks=1).weekly_hours == 1
    assert line_cost(line=simple(weeks=53)).pence == 53 * 2000


@pytest.mark.rule("FUND-76")
@pytest.mark.parametrize("example", rows("money", "A limit on hours"))
def test_a_limit_cuts_hours_and_shows_what_was_cut(example: Example) -> None:
    teacher = simple(
        rate=pence(example["rate"]),
        minutes=60,
        sessions=int(example["hours"]),
        weeks=int(example["weeks"]),
        role="teacher",
    )
    (cost,) = map_cost(lines=(teacher,), limits={"teacher": int(example["limit"])}).lines
    assert cost.pence == pence(example["cost"])
    assert cost.untrimmed.pence == pence(example["untrimmed"])
    assert cost.trimmed_hours == int(example["cut"])


@pytest.mark.rule("FUND-76")
def test_a_limit_cuts_all_lines_of_the_role_alike_and_no_other() -> None:
    lines = (
        simple(key="a", role="teacher", minutes=180),
        simple(key="b", role="teacher", minutes=60),
        simple(key="c", role="assistant", minutes=600),
        simple(key="d", role="therapist", minutes=600),
    )
    limits: dict[str, Any] = {"teacher": Fraction(4), "nobody": 1}
    costs = map_cost(lines=lines, limits=limits).lines
    assert [each.trimmed_hours for each in costs] == [3, 1, 0, 0]
    assert [each.cost.basis.number("weekly_hours") for each in costs] == [3, 1, 20, 20]
    with pytest.raises(BadFact) as refused:
        map_cost(lines=lines, limits={"teacher": -1})
    assert refused.value.rule == "FUND-76"
    assert FUND_76.unverified in [str(each) for each in resting(FUND_76).reasons]


@pytest.mark.rule("FUND-73")
@pytest.mark.parametrize("example", rows("money", "An hour a week, over the year"))
def test_the_yearly_value_of_an_hour_a_week(example: Example) -> None:
    weeks = int(example["weeks"]) if example["weeks"] else None
    given = {"yearly": pence(example["yearly"]), "year": int(example["year"])}
    cost = yearly_hour(**given, group=int(example["group"]), weeks=weeks)
    assert cost.pence == pence(example["cost"])
    assert cost.basis.convention == "YEARLY_HOUR"
    assert cost.basis.number("weeks") == (weeks or int(example["year"]))
    if weeks == 1:
        assert hourly(**given).pence == cost.pence


@pytest.mark.rule("FUND-73")
def test_items_are_spread_over_years_or_pupils() -> None:
    kit, course = equipment(cost=10000, years=3), training(cost=10000, pupils=6)
    assert (kit.pence, kit.exact, kit.basis.convention) == (3333, Fraction(10000, 3), "EQUIPMENT")
    assert (course.pence, course.basis.convention) == (1667, "TRAINING")
    assert str(kit.basis.reasons[0]) == "£100 over 3 years of use."
    assert (kit.basis.number("cost"), kit.basis.number("years")) == (10000, 3)
    assert (equipment(cost=0, years=1).pence, training(cost=0, pupils=1).pence) == (0, 0)
    assert yearly_hour(yearly=0).pence == 0
    assert yearly_hour(yearly=200, weeks=1, year=3).pence == 67
    assert yearly_hour(yearly=3800).basis.number("year") == 38
    refusals = {
        "years": lambda: equipment(cost=1, years=0),
        "cost": lambda: training(cost=-1, pupils=1),
        "pupils": lambda: training(cost=1, pupils=0),
        "year": lambda: yearly_hour(yearly=1, year=0),
        "weeks": lambda: yearly_hour(yearly=1, weeks=39),
        "group": lambda: yearly_hour(yearly=1, group=0),
        "yearly": lambda: hourly(yearly=-1),
    }
    for field, refusal in refusals.items():
        with pytest.raises(BadFact) as refused:
            refusal()
        assert refused.value.field == field
    with pytest.raises(BadFact):
        equipment(cost=-1, years=1)


def post(example: Example, **more: Any) -> Post:
    given: dict[str, Any] = {
        "salary": pence(example["salary"]),
        "hours": exact(example["hours"]),
        "paid_weeks": exact(example["paid weeks"]),
        "worked_weeks": exact(example["worked weeks"]),
        "insurance_rate": exact(example["insurance"]),
        "insurance_from": pence(example["from"]),
        "pension_rate": exact(example["pension"]),
        "levy_rate": exact(example["levy"]),
    }
    return Post(**(given | more))


@pytest.mark.rule("FUND-77")
@pytest.mark.parametrize("example", rows("money", "The employer's full cost"))
def test_an_hour_costs_the_employer_more_than_basic_pay(example: Example) -> None:
    cost = employer_cost(post=post(example))
    assert {
        "gross": cost.gross.pence,
        "insurance cost": cost.insurance.pence,
        "pension cost": cost.pension.pence,
        "levy cost": cost.levy.pence,
        "total": cost.total.pence,
        "hourly": cost.hourly.pence,
        "basic": cost.basic_hourly.pence,
    } == {name: pence(text) for name, text in example.items() if name in _RESULTS}
    parts = (cost.gross, cost.insurance, cost.pension, cost.levy)
    assert cost.total.exact == sum(each.exact for each in parts)
    assert [each.basis.convention for each in (*parts, cost.total)] == [
        "GROSS", "INSURANCE", "PENSION", "LEVY", "TOTAL",
    ]  # fmt: skip
    worked = exact(example["worked weeks"]) * exact(example["hours"])
    assert cost.hourly.basis.number("hours") == worked
    assert (cost.hourly.basis.convention, cost.basic_hourly.basis.convention) == (
        "FULL_COST",
        "BASIC",
    )


_RESULTS = ("gross", "insurance cost", "pension cost", "levy cost", "total", "hourly", "basic")


@pytest.mark.rule("FUND-77")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours", 0), ("worked_weeks", 0), ("full_time", 0), ("year", 0), ("salary", -1),
        ("insurance_from", -1), ("paid_weeks", -1), ("insurance_rate", 0.15),
        ("pension_rate", -1), ("levy_rate", -1),
    ],
)  # fmt: skip
def test_a_post_that_cannot_be_is_refused(field: str, value: Any) -> None:
    example = examples("money", "The employer's full cost")[0]
    with pytest.raises(BadFact) as refused:
        post(example, **{field: value})
    assert refused.value.field == field
    nothing = employer_cost(post=post(example, salary=0, insurance_from=0, levy_rate=0))
    assert nothing.hourly.pence == 0


@pytest.mark.rule("FUND-77")
def test_pay_below_the_threshold_bears_no_insurance_and_no_levy_unless_there_is_one() -> None:
    small = Post(
        salary=2_000_001,
        hours=10,
        paid_weeks=44,
        worked_weeks=39,
        insurance_rate=Decimal("0.15"),
        insurance_from=500_000,
        pension_rate=Decimal("0.2"),
    )
    cost = employer_cost(post=small)
    assert cost.gross.exact == Fraction(2_000_001 * 10 * 44) / 37 / Fraction("52.143")
    assert cost.gross.pence < small.insurance_from
    assert [cost.insurance.exact, cost.levy.exact] == [Fraction(0), Fraction(0)]
    assert cost.total.exact == cost.gross.exact * Fraction(6, 5)
    assert cost.basic_hourly.exact == Fraction(2_000_001) / 37 / Fraction("52.143")


RATES = (
    Rate(
        role="TA",
        pence=2000,
        first=date(2025, 4, 1),
        last=date(2026, 3, 31),
        basis=RateBasis.FULL_COST,
    ),
    Rate(role="TA", pence=2081, first=date(2026, 4, 1), last=None, basis=RateBasis.BASIC),
    Rate(role="teacher", pence=0, first=date(2025, 4, 1), last=None, basis=RateBasis.BASIC),
)


@pytest.mark.rule("FUND-77")
def test_a_map_uses_the_rate_of_its_day() -> None:
    old = rate_on(rates=RATES, role="TA", on=date(2026, 3, 31))
    assert (old.pence, old.basis.convention) == (2000, "FULL_COST")
    assert rate_on(rates=RATES, role="teacher", on=date(2026, 3, 31)).pence == 0
    new = rate_on(rates=RATES, role="TA", on=date(2026, 4, 1))
    assert (new.pence, new.basis.convention) == (2081, "BASIC")
    assert new.basis.number("first") == date(2026, 4, 1)
    assert str(new.basis.reasons[0]) == "£20.81 an hour since 1 April 2026."
    with pytest.raises(NotInForce, match="31 March 2025"):
        rate_on(rates=RATES, role="TA", on=date(2025, 3, 31))
    with pytest.raises(BadFact, match="Two hourly rates"):
        rate_on(rates=(*RATES, RATES[0]), role="TA", on=date(2025, 4, 1))
    with pytest.raises(Invalid, match="The end must be"):
        Rate(
            role="TA",
            pence=1,
            first=date(2026, 1, 2),
            last=date(2026, 1, 1),
            basis=RateBasis.AUTHORITY_STANDARD,
        )
    with pytest.raises(BadFact, match="0 or more"):
        Rate(role="TA", pence=-1, first=date(2026, 1, 2), last=None, basis=RateBasis.BASIC)


@pytest.mark.rule("FUND-29")
def test_asking_for_more_than_the_map_shows_is_a_warning() -> None:
    used = Used("some.threshold", 6000, date(2013, 4, 1), None, Origin.SHIPPED, "a source")
    case = top_up(cost=845000, threshold=600000, used=(used,))
    assert (case.pence, case.basis.used) == (245000, (used,))
    assert (case.basis.number("cost"), case.basis.number("threshold")) == (845000, 600000)
    assert str(case.basis.reasons[0]) == "£8,450 in the year, less the school's own £6,000."
    assert top_up(cost=600000, threshold=600000).pence == 0
    assert top_up(cost=0, threshold=0).pence == 0
    assert request_beside_cost(requested=245000, case=case) == ()
    (warning,) = request_beside_cost(requested=245001, case=case)
    assert (warning.kind, warning.rule, warning.severity) == ("above-cost", "FUND-29", "warning")
    assert request_beside_cost(requested=0, case=case) == ()
    for cost, threshold in ((-1, 0), (0, -1)):
        with pytest.raises(BadFact):
            top_up(cost=cost, threshold=threshold)
    with pytest.raises(BadFact):
        request_beside_cost(requested=-1, case=case)


@pytest.mark.rule("FUND-71")
def test_numbers_are_exact_and_written_plainly() -> None:
    shown = {
        "38": "38",
        "12.50": "12.5",
        "1/3": "1/3",
        "0.05": "0.05",
        "1/7": "1/7",
        "1000": "1000",
    }
    assert {text: plain(Fraction(text)) for text in shown} == shown
    assert plain(Fraction(1, 16)) == "0.0625"
    assert plain(Fraction(7, 30)) == "7/30"
    assert fraction(FUND_71, "x", Decimal("0.1")) == Fraction(1, 10)
    assert fraction(FUND_71, "x", 0) == 0
    with pytest.raises(BadFact, match="real number"):
        fraction(FUND_71, "x", Decimal("Infinity"))
    with pytest.raises(BadFact, match="exact number"):
        fraction(FUND_71, "x", 0.5)  # type: ignore[arg-type]
    with pytest.raises(BadFact, match="exact number"):
        fraction(FUND_71, "x", False)


@pytest.mark.rule("FUND-73")
@given(
    st.integers(0, 9999), st.integers(0, 90), st.integers(0, 20), st.integers(1, 53),
    st.integers(1, 9),
)  # fmt: skip
def test_more_time_or_a_smaller_group_never_costs_less(
    rate: int, minutes: int, sessions: int, weeks: int, group: int
) -> None:
    first = Line(
        key="a", rate=rate, minutes=minutes, sessions=sessions, weeks=weeks, group=group + 1
    )
    cost = line_cost(line=first)
    smaller = Line(key="a", rate=rate, minutes=minutes + 5, sessions=sessions, weeks=weeks)
    assert cost.pence <= line_cost(line=smaller).pence
    assert abs(cost.pence - cost.cost.exact) <= Fraction(1, 2)


def test_the_rule_of_a_line_is_known() -> None:
    assert FUND_73.provision.instrument == "Durham County Council"
