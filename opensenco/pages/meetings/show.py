"""What the pages of meetings show, put into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import explain
from opensenco.cases.ehc_days import own_reviews
from opensenco.documents import queries as documents
from opensenco.gate.answer import Listed
from opensenco.kernel.clock import london_time
from opensenco.kernel.refs import short
from opensenco.law.due import state
from opensenco.meetings import queries
from opensenco.meetings.queries import Around
from opensenco.meetings.starter import INVITED, about_a_place, about_a_pupil
from opensenco.meetings.states import COMING, MeetingState, Verb
from opensenco.support.queries import parents_met
from opensenco.ui import words

S = MeetingState


@dataclass(frozen=True)
class DueLine:
    """One day of the law, with what stands under it."""

    title: str
    on: date | None
    strength: str
    days_late: int
    done: date | None
    why: list[tuple[str, str]]


def due_line(actor: Actor, due: Any) -> DueLine:
    """Give what a page shows of one day of the law."""
    now = state(due, actor.today)
    return DueLine(
        explain.title(due), due.on, str(due.strength), now.days if now.late else 0, due.done_on,
        explain.why(due, actor),
    )  # fmt: skip


def one(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one meeting with all that belongs to it, as far as this person may see it."""
    around = queries.around(actor, row)
    return {
        "meeting": row,
        "pupil": row.pupil,
        "around": around,
        "opens_pupil": row.pupil is not None and may(actor, Action.PUPIL_VIEW, row.pupil),
        "when": when(row),
        "invited": [INVITED.get(code, code) for code in around.kind.invite] if around.kind else [],
        "papers": papers(actor, around),
        "dues": [due_line(actor, due) for due in around.dues],
        "acts": acts(around, actor.today),
        "letter": letter(actor, around),
        "took_place": row.state in (S.HELD, S.RECORDED),
    }


def seen(row: Any) -> dict[str, Any]:
    """Say for the books what a page of a meeting shows: a child's meeting, or one of the place."""
    return {"opened": [row.pupil]} if row.pupil else {"listed": Listed(1, "meeting of the place")}


def letter(actor: Actor, around: Around) -> str:
    """Give the address where the family is invited by letter; empty where this person may not."""
    row = around.meeting
    writes = around.may_plan and row.state in COMING and not row.in_error
    if not writes or row.pupil is None or not may(actor, Action.LETTER_WRITE, row.pupil):
        return ""
    return f"{reverse('letters:begin')}?pupil={short(row.pupil.ref)}"


def when(row: Any) -> str:
    """Say when a meeting is, with its weekday and both hours."""
    if row.starts is None:
        return _("The day is not settled yet.")
    begins = london_time(row.starts)
    ends = begins + timedelta(minutes=row.minutes)
    return _("%(day)s, %(from)s to %(to)s") % {
        "day": words.weekday(begins),
        "from": words.clock(begins.time()),
        "to": words.clock(ends.time()),
    }


@dataclass(frozen=True)
class PaperLine:
    """A paper of a meeting that this person may know of."""

    row: Any
    title: str
    address: str


def papers(actor: Actor, around: Around) -> list[PaperLine]:
    """Give the papers of a meeting; documents that this person may not know of are left out."""
    refs = [paper.document for paper in around.papers if paper.document]
    known: dict[Any, Any] = {}
    pupil = around.meeting.pupil
    if refs and pupil is not None and actor.can_somewhere(Action.DOCUMENT_VIEW):
        rows = documents.chosen(actor, pupil, documents.Wanted()).filter(ref__in=refs)
        known = {row.ref: row for row in rows}
    lines = []
    for paper in around.papers:
        if paper.document is None:
            lines.append(PaperLine(paper, paper.label, ""))
        elif paper.document in known:
            document = known[paper.document]
            address = reverse("documents:show", args=[document.ref])
            lines.append(PaperLine(paper, document.title, address))
    return lines


def acts(around: Around, today: date) -> list[tuple[str, str, bool]]:
    """Give what this person can do, in words, with its address; the flag marks the main ones."""
    row, can = around.meeting, around.can
    begun = row.starts is not None and london_time(row.starts).date() <= today
    writes = around.may_record and can(Verb.WRITE) and begun
    coming = around.may_plan and row.state in COMING
    offered = [
        (around.may_plan and can(Verb.SETTLE), _("Settle the day"), "day", True),
        (writes and row.state != S.HELD, _("Hold it: write the record"), "record", True),
        (writes and row.state == S.HELD, _("Go on writing the record"), "record", True),
        (around.may_record and can(Verb.CLOSE), _("Close the record and give it out"), "give",
         True),
        (around.may_record and can(Verb.GIVE), _("Give out the record"), "give",
         bool(around.waiting_for_it)),
        (around.may_read and row.state in (S.HELD, S.RECORDED), _("The record on paper"), "paper",
         row.state == S.RECORDED),
        (around.may_plan and can(Verb.INVITE), _("Invite, or take somebody off"), "people",
         coming and not begun),
        (around.may_plan and can(Verb.INVITE), _("Papers"), "papers", coming and not begun),
        (around.may_plan and can(Verb.MOVE), _("Move it"), "day", False),
        (around.may_plan and can(Verb.CANCEL), _("Call it off"), "off", False),
        (around.may_record and can(Verb.CORRECT), _("Correct the record"), "record", False),
        (around.may_mark_in_error and not can(Verb.CANCEL), _("This was made in error"), "off",
         False),
        (row.starts is not None, _("Calendar file"), "file", False),
    ]  # fmt: skip
    place = reverse("meetings:file", args=[row.ref]) + "?place=1"
    with_place = [(_("Calendar file with the place"), place, False)]
    return [
        (said, reverse(f"meetings:{name}", args=[row.ref]), main)
        for shown, said, name, main in offered
        if shown
    ] + (with_place if row.starts is not None and row.place else [])


@dataclass(frozen=True)
class Day:
    """A day of one's week with its meetings, and the EHC plans whose review is due by it."""

    day: date
    meetings: list[queries.Mine]
    reviews: list[Any] = field(default_factory=list)


def week(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """Give one's own meetings of the week that an address asks for; this week without one."""
    monday = _monday(asked(query.get("week", "")) or actor.today)
    found = queries.in_week(actor, monday)
    due = own_reviews(actor, monday, monday + timedelta(days=7))
    days: dict[date, Day] = {}
    for mine in found:
        if mine.meeting.starts is not None:
            day = london_time(mine.meeting.starts).date()
            days.setdefault(day, Day(day, [])).meetings.append(mine)
    for one_due in due:
        if one_due.on is not None:
            days.setdefault(one_due.on, Day(one_due.on, [])).reviews.append(one_due)
    address = reverse("meetings:mine")
    return {
        "days": [one_day for _on, one_day in sorted(days.items())],
        "to_choose": queries.to_choose(actor),
        "monday": monday,
        "friday": monday + timedelta(days=4),
        "before": f"{address}?week={monday - timedelta(days=7)}",
        "after": f"{address}?week={monday + timedelta(days=7)}",
        "is_now": monday == _monday(actor.today),
        "count": len(found) + len(due),
    }


def asked(text: str) -> date | None:
    """Read a day from an address; None for anything that is none of our time."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class MetLine:
    """A pupil and how often the parents were met this school year."""

    met: parents_met.ParentsMet
    due: DueLine | None


def met_line(actor: Actor, met: parents_met.ParentsMet | None) -> MetLine | None:
    """Give what a page shows of the meetings with one pupil's parents."""
    if met is None:
        return None
    return MetLine(met, due_line(actor, met.due) if met.due is not None else None)


def met_lines(actor: Actor) -> list[MetLine]:
    """Give all pupils on SEN support with the meetings with their parents, what is due first."""
    return [
        MetLine(met, due_line(actor, met.due) if met.due else None)
        for met in parents_met.on_support(actor)
    ]


def kinds(*, here: bool = False) -> list[dict[str, Any]]:
    """Give the kinds to choose from, with who is usually there.

    Args:
        here: those about a place, and not those about a pupil.
    """
    return [
        {"kind": kind, "invited": ", ".join(_(INVITED[code]) for code in kind.invite)}
        for kind in (about_a_place() if here else about_a_pupil())
    ]


def people_choices(found: queries.Candidates) -> dict[str, list[tuple[str, str]]]:
    """Give colleagues to choose from: those near to tick, all others in a list."""
    return {name: _named(getattr(found, name)) for name in ("near", "others")}


def _named(colleagues: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(one.person.ref), f"{one.person.name}, {one.role}") for one in colleagues]


def answered(member: Any) -> str:
    """Say what somebody answered, or that nobody has heard."""
    return str(member.get_reply_display())
