"""Status, types of need and areas (docs/law/sen-codes.md)."""

from datetime import date

import pytest

from opensenco.law.codes.sen import AREAS, NEED_TYPES, SEN_STATUS, Area, area_of
from opensenco.law.rule import BadFact, NotInForce
from tests.law.pages import Example, examples, name

TODAY = date(2027, 1, 21)


@pytest.mark.rule("IDN-06")
@pytest.mark.parametrize("example", examples("sen-codes", "Status"), ids=name)
def test_the_page_s_statuses(example: Example) -> None:
    code = SEN_STATUS.find(example["code"])
    assert code is not None
    assert code.in_force(date.fromisoformat(example["day"])) is (example["in force"] == "yes")


@pytest.mark.rule("IDN-06")
def test_every_pupil_today_is_e_k_or_n() -> None:
    assert [code.code for code in SEN_STATUS.on(TODAY)] == ["E", "K", "N"]


@pytest.mark.rule("IDN-07")
@pytest.mark.rule("IDN-04")
@pytest.mark.parametrize("example", examples("sen-codes", "Types of need"), ids=name)
def test_the_page_s_types_of_need(example: Example) -> None:
    code = NEED_TYPES.find(example["code"])
    assert code is not None
    assert code.in_force(date.fromisoformat(example["day"])) is (example["in force"] == "yes")
    area = area_of(example["code"])
    assert (area.label if area else "none") == example["area"]


@pytest.mark.rule("IDN-07")
@pytest.mark.parametrize(
    ("census", "number"), [(date(2024, 1, 18), 13), (date(2025, 1, 16), 14), (TODAY, 14)]
)
def test_down_syndrome_is_the_fourteenth_type(census: date, number: int) -> None:
    assert len(NEED_TYPES.on(census)) == number
    assert ("DS" in [code.code for code in NEED_TYPES.on(census)]) is (number == 14)


def test_the_page_shows_every_code() -> None:
    for heading, table in (("Status", SEN_STATUS), ("Types of need", NEED_TYPES)):
        shown = {row["code"] for row in examples("sen-codes", heading)}
        assert shown <= {code.code for code in table.codes}
        assert {code.code for code in table.on(TODAY)} <= shown


@pytest.mark.rule("IDN-04", "IDN-06", "IDN-07")
def test_the_page_shows_from_when_to_when_each_code_holds_and_how_well_that_is_known() -> None:
    lists = (AREAS, SEN_STATUS, NEED_TYPES)
    rows = [{"list": table.fact, **row} for table in lists for row in table.force()]
    assert rows == examples("sen-codes", "Evidence of force")


@pytest.mark.rule("IDN-04")
def test_there_are_four_areas_and_each_has_a_need() -> None:
    assert len(Area) == 4
    assert [code.code for code in AREAS.on(TODAY)] == list(Area)
    assert AREAS.on(date(2014, 8, 31)) == ()
    assert {area_of(code.code) for code in NEED_TYPES.on(TODAY)} == {*Area, None}
    with pytest.raises(KeyError):
        area_of("XYZ")


@pytest.mark.rule("IDN-07")
def test_a_code_is_checked_on_a_day() -> None:
    assert NEED_TYPES.check("DS", TODAY).title == "Down syndrome"
    with pytest.raises(NotInForce, match="3 October 2024"):
        NEED_TYPES.check("DS", date(2024, 10, 3))
    with pytest.raises(BadFact) as refused:
        NEED_TYPES.check("<script>", TODAY)
    assert refused.value.field == "need"
