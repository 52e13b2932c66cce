"""Is one pupil's SEN record up to date? (APD-03, APD-05, APD-11, IDN-09)

See docs/law/record-checks.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import counted, mark, sentence
from opensenco.law.checks.finding import Finding, found
from opensenco.law.checks.needs import RankedNeed, main_need
from opensenco.law.codes.sen import EHC_PLAN, NO_SEN, SEN_STATUS, SEN_SUPPORT
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.graduated import APD_03, APD_05, APD_11
from opensenco.law.rulebook.identification import IDN_06, IDN_08, IDN_09

NO_STATUS_DATE = "no-status-date"
NO_NEED_TYPE = "no-need-type"
NO_PLAN = "no-plan"
NO_OUTCOME = "no-outcome"
NO_REVIEW_DATE = "no-review-date"
REVIEW_OVERDUE = "review-overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRecord:
    """What the record of one pupil holds today.

    `status` is E, K or N and `since` the day from which it holds. `plan`: whether there is a plan
    in use (a cycle that is open, or a final EHC plan); `outcomes`: how many outcomes it names;
    `review`: the day agreed for its next review.
    """

    status: str
    since: date | None = None
    needs: tuple[RankedNeed, ...] = ()
    plan: bool = False
    outcomes: int = 0
    review: date | None = None

    def __post_init__(self) -> None:
        if self.status not in (EHC_PLAN, SEN_SUPPORT, NO_SEN):
            known = SEN_STATUS.find(self.status) is not None
            words = mark("This code is only in old data.") if known else mark("Use E, K or N.")
            raise BadFact(IDN_06.id, "status", words)
        APD_05.check_days(review=self.review)


@answers(APD_11, APD_03, IDN_09)
def gaps(*, record: PupilRecord, today: date) -> tuple[Finding, ...]:
    """What is missing or out of date on `today`, in the order in which it is best mended.

    Nothing is asked of a pupil without special educational needs. Without a plan, only the plan is
    reported: outcomes and a review date belong to it.
    """
    if record.status == NO_SEN:
        return ()
    checks = _ALWAYS + (_OF_A_PLAN if record.plan else ())
    return tuple(gap for check in checks if (gap := check(record, today)) is not None)


def _status_date(record: PupilRecord, today: date) -> Finding | None:
    if record.since is not None and record.since <= today:
        return None
    return found(
        IDN_09,
        NO_STATUS_DATE,
        sentence(mark("The record does not say since when the pupil has this status.")),
    )


def _need_type(record: PupilRecord, today: date) -> Finding | None:
    if main_need(record.needs) is not None:
        return None
    return found(
        IDN_08,
        NO_NEED_TYPE,
        sentence(mark("No main type of need is recorded.")),
        sentence(mark("A diagnosis is not needed for this.")),
    )


def _plan(record: PupilRecord, today: date) -> Finding | None:
    if record.plan:
        return None
    if record.status == EHC_PLAN:
        return found(
            APD_11,
            NO_PLAN,
            sentence(mark("The pupil has an EHC plan, but no final plan is on the record.")),
        )
    return found(
        APD_11,
        NO_PLAN,
        sentence(mark("The pupil is on SEN support, but no plan is in use.")),
    )


def _outcome(record: PupilRecord, today: date) -> Finding | None:
    if record.outcomes > 0:
        return None
    return found(APD_03, NO_OUTCOME, sentence(mark("The plan names no outcome.")))


def _review_date(record: PupilRecord, today: date) -> Finding | None:
    if record.review is not None:
        return None
    return found(APD_03, NO_REVIEW_DATE, sentence(mark("No date for the review has been agreed.")))


def _review_overdue(record: PupilRecord, today: date) -> Finding | None:
    if record.review is None or record.review >= today:
        return None
    days = (today - record.review).days
    return found(
        APD_05,
        REVIEW_OVERDUE,
        counted(
            mark("The review was agreed for {review}, {count} day ago."),
            mark("The review was agreed for {review}, {count} days ago."),
            count=days,
            review=record.review,
        ),
    )


Check = Callable[[PupilRecord, date], Finding | None]
_ALWAYS: tuple[Check, ...] = (_status_date, _need_type, _plan)
_OF_A_PLAN: tuple[Check, ...] = (_outcome, _review_date, _review_overdue)
