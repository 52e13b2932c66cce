"""Moves between phases, records that follow, rights that pass, and the term's list."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from opensenco.kernel.dates import add_years, age_on
from opensenco.law.due import Due, state
from opensenco.law.numbers import reviews, role, transition
from opensenco.law.numbers.role import SHARING_REVIEW
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.strength import Strength
from opensenco.law.timetables import (
    compulsory_school_age,
    phase_transfer,
    record_transfer,
    shared_senco,
    term_list,
)
from opensenco.law.timetables.phase_transfer import Move, Stage, TransferFacts, move_between
from tests.law.pages import example_school, examples

SCHOOL = example_school()
DAYS = st.dates(date(2014, 9, 1), date(2040, 12, 31))
IN_YEAR = st.dates(date(2026, 9, 1), date(2027, 6, 1))


def never_earlier(before: tuple[Due, ...], after: tuple[Due, ...]) -> None:
    assert [step.step for step in before] == [step.step for step in after]
    for one, other in zip(before, after, strict=True):
        assert one.on is not None
        assert other.on is not None
        assert one.on <= other.on


@pytest.mark.rule("REV-15")
def test_every_pair_of_stages_stands_on_the_page() -> None:
    rows = {row["from"]: row for row in examples("phase-transfer", "Kinds of move")}
    assert set(rows) == set(Stage)
    for leaves in Stage:
        for joins in Stage:
            found = move_between(leaves=leaves, joins=joins)
            assert (found or "") == rows[leaves][joins]


@pytest.mark.rule("REV-15")
@given(st.integers(2015, 2100), st.sampled_from([Move.SCHOOL, Move.POST_16]))
def test_the_last_lawful_day_comes_before_the_day_that_all_know(year: int, kind: Move) -> None:
    found = phase_transfer.timetable(facts=TransferFacts(year=year, kind=kind))
    on = {step.step: step.on or date.min for step in found}
    assert on["last-lawful-day"] == on["headline"] - timedelta(days=1)
    assert on["last-lawful-day"] - on["meeting-by"] == timedelta(days=84)
    assert on["last-lawful-day"] - on["notice-by"] == timedelta(days=56)
    never_earlier(found, phase_transfer.timetable(facts=TransferFacts(year=year + 1, kind=kind)))
    assert [step.step for step in found if step.strength is Strength.PRACTICE] == [
        "meeting-by",
        "notice-by",
    ]


@pytest.mark.rule("REV-15")
@given(st.dates(date(2015, 3, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_a_later_move_between_colleges_is_never_due_earlier(moves: date, by: int) -> None:
    one, other = (
        TransferFacts(kind=Move.BETWEEN_POST_16, moves=day)
        for day in (moves, moves + timedelta(days=by))
    )
    never_earlier(phase_transfer.timetable(facts=one), phase_transfer.timetable(facts=other))


@pytest.mark.rule("REV-15")
def test_a_move_tells_its_days_and_what_was_done() -> None:
    done = date(2026, 11, 3), date(2026, 12, 1), date(2027, 2, 5)
    meeting, notice, finalised = done
    school = TransferFacts(
        year=2027, kind=Move.SCHOOL, meeting=meeting, notice=notice, finalised=finalised
    )
    college = TransferFacts(kind=Move.BETWEEN_POST_16, moves=date(2027, 9, 6))
    headline, *others = phase_transfer.timetable(facts=school)
    assert (headline.comes, headline.done_on) == (True, None)
    assert tuple(step.done_on for step in others) == done
    assert {step.comes for step in others} == {False}
    said = [str(reason) for reason in headline.reasons]
    assert said[0] == "The day for moves in this year is 15 February 2027."
    said = [str(others[-1].reasons[-1])]
    assert said == ["“Before” means that 14 February 2027 is the last lawful day."]
    between = str(phase_transfer.timetable(facts=college)[-1].reasons[-1])
    assert between == "“At least five months before” is met on 6 April 2027."
    said = [str(reason) for reason in phase_transfer.timetable(facts=college)[0].reasons]
    assert said[:2] == ["The move is on 6 September 2027.", "Five months before is 6 April 2027."]


@pytest.mark.rule("REV-15")
def test_moves_that_cannot_be_are_refused() -> None:
    with pytest.raises(NotInForce, match="REV-15, moves"):
        TransferFacts(kind=Move.BETWEEN_POST_16, moves=date(2015, 1, 31))
    with pytest.raises(BadFact, match="REV-15, kind"):
        TransferFacts(kind="nursery", year=2027)  # type: ignore[arg-type]
    with pytest.raises(BadFact, match="REV-15, notice"):
        TransferFacts(
            kind=Move.SCHOOL, year=2027, meeting=date(2026, 11, 2), notice=date(2026, 11, 1)
        )


@pytest.mark.rule("TRA-04")
@given(IN_YEAR, st.integers(0, 30))
def test_whoever_leaves_later_has_records_sent_no_earlier(left: date, by: int) -> None:
    later = left + timedelta(days=by)
    assume(later <= date(2027, 6, 1))
    one, other = (
        record_transfer.timetable(
            facts=record_transfer.LeaverFacts(left_roll=each), calendar=SCHOOL
        )
        for each in (left, later)
    )
    never_earlier(one, other)
    assert SCHOOL.is_school_day(one[0].on or later)


@pytest.mark.rule("TRA-04")
def test_an_academy_follows_by_custom() -> None:
    duty, custom = (
        record_transfer.timetable(
            facts=record_transfer.LeaverFacts(left_roll=date(2027, 2, 12), setting=setting),
            calendar=SCHOOL,
        )[0]
        for setting in ("maintained", "academy")
    )
    assert (duty.on, duty.strength) == (date(2027, 3, 12), Strength.MUST)
    assert (custom.on, custom.strength) == (date(2027, 3, 12), Strength.PRACTICE)
    assert str(duty.reasons[0]) == "The pupil left the roll on 12 February 2027."
    assert "do not count" in str(duty.reasons[2])
    assert "this is custom" in str(custom.reasons[2])
    assert str(state(custom, date(2027, 3, 13)).words) == "Late by 1 day"
    with pytest.raises(BadFact, match="TRA-04, setting"):
        record_transfer.LeaverFacts(left_roll=date(2027, 2, 12), setting="home")


@pytest.mark.rule("TRA-04", "TRA-05", "REV-03")
def test_what_was_sent_is_done() -> None:
    sent = date(2027, 2, 20)
    leaver = record_transfer.LeaverFacts(second_known=date(2027, 2, 12), sent=sent)
    (records,) = record_transfer.timetable(facts=leaver, calendar=SCHOOL)
    assert str(records.reasons[0]).startswith("On 12 February 2027 the head learned")
    facts = record_transfer.FileFacts(confirmed=date(2027, 2, 12), sent=sent)
    (file,) = record_transfer.protection_file(facts=facts)
    (listed,) = term_list.timetable(facts=term_list.TermFacts(term_starts=sent, sent=sent))
    assert {records.done_on, file.done_on, listed.done_on} == {sent}


@pytest.mark.rule("TRA-05")
@given(DAYS, st.integers(0, 400))
def test_the_child_protection_file_follows_in_five_days(confirmed: date, by: int) -> None:
    one, other = (
        record_transfer.protection_file(facts=record_transfer.FileFacts(confirmed=day))
        for day in (confirmed, confirmed + timedelta(days=by))
    )
    never_earlier(one, other)
    assert one[0].on == confirmed + timedelta(days=5)
    assert one[0].strength is Strength.SHOULD


@pytest.mark.rule("TRA-01")
@given(st.dates(date(1994, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_rights_pass_on_a_friday_at_the_end_of_june(born: date, by: int) -> None:
    one, other = (
        compulsory_school_age.timetable(facts=compulsory_school_age.BirthFacts(born=day))
        for day in (born, born + timedelta(days=by))
    )
    never_earlier(one, other)
    on = one[1].on
    assert on is not None
    assert on.weekday() == 4
    assert date(on.year, 6, 24) <= on <= date(on.year, 6, 30)
    # 16 by the end of that academic year, and not by its beginning.
    assert date(on.year - 17, 9, 1) <= born <= date(on.year - 16, 8, 31)


@pytest.mark.rule("EYS-13")
@given(st.dates(date(1994, 1, 1), date(2030, 12, 31)))
@example(date(1998, 1, 5))
def test_school_age_begins_within_five_months_of_the_fifth_birthday(born: date) -> None:
    starts = compulsory_school_age.first_day(born=born)
    assert (starts.month, starts.day) in {(3, 31), (8, 31), (12, 31)}
    assert age_on(born, starts) == 5
    assert (starts - add_years(born, 5)).days < 153
    found = compulsory_school_age.timetable(facts=compulsory_school_age.BirthFacts(born=born))
    assert [step.verified for step in found] == [False, True]
    assert [step.comes for step in found] == [True, True]
    before = (found[1].on or starts) < date(2014, 9, 1)
    assert any("No rights passed" in str(why) for why in found[1].reasons) is before


@pytest.mark.rule("EYS-13")
def test_a_birth_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadFact, match="EYS-13, born: A plain date"):
        compulsory_school_age.BirthFacts(born=datetime(2020, 1, 1))  # noqa: DTZ001
    with pytest.raises(BadFact, match="EYS-13, born: This date is too far"):
        compulsory_school_age.BirthFacts(born=date(2183, 1, 1))
    last = compulsory_school_age.BirthFacts(born=date(2182, 12, 31))
    assert compulsory_school_age.timetable(facts=last)[1].on == date(2199, 6, 28)


@pytest.mark.rule("REV-03")
@given(DAYS, st.integers(0, 400))
def test_the_term_s_list_comes_two_weeks_before(starts: date, by: int) -> None:
    assume(starts >= date(2014, 9, 15))
    one, other = (
        term_list.timetable(facts=term_list.TermFacts(term_starts=day))
        for day in (starts, starts + timedelta(days=by))
    )
    never_earlier(one, other)
    assert one[0].strength is Strength.SHOULD


@pytest.mark.rule("ROL-15")
@given(DAYS, st.integers(0, 400))
def test_a_later_review_of_sharing_is_never_due_earlier(started: date, by: int) -> None:
    one, other = (
        shared_senco.timetable(facts=shared_senco.SharingFacts(started=day))
        for day in (started, started + timedelta(days=by))
    )
    never_earlier(one, other)
    assert (one[0].strength, one[0].verified) == (Strength.PRACTICE, False)
    assert str(one[0].reasons[0]).startswith("Sharing began on")
    reviewed = shared_senco.SharingFacts(started=started, last_review=started)
    assert str(shared_senco.timetable(facts=reviewed)[0].reasons[0]).startswith("Sharing was last")


@pytest.mark.rule("REV-01", "REV-05", "ROL-07", "ROL-14", "ROL-15")
def test_only_custom_may_be_set_and_only_within_bounds() -> None:
    ours = (*reviews.PARAMETERS, *role.PARAMETERS, *transition.PARAMETERS)
    assert {each.key: (each.least, each.most) for each in ours if each.settable} == {
        "rev.review_anchor": (0, 0),
        "rev.ask_advice_days": (15, 120),
        "role.enrol_months": (18, 30),
        "role.shared_teaching_percent": (5, 95),
        "role.sharing_review_months": (1, 24),
    }


@pytest.mark.rule("ROL-15")
def test_the_schools_may_review_sharing_more_often() -> None:
    row = Overlay(SHARING_REVIEW.key, date(2026, 9, 1), None, 6, "Agreement", Origin.SCHOOL)
    facts = shared_senco.SharingFacts(started=date(2026, 9, 1))
    (review,) = shared_senco.timetable(facts=facts, parameters=Parameters([row]))
    assert review.on == date(2027, 3, 1)
    assert "It is reviewed within 6 months." in [str(reason) for reason in review.reasons]
