"""What each home page shows."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.cases import explain, queries, seen
from opensenco.cases.calendar import term_week
from opensenco.cases.dues import DueRow, dues, dues_of
from opensenco.concerns import queries as concerns
from opensenco.gate import drafts
from opensenco.kernel.clock import london_time
from opensenco.law.strength import Strength
from opensenco.notices.queries import unread
from opensenco.pages.home import slots
from opensenco.pages.home.figures import figures
from opensenco.people import queries as people
from opensenco.support.queries.classes import class_sheet
from opensenco.support.queries.pupils import codes_of
from opensenco.threads.queries import unread_rows

#: of what waits; the page shows the first few, and the rest on a click
MOST_TURNS = 50
#: what is due at once on the page; what is further off is on a click
NEAR, MOST_NEAR = timedelta(weeks=4), 5
MOST_OWN = 10
#: what is new about pupils beside what stands on their timelines
BESIDE = (("messages", unread_rows),)
#: what each strength of a rule is called above the dates that it gives
IN_WORDS: dict[Strength, Promise] = {
    Strength.MUST: gettext_lazy("The law says you must"),
    Strength.SHOULD: gettext_lazy("Statutory guidance says you should"),
    Strength.GRANT: gettext_lazy("A grant’s conditions say you must"),
    Strength.PRACTICE: gettext_lazy("Good practice and our own rules"),
    Strength.PROPOSED: gettext_lazy("Proposed, and not law yet"),
}
#: a class with its groups; other pupils are found by name
MOST_HELPED = 24


@dataclass(frozen=True)
class DraftLink:
    """A draft that waits: what it is, about whom, and where it is gone on with."""

    words: str
    name: str
    url: str
    saved_at: datetime


#: the forms that keep drafts: what they are called, and the address that opens them again
DRAFTS: dict[str, tuple[Promise, str]] = {
    "concern": (gettext_lazy("A concern"), "concerns:new"),
    "safeguarding": (gettext_lazy("For the safeguarding lead"), "concerns:safeguarding"),
    "decide": (gettext_lazy("A decision about a concern"), "concerns:triage"),
    "try": (gettext_lazy("What you will try"), "concerns:take_up"),
    "pass-on": (gettext_lazy("Passing a concern on"), "concerns:pass_on"),
    "settle": (gettext_lazy("How a concern ended"), "concerns:settle"),
    "error": (gettext_lazy("A concern made in error"), "concerns:in_error"),
    "refer": (gettext_lazy("A referral"), "followed:refer"),
    "watch-sampling": (gettext_lazy("An observation at set times"), "observing:sampling"),
    "watch-narrative": (gettext_lazy("An observation"), "observing:narrative"),
    "watch-visit": (gettext_lazy("A lesson visit"), "observing:visit"),
    "watch-books": (gettext_lazy("A book look"), "observing:books"),
    "ask": (gettext_lazy("Asking people about a pupil"), "asking:new"),
    "answer": (gettext_lazy("An answer to what you were asked"), "asking:answer"),
    "meeting": (gettext_lazy("A meeting to plan"), "meetings:plan"),
    "place-meeting": (gettext_lazy("A meeting to plan"), "meetings:plan_here"),
    "minutes": (gettext_lazy("The record of a meeting"), "meetings:record"),
    "correction": (gettext_lazy("Correcting the record of a meeting"), "meetings:record"),
    "senco-question": (gettext_lazy("A question to the SENCO"), "threads:ask_about"),
    "senco-answer": (gettext_lazy("An answer to a question"), "threads:answer"),
    "message": (gettext_lazy("A message about a pupil"), "threads:show"),
    "pupil": (gettext_lazy("A new pupil"), "pupils:add"),
    "contact": (gettext_lazy("A contact"), "pupils:add_contact"),
    "contact-log": (gettext_lazy("A call or talk"), "contacts:record"),
    "health": (gettext_lazy("A health alert"), "pupils:add_health"),
    "rating": (gettext_lazy("A rating of how much help is needed"), "plans:rate"),
    "incident": (gettext_lazy("An entry of the behaviour log"), "records:add_incident"),
    "report-part": (gettext_lazy("Part of a report"), "reports:part"),
    "ehc-card": (gettext_lazy("The card of an EHC plan"), "ehc:begin"),
    "ehc-e": (gettext_lazy("An outcome of an EHC plan"), "ehc:add_outcome"),
    "ehc-f": (gettext_lazy("Provision of an EHC plan"), "ehc:add_provision"),
    "hand-over-note": (gettext_lazy("A note for a hand-over"), "handover:note"),
    "supervision": (gettext_lazy("Notes of supervision"), "staffing:add_supervision"),
    "share": (gettext_lazy("Sharing part of a record"), "packs:share"),
    "pack-answer": (gettext_lazy("An answer to a pack"), "packs:answer"),
}


def home(actor: Actor) -> tuple[str, dict[str, Any], int]:
    """Give the template of this hat's home page, what it shows, and how many rows that is."""
    template, give = HOMES.get(actor.hat.role.home, HOMES["staff"])
    shown = {
        "greeting": greeting(actor),
        "when": actor.today,
        "raises": _raises(actor),
        "asks": len(actor.hat.orgs) == 1 and actor.can_somewhere(Action.SENCO_ASK),
        "answers": actor.can_somewhere(Action.SENCO_ANSWER),
        "talks": actor.can_somewhere(Action.THREAD_JOIN),
    }
    shown |= give(actor)
    own = {name: rows for name, rows in shown.items() if name not in ("top", "main", "side")}
    count = sum(len(rows) for rows in own.values() if isinstance(rows, list))
    return template, shown, count


def _raises(actor: Actor) -> bool:
    return actor.can_somewhere(Action.CONCERN_RAISE)


def greeting(actor: Actor) -> str:
    """Greet by the hour in London."""
    hour, name = london_time(actor.at).hour, {"name": actor.person.first_name}
    if hour < 12:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % name


def senco(actor: Actor) -> dict[str, Any]:
    """Give whoever co-ordinates: whose turn it is, what is due, what changed."""
    waiting = queries.tasks_for(actor, MOST_TURNS)
    turns = [*waiting.yours, *waiting.theirs]
    dates = {ref: dated(row, actor) for ref, row in dues_of(actor, turns).items()}
    soonest, due_count = dues(actor, without=set(dates))
    near = sorted((row for row in soonest if _near(row, actor.today)), key=_by_law)[:MOST_NEAR]
    return {
        "waiting": waiting,
        "yours": _in_order(waiting.yours, dates),
        "theirs": _in_order(waiting.theirs, dates),
        "dates": dates,
        "codes": codes_of(actor, [turn.pupil.pk for turn in turns if turn.pupil]),
        "several": len(actor.hat.orgs) > 1,
        "week": term_week(actor.hat.orgs, actor.today),
        "dues": [dated(row, actor) for row in near],
        "groups": by_strength([dated(row, actor) for row in near]),
        "later": [dated(row, actor) for row in soonest if row not in near],
        "due_count": due_count,
        **what_changed(actor),
        "news": unread(actor),
        "drafts": draft_links(actor),
        "top": slots.filled(actor, "senco.top"),
        "main": slots.filled(actor, "senco.main"),
        "side": slots.filled(actor, "senco.side"),
    }


def what_changed(actor: Actor, before: datetime | None = None) -> dict[str, Any]:
    """Give the pupils of whom something is new to this person, and whether there are more."""
    most = seen.ON_HOME if before is None else seen.PAGE
    changed, more = seen.changed(actor, BESIDE, before=before, most=most)
    return {"changed": changed, "changed_before": more}


@dataclass(frozen=True)
class Dated:
    """A date of the law with its title and its why."""

    row: DueRow
    title: str
    why: list[tuple[str, str]]

    @property
    def past_the_law(self) -> bool:
        """Whether a legal date has gone by."""
        return self.row.state.late and self.row.due.strength is Strength.MUST


def dated(row: DueRow, actor: Actor) -> Dated:
    """Give what the page shows of one date."""
    return Dated(row, explain.title(row.due, row.org), explain.why(row.due, actor))


def _near(row: DueRow, today: date) -> bool:
    return row.due.on is None or row.due.on <= today + NEAR


def _by_law(row: DueRow) -> tuple[int, date]:
    """What must be before what should be, before what is our own rule; then the first day."""
    return list(Strength).index(row.due.strength), row.due.on or date.max


def _in_order(turns: list[queries.Turn], dates: dict[uuid.UUID, Dated]) -> list[queries.Turn]:
    """Put what has a date by the strength of its rule and its day, then what has waited longest."""
    none = (len(Strength), date.max)

    def place(turn: queries.Turn) -> tuple[int, date]:
        one = dates.get(turn.source_ref)
        return _by_law(one.row) if one else none

    return sorted(turns, key=place)


def by_strength(dues: list[Dated]) -> list[tuple[str, list[Dated]]]:
    """Give dates under the strength of their rule, in words, the strongest first."""
    groups: dict[Strength, list[Dated]] = {}
    for one in dues:
        groups.setdefault(one.row.due.strength, []).append(one)
    return [(str(IN_WORDS[one]), groups[one]) for one in Strength if one in groups]


def teacher(actor: Actor) -> dict[str, Any]:
    """Give a teacher: how to teach these pupils, what waits, what became of their concerns."""
    mine, more = concerns.of_mine(actor, MOST_OWN)
    waiting = queries.tasks_for(actor)
    return {
        "helped": class_sheet(actor)[:MOST_HELPED],
        "classes": people.pupils_by_class(actor),
        "waiting": waiting,
        # what one raised oneself stands among one's concerns, and is not told twice
        "theirs": [turn for turn in waiting.theirs if not turn.kind.startswith("concern.")],
        "concerns": [row for row in mine if not row.yours],
        "more_concerns": more,
        "top": slots.filled(actor, "teacher.top"),
        "side": slots.filled(actor, "teacher.side"),
        **what_changed(actor),
        "news": unread(actor),
        "drafts": draft_links(actor),
    }


def assistant(actor: Actor) -> dict[str, Any]:
    """Give an assistant "now": their groups, and what waits for them."""
    now = slots.filled(actor, "assistant.now")
    return {
        "now": now,
        "top": slots.filled(actor, "assistant.top"),
        "foot": slots.filled(actor, "assistant.foot"),
        "groups": [] if now else people.groups_run(actor),
        "waiting": queries.tasks_for(actor),
        "concerns": concerns.of_mine(actor, MOST_OWN)[0],
        **what_changed(actor),
        "news": unread(actor),
        "drafts": draft_links(actor),
    }


def staff(actor: Actor) -> dict[str, Any]:
    """Give everybody else who works there, or in a tier above, what exists for them."""
    tasks = actor.can_somewhere(Action.TASK_VIEW)
    return {
        "waiting": queries.tasks_for(actor) if tasks else None,
        "concerns": concerns.of_mine(actor, MOST_OWN)[0] if _raises(actor) else [],
        "news": unread(actor) if tasks else [],
        "drafts": draft_links(actor),
        "finds": actor.can_somewhere(Action.PUPIL_FIND),
        "safeguards": actor.can_somewhere(Action.SAFEGUARDING_VIEW),
        "says": str(actor.hat.role.says),
        "figures": figures(actor) if _figures_alone(actor) else None,
        "top": slots.filled(actor, "staff.top"),
        "main": slots.filled(actor, "staff.main"),
        "side": slots.filled(actor, "staff.side"),
    }


def _figures_alone(actor: Actor) -> bool:
    """Whether this hat sees its own school in figures and no child in it."""
    settings = actor.hat.role.home == "staff" and not actor.can_somewhere(Action.PUPIL_FIND)
    return settings and actor.hat.reach(Action.FIGURES_VIEW) is Reach.ALL


def guest(actor: Actor) -> dict[str, Any]:
    """Give a parent, a pupil or a visitor the children whose page they may open."""
    return {"children": people.pupils_shared(actor)}


def draft_links(actor: Actor) -> list[DraftLink]:
    """Give the drafts that wait for this person, newest first, each with its way back."""
    kept = drafts.drafts_of(actor)
    names = people.names_of(actor, [draft.about for draft in kept])
    return [_draft_link(draft, names.get(draft.about, "")) for draft in kept]


def _draft_link(draft: Any, name: str) -> DraftLink:
    known = DRAFTS.get(draft.form)
    if known is None:
        return DraftLink(_("Something you were writing"), name, "", draft.saved_at)
    words, address = known
    where = [draft.about] if draft.about.int else []
    return DraftLink(str(words), name, reverse(address, args=where), draft.saved_at)


HOMES: dict[str, tuple[str, Callable[[Actor], dict[str, Any]]]] = {
    "senco": ("home/senco.html", senco),
    "teacher": ("home/teacher.html", teacher),
    "assistant": ("home/assistant.html", assistant),
    "guest": ("home/guest.html", guest),
    "staff": ("home/staff.html", staff),
    "tier": ("home/staff.html", staff),
}
