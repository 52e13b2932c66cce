"""Amending the plan after a review, or at another time (REV-11, REV-12, REV-13)."""

from datetime import date

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar import counting
from opensenco.law.due import Due, due_by
from opensenco.law.numbers import reviews as numbers
from opensenco.law.parameters import Parameters, Used
from opensenco.law.review import facts as names
from opensenco.law.review.facts import Outcome, ReviewFacts
from opensenco.law.review.meeting import meeting_words
from opensenco.law.rulebook.reviews import DEVON_JUDGMENT, REV_11, REV_12, REV_13

_COMMENTS_PASSED = sentence(
    mark("The fifteen days for comments have passed; the authority may give more time")
)
_IF_AMENDED = mark("This step is only there if the plan is to be amended.")


def amending(facts: ReviewFacts, parameters: Parameters) -> list[Due]:
    """The notice, the time for comments, the final amended plan and its back-stop."""
    limit = _limit_from_meeting(facts, parameters)
    steps = [
        *_notice(facts, parameters),
        _comments(facts, parameters),
        _final(facts, limit, parameters),
    ]
    return steps if facts.meeting is None else [*steps, _back_stop(facts, facts.meeting, limit)]


Limit = tuple[date, Used[int]] | None


def _limit_from_meeting(facts: ReviewFacts, parameters: Parameters) -> Limit:
    """Twelve weeks after the meeting; None without one, and for one before the judgment."""
    if facts.meeting is None or facts.meeting < DEVON_JUDGMENT:
        return None
    used = parameters.use(numbers.FINAL_FROM_MEETING, facts.meeting)
    return counting.within_days(event=facts.meeting, days=used.value), used


def _notice(facts: ReviewFacts, parameters: Parameters) -> list[Due]:
    if facts.meeting is None:
        return []
    used = parameters.use(numbers.DECIDE, facts.meeting)
    return [
        due_by(
            REV_11,
            step=names.AMENDMENT_NOTICE,
            title=mark("Send the amendment notice"),
            on=counting.within_days(event=facts.meeting, days=used.value),
            reasons=(
                meeting_words(facts.meeting),
                sentence(mark("The notice goes with the decision, within four weeks of it.")),
                sentence(_IF_AMENDED),
            ),
            moved_by=(sentence(mark("Another day for the meeting.")),),
            done_on=facts.notice,
            used=(used,),
        )
    ]


def _comments(facts: ReviewFacts, parameters: Parameters) -> Due:
    on: date | None = None
    reasons = _no_notice(facts)
    used: tuple[Used[int], ...] = ()
    if facts.notice is not None:
        days = parameters.use(numbers.COMMENTS, facts.notice)
        on = counting.days_beginning_with(event=facts.notice, days=days.value)
        used = (days,)
        reasons = (
            _notice_words(facts.notice),
            sentence(
                mark("There are at least fifteen days for comments; that day is the first of them.")
            ),
        )
    return due_by(
        REV_12,
        step=names.COMMENTS_CLOSE,
        title=mark("The time for comments ends"),
        on=on,
        reasons=reasons,
        moved_by=(sentence(mark("Another day on which the notice was served.")),),
        used=used,
        right=_COMMENTS_PASSED,
    )


def _final(facts: ReviewFacts, limit: Limit, parameters: Parameters) -> Due:
    on: date | None = None
    reasons = _no_notice(facts)
    used: tuple[Used[int], ...] = ()
    if facts.notice is not None:
        days = parameters.use(numbers.FINAL_FROM_NOTICE, facts.notice)
        on = counting.within_days(event=facts.notice, days=days.value)
        used = (days,)
        reasons = (
            _notice_words(facts.notice),
            sentence(mark("Eight weeks after it is {day}."), day=on),
        )
    if limit is not None:
        reasons += (sentence(mark("Twelve weeks after the meeting is {day}."), day=limit[0]),)
        if on is not None:
            on = min(on, limit[0])
            used += (limit[1],)
            reasons += (sentence(mark("The earlier of the two counts.")),)
    return due_by(
        REV_13,
        step=names.FINAL_AMENDED_PLAN,
        title=mark("Send the final amended plan, or the decision not to amend"),
        on=on,
        reasons=reasons,
        moved_by=(sentence(mark("Another day of the meeting or of the notice.")),),
        done_on=facts.finalised,
        used=used,
    )


def _back_stop(facts: ReviewFacts, meeting: date, limit: Limit) -> Due:
    if limit is None:
        last = sentence(
            mark("Before the judgment of {day} no limit was read to count from the meeting."),
            day=DEVON_JUDGMENT,
        )
    else:
        last = sentence(
            mark("Whenever the notice was sent, the final plan follows within twelve weeks of it.")
        )
    return due_by(
        REV_13,
        step=names.BACK_STOP,
        title=mark("Last day for the final amended plan"),
        on=limit[0] if limit else None,
        reasons=(meeting_words(meeting), last, sentence(_IF_AMENDED)),
        moved_by=(sentence(mark("Another day for the meeting.")),),
        done_on=facts.finalised,
        used=(limit[1],) if limit else (),
    )


def _notice_words(notice: date) -> Sentence:
    return sentence(mark("The amendment notice was sent on {notice}."), notice=notice)


def _no_notice(facts: ReviewFacts) -> tuple[Sentence, ...]:
    none = sentence(mark("No amendment notice has been sent."))
    return (none,) if facts.outcome == Outcome.AMEND else (none, sentence(_IF_AMENDED))
