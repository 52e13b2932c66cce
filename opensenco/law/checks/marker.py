"""One word on a pupil's SEN record, complete, due or gap, and why (APD-03, APD-05, APD-11, IDN-15).

See docs/law/record-checks.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.checks.records import PupilRecord, gaps
from opensenco.law.codes.sen import NO_SEN, SEN_SUPPORT
from opensenco.law.rulebook.graduated import APD_05
from opensenco.law.rulebook.identification import IDN_15

PARENTS_NOT_TOLD = "parents-not-told"
REVIEW_DUE = "review-due"
#: how long before its day a review is called due: our custom, not the law's
NEAR = timedelta(days=14)


class Marker(StrEnum):
    """How a record stands."""

    GAP = "gap"
    DUE = "due"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Marked:
    """The marker, and what it rests on, in the order in which it is best mended."""

    marker: Marker
    reasons: tuple[Finding, ...] = ()


def marked(*, record: PupilRecord, told: bool, today: date) -> Marked | None:
    """How the record of a pupil stands on `today`; None without special educational needs.

    A gap is what is missing or overdue. Due is a review within a fortnight, where there is no gap.

    `told`: whether the record says that the parents were told of the support; asked of SEN support
    alone, from its first day on.
    """
    if record.status == NO_SEN:
        return None
    lacks = gaps(record=record, today=today) + _untold(record, told, today)
    if lacks:
        return Marked(Marker.GAP, lacks)
    if record.review is not None and record.review <= today + NEAR:
        return Marked(Marker.DUE, (_review(record.review),))
    return Marked(Marker.COMPLETE)


def _untold(record: PupilRecord, told: bool, today: date) -> tuple[Finding, ...]:
    if told or record.status != SEN_SUPPORT or (record.since is not None and record.since > today):
        return ()
    words = mark("Nothing on the record says that the parents were told of the SEN support.")
    return (found(IDN_15, PARENTS_NOT_TOLD, sentence(words)),)


def _review(review: date) -> Finding:
    words = sentence(mark("The review is agreed for {review}."), review=review)
    return found(APD_05, REVIEW_DUE, words, severity=Severity.WARNING)
