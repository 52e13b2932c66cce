"""A plan laid out as the proposed Individual Support Plan, as tagged PDF. It is proposed, not law.

No field is typed for it: every one is a fact of the plan in another order.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.documents.pdf.plan import initials
from opensenco.documents.pdf.typeset import Data, shortened, typeset
from opensenco.kernel.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading of the proposed plan.

    Args:
        text: in sentences; `lines` one thing each.
        source: where in the record it comes from, for the page.
    """

    label: str
    text: str = ""
    lines: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPaper:
    """One plan in the proposed order."""

    school: str
    pupil: str
    class_name: str
    plan_name: str
    layer: str
    made_on: dt.date | None
    review_by: dt.date | None
    sections: tuple[Section, ...]
    notice: str
    cycle: int
    version: int
    printed_on: dt.date
    printed_by: str


def proposed_pdf(paper: ProposedPaper) -> bytes:
    """The plan as tagged PDF (A4, PDF/UA-1). Headings that nobody has written under are left out.

    Raises PaperError when it cannot be set.
    """
    named = {"plan": paper.plan_name, "pupil": paper.pupil}
    data: dict[str, Data] = {
        "title": _("%(plan)s: %(pupil)s") % named,
        "name": shortened(f"{paper.plan_name}: {paper.pupil}", 120),
        "school": paper.school,
        "foot": _("Private. %(school)s. %(initials)s, cycle %(cycle)s.")
        % {"school": shortened(paper.school, 70), "initials": initials(paper.pupil),
           "cycle": paper.cycle},
        "label_page": _("Page {page} of {pages}."),
        "facts": [
            {"label": _("Class"), "text": paper.class_name},
            {"label": _("Layer"), "text": paper.layer},
            {"label": _("Made"), "text": said(paper.made_on)},
            {"label": _("Review by"), "main": said(paper.review_by) or _("No date is set")},
        ],
        "notice": paper.notice,
        "sections": [
            {"label": one.label, "bullets": one.lines} if one.lines
            else {"label": one.label, "text": one.text}
            for one in paper.sections
        ],
        "closing": [
            _("Version %(version)s. Printed on %(day)s by %(who)s.")
            % {"version": paper.version, "day": said(paper.printed_on), "who": paper.printed_by}
        ],
    }  # fmt: skip
    return typeset("plan", data, dated=paper.printed_on)


def said(day: dt.date | None) -> str:
    """14 February 2027; nothing for no day."""
    return say(day) if day else ""
