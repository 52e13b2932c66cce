"""Signs in the record of pupils without a SEN status: the numbers by which one is told of.

They are shipped here, and a place sets its own from a day on (`OwnSign`); the page says them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from opensenco.concerns.models import OwnSign


@dataclass(frozen=True)
class Numbers:
    """By which numbers a sign is told of.

    Args:
        attendance: at or below this, in per cent, over a span that ended in the last
            `attendance_days`.
        fell_by: attendance that is so many points lower than the span before it.
        incidents: so many entries of the behaviour log, praise not counted, in `incident_days`.
        concerns: so many concerns in `concern_days`.
        score: a standardised score at or below this, in the last `result_days`.
        score_fell_by: one that is so many points lower than the best before in the same test.
    """

    attendance: int = 90
    attendance_days: int = 120
    fell_by: int = 8
    incidents: int = 4
    incident_days: int = 90
    concerns: int = 2
    concern_days: int = 365
    score: int = 84
    result_days: int = 365
    score_fell_by: int = 10


SHIPPED = Numbers()
#: the least and the most that a place can set each to
RANGES: dict[str, tuple[int, int]] = {
    "attendance": (50, 99), "attendance_days": (14, 400), "fell_by": (2, 50), "incidents": (1, 50),
    "incident_days": (7, 400), "concerns": (1, 20), "concern_days": (30, 800), "score": (55, 100),
    "result_days": (30, 800), "score_fell_by": (3, 50),
}  # fmt: skip


def numbers_of(orgs: Iterable[int], day: date) -> dict[int, Numbers]:
    """Give the numbers that hold at each place on a day; one question, however many places."""
    found = dict.fromkeys(orgs, SHIPPED)
    rows = OwnSign.objects.filter(org__in=list(found), first__lte=day, which__in=list(RANGES))
    # of two of one day the later counts
    for row in rows.order_by("first", "id"):
        found[row.org_id] = replace(found[row.org_id], **{row.which: row.number})
    return found


def history_of(org: int) -> list[OwnSign]:
    """Give what a place has set, the newest first."""
    rows = OwnSign.objects.filter(org=org, which__in=list(RANGES)).select_related("person")
    return list(rows.order_by("-first", "-id")[:40])
