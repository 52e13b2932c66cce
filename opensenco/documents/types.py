"""The types of documents: data, so that one more is one more line here.

Each has its words, the level that is proposed for it, and the words by which it is known in the
name of a file. A code is stored and never changes meaning.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.documents.states import Level


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document.

    Args:
        told_by: words in a file's name, as a regular expression; the first type that fits is taken.
        keep: how long, a code of documents.retention.KEEPS.
    """

    code: str
    words: Promise
    level: Level
    told_by: str = ""
    keep: str = "sen"


#: in the order in which a file's name is looked at; `ORDER` is that of lists
_TYPES = (
    DocumentType("review", _("Review record"), Level.ORDINARY,
                 r"annual review|review|minutes of (?:the )?meeting"),
    DocumentType("ehc_plan", _("EHC plan"), Level.ORDINARY,
                 r"ehcp|ehc plan|education,? health (?:and|&) care plan|statement of sen"),
    DocumentType("report", _("Report of a professional"), Level.CONFIDENTIAL,
                 r"ep report|educational psycholog\w*|psycholog\w*|salt|slt|speech|language therapy"
                 r"|occupational|physio\w*|paediatric\w*|camhs|audiolog\w*|clinic|diagnos\w*|report"
                 r"|advice|assessment"),
    DocumentType("plan", _("Plan"), Level.ORDINARY,
                 r"ieps?|isps?|ilps?|pcps?|apdr|individual (?:education|support|learning) plan"
                 r"|(?:sen|send|learning|support|provision|behaviour|pastoral) (?:support )?plan"
                 r"|pupil passport|passport|one[ -]page profile|pupil profile|plan|targets?"),
    DocumentType("referral", _("Referral"), Level.CONFIDENTIAL, r"referral|request for"),
    DocumentType("consent", _("Consent"), Level.ORDINARY, r"consent|permission", "pupil"),
    DocumentType("letter", _("Letter or email"), Level.CONFIDENTIAL, r"letter|e-?mail"),
    DocumentType("evidence", _("Work or other evidence"), Level.ORDINARY,
                 r"evidence|work sample|writing sample|observation|sample|tracker|data", "pupil"),
    # what is unknown is kept by the longer rule
    DocumentType("other", _("Other"), Level.ORDINARY),
)  # fmt: skip
TYPES: dict[str, DocumentType] = {one.code: one for one in _TYPES}
ORDER = (
    "plan",
    "review",
    "ehc_plan",
    "report",
    "letter",
    "referral",
    "consent",
    "evidence",
    "other",
)
OTHER = TYPES["other"]
_TOLD = [
    (one, re.compile(rf"(?<![^\W_])(?:{one.told_by})(?![^\W_])", re.I))
    for one in _TYPES
    if one.told_by
]


def guessed(words: str) -> DocumentType:
    """Guess the type from the name of a file; what tells nothing is "other"."""
    plain = words.replace("_", " ").replace("-", " ")
    return next((one for one, told in _TOLD if told.search(plain)), OTHER)


def choices() -> list[tuple[str, Promise]]:
    """Give the types in the order of lists, with their words."""
    return [(code, TYPES[code].words) for code in ORDER]
