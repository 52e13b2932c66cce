"""The twelve months of a review, and the shorter time for children under five (REV-01, REV-16)."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.kernel.dates import Span, age_on
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar import counting
from opensenco.law.due import Due, due_by
from opensenco.law.numbers import reviews as numbers
from opensenco.law.parameters import Parameters
from opensenco.law.review import facts as names
from opensenco.law.review.facts import Outcome, ReviewFacts
from opensenco.law.rulebook.reviews import REV_01, REV_16
from opensenco.law.strength import Strength


def latest_meeting(facts: ReviewFacts, begins: date, parameters: Parameters) -> list[Due]:
    """The last day for a meeting that leaves the time to decide within the twelve months."""
    period = parameters.use(numbers.PERIOD, begins)
    deciding = parameters.use(numbers.DECIDE, begins)
    end = counting.months_starting_with(event=begins, months=period.value)
    return [
        due_by(
            REV_01,
            step=names.LATEST_MEETING,
            title=mark("Latest day for the review meeting"),
            on=end - timedelta(days=deciding.value),
            strength=Strength.PRACTICE,
            reasons=(
                facts.begin_words,
                sentence(mark("The review has to be finished by {day}."), day=end),
                sentence(
                    mark("The authority may take four weeks to decide, so the meeting comes first.")
                ),
            ),
            moved_by=(sentence(mark("An earlier review, from which the months count anew.")),),
            done_on=facts.meeting,
            used=(period, deciding),
        )
    ]


def complete(facts: ReviewFacts, begins: date, parameters: Parameters) -> list[Due]:
    """The end of the twelve months, and of six for a child under five."""
    period = parameters.use(numbers.PERIOD, begins)
    whole = due_by(
        REV_01,
        step=names.REVIEW_COMPLETE,
        title=mark("Finish the annual review"),
        on=counting.months_starting_with(event=begins, months=period.value),
        reasons=(
            facts.begin_words,
            sentence(mark("The plan is reviewed within the twelve months that start on that day.")),
            sentence(mark("It is finished when the authority has decided and told the family.")),
        ),
        moved_by=(sentence(mark("An earlier review, from which the months count anew.")),),
        done_on=facts.told,
        used=(period,),
    )
    return [whole, *_under_five(facts, begins, parameters)]


def _under_five(facts: ReviewFacts, begins: date, parameters: Parameters) -> list[Due]:
    """Three to six months, while the child is under five on the last day of it."""
    if facts.born is None:
        return []
    alert = parameters.use(numbers.UNDER_FIVE_ALERT, begins)
    limit = parameters.use(numbers.UNDER_FIVE_REVIEW, begins)
    first = counting.within_months(event=begins, months=alert.value)
    last = counting.within_months(event=begins, months=limit.value)
    if age_on(facts.born, last) >= 5:
        return []
    step = due_by(
        REV_16,
        step=names.UNDER_FIVE,
        title=mark("Think of reviewing the plan of a child under five"),
        on=last,
        reasons=(
            facts.begin_words,
            sentence(mark("The child is under five: three to six months are usual.")),
        ),
        window=Span(first, last),
        moved_by=(sentence(mark("The child's fifth birthday.")),),
        done_on=facts.meeting,
        used=(alert, limit),
    )
    # “Due soon” from three months on: this rule has a wider time than fourteen days.
    return [replace(step, soon_days=(last - first).days)]


def next_review(facts: ReviewFacts, parameters: Parameters) -> list[Due]:
    """When the review after this one is finished, once the day is known from which it counts."""
    known = facts.told or facts.meeting
    if known is None:
        return []
    anchor = parameters.use(numbers.ANCHOR, known)
    counts_from = facts.meeting if anchor.value == numbers.MEETING else facts.told
    if counts_from is None or facts.outcome == Outcome.CEASE:
        return []
    period = parameters.use(numbers.PERIOD, counts_from)
    return [
        due_by(
            REV_01,
            step=names.NEXT_REVIEW,
            title=mark("Finish the review after this one"),
            on=counting.months_starting_with(event=counts_from, months=period.value),
            reasons=(
                sentence(mark("The next twelve months start on {day}."), day=counts_from),
                sentence(
                    mark("That is the day of the meeting, as the authority counts.")
                    if anchor.value == numbers.MEETING
                    else mark("That is the day of the authority's decision.")
                ),
            ),
            moved_by=(sentence(mark("An earlier review, from which the months count anew.")),),
            used=(anchor, period),
        )
    ]
