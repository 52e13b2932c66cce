"""The threshold of element 2 and money of the early years.

The pages are docs/law/school-funding.md and docs/law/early-years-money.md.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.money import pounds, write
from opensenco.law.checks.school_money import (
    EarlyYearsChild,
    disability_access,
    disability_access_sum,
    pupil_premium,
    top_up_case,
)
from opensenco.law.numbers.duties import ELEMENT_2
from opensenco.law.rule import BadFact, NotInForce
from tests.law.pages import Example, examples, name

DAY = date(2025, 9, 1)
NOT_IN_FORCE = "not in force"


def rows(page: str, heading: str = "Worked examples") -> list[object]:
    return [
        pytest.param(
            row,
            id=name(row),
            marks=[pytest.mark.vector(row["vector"])] if row.get("vector") else [],
        )
        for row in examples(page, heading)
    ]


@pytest.mark.rule("FUN-01", "FUN-03")
@pytest.mark.parametrize("row", rows("school-funding"))
def test_the_page_s_cases_for_top_up(row: Example) -> None:
    on, cost = date.fromisoformat(row["day"]), pounds(row["cost"])
    if row["case"] == NOT_IN_FORCE:
        with pytest.raises(NotInForce):
            top_up_case(annual_cost=cost, day=on)
        return
    case = top_up_case(annual_cost=cost, day=on)
    assert write(case.pence) == row["case"]
    assert case.verified is (row["verified"] == "yes")
    assert str(case.reasons[-1]).startswith("Unverified:") is not case.verified


@pytest.mark.rule("FUN-03")
def test_a_case_for_top_up_shows_its_working() -> None:
    case = top_up_case(annual_cost=8_450_00, day=DAY)
    assert str(case.reasons[0]) == "£8,450 less the threshold of £6,000 is £2,450."
    assert (case.used[0].key, case.used[0].value) == (ELEMENT_2.key, 6_000_00)


@pytest.mark.rule("FUN-03")
@given(st.integers(0, 10**8), st.integers(0, 10**6))
def test_a_dearer_provision_is_never_a_smaller_case(cost: int, more: int) -> None:
    case = top_up_case(annual_cost=cost, day=DAY)
    dearer = top_up_case(annual_cost=cost + more, day=DAY)
    assert case.pence <= dearer.pence <= case.pence + more
    assert case.pence == 0 or case.pence + case.used[0].value == cost


@pytest.mark.rule("EYS-05")
@pytest.mark.parametrize("row", rows("early-years-money", "Disability Access Fund"))
def test_the_page_s_children_for_the_disability_access_fund(row: Example) -> None:
    child = EarlyYearsChild(
        allowance=row["allowance"] == "yes",
        funded=row["funded hours"] == "yes",
        reception=row["reception"] == "yes",
    )
    found = disability_access(child=child)
    assert found.met is (row["met"] == "yes")
    wrong = (not child.allowance) + (not child.funded) + child.reception
    assert len(found.reasons) == max(1, wrong)


@pytest.mark.rule("EYS-05")
@pytest.mark.parametrize("row", rows("early-years-money", "Its sum"))
def test_the_page_s_sums_of_the_disability_access_fund(row: Example) -> None:
    on = date.fromisoformat(row["day"])
    if row["sum"] == NOT_IN_FORCE:
        with pytest.raises(NotInForce):
            disability_access_sum(day=on)
    else:
        assert write(disability_access_sum(day=on).pence) == row["sum"]


@pytest.mark.rule("EYS-06")
@pytest.mark.parametrize("row", rows("early-years-money", "Pupil premium"))
def test_the_page_s_pupil_premium(row: Example) -> None:
    hours, weeks = int(row["hours"]), int(row["weeks"])
    on = date.fromisoformat(row["day"])
    if row["sum"] == NOT_IN_FORCE:
        with pytest.raises(NotInForce):
            pupil_premium(hours=hours, weeks=weeks, day=on)
    else:
        found = pupil_premium(hours=hours, weeks=weeks, day=on)
        assert write(found.pence) == row["sum"]
        assert str(found.reasons[0]).endswith(f"are {row['sum']}.")


@pytest.mark.rule("FUN-03")
@pytest.mark.rule("EYS-06")
def test_nothing_is_below_nought() -> None:
    with pytest.raises(BadFact, match="FUN-03, annual-cost"):
        top_up_case(annual_cost=-1, day=DAY)
    for hours, weeks in ((-1, 1), (1, -1)):
        with pytest.raises(BadFact, match="EYS-06"):
            pupil_premium(hours=hours, weeks=weeks, day=DAY)
