"""Census days and checks (docs/law/census.md)."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.calendar.years import AcademicYear
from opensenco.law.checks.census import CensusPupil, check
from opensenco.law.checks.census_changes import Entry, differences
from opensenco.law.checks.finding import Finding, Severity
from opensenco.law.checks.needs import RankedNeed, main_need, ranking
from opensenco.law.due import StateKind, state
from opensenco.law.numbers.duties import NSA_MONTHS
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.timetables.census_days import CensusFacts, Collection, timetable
from opensenco.ops import law as command
from tests.law.pages import Example, day, examples, name, needs

CENSUS_DAY = date(2027, 1, 21)


@pytest.mark.rule("IDN-09")
@pytest.mark.vector("VEC-49", "DTV-36")
@pytest.mark.parametrize("example", examples("census", "Census days"), ids=name)
def test_the_page_s_census_days(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    year = AcademicYear.parse(example["academic year"])
    for step in timetable(facts=CensusFacts(year=year)):
        assert step.on == date.fromisoformat(example[step.step])
    assert command.main(["compute", "census", f"academic-year={year.starts}", "--json"]) == 0
    told = {step["step"]: step["due"] for step in json.loads(capsys.readouterr().out)}
    assert told == {each: example[each] for each in Collection}


@pytest.mark.rule("IDN-09")
def test_a_published_day_goes_before_the_usual_one() -> None:
    facts = CensusFacts(year=AcademicYear(2026), published={Collection.SPRING: date(2027, 1, 28)})
    days = {step.step: step.on for step in timetable(facts=facts)}
    assert days["spring"] == date(2027, 1, 28)
    assert days["autumn"] == date(2026, 10, 1)


@pytest.mark.rule("IDN-09")
@given(st.integers(2015, 2150))
def test_census_days_are_thursdays_in_their_academic_year(starts: int) -> None:
    year = AcademicYear(starts)
    days = [step.on for step in timetable(facts=CensusFacts(year=year))]
    assert all(on is not None and on.weekday() == 3 and on in year.span for on in days)


@pytest.mark.rule("IDN-09")
def test_a_census_day_passes_and_is_never_late() -> None:
    autumn = timetable(facts=CensusFacts(year=AcademicYear(2026)))[0]
    assert state(autumn, date(2026, 10, 1)).kind is StateKind.DUE_TODAY
    assert state(autumn, date(2026, 10, 2)).kind is StateKind.OVER


@pytest.mark.rule("IDN-09")
def test_census_facts_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadFact, match="not in 2026/27"):
        CensusFacts(year=AcademicYear(2026), published={Collection.SPRING: date(2028, 1, 20)})
    with pytest.raises(NotInForce):
        CensusFacts(year=AcademicYear(2013))


@pytest.mark.rule("IDN-06")
@pytest.mark.rule("IDN-07")
@pytest.mark.rule("IDN-08")
@pytest.mark.rule("IDN-09")
@pytest.mark.parametrize("example", examples("census", "Checks"), ids=str)
def test_the_page_s_checks(example: Example) -> None:
    pupil = CensusPupil(
        status=example["status"],
        since=day(example["since"]),
        needs=needs(example["needs"]),
        final_plan=example["final plan"] == "yes",
    )
    findings = check(pupil=pupil, collection=Collection(example["collection"]), on=CENSUS_DAY)
    assert told_of(findings) == example["found"]
    assert all(each.reasons for each in findings)


def told_of(findings: tuple[Finding, ...]) -> str:
    return ", ".join(
        each.kind + (" (warning)" if each.severity is Severity.WARNING else "") for each in findings
    )


@pytest.mark.rule("IDN-09", "IDN-06", "IDN-07")
@pytest.mark.parametrize("example", examples("census", "Places and assessments"), ids=name)
def test_the_page_s_places_and_assessments(example: Example) -> None:
    known = example["school has"]
    code = "NSA" if example["nsa since"] else "SLCN"
    pupil = CensusPupil(
        status=example["status"],
        since=date(2026, 9, 1),
        needs=() if example["status"] == "N" else (RankedNeed(code, 1),),
        final_plan=example["final plan"] == "yes",
        assessment=example["assessment"] == "yes",
        unit=example["unit"] == "yes",
        resourced=example["resourced"] == "yes",
        school_unit=None if known == "not looked" else known in {"unit", "both"},
        school_resourced=None if known == "not looked" else known in {"resourced", "both"},
        nsa_since=day(example["nsa since"]),
    )
    findings = check(pupil=pupil, collection=Collection.SPRING, on=CENSUS_DAY)
    assert told_of(findings) == example["found"]
    assert [each.verified for each in findings] == [each.kind != "two-places" for each in findings]


@pytest.mark.rule("IDN-07")
def test_a_school_sets_when_to_ask_about_no_specialist_assessment() -> None:
    pupil = CensusPupil(
        status="K",
        since=date(2026, 9, 1),
        needs=(RankedNeed("NSA", 1),),
        nsa_since=date(2026, 9, 20),
    )
    row = Overlay(NSA_MONTHS.key, date(2026, 9, 1), None, 4, "Our policy", Origin.SCHOOL)
    own = Parameters([row])
    spring = Collection.SPRING
    assert check(pupil=pupil, collection=spring, on=CENSUS_DAY) == ()
    (finding,) = check(pupil=pupil, collection=spring, on=CENSUS_DAY, parameters=own)
    assert finding.kind == "nsa-for-long"
    assert str(finding.reasons[0]).endswith("more than 4 months.")


@pytest.mark.rule("IDN-09")
@pytest.mark.parametrize("status", ["E", "K"])
def test_where_plans_are_kept_elsewhere_nobody_is_said_to_lack_one(status: str) -> None:
    pupil = CensusPupil(
        status=status, since=date(2026, 9, 1), needs=(RankedNeed("ASD", 1),), final_plan=None
    )
    assert check(pupil=pupil, collection=Collection.SPRING, on=CENSUS_DAY) == ()


@pytest.mark.vector("DTV-39")
def test_a_need_beside_no_sen_is_an_error() -> None:
    pupil = CensusPupil(status="N", needs=(RankedNeed("MLD", 1),))
    (finding,) = check(pupil=pupil, collection=Collection.SPRING, on=CENSUS_DAY)
    assert (finding.kind, finding.severity) == ("need-without-sen", Severity.ERROR)


@pytest.mark.vector("DTV-40")
@pytest.mark.parametrize(
    ("listed", "kind"),
    [("ASD 1, MLD 1", "rank-twice"), ("ASD 1, MLD 3", "rank-gap"), ("ASD 1, ASD 2", "need-twice")],
)
def test_a_ranking_that_cannot_be_is_an_error(listed: str, kind: str) -> None:
    pupil = CensusPupil(status="K", since=date(2026, 9, 1), needs=needs(listed))
    (finding,) = check(pupil=pupil, collection=Collection.SPRING, on=CENSUS_DAY)
    assert (finding.kind, finding.severity) == (kind, Severity.ERROR)


def entries(text: str) -> dict[str, Entry]:
    found = {}
    for part in text.split(";"):
        key, status, *rest = part.split()
        found[key] = Entry(status, needs(" ".join(rest)))
    return found


@pytest.mark.rule("IDN-09")
@pytest.mark.parametrize("example", examples("census", "Two lists"), ids=str)
def test_the_page_s_two_lists(example: Example) -> None:
    first, second = entries(example["first"]), entries(example["second"])
    found = differences(first=first, second=second)
    told = [f"{each.pupil} {each.item} {each.first or '-'} {each.second or '-'}" for each in found]
    assert "; ".join(told) == example["differences"]
    back = differences(first=second, second=first)
    assert [(each.second, each.first) for each in back] == [
        (each.first, each.second) for each in found
    ]


@pytest.mark.rule("IDN-07")
def test_a_check_that_rests_on_something_unverified_says_so() -> None:
    pupil = CensusPupil(
        status="E", since=date(2025, 2, 10), needs=(RankedNeed("NSA", 1),), final_plan=True
    )
    (finding,) = check(pupil=pupil, collection=Collection.SPRING, on=CENSUS_DAY)
    assert not finding.verified
    assert str(finding.reasons[-1]).startswith("Unverified:")


def test_several_faults_are_all_told() -> None:
    pupil = CensusPupil(status="E", needs=(RankedNeed("BESD", 2), RankedNeed("BESD", 2)))
    kinds = {each.kind for each in check(pupil=pupil, collection=Collection.SPRING, on=CENSUS_DAY)}
    assert kinds == {
        "no-main-need",
        "no-final-plan",
        "need-not-in-force",
        "need-twice",
        "rank-twice",
    }


@pytest.mark.rule("IDN-08")
@given(st.permutations(["SLCN", "SEMH", "ASD", "MLD"]), st.integers(0, 4))
def test_a_plain_ranking_has_no_fault_in_whatever_order_it_is_listed(
    codes: list[str], number: int
) -> None:
    listed = [RankedNeed(code, rank) for rank, code in enumerate(codes[:number], start=1)]
    assert ranking(needs=reversed(listed)) == ()
    assert main_need(listed) == (codes[0] if number else None)


@pytest.mark.rule("IDN-08")
def test_ranks_start_at_one() -> None:
    with pytest.raises(BadFact):
        RankedNeed("SLCN", 0)
