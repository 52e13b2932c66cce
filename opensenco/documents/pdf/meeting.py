"""The record of a meeting on paper: its facts as plain values, and the PDF made of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.ehc import Came, came_table
from opensenco.documents.pdf.plain import plain
from opensenco.documents.pdf.plan import Part, initials
from opensenco.documents.pdf.typeset import shortened, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Somebody who was invited, as what, and whether they came; None where nobody said."""

    name: str
    part: str = ""
    came: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What somebody does after the meeting, and by when."""

    what: str
    who: str
    by: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPaper:
    """The record of one meeting as it is given out (SEND code of practice, 6.71).

    The pupil's words come first, then the family's. `edition` is 1 when the record is closed and
    one more with each correction, of which `corrected_because` says why; 0 is a draft. `came` is
    what came of section F of an EHC plan by that day, `counted` how days were counted.
    """

    school: str
    coordinator_word: str
    title: str
    pupil: str
    called: str
    class_name: str = ""
    held: str
    place: str = ""
    organiser: str
    people: tuple[Somebody, ...] = ()
    pupil_said: str = ""
    parents_said: str = ""
    notes: str = ""
    agreed: str = ""
    promised: tuple[Promised, ...] = ()
    next_meeting: str = ""
    came: tuple[Came, ...] = ()
    counted: str = ""
    edition: int
    corrected_because: str = ""
    printed_on: dt.date
    printed_by: str


def record_pdf(paper: RecordPaper) -> bytes:
    """The record as tagged PDF (A4, PDF/UA-1), its labels in the language active now.

    Parts that nobody has written are left out. Raises PaperError when it cannot be set.
    """
    data: Part = {
        "title": _("%(title)s: %(pupil)s") % {"title": paper.title, "pupil": paper.pupil},
        "name": shortened(f"{paper.title}: {paper.pupil}", 120),
        "school": paper.school,
        "foot": _("Private. %(school)s. %(initials)s.")
        % {"school": shortened(paper.school, 70), "initials": initials(paper.pupil)},
        "label_page": _("Page {page} of {pages}."),
        "notice": "" if paper.edition else _("A draft: the record is not closed yet."),
        "facts": [
            {"label": _("Held"), "main": paper.held},
            {"label": _("Where"), "text": paper.place},
            {"label": _("Class"), "text": paper.class_name},
            {"label": _("Called by"), "text": paper.organiser},
        ],
        "sections": [
            {
                "label": _("What %(name)s said") % {"name": plain(paper.called) or paper.pupil},
                "own_words": [{"text": paper.pupil_said}],
            },
            {"label": _("What parents and carers said"), "text": paper.parents_said},
            {"label": _("What was said"), "text": paper.notes},
            {"label": _("What was agreed"), "statement": paper.agreed},
            {"label": _("Who does what"), "table": _promises(paper.promised)},
            {
                "label": _("Section F: promised and delivered"),
                "byline": paper.counted,
                "table": came_table(paper.came),
            },
            {"label": _("Who was there"), "table": _people(paper.people)},
            {"label": _("The next meeting"), "text": paper.next_meeting},
        ],
        "closing": _closing(paper),
    }
    return typeset("plan", data, dated=paper.printed_on)


def _day(day: dt.date) -> str:
    return written(day, "j F Y")


def _promises(promised: Iterable[Promised]) -> Part:
    return {
        "label_columns": [
            {"key": "what", "label": _("What"), "share": 5},
            {"key": "who", "label": _("Who"), "share": 3},
            {"key": "by", "label": _("By"), "share": 2},
        ],
        "rows": [{"what": one.what, "who": one.who, "by": _day(one.by)} for one in promised],
    }


def _people(people: Iterable[Somebody]) -> Part:
    came = {True: _("came"), False: _("did not come"), None: ""}
    return {
        "label_columns": [
            {"key": "name", "label": _("Name"), "share": 3},
            {"key": "part", "label": _("As what"), "share": 3},
            {"key": "came", "label": _("There"), "share": 2},
        ],
        "rows": [{"name": one.name, "part": one.part, "came": came[one.came]} for one in people],
    }


def _closing(paper: RecordPaper) -> list[str]:
    corrected = ""
    if paper.corrected_because:
        corrected = _("Corrected: %(why)s") % {"why": paper.corrected_because}
    edition = _("Edition %(edition)s. Printed on %(day)s by %(who)s.") % {
        "edition": paper.edition, "day": _day(paper.printed_on), "who": paper.printed_by,
    }  # fmt: skip
    return [
        edition,
        corrected,
        _("If something here is wrong or unclear, tell the class teacher or the %(coordinator)s.")
        % {"coordinator": paper.coordinator_word},
    ]
