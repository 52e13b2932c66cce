"""The card of an EHC plan on paper: whose it is, what is due, what it promises, as a tagged PDF."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.plan import Part, initials
from opensenco.documents.pdf.typeset import shortened, typeset


@dataclass(frozen=True, slots=True)
class Promise:
    """One provision of section F: its number in the plan, what is given, who, how much, how often.

    What the plan does not say is empty.
    """

    number: str
    words: str
    who: str
    how_much: str
    how_often: str


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one provision of section F: its number, what gives it, how much of it took
    place and what stood in the way, in words.
    """

    number: str
    given: str
    delivered: str
    missed: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What the law or guidance asks for, by when, and how strongly, in words."""

    what: str
    by: str
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPaper:
    """One card as it goes on paper.

    Args:
        officer: whose plan it is and whom to ask, as labels and texts. days: likewise.
        outcomes: number in the plan and words of each outcome of section E.
        notice: says that it ended or was made in error; empty for one that stands.
        came: what came of each provision; empty for who may not see it. counted: from which day,
            and how days were counted.
        thin: says how many provisions do not say who, how much or how often; empty for none.
    """

    place: str
    pupil: str
    class_name: str
    born: dt.date
    officer: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]
    dues: tuple[Owed, ...]
    outcomes: tuple[tuple[str, str], ...]
    provision: tuple[Promise, ...]
    thin: str
    notice: str
    printed_on: dt.date
    printed_by: str
    came: tuple[Came, ...] = ()
    counted: str = ""


def card_pdf(paper: CardPaper) -> bytes:
    """Give a card as tagged PDF (A4, PDF/UA-1).

    Raises:
        PaperError: it cannot be set.
    """
    title = _("EHC plan: %(pupil)s") % {"pupil": paper.pupil}
    foot = {"school": shortened(paper.place, 70), "who": initials(paper.pupil)}
    data: Part = {
        "title": title,
        "name": shortened(title, 120),
        "school": paper.place,
        "foot": _("Private. %(school)s. EHC plan of %(who)s.") % foot,
        "label_page": _("Page {page} of {pages}."),
        "notice": paper.notice,
        "facts": [
            {"label": _("Class"), "text": paper.class_name},
            {"label": _("Born"), "text": _day(paper.born)},
        ],
        "sections": [
            {"label": _("Outcomes: section E"), "table": _outcomes(paper)},
            {"label": _("Provision: section F"), "byline": paper.thin, "table": _promises(paper)},
            {
                "label": _("Section F: promised and delivered"),
                "byline": paper.counted,
                "table": came_table(paper.came),
            },
            {"label": _("What the law asks for, by when"), "table": _owed(paper)},
            {"label": _("Whose plan it is"), "parts": _terms(paper.officer)},
            {"label": _("Days"), "parts": _terms(paper.days)},
        ],
        "closing": [
            _("The plan itself is the authority’s paper. This is what the school keeps of it."),
            _("Printed on %(day)s by %(who)s. Shred after use.")
            % {"day": _day(paper.printed_on), "who": paper.printed_by},
        ],
    }
    return typeset("plan", data, dated=paper.printed_on)


def _day(day: dt.date) -> str:
    return written(day, "j F Y")


def _terms(pairs: tuple[tuple[str, str], ...]) -> list[Part]:
    return [{"label": label, "text": text} for label, text in pairs]


def _outcomes(paper: CardPaper) -> Part:
    return {
        "label_columns": [
            {"key": "number", "label": _("Number"), "share": 1},
            {"key": "words", "label": _("Outcome"), "share": 9},
        ],
        "rows": [{"number": number, "words": words} for number, words in paper.outcomes],
    }


def _promises(paper: CardPaper) -> Part:
    not_said = _("not said")
    return {
        "label_columns": [
            {"key": "number", "label": _("Number"), "share": 2},
            {"key": "words", "label": _("Provision"), "share": 8},
            {"key": "who", "label": _("Who gives it"), "share": 5},
            {"key": "much", "label": _("How much"), "share": 4},
            {"key": "often", "label": _("How often"), "share": 4},
        ],
        "rows": [
            {"number": one.number, "words": one.words, "who": one.who or not_said,
             "much": one.how_much or not_said, "often": one.how_often or not_said}
            for one in paper.provision
        ],
    }  # fmt: skip


def came_table(came: Iterable[Came]) -> Part:
    """Give what came of section F as a table of a paper."""
    return {
        "label_columns": [
            {"key": "number", "label": _("Number"), "share": 2},
            {"key": "given", "label": _("What gives it"), "share": 7},
            {"key": "delivered", "label": _("Delivered"), "share": 7},
            {"key": "missed", "label": _("What stood in the way"), "share": 6},
        ],
        "rows": [
            {"number": one.number, "given": one.given, "delivered": one.delivered,
             "missed": one.missed}
            for one in came
        ],
    }  # fmt: skip


def _owed(paper: CardPaper) -> Part:
    return {
        "label_columns": [
            {"key": "what", "label": _("What"), "share": 5},
            {"key": "by", "label": _("By"), "share": 3},
            {"key": "strength", "label": _("How strong"), "share": 5},
        ],
        "rows": [{"what": one.what, "by": one.by, "strength": one.strength} for one in paper.dues],
    }
