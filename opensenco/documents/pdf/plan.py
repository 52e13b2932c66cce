"""A SEN support plan on paper: its facts as plain values, and the PDF made of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.plain import plain
from opensenco.documents.pdf.typeset import Data, shortened, typeset

Part = dict[str, Data]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The child's own words, in the first person."""

    told_us: str = ""
    good_at: str = ""
    matters: str = ""
    helps: str = ""
    hinders: str = ""
    said_on: dt.date | None = None
    said_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One promise: what is done, by whom, how often, from when until when."""

    what: str
    who: str = ""
    how_often: str = ""
    minutes: int | None = None
    group: str = ""
    starts: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of one person, named as the paper should name them ("Leila Hassan, mother")."""

    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How far one outcome was reached, in words, and what follows for it."""

    reached: str = ""
    latest: str = ""
    voices: tuple[Said, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the pupil will be able to do, how it is measured, what is promised for it, and
    what shows how far it has come."""

    text: str
    baseline: str = ""
    target: str = ""
    by: dt.date | None = None
    measured: str = ""
    provision: tuple[Provision, ...] = ()
    evidence: tuple[str, ...] = ()
    result: Result | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Who agreed to the plan, when, and how ("at the meeting", "by post")."""

    who: str
    on: dt.date | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review as a whole. What was reached stands with each outcome, as its `result`."""

    held_on: dt.date | None = None
    voices: tuple[Said, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """One SEN support plan as it goes on paper, of one cycle and one version.

    The fields are those of the SEND code of practice, 6.48 to 6.51 (outcomes, provision,
    expected impact, who, how often, start, a clear date for review), opened by the child's own
    words. `plan_name` and `coordinator_word` are the school's own ("My plan", "SENDCo").
    `needs` are in words, ranked, the first need first; no diagnosis is required anywhere.
    `sources` say by their place, from 1, where the sentences with "[1]" after them came from.
    `as_on` is the day in the past that the paper shows, or None for how the plan stands now.
    """

    school: str
    coordinator_word: str
    coordinator: str = ""
    plan_name: str
    pupil: str
    called: str
    class_name: str = ""
    born: dt.date | None = None
    cycle: int
    started: dt.date | None = None
    review_by: dt.date | None = None
    voice: Voice = Voice()
    strengths: str = ""
    needs: tuple[str, ...] = ()
    found: str = ""
    outcomes: tuple[Outcome, ...] = ()
    strategies: tuple[str, ...] = ()
    parents_said: str = ""
    at_home: str = ""
    agreed: tuple[Agreement, ...] = ()
    review: Review | None = None
    sources: tuple[str, ...] = ()
    version: int
    printed_on: dt.date
    printed_by: str
    as_on: dt.date | None = None


def plan_pdf(paper: PlanPaper) -> bytes:
    """The plan as tagged PDF (A4, PDF/UA-1), its labels in the language active now.

    Parts that nobody has written are left out with their headings. The same paper gives the
    same bytes. Raises PaperError when it cannot be set.
    """
    data: Part = {
        "title": _("%(plan)s: %(pupil)s") % {"plan": paper.plan_name, "pupil": paper.pupil},
        "name": shortened(f"{paper.plan_name}: {paper.pupil}", 120),
        "school": paper.school,
        "foot": _foot(paper),
        "label_page": _("Page {page} of {pages}."),
        "facts": _facts(paper),
        "notice": _notice(paper),
        "sections": [
            _voice(paper),
            {"label": _("Strengths"), "text": paper.strengths},
            {"label": _("Needs, the greatest first"), "ranked": paper.needs},
            {"label": _("What we found"), "text": paper.found},
            {
                "label": _("What we are working towards"),
                "cards": [_outcome(n, outcome) for n, outcome in enumerate(paper.outcomes, 1)],
            },
            {"label": _("What changes in class"), "bullets": paper.strategies},
            {
                "label": _("Family"),
                "parts": [
                    {"label": _("What parents and carers said"), "text": paper.parents_said},
                    {"label": _("What the family does at home"), "text": paper.at_home},
                ],
            },
            {"label": _("Who agreed to this plan"), "table": _agreed(paper.agreed)},
            _review(paper),
            {"label": _("Where this comes from"), "ranked": paper.sources},
        ],
        "closing": _closing(paper),
    }
    return typeset("plan", data, dated=paper.printed_on)


def _day(day: dt.date | None) -> str:
    """14 February 2027."""
    return written(day, "j F Y") if day else ""


def _short_day(day: dt.date | None) -> str:
    """14 Feb 2027, for a narrow column."""
    return written(day, "j M Y") if day else ""


def initials(name: str) -> str:
    """First letters of the first and the last word: enough to sort loose pages by."""
    words = plain(name).split()
    return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:])))


def _foot(paper: PlanPaper) -> str:
    """On every page; a page alone in the printer says whose it is to those who know already."""
    return _("Private. %(school)s. %(initials)s, cycle %(cycle)s.") % {
        "school": shortened(paper.school, 70),
        "initials": initials(paper.pupil),
        "cycle": paper.cycle,
    }


def _facts(paper: PlanPaper) -> list[Part]:
    agreed = "" if paper.agreed else _("No agreement is recorded")
    return [
        {"label": _("Class"), "text": paper.class_name},
        {"label": _("Born"), "text": _day(paper.born)},
        {"label": _("Cycle"), "text": str(paper.cycle)},
        {"label": _("Started"), "text": _day(paper.started)},
        {"label": _("Review by"), "main": _day(paper.review_by) or _("No date is set")},
        {"label": paper.coordinator_word, "text": paper.coordinator},
        {"label": _("Agreed"), "text": agreed},
    ]


def _notice(paper: PlanPaper) -> str:
    if paper.as_on is None:
        return ""
    return _("As it stood on %(day)s. The plan may have changed since.") % {
        "day": _day(paper.as_on)
    }


def _voice(paper: PlanPaper) -> Part:
    voice = paper.voice
    return {
        "label": _("In %(name)s’s own words") % {"name": plain(paper.called) or paper.pupil},
        "label_byline": _said_when(voice),
        "own_words": [
            {"label": _("What I want you to know"), "text": voice.told_us},
            {"label": _("What I am good at"), "text": voice.good_at},
            {"label": _("What matters to me"), "text": voice.matters},
            {"label": _("What helps me"), "text": voice.helps},
            {"label": _("What does not help me"), "text": voice.hinders},
        ],
    }


def _said_when(voice: Voice) -> str:
    words = {"day": _day(voice.said_on), "who": voice.said_with}
    if voice.said_on and plain(voice.said_with):
        return _("Said on %(day)s, with %(who)s") % words
    if voice.said_on:
        return _("Said on %(day)s") % words
    return _("Said with %(who)s") % words if plain(voice.said_with) else ""


def _outcome(number: int, outcome: Outcome) -> Part:
    return {
        "label": _("Outcome %(number)s") % {"number": number},
        "statement": outcome.text,
        "facts": [
            {"label": _("Begins at"), "text": outcome.baseline},
            {"label": _("Aim"), "text": outcome.target},
            {"label": _("By"), "text": _day(outcome.by)},
            {"label": _("Measured by"), "label_share": 2, "text": outcome.measured},
            {"label": _("What shows it"), "text": "\n".join(outcome.evidence)},
        ],
        "table": _promises(outcome.provision),
    }


def _promises(provision: Iterable[Provision]) -> Part:
    return {
        "label_columns": [
            {"key": "what", "label": _("Provision"), "share": 5},
            {"key": "who", "label": _("Who"), "share": 5},
            {"key": "often", "label": _("How often"), "share": 4},
            {"key": "minutes", "label": _("Minutes"), "number": True},
            {"key": "group", "label": _("Group"), "share": 3},
            {"key": "starts", "label": _("From")},
            {"key": "until", "label": _("Until")},
        ],
        "rows": [
            {
                "what": each.what,
                "who": each.who,
                "often": each.how_often,
                "minutes": each.minutes,
                "group": each.group,
                "starts": _short_day(each.starts),
                "until": _short_day(each.until),
            }
            for each in provision
        ],
    }


def _agreed(agreements: Iterable[Agreement]) -> Part:
    return {
        "label_columns": [
            {"key": "who", "label": _("Who"), "share": 2},
            {"key": "how", "label": _("How"), "share": 2},
            {"key": "on", "label": _("When"), "share": 1},
        ],
        "rows": [{"who": each.who, "how": each.how, "on": _day(each.on)} for each in agreements],
    }


def _voices(said: Iterable[Said]) -> list[Part]:
    return [{"label": each.who, "text": each.words} for each in said]


def _review(paper: PlanPaper) -> Part:
    review = paper.review or Review()
    return {
        "label": _("Review"),
        "byline": _("Held on %(day)s") % {"day": _day(review.held_on)} if review.held_on else "",
        "cards": [
            _result(number, outcome.text, outcome.result)
            for number, outcome in enumerate(paper.outcomes, 1)
            if outcome.result
        ],
        "parts": _voices(review.voices),
        "after": [{"label": _("What happens next"), "text": review.next_step}],
    }


def _result(number: int, aim: str, result: Result) -> Part:
    return {
        "label": _("Result for outcome %(number)s") % {"number": number},
        "label_aim": aim,
        "facts": [
            {"label": _("How far"), "main": result.reached},
            {"label": _("Latest measure"), "text": result.latest},
            {"label": _("Next for this outcome"), "label_share": 2, "text": result.next_step},
        ],
        "parts": _voices(result.voices),
    }


def _closing(paper: PlanPaper) -> list[str]:
    return [
        _("Version %(version)s. Printed on %(day)s by %(who)s.")
        % {"version": paper.version, "day": _day(paper.printed_on), "who": paper.printed_by},
        _("If something here is wrong or unclear, tell the class teacher or the %(coordinator)s.")
        % {"coordinator": paper.coordinator_word},
    ]
