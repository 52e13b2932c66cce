"""What is known of one annual review, and the names of its steps."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.checks.ceasing import beyond_age
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.reviews import REV_01, REV_05, REV_07, REV_08, REV_09, REV_11, REV_13

LATEST_MEETING = "latest-meeting"
ASK_ADVICE = "ask-advice"
PAPERS_SAFE = "papers-safe"
PAPERS = "papers"
ADULTHOOD = "adulthood"
REPORT = "report"
DECISION = "decision"
AMENDMENT_NOTICE = "amendment-notice"
COMMENTS_CLOSE = "comments-close"
FINAL_AMENDED_PLAN = "final-amended-plan"
BACK_STOP = "back-stop"
REVIEW_COMPLETE = "review-complete"
UNDER_FIVE = "under-five-review"
NEXT_REVIEW = "next-review"
STEPS = (
    LATEST_MEETING, ASK_ADVICE, PAPERS_SAFE, PAPERS, ADULTHOOD, REPORT, DECISION, AMENDMENT_NOTICE,
    COMMENTS_CLOSE, FINAL_AMENDED_PLAN, BACK_STOP, REVIEW_COMPLETE, UNDER_FIVE, NEXT_REVIEW,
)  # fmt: skip


LAST_YEAR_GROUP = 21
"""The year group of whoever is 25 when the school year starts: nobody is older who has a plan."""

_BEFORE_A_REVIEW = ("born", "plan_made", "last_review")
_ORDER = (
    (REV_07, "plan_made", ("born",)),
    (REV_01, "last_review", ("plan_made", "born")),
    (REV_01, "meeting", ("plan_made", "last_review", "born")),
    (REV_05, "papers_sent", _BEFORE_A_REVIEW),
    (REV_08, "reported", (*_BEFORE_A_REVIEW, "meeting")),
    (REV_09, "decided", (*_BEFORE_A_REVIEW, "meeting")),
    (REV_11, "notice", (*_BEFORE_A_REVIEW, "meeting", "decided")),
    (REV_13, "finalised", (*_BEFORE_A_REVIEW, "meeting", "decided", "notice")),
)
"""For each fact those that cannot come after it, and the rule that is named."""


class Outcome(StrEnum):
    """What the authority decides after a review."""

    KEEP = "keep"
    AMEND = "amend"
    CEASE = "cease"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """What is known of one review of one plan. At least one of the first four is needed.

    `plan_made`: the day the plan was first made. `last_review`: the day from which the present
    twelve months count. `meeting`: the day of the review meeting, held or planned. `notice`: the
    day the amendment notice was sent. `born` and `year_group` (the one really taught in) are for
    children under five and from Year 9. The rest says what was done and decided. An order that
    cannot be is a BadFact, a day before the Act came into force is NotInForce.
    """

    plan_made: date | None = None
    last_review: date | None = None
    meeting: date | None = None
    notice: date | None = None
    born: date | None = None
    year_group: int | None = None
    papers_sent: date | None = None
    reported: date | None = None
    decided: date | None = None
    outcome: Outcome | None = None
    finalised: date | None = None

    def __post_init__(self) -> None:
        REV_01.check_days(plan_made=self.plan_made, last_review=self.last_review)
        REV_05.check_days(meeting=self.meeting, papers_sent=self.papers_sent)
        REV_08.check_days(reported=self.reported)
        REV_09.check_days(decided=self.decided)
        REV_11.check_days(notice=self.notice)
        REV_13.check_days(finalised=self.finalised)
        REV_07.check_plain(born=self.born)
        if self.outcome is not None and self.outcome not in tuple(Outcome):
            words = mark("The outcome is keep, amend or cease.")
            raise BadFact(REV_09.id, "outcome", words)
        if not any((self.plan_made, self.last_review, self.meeting, self.notice)):
            words = mark("Give the day of the plan, the last review, the meeting or the notice.")
            raise BadFact(REV_01.id, "meeting", words)
        if self.year_group is not None and not 0 <= self.year_group <= LAST_YEAR_GROUP:
            words = mark("Give a year group from 0 (reception) to {last}.")
            raise BadFact(REV_07.id, "year-group", sentence(words, last=LAST_YEAR_GROUP))
        self._check_order()
        for day in (self.plan_made, self.last_review, self.meeting, self.notice):
            if self.born and day and beyond_age(born=self.born, day=day):
                words = mark("Nobody born then has a plan on {day}: plans end by age before.")
                raise BadFact(REV_07.id, "born", sentence(words, day=day))

    def _check_order(self) -> None:
        for rule, fact, befores in _ORDER:
            for before in befores:
                rule.check_order(**{before: getattr(self, before), fact: getattr(self, fact)})
        if self.may_amend:
            return
        if self.notice is not None:
            words = mark("There is an amendment notice only where the plan is to be amended.")
            raise BadFact(REV_11.id, "notice", words)
        if self.finalised is not None:
            words = mark("There is an amended plan only where the plan is to be amended.")
            raise BadFact(REV_13.id, "finalised", words)

    @property
    def begins(self) -> date | None:
        """The day on which the present twelve months start."""
        return self.last_review or self.plan_made

    @property
    def told(self) -> date | None:
        """The day the family was told what was decided. An amendment notice after a meeting tells
        it too, where no other day is recorded."""
        return self.decided or (self.notice if self.meeting is not None else None)

    @property
    def may_amend(self) -> bool:
        """Whether the plan is, or may still be, amended after this review."""
        return self.outcome in (None, Outcome.AMEND)

    @property
    def begin_words(self) -> Sentence:
        """What the present twelve months count from, in words."""
        if self.last_review is not None:
            return sentence(mark("The last review was finished on {day}."), day=self.last_review)
        return sentence(mark("The plan was first made on {day}."), day=self.plan_made or "")
