"""One-page profiles on paper: for one pupil or for several, each beginning on a page of its own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.documents.pdf.typeset import Data, shortened, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePaper:
    """What one pupil says of themselves and what every adult does: no surname, status or need.

    Args:
        said: when and with whom it was said.
        parts: the name of each part, and its lines.
        do: what every adult does, the most useful first.
    """

    name: str
    class_name: str = ""
    own_words: str = ""
    said: str = ""
    health: tuple[str, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    do: tuple[str, ...] = ()


def profiles_pdf(papers: Sequence[ProfilePaper], *, school: str, printed_on: dt.date) -> bytes:
    """The profiles as one tagged PDF (A4, PDF/UA-1), each on a page of its own.

    Raises PaperError when they cannot be set.
    """
    name = papers[0].name if len(papers) == 1 else _("What helps")
    data: dict[str, Data] = {
        "name": shortened(name, 120),
        "school": school,
        "foot": _("Private. Shred after use. %(school)s.") % {"school": shortened(school, 70)},
        "label_page": _("Page {page} of {pages}."),
        "profiles": [_profile(paper) for paper in papers],
    }
    return typeset("profile", data, dated=printed_on)


def _profile(paper: ProfilePaper) -> dict[str, Data]:
    return {
        "title": _("%(name)s, in their own words") % {"name": paper.name},
        "lead": [paper.class_name, paper.said],
        "own_words": [{"text": paper.own_words}] if paper.own_words else [],
        "sections": [
            {"label": _("Health"), "bullets": paper.health},
            {"label": _("Every adult does this"), "ranked": paper.do},
            *({"label": label, "bullets": lines} for label, lines in paper.parts),
        ],
    }
