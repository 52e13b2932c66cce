"""Good plans are left in peace and bad ones are not: both are counted over a set of wordings."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.plainwords.checking import check
from opensenco.plainwords.doubled import read_slots
from opensenco.plainwords.plan import OutcomeText, PlanText, ProvisionText
from opensenco.plainwords.reading import ease, sentences, syllables
from opensenco.plainwords.rules import rules
from tests.plainwords.written import good_lines, plans

GOOD, BAD = plans("good-plans"), plans("bad-plans")
#: remarks on all good plans together; more is a fault of the rules and not of the plans
MOST_FALSE_ALARMS = 2


@pytest.mark.requirement("S4-04", "S4-29")
def test_false_alarms_on_good_plans_are_few():
    assert len(GOOD) >= 20
    alarms = [
        (name, one.remark.rule, one.sentence)
        for name, (plan, _entry) in GOOD.items()
        for one in check(plan).remarks
    ]
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


@pytest.mark.requirement("S4-04", "S4-29")
def test_what_is_wrong_with_bad_plans_is_found():
    assert len(BAD) >= 20
    missed = {
        name: set(entry["must"]) - {one.remark.rule for one in check(plan).remarks}
        for name, (plan, entry) in BAD.items()
    }
    assert not {name: rules for name, rules in missed.items() if rules}


def test_single_lines_of_good_plans_are_left_alone():
    lines = good_lines()
    assert len(lines) >= 100
    alarms = [
        (line, one.remark.rule, one.remark.words)
        for line, plan in lines
        for one in check(plan).remarks
    ]
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


def test_each_remark_says_why_and_what_is_better_and_stands_on_its_sentence():
    for plan, _entry in BAD.values():
        for one in check(plan).remarks:
            assert one.remark.message
            assert one.remark.better
            if one.place.kind == "outcome" and one.place.part == "text" and one.remark.words:
                row = next(row for row in plan.outcomes if row.key == one.place.key)
                assert one.sentence in row.text


def test_a_better_form_holds_what_the_record_knows():
    row = OutcomeText(key="1", text="Improve reading.", baseline="12 of 40 words")
    found = check(PlanText(outcomes=(row,))).about("outcome", "1", "text")
    assert "from 12 of 40 words to …" in found[0].offer


def test_the_mark_of_a_remark_changes_with_its_sentence_and_with_nothing_else():
    def mark(text: str, more: str = "") -> tuple[str, ...]:
        row = OutcomeText(key="1", text=f"{text} {more}".strip(), baseline="1", measure="x")
        return next(o.mark for o in check(PlanText(outcomes=(row,))).remarks
                    if o.remark.rule == "outcome-improve")  # fmt: skip

    assert mark("Improve reading.") == mark("improve  reading.", "He likes it.")
    assert mark("Improve reading.") != mark("Improve spelling.")


def test_a_plan_is_looked_over_by_every_rule_and_its_sentences_are_counted():
    done = check(PlanText(found="Reads well. Likes maths.", strategies=("Wait ten seconds.",)))
    assert done.sentences == 3
    assert done.rules == len(rules().wording) + len(rules().structure)


def test_days_and_hours_are_read_from_words():
    found = read_slots("Mondays and Wednesdays at 9.15", 20)
    assert [(s.weekday, str(s.starts), str(s.ends)) for s in found] == [
        (0, "09:15:00", "09:35:00"), (2, "09:15:00", "09:35:00"),
    ]  # fmt: skip
    assert [str(s.starts) for s in read_slots("Tuesday 1.30 to 2.00")] == ["13:30:00"]
    assert len(read_slots("daily at 10am")) == 5
    assert read_slots("three times a week") == ()


def test_the_reading_age_is_of_flesch_and_kincaid():
    words = {"cat": 1, "reading": 2, "syllable": 3, "table": 2, "made": 1, "walked": 1,
             "wanted": 2, "education": 4, "communication": 5}  # fmt: skip
    wrong = {word: syllables(word) for word, count in words.items() if syllables(word) != count}
    assert wrong == {}
    plain = ease("The cat sat on the mat. " * 12)
    hard = ease("Interdisciplinary communication facilitates individualised instruction " * 12)
    assert plain.grade is not None
    assert hard.grade is not None
    assert plain.grade < 1
    assert hard.grade > 20
    assert ease("Too short to say.").age is None


def test_abbreviations_end_no_sentence():
    assert sentences("Mrs. Hill reads. E.g. a page.\nThen he draws!") == [
        "Mrs. Hill reads.", "E.g. a page.", "Then he draws!",
    ]  # fmt: skip


WORDS = st.text(max_size=300)


@given(WORDS, WORDS, WORDS, WORDS)
def test_whatever_is_written_is_looked_over(text, baseline, aim, measure):
    plan = PlanText(
        outcomes=(OutcomeText(key="1", text=text, baseline=baseline, aim=aim, measure=measure),),
        provision=(ProvisionText(key="1", name=text, words=aim, outcomes=frozenset("1")),),
        needs=(baseline,), strategies=(text,), at_home=(measure,), found=text,
    )  # fmt: skip
    first, again = check(plan), check(plan)
    assert first == again
    assert max(Counter((o.remark.rule, o.place, o.sentence) for o in first.remarks).values(),
               default=1) == 1  # fmt: skip


@pytest.mark.parametrize("text", ["-", "“", '"', "a", "(", " ", "1 ", "and ", "from ", "'a", ".",
                                  "reduce ", "a, ", "x@", "not un"])  # fmt: skip
def test_no_text_takes_long(text):
    whole = (text * 20_000)[:20_000]
    begins = time.perf_counter()
    check(PlanText(found=whole, outcomes=(OutcomeText(key="1", text=whole[:1000]),)))
    assert time.perf_counter() - begins < 4
