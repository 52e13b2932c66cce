"""What the pages of concerns show, put into words."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import explain
from opensenco.concerns import followed, observations, queries
from opensenco.concerns.states import ConcernState
from opensenco.exchange.out import Table
from opensenco.kernel.refs import short
from opensenco.pages.concerns.forms import ConcernForm, looked_again
from opensenco.participation import queries as participation
from opensenco.support import queries as support
from opensenco.support.queries import tried
from opensenco.support.queries.missed import in_words
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing, Pick

MOST_OWN = 60


def view_of(query: Mapping[str, str]) -> str:
    """Give the view that an address asks for; the usual one where it asks for none."""
    asked = query.get("view", "")
    return asked if asked in queries.VIEWS else "open"


def page_of(query: Mapping[str, str]) -> int:
    """Give the page that an address asks for, from 1."""
    asked = query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def list_of(found: queries.ConcernList, view: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Give the rows of a view, its neighbours with their counts, and its pages."""
    names = {"yours": _("Your turn"), "open": _("All open"), "settled": _("Ended")}
    address = reverse("concerns:list")
    return {
        "rows": found.rows,
        "heads": [
            Column(_("Pupil")),
            Column(_("What was noticed")),
            Column(_("Recorded by")),
            Column(_("How it stands")),
            Column(_("Reply by")),
            Column(_("First plan by")),
            Column(_("Whose turn")),
        ],
        "counts": found.counts,
        "picks": [
            Pick(names[key], f"{address}?view={key}", key == view, found.counts[key])
            for key in queries.VIEWS
        ],
        "listing": Listing(query, (), found.counts[view], size=queries.PAGE),
    }


def table(found: queries.ConcernList) -> Table:
    """Give the rows of a view as they go into a file."""
    heads = [
        _("Pupil"), _("Class"), _("What was noticed"), _("Recorded by"), _("Recorded on"),
        _("How it stands"), _("Reply by"), _("First plan by"), _("Whose turn"),
        _("Looked at again"),
    ]  # fmt: skip
    rows = [
        (
            row.concern.pupil.register_name, row.class_name, row.noticed,
            row.concern.raised_by.name, row.concern.raised_on, row.stands,
            row.reply_on, row.plan_on, row.who, row.concern.until,
        )
        for row in found.rows
    ]  # fmt: skip
    return Table(_("Concerns"), heads, rows)


def heads_of_passed_on() -> list[Column]:
    """Give the heads of what one has passed to the safeguarding lead."""
    return [Column(_("About")), Column(_("Passed on")), Column(_("Read"))]


def one(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one concern: its answers, its decision, whose turn, the reply date with its reasons."""
    standing = queries.standing(actor, row)
    programmes = followed.programmes_of([row]).get(row.pk, [])
    return {
        "concern": row,
        "pupil": row.pupil,
        "opens_pupil": may(actor, Action.PUPIL_VIEW, row.pupil),
        "standing": standing,
        "answers": answers(row),
        "why": explain.why(standing.reply, actor) if standing.reply else [],
        "why_plan": explain.why(standing.plan, actor) if standing.plan else [],
        "days_to_plan": days_to_plan(actor, row) if standing.plan else "",
        "referrals": followed.because_of(actor, row),
        "programmes": programmes,
        "measures": standing.may_settle,
        "acts": [
            *first_plan(actor, row),
            *leads_on(actor, row, standing, programmes),
            *acts(row, standing),
            *asks(actor, row),
            *watches(actor, row),
        ],
        "asked": asked_because(actor, row),
        "watched": observations.because_of(actor, row),
        "steps": steps(row, standing),
        **_offered(actor, row),
    }


def _offered(actor: Actor, row: Any) -> dict[str, Any]:
    """Give what was tried in class, with one tap into the profile, for who writes it."""
    if not row.trying or not may(actor, Action.PROFILE_EDIT, row.pupil):
        return {"tried": []}
    profile = support.profile_of(actor, row.pupil)
    found = tried.of_concerns([row], profile, support.strategies_of(actor, row.pupil))
    return {"profile": profile, "tried": [one for one in found if one.offered(profile)]}


def answers(row: Any) -> list[tuple[str, str]]:
    """Give what was written beside what was noticed; what was not answered is left out."""
    written = [
        (_("Where and when"), row.where_when),
        (_("What was tried"), row.tried),
        (_("What the child and the parents say"), row.said),
    ]
    return [(about, words) for about, words in written if words]


def first_plan(actor: Actor, row: Any) -> list[tuple[str, str, bool]]:
    """Give the way on into a first plan, where one is to be written and none is open.

    What the concern says goes with it and is not typed again.
    """
    if row.state != ConcernState.SEN_SUPPORT or row.in_error:
        return []
    if not may(actor, Action.PLAN_WRITE, row.pupil) or support.current_plan(actor, row.pupil):
        return []
    address = reverse("plans:start", args=[row.pupil.ref])
    return [(_("Start a plan from this"), f"{address}?concern={short(row.ref)}", True)]


def leads_on(
    actor: Actor, row: Any, standing: queries.Standing, programmes: list[Any]
) -> list[tuple[str, str, bool]]:
    """Give the way on into what was decided: what the concern says goes with it."""
    if row.in_error or not standing.may_settle:
        return []
    about = f"concern={short(row.ref)}"
    if row.state == ConcernState.REFERRAL and may(actor, Action.PLAN_WRITE, row.pupil):
        address = reverse("followed:refer", args=[row.pupil.ref])
        return [(_("Refer to a service"), f"{address}?{about}", True)]
    if row.state == ConcernState.EHC_REQUEST and row.request_sent_on is None:
        return [(_("The request was sent"), reverse("followed:sent", args=[row.ref]), True)]
    gives = actor.can_somewhere(Action.PROVISION_ALLOCATE)
    runs = [one for one in programmes if one.ended_on is None]
    if row.state == ConcernState.SHORT_INTERVENTION and gives and not runs:
        address = reverse("provision:library")
        given = _("Give the short programme")
        return [(given, f"{address}?pupil={short(row.pupil.ref)}&{about}", True)]
    return []


def days_to_plan(actor: Actor, row: Any) -> str:
    """Say how many days there were from the concern to the first plan, or have been so far."""
    last = row.planned_on or actor.today
    days = (last - row.raised_on).days
    told = ngettext("%(num)s day", "%(num)s days", days) % {"num": days}
    school = followed.school_days(row.org_id, row.raised_on, last)
    if school is not None:
        counted = ngettext("%(num)s school day", "%(num)s school days", school) % {"num": school}
        told = _("%(days)s, %(school)s of them") % {"days": told, "school": counted}
    if row.planned_on is None:
        return _("%(days)s so far.") % {"days": told}
    return _("%(days)s, agreed on %(on)s.") % {"days": told, "on": words.day(row.planned_on)}


def acts(row: Any, standing: queries.Standing) -> list[tuple[str, str, bool]]:
    """Give what this person can do, in words, with its address; the flag marks the main ones."""
    undecided = row.state in (ConcernState.RAISED, ConcernState.PASSED_ON)
    offered = [
        (standing.may_decide and undecided, _("Decide what happens"), "triage", True),
        (standing.may_try, _("Say what you will try"), "take_up", True),
        (standing.may_settle, _("Say how it ended"), "settle", True),
        (standing.may_pass_on, _("Pass it on"), "pass_on", False),
        (standing.may_decide and not undecided, _("Decide anew"), "triage", False),
        (standing.may_mark_in_error, _("This was made in error"), "in_error", False),
    ]
    return [
        (said, reverse(f"concerns:{name}", args=[row.ref]), main)
        for shown, said, name, main in offered
        if shown
    ]


def asks(actor: Actor, row: Any) -> list[tuple[str, str, bool]]:
    """Give the way to asking people because of this concern, for who asks about the pupil."""
    if row.in_error or not may(actor, Action.ASK_SEND, row.pupil):
        return []
    address = reverse("asking:new", args=[row.pupil.ref])
    return [(_("Ask people because of this"), f"{address}?concern={short(row.ref)}", False)]


def watches(actor: Actor, row: Any) -> list[tuple[str, str, bool]]:
    """Give the way to watching the pupil because of this concern, for who may watch them."""
    if row.in_error or not actor.can_somewhere(Action.OBSERVE):
        return []
    if not may(actor, Action.OBSERVE, row.pupil):
        return []
    address = reverse("observing:begin", args=[row.pupil.ref])
    return [(_("Watch because of this"), f"{address}?concern={short(row.ref)}", False)]


def asked_because(actor: Actor, row: Any) -> list[participation.RoundRow]:
    """Give what people were asked because of this concern, for who asks about the pupil."""
    if not actor.can_somewhere(Action.ASK_SEND):
        return []
    return participation.rounds_because(actor, row.ref)


def steps(row: Any, standing: queries.Standing) -> list[tuple[str, str]]:
    """Give what was decided and done, as terms and what they are."""
    rows: list[tuple[str, Any]] = [
        (_("Decided"), standing.outcome),
        (_("Why"), row.reason),
        (_("By"), _by(row)),
        (_("Looked after by"), row.owner.name if row.owner else ""),
        (_("Tried in class"), row.trying),
        (_("Request sent"), words.day(row.request_sent_on) if row.request_sent_on else ""),
        (_("Looked at again"), words.day(row.until) if row.until else ""),
        (_("Passed on because"), row.passed_on_because),
        (_("How it ended"), row.result),
        (_("Told to the one who raised it"), row.reply),
    ]
    return [(term, said) for term, said in rows if said]


def _by(row: Any) -> str:
    if row.decided_by is None:
        return ""
    return _("%(who)s on %(day)s") % {"who": row.decided_by.name, "day": words.day(row.decided_on)}


def people(near: queries.Candidates) -> list[tuple[str, str]]:
    """Give whom one can choose as owner: those who work with the pupil, then everybody else."""
    told = [(str(p.ref), _("%(who)s, works with the pupil") % {"who": p.name}) for p in near.near]
    return told + [(str(p.ref), p.name) for p in near.others]


def decided(row: Any) -> dict[str, Any]:
    """Give what has been decided, by the names of the form."""
    return {
        "version": row.version,
        "outcome": row.outcome,
        "owner": str(row.owner.ref) if row.owner else "",
        "until": row.until,
        "reason": row.reason,
        "reply": row.reply,
    }


def to_decide(actor: Actor, row: Any, near: queries.Candidates) -> dict[str, Any]:
    """Give what the form of a decision begins with: who raised it, and a day in four weeks."""
    held = decided(row)
    raiser = next((p for p in near.near if p.pk == row.raised_by_id), None)
    held["owner"] = held["owner"] or (str(raiser.ref) if raiser else "")
    held["until"] = held["until"] or looked_again(actor.today)
    return held


def asked(actor: Actor, row: Any) -> str:
    """Name whom the reply goes to; nobody where one raised the concern oneself."""
    return "" if row.raised_by_id == actor.person.pk else row.raised_by.name


def from_signs(actor: Actor, pupil: Any) -> dict[str, str]:
    """Give what a concern begins with where it is raised from the signs of a pupil's record."""
    if not may(actor, Action.CONCERN_TRIAGE, pupil):
        return {}
    (told,) = in_words(actor, [pupil])
    return {"noticed": told.signs}


def one_text(typed: Mapping[str, str]) -> str:
    """Give what was typed into the four questions as one text, each under its question."""
    told = [
        f"{field.label}\n{typed.get(name, '').strip()}"
        for name, field in ConcernForm.base_fields.items()
        if typed.get(name, "").strip()
    ]
    return "\n\n".join(told)
