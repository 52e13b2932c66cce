"""One row of a behaviour log: what kind of incident, on which day, and what was done."""

from datetime import date
from typing import Any

from opensenco.exchange.readers.fields import Field
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.record_values import (
    read_category,
    read_points,
    read_praise,
    read_story,
    read_who,
)
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import mark, sentence

FIELDS = (
    Field(
        "on",
        mark("Day of the incident"),
        "Date|Incident Date|Date of Incident|Event Date|Date/Time|Date and Time|Date Time"
        "|Occurred On|Date Occurred|Behaviour Date|Date Logged|Recorded On|Created|Date Recorded"
        "|Logged On|Incident Date/Time|When|Timestamp|Awarded On|Date Awarded",
        date=True,
        missing=mark("This file has no column with the day."),
    ),
    Field(
        "category",
        mark("Kind of incident"),
        "Category|Categories|Behaviour|Behaviour Category|Incident Type|Behaviour Type|Incident"
        "|Activity Type|Behaviour Name|Event Type|Activity|Sub Type|Subcategory|Category Name"
        "|Behaviour Event|Conduct Type|Reason|Severity|Award Name|Linked Categories",
        repeated=True,
        missing=mark("This file has no column with the kind of incident or what happened."),
    ),
    Field(
        "type",
        mark("Positive or negative"),
        "Type|Positive/Negative|Positive or Negative|Behaviour/Achievement|Polarity|Conduct"
        "|Log Type|Record Type|Type of Event",
    ),
    Field(
        "points",
        mark("Points"),
        "Points|Score|Behaviour Points|Point Value|Total Points|Points Awarded|Demerits|Value"
        "|Conduct Points|Negative Points",
    ),
    Field(
        "words",
        mark("What happened"),
        "Description|Comments|Comment|Note|Notes|Details|Incident Details|Incident Description"
        "|Narrative|Incident Summary|Summary|What Happened|Text|Behaviour Description|Incident Text"
        "|Incident Comments|Event Details",
        repeated=True,
    ),
    Field(
        "done",
        mark("What was done"),
        "Action Taken|Action|Actions|Outcome|Actions Taken|Resolution|Sanction|Follow Up|Detention"
        "|Response|Consequence|Intervention|Sanctions|Outcomes|Follow Up Action|Action Comments"
        "|Detention Type|Resolved",
        repeated=True,
    ),
    Field(
        "place",
        mark("When and where"),
        "Time|Location|Lesson|Period|Where|Place|Lesson Name|Incident Time|Time of Day|Time Period"
        "|Class or Lesson|Subject|Lesson Period",
        repeated=True,
    ),
    Field(
        "told_by",
        mark("Who wrote it down"),
        "Recorded By|Staff|Teacher|Reported By|Logged By|Created By|Staff Member|Added By|Member of"
        " Staff|Awarded By|Author|Staff Name|Entered By|Raised By",
    ),
    Field(
        "source_id",
        mark("Number of the entry"),
        "Incident ID|Incident Number|Incident Ref|Incident Reference|Event ID|Behaviour ID"
        "|Record ID|Behaviour Incident ID|Incident No|Reference Number|Entry ID",
    ),
)
TELLING = frozenset({"category", "words", "done", "points", "type"})
TO_COME = mark("This day is still to come.")
CHECK_DAY = mark("Check the day.")
NOTHING_SAID = mark("The row does not say what kind of incident it was, nor what happened.")
FILL_IN = mark("Fill in the kind or the description.")
FROM_WORDS = 80
BETWEEN = ": "


def read_incident(row: OneRow, today: date) -> dict[str, Any]:
    """Give the entry that a row holds; one without a day, or that says nothing, is refused."""
    on = row.need("on", read_date, None)
    if on and on > today:
        row.fault("on", sentence(TO_COME), sentence(CHECK_DAY))
    words = _joined(row, "words", "\n")
    category, praise = _kind(row, words)
    values = {
        "on": on.isoformat() if on else "",
        "category": category,
        "praise": praise,
        "points": row.must("points", read_points, None),
        "words": words,
        "done": _joined(row, "done", "\n"),
        "place": _joined(row, "place", ", ")[:200],
        "told_by": row.may("told_by", read_who, ""),
        "source_id": row.text("source_id")[:80],
    }
    if not category and not row.faults:
        row.fault(_said_in(row), sentence(NOTHING_SAID), sentence(FILL_IN))
    return values


def _kind(row: OneRow, words: str) -> tuple[str, bool]:
    """Give the kind in the school's own words, and whether it is praise.

    A log without kinds is known by the beginning of what was written.
    """
    several = list(dict.fromkeys(row.texts("category")))
    told = row.text("type")
    praise = False
    if told:
        try:
            praise = read_praise(told)
        except Unreadable:
            several = list(dict.fromkeys([told, *several]))
    category = BETWEEN.join(several)
    try:
        category = read_category(category)
    except Unreadable as refusal:
        row.fault("category", refusal.wrong, refusal.mend)
    if category:
        return category, praise
    begins = " ".join(words.split())
    short = begins if len(begins) <= FROM_WORDS else begins[:FROM_WORDS].rsplit(" ", 1)[0] + " …"
    return short or (told if praise else ""), praise


def _joined(row: OneRow, code: str, between: str) -> str:
    text = between.join(dict.fromkeys(row.texts(code)))
    try:
        return read_story(text)
    except Unreadable as refusal:
        row.fault(code, refusal.wrong, refusal.mend)
        return ""


def _said_in(row: OneRow) -> str:
    return next((code for code in ("category", "words") if row.layout.places(code)), "on")
