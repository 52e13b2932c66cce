"""Who must have a SENCO, who may be one, what they do, how they are shared (docs/law/senco.md)."""

from datetime import date
from itertools import product

import pytest

from opensenco.kernel.dates import Span
from opensenco.law.checks import senco_work
from opensenco.law.checks.checklist import Checklist, Item, missing
from opensenco.law.checks.finding import Finding, Severity
from opensenco.law.checks.senco import (
    Candidate,
    Induction,
    designation,
    may_be_senco,
    must_have_senco,
)
from opensenco.law.checks.sharing import MemberSchool, sharing
from opensenco.law.codes.settings import SETTINGS, SencoDuty, Setting
from opensenco.law.numbers.role import SHARED_TEACHING
from opensenco.law.parameters import SHIPPED, Origin, Overlay, Parameters
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.role import ROL_09
from opensenco.law.strength import Strength
from tests.law.pages import Example, examples, name, spans

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))


def kinds(found: tuple[Finding, ...]) -> list[str]:
    return [
        each.kind + (" (warning)" if each.severity is Severity.WARNING else "") for each in found
    ]


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@pytest.mark.rule("ROL-01", "ROL-02", "ROL-17")
def test_every_kind_of_setting_stands_on_the_page() -> None:
    rows = {row["setting"]: row for row in examples("senco", "Settings")}
    assert set(rows) == set(Setting) == set(SETTINGS)
    for setting in Setting:
        position = must_have_senco(setting=setting)
        row = rows[setting]
        told = (str(position.duty), position.rule, str(position.strength))
        assert told == (row["duty"], row["rule"], row["strength"])
        assert position.must is (position.strength is Strength.MUST)
        assert position.reasons
        assert position.verified


@pytest.mark.rule("ROL-03")
@pytest.mark.parametrize("example", examples("senco", "Who may be one"), ids=name)
def test_who_may_be_a_senco(example: Example) -> None:
    candidate = Candidate(
        qualified_teacher=example["qualified teacher"] == "yes",
        other_route=example["other route"] == "yes",
        induction=Induction(example["induction"]),
        teaches_here=example["teaches here"] == "yes",
        head_here=example["head here"] == "yes",
    )
    assert kinds(may_be_senco(candidate=candidate)) == listed(example["found"])


@pytest.mark.rule("ROL-03")
def test_only_two_ways_lead_to_the_post() -> None:
    both = (True, False)
    ways = [
        (teacher, other, induction, here, head)
        for teacher, other, induction, here, head in product(both, both, Induction, both, both)
        if not may_be_senco(
            candidate=Candidate(
                qualified_teacher=teacher,
                other_route=other,
                induction=induction,
                teaches_here=here,
                head_here=head,
            )
        )
    ]
    assert sum(head for *_, head in ways) == 2 * 2 * 3 * 2
    assert {way for way in ways if not way[-1]} == {
        (True, False, Induction.COMPLETED, True, False),
        (True, False, Induction.NOT_REQUIRED, True, False),
    }


@pytest.mark.rule("ROL-01")
@pytest.mark.parametrize("example", examples("senco", "Designation"), ids=name)
def test_one_designated_senco_at_a_time(example: Example) -> None:
    found = designation(
        setting=Setting(example["setting"]),
        designated=spans(example["designated"]),
        within=YEAR,
    )
    days = [
        Span(*(day for _, day in each.reasons[0].values if isinstance(day, date))) for each in found
    ]
    told = [f"{kind} {span}" for kind, span in zip(kinds(found), days, strict=True)]
    assert told == listed(example["found"])
    rule = "ROL-17" if example["setting"] == "nursery" else "ROL-01"
    assert {each.rule for each in found} <= {rule}


@pytest.mark.rule("ROL-01")
def test_a_time_without_an_end_is_not_looked_through() -> None:
    with pytest.raises(ValueError, match="without an end"):
        designation(setting=Setting.ACADEMY, designated=(), within=Span(YEAR.first))


@pytest.mark.rule("REV-02", "REV-10")
def test_who_holds_a_review_meeting() -> None:
    rows = {row["setting"]: row["held"] for row in examples("review-meeting", "Who holds it")}
    assert rows == {str(setting): str(row.review) for setting, row in SETTINGS.items()}
    assert [
        setting for setting in Setting if SETTINGS[setting].senco is SencoDuty.NOT_A_SETTING
    ] == [Setting.NONE]
    assert not SETTINGS[Setting.FURTHER_EDUCATION].unverified
    assert SETTINGS[Setting.SECTION_41].unverified


@pytest.mark.rule("REV-04", "REV-06", "REV-19")
@pytest.mark.parametrize("example", examples("review-meeting", "Checklists"), ids=name)
def test_what_a_review_lacks(example: Example) -> None:
    from opensenco.law.checks import review_meeting

    checklist: Checklist = getattr(review_meeting, example["list"])
    found = missing(checklist=checklist, done=listed(example["done"]))
    assert kinds(found) == listed(example["missing"])


@pytest.mark.rule("ROL-09")
@pytest.mark.parametrize("example", examples("senco-work", "Functions"), ids=name)
def test_functions_that_were_given_are_shown(example: Example) -> None:
    found = senco_work.without_evidence(
        given=listed(example["given"]), shown=listed(example["shown"])
    )
    assert kinds(found) == listed(example["found"])


@pytest.mark.rule("ROL-10", "ROL-18")
def test_the_code_s_lists_are_guidance() -> None:
    assert len(senco_work.FUNCTIONS.items) == 13
    assert len(senco_work.RESPONSIBILITIES.items) == 11
    assert len(senco_work.EARLY_YEARS.items) == 4
    for checklist in (senco_work.RESPONSIBILITIES, senco_work.EARLY_YEARS):
        found = missing(checklist=checklist, done=checklist.keys[1:])
        assert kinds(found) == [f"{checklist.keys[0]} (warning)"]
        assert not missing(checklist=checklist, done=checklist.keys)


@pytest.mark.rule("ROL-09")
def test_a_name_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(BadFact, match="ROL-09, done: “tea” is not on this list"):
        missing(checklist=senco_work.FUNCTIONS, done=["tea"])
    with pytest.raises(BadFact, match="ROL-09"):
        senco_work.without_evidence(given=["records"], shown=["tea"])
    with pytest.raises(ValueError, match="used twice"):
        Checklist(ROL_09, (Item("one", "One"), Item("one", "Another")))


def shared(example: Example, parameters: Parameters = SHIPPED) -> tuple[Finding, ...]:
    minutes = int(example["minutes"]) if example["minutes"] else None
    schools = tuple(
        MemberSchool(
            name=f"School {number}",
            smaller_primary=number == 2 or example["smaller primary"] == "yes",
            minutes=300 if number == 2 else minutes,
            candidate=Candidate(
                qualified_teacher=True,
                induction=Induction.COMPLETED,
                teaches_here=number == 2 or example["teaches"] == "yes",
                head_here=number == 1 and example["head"] == "yes",
            ),
        )
        for number in (1, 2)
    )
    return sharing(
        schools=schools,
        teaching_minutes=int(example["teaching minutes"]),
        working_minutes=int(example["working minutes"]),
        significant=parameters.use(SHARED_TEACHING, YEAR.first),
    )


@pytest.mark.rule("ROL-13", "ROL-14")
@pytest.mark.parametrize("example", examples("shared-senco", "Findings"), ids=name)
def test_what_does_not_fit_in_sharing(example: Example) -> None:
    found = shared(example)
    assert kinds(found) == listed(example["found"])
    assert [each.verified for each in found] == [each.kind != "may-not-be-senco" for each in found]


@pytest.mark.rule("ROL-13", "ROL-14")
def test_sharing_needs_two_schools_and_a_share_may_be_set() -> None:
    example = examples("shared-senco", "Findings")[0]
    row = Overlay(SHARED_TEACHING.key, YEAR.first, None, 18, "Agreement", Origin.SCHOOL)
    assert kinds(shared(example, Parameters([row]))) == ["much-teaching (warning)"]
    with pytest.raises(BadFact, match="ROL-14, teaching-minutes"):
        shared({**example, "teaching minutes": "1621"})
    with pytest.raises(BadFact, match="ROL-13, schools"):
        sharing(
            schools=(),
            teaching_minutes=0,
            working_minutes=0,
            significant=SHIPPED.use(SHARED_TEACHING, YEAR.first),
        )
    with pytest.raises(BadFact, match="ROL-13, minutes"):
        MemberSchool(name="School", minutes=-1, candidate=Candidate())
