"""An observation on paper: its facts as plain values, and the PDF made of them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.plan import Part, initials
from opensenco.documents.pdf.typeset import shortened, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationPaper:
    """What somebody saw of a pupil whom they watched.

    Args:
        facts: when and where, as terms and answers. texts: what was written, under its headings.
        tallied: words, at how many looks, of how many in a hundred, most in a row.
        asked: what the plan asks for: what it is, its words, whether it was seen.
    """

    school: str
    coordinator_word: str
    title: str
    pupil: str
    class_name: str = ""
    on: dt.date
    by: str
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    tallied: tuple[tuple[str, int, int, int], ...] = ()
    noted: int = 0
    looks: int = 0
    asked: tuple[tuple[str, str, str], ...] = ()
    in_error_because: str = ""
    printed_on: dt.date
    printed_by: str


def observation_pdf(paper: ObservationPaper) -> bytes:
    """The observation as tagged PDF (A4, PDF/UA-1), its labels in the language active now.

    Raises PaperError when it cannot be set.
    """
    heading = _("%(title)s: %(pupil)s") % {"title": paper.title, "pupil": paper.pupil}
    made_in_error = _("Made in error: %(why)s") % {"why": paper.in_error_because}
    data: Part = {
        "title": heading,
        "name": shortened(heading, 120),
        "school": paper.school,
        "foot": _("Private. %(school)s. %(initials)s.")
        % {"school": shortened(paper.school, 70), "initials": initials(paper.pupil)},
        "label_page": _("Page {page} of {pages}."),
        "notice": made_in_error if paper.in_error_because else "",
        "facts": [
            {"label": _("Day"), "main": _day(paper.on)},
            {"label": _("Who watched"), "text": paper.by},
            {"label": _("Class"), "text": paper.class_name},
            *({"label": term, "text": said} for term, said in paper.facts),
        ],
        "sections": [
            {"label": _("What was tallied"), **_tallied(paper)},
            *({"label": heading, "text": said} for heading, said in paper.texts),
            {"label": _("What the plan asks for"), "table": _asked(paper)},
        ],
        "closing": [
            _("Printed on %(day)s by %(who)s.")
            % {"day": _day(paper.printed_on), "who": paper.printed_by},
            _("If something here is wrong or unclear, tell the class teacher or the %(coord)s.")
            % {"coord": paper.coordinator_word},
        ],
    }
    return typeset("plan", data, dated=paper.printed_on)


def _day(day: dt.date) -> str:
    return written(day, "j F Y")


def _tallied(paper: ObservationPaper) -> Part:
    if not paper.tallied:
        return {}
    return {
        "text": _("At %(noted)s of %(looks)s looks something was noted. Shares are of these.")
        % {"noted": paper.noted, "looks": paper.looks},
        "table": {
            "label_columns": [
                {"key": "words", "label": _("What was seen"), "share": 5},
                {"key": "count", "label": _("Looks"), "share": 2},
                {"key": "percent", "label": _("Share"), "share": 2},
                {"key": "longest", "label": _("Most in a row"), "share": 2},
            ],
            "rows": [
                {"words": words, "count": str(count), "percent": f"{percent} %",
                 "longest": str(longest)}
                for words, count, percent, longest in paper.tallied
            ],
        },
    }  # fmt: skip


def _asked(paper: ObservationPaper) -> Part:
    return {
        "label_columns": [
            {"key": "what", "label": _("What"), "share": 2},
            {"key": "words", "label": _("What the plan says"), "share": 6},
            {"key": "was", "label": _("Seen"), "share": 2},
        ],
        "rows": [{"what": what, "words": words, "was": was} for what, words, was in paper.asked],
    }
