"""What comes before and after the review meeting (REV-05, REV-07, REV-08, REV-09)."""

from datetime import date, timedelta

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar import counting
from opensenco.law.checks.adulthood import prepares_for_adulthood
from opensenco.law.due import Answer, Due, due_by
from opensenco.law.numbers import reviews as numbers
from opensenco.law.parameters import Parameters, Used
from opensenco.law.review import facts as names
from opensenco.law.review.facts import ReviewFacts
from opensenco.law.rulebook.reviews import REV_05, REV_07, REV_08, REV_09
from opensenco.law.strength import Strength

_OTHER_MEETING = mark("Another day for the meeting.")


def meeting_words(meeting: date) -> Sentence:
    """The day of the meeting, in words."""
    return sentence(mark("The review meeting is on {meeting}."), meeting=meeting)


def before(facts: ReviewFacts, meeting: date, parameters: Parameters) -> list[Due]:
    """Asking for advice, the papers (to be safe, and at the latest), and adulthood."""
    ask = parameters.use(numbers.ASK_ADVICE, meeting)
    papers = parameters.use(numbers.PAPERS, meeting)
    days = counting.notice(meeting=meeting, days=papers.value)
    asked = _sent(
        facts,
        meeting,
        step=names.ASK_ADVICE,
        title=mark("Ask for advice for the review"),
        on=meeting - timedelta(days=ask.value),
        why=mark("Asked for in good time, advice can go round two weeks before it."),
        strength=Strength.PRACTICE,
        used=ask,
    )
    safe = _sent(
        facts,
        meeting,
        step=names.PAPERS_SAFE,
        title=mark("Send the invitation and the papers, to be on the safe side"),
        on=days.safe,
        why=mark("On this day two whole weeks lie in between."),
        strength=Strength.PRACTICE,
        used=papers,
        rests_on_unverified=True,
    )
    latest = _sent(
        facts,
        meeting,
        step=names.PAPERS,
        title=mark("Send the invitation and the papers"),
        on=days.latest,
        why=mark("Everyone invited has them at least two weeks before."),
        used=papers,
    )
    return [asked, safe, latest, *_adulthood(facts, meeting)]


def _sent(
    facts: ReviewFacts,
    meeting: date,
    *,
    step: str,
    title: str,
    on: date,
    why: str,
    used: Used[int],
    strength: Strength | None = None,
    rests_on_unverified: bool = False,
) -> Due:
    """A step that is done when invitation and papers have been sent."""
    return due_by(
        REV_05,
        step=step,
        title=title,
        on=on,
        strength=strength,
        reasons=(meeting_words(meeting), sentence(why)),
        moved_by=(sentence(_OTHER_MEETING),),
        done_on=facts.papers_sent,
        used=(used,),
        rests_on_unverified=rests_on_unverified,
    )


def _adulthood(facts: ReviewFacts, meeting: date) -> list[Due]:
    if facts.year_group is None and facts.born is None:
        return []
    needed = prepares_for_adulthood(
        born=facts.born or meeting, meeting=meeting, taught_in=facts.year_group
    )
    return [
        due_by(
            REV_07,
            step=names.ADULTHOOD,
            title=mark("Preparing for adulthood"),
            on=meeting,
            reasons=(
                meeting_words(meeting),
                sentence(mark("From Year 9 on, every review considers adulthood.")),
            ),
            moved_by=(sentence(mark("The year group in which the pupil is really taught.")),),
            answer=Answer(
                "required" if needed else "not-required",
                sentence(mark("This review has to consider preparing for adulthood"))
                if needed
                else sentence(mark("This review need not consider adulthood yet")),
            ),
        )
    ]


def after(facts: ReviewFacts, meeting: date, parameters: Parameters) -> list[Due]:
    """The report and the decision."""
    report = parameters.use(numbers.REPORT, meeting)
    decide = parameters.use(numbers.DECIDE, meeting)
    return [
        due_by(
            REV_08,
            step=names.REPORT,
            title=mark("Send the report of the review"),
            on=counting.within_days(event=meeting, days=report.value),
            reasons=(
                meeting_words(meeting),
                sentence(mark("The report goes to everyone invited within two weeks of it.")),
            ),
            moved_by=(sentence(_OTHER_MEETING),),
            done_on=facts.reported,
            used=(report,),
        ),
        due_by(
            REV_09,
            step=names.DECISION,
            title=mark("The authority decides: keep, amend or cease the plan"),
            on=counting.within_days(event=meeting, days=decide.value),
            reasons=(
                meeting_words(meeting),
                sentence(mark("The authority decides and tells the family within four weeks.")),
            ),
            moved_by=(sentence(_OTHER_MEETING),),
            done_on=facts.told,
            used=(decide,),
        ),
    ]
