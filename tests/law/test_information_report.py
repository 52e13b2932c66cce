"""What an SEN information report holds (docs/law/information-report.md)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.checks.finding import Severity
from opensenco.law.checks.information_report import ITEMS, Setting, asked_of, missing
from opensenco.law.rule import BadFact
from opensenco.law.strength import Evidence, Strength
from tests.law.pages import Example, examples

KEYS = [item.key for item in ITEMS]
SCHEDULE_1 = [
    "1", "2", "3a", "3b", "3c", "3d", "3e", "3f", "3g", "4", "5",
    "6", "7", "8", "9", "10", "11", "12", "13",
]  # fmt: skip


@pytest.mark.rule("SCH-03")
@pytest.mark.parametrize("row", examples("information-report", "Topics"), ids=str)
def test_the_page_s_topics(row: Example) -> None:
    lacks = {key.strip() for key in row["lacks"].split(",") if key.strip()}
    assert lacks <= set(KEYS)
    found = missing(setting=Setting(row["setting"]), present=set(KEYS) - lacks)
    told = [
        each.kind + (" (warning)" if each.severity is Severity.WARNING else "") for each in found
    ]
    assert ", ".join(told) == row["found"]
    assert all(each.strength is Strength.MUST and each.reasons for each in found)


@pytest.mark.rule("SCH-03")
def test_the_topics_are_those_of_the_schedule_and_of_section_69() -> None:
    assert KEYS[: len(SCHEDULE_1)] == SCHEDULE_1
    assert len([item for item in ITEMS if "section 69" in item.provision.paragraph]) == 4
    assert len(set(KEYS)) == len(KEYS)
    read = [item.key for item in ITEMS if item.evidence is Evidence.READ]
    assert "7" in read
    assert "8" not in read


@pytest.mark.rule("SCH-03")
def test_who_is_asked_for_what() -> None:
    by_setting = {setting: [item.key for item in asked_of(setting)] for setting in Setting}
    assert by_setting[Setting.MAINSTREAM] == by_setting[Setting.MAINTAINED_NURSERY] == KEYS
    assert set(KEYS) - set(by_setting[Setting.SPECIAL]) == {"2", "4"}
    assert by_setting[Setting.HOSPITAL] == []


@pytest.mark.rule("SCH-03")
def test_what_rests_on_something_unverified_says_so() -> None:
    (finding,) = missing(setting=Setting.SPECIAL, present=set(KEYS) - {"looked-after"})
    assert not finding.verified
    assert str(finding.reasons[-1]).startswith("Unverified:")


@pytest.mark.rule("SCH-03")
@given(st.sampled_from(Setting), st.sets(st.sampled_from(KEYS)))
def test_a_report_lacks_just_what_it_is_asked_for_and_does_not_hold(
    setting: Setting, present: set[str]
) -> None:
    found = {each.kind for each in missing(setting=setting, present=present)}
    assert found == {f"missing-{item.key}" for item in asked_of(setting)} - {
        f"missing-{key}" for key in present
    }


@pytest.mark.rule("SCH-03")
def test_a_topic_that_is_none_is_refused() -> None:
    with pytest.raises(BadFact, match="SCH-03, present"):
        missing(setting=Setting.MAINSTREAM, present={"14"})
