"""Numbers of the annual review and of moves between phases (REV)."""

from opensenco.kernel.words import mark
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rulebook.reviews import (
    DEVON_JUDGMENT,
    REV_01,
    REV_03,
    REV_05,
    REV_08,
    REV_09,
    REV_12,
    REV_13,
    REV_15,
    REV_16,
)
from opensenco.law.strength import Evidence

DAYS = mark("days")
MONTHS = mark("months")

DECISION = "decision"
MEETING = "meeting"

PERIOD = Parameter(
    rule=REV_01.id,
    title=mark("Months in which a plan is reviewed"),
    unit=MONTHS,
    table=shipped("rev.period_months", 12, REV_01),
)
ANCHOR = Parameter(
    rule=REV_01.id,
    title=mark("The day of a review from which the next twelve months count"),
    unit=mark("decision or meeting"),
    table=shipped("rev.review_anchor", DECISION, REV_01, evidence=Evidence.SECONDARY),
    settable=True,
    choices=(DECISION, MEETING),
)
LIST = Parameter(
    rule=REV_03.id,
    title=mark("Days before a term at which the list of reviews is sent"),
    unit=DAYS,
    table=shipped("rev.list_days", 14, REV_03),
)
PAPERS = Parameter(
    rule=REV_05.id,
    title=mark("Days before the meeting at which notice and papers have been sent"),
    unit=DAYS,
    table=shipped("rev.papers_days", 14, REV_05),
)
ASK_ADVICE = Parameter(
    rule=REV_05.id,
    title=mark("Days before the meeting at which advice is asked for"),
    unit=DAYS,
    table=shipped("rev.ask_advice_days", 42, REV_05, evidence=Evidence.SECONDARY),
    settable=True,
    least=15,
    most=120,
)
REPORT = Parameter(
    rule=REV_08.id,
    title=mark("Days from the meeting to the report"),
    unit=DAYS,
    table=shipped("rev.report_days", 14, REV_08),
)
DECIDE = Parameter(
    rule=REV_09.id,
    title=mark("Days from the meeting to the decision"),
    unit=DAYS,
    table=shipped("rev.decision_days", 28, REV_09),
)
COMMENTS = Parameter(
    rule=REV_12.id,
    title=mark("Days for comments, beginning with the day of the notice"),
    unit=DAYS,
    table=shipped("rev.comments_days_inclusive", 15, REV_12),
)
FINAL_FROM_NOTICE = Parameter(
    rule=REV_13.id,
    title=mark("Days from the amendment notice to the final amended plan"),
    unit=DAYS,
    table=shipped("rev.final_from_notice_days", 56, REV_13),
)
FINAL_FROM_MEETING = Parameter(
    rule=REV_13.id,
    title=mark("Days from the meeting to the final amended plan"),
    unit=DAYS,
    table=shipped(
        "rev.final_from_meeting_days",
        84,
        REV_13,
        first=DEVON_JUDGMENT,
        evidence=Evidence.SECONDARY,
    ),
)
PHASE_SCHOOL = Parameter(
    rule=REV_15.id,
    title=mark("Month and day before which a plan names the next school"),
    unit=mark("month-day"),
    table=shipped("rev.phase_school_before", "02-15", REV_15),
)
PHASE_POST_16 = Parameter(
    rule=REV_15.id,
    title=mark("Month and day before which a plan names the first post-16 institution"),
    unit=mark("month-day"),
    table=shipped("rev.phase_post16_before", "03-31", REV_15),
)
PHASE_BETWEEN = Parameter(
    rule=REV_15.id,
    title=mark("Months before a move between post-16 institutions"),
    unit=MONTHS,
    table=shipped("rev.phase_between_post16_months", 5, REV_15),
)
UNDER_FIVE_ALERT = Parameter(
    rule=REV_16.id,
    title=mark("Months after which a review of a child under five is thought of"),
    unit=MONTHS,
    table=shipped("rev.under_five_alert_months", 3, REV_16),
)
UNDER_FIVE_REVIEW = Parameter(
    rule=REV_16.id,
    title=mark("Months in which the plan of a child under five is reviewed"),
    unit=MONTHS,
    table=shipped("rev.under_five_review_months", 6, REV_16),
)

PARAMETERS = (
    PERIOD, ANCHOR, LIST, PAPERS, ASK_ADVICE, REPORT, DECIDE, COMMENTS, FINAL_FROM_NOTICE,
    FINAL_FROM_MEETING, PHASE_SCHOOL, PHASE_POST_16, PHASE_BETWEEN, UNDER_FIVE_ALERT,
    UNDER_FIVE_REVIEW,
)  # fmt: skip
