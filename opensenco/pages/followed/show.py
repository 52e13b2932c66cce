"""What the pages of what concerns lead to show, put into words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import statements
from opensenco.concerns import followed, queries
from opensenco.concerns.operations.referring import CONSENT, REPORT
from opensenco.concerns.states import OUTCOME_WORDS, ConcernState
from opensenco.documents import queries as documents
from opensenco.exchange.out import Table
from opensenco.kernel.refs import short
from opensenco.people import queries as people
from opensenco.ui import words

ASKED_AFTER = timedelta(weeks=6)


@dataclass(frozen=True)
class Task:
    """One task: its form, heading, main act, the way back, and what it is about."""

    form: Any
    heading: str
    main: str
    back: str
    pupil: Any
    back_words: str
    about: str = ""
    draft: tuple[str, UUID] | None = None


def begun(actor: Actor, concern: Any) -> dict[str, Any]:
    """Give what a referral begins with; what a concern says is not typed again."""
    held = {"sent_on": actor.today, "ask_again": actor.today + ASKED_AFTER}
    if concern is None:
        return held
    told = [concern.noticed, concern.where_when]
    if concern.tried or concern.trying:
        tried = "; ".join(one for one in (concern.tried, concern.trying) if one)
        told.append(_("Tried: %(what)s") % {"what": tried})
    if concern.said:
        told.append(_("The child and the parents: %(said)s") % {"said": concern.said})
    return held | {"why": "\n".join(one for one in told if one)}


def news_now(actor: Actor, row: Any) -> dict[str, Any]:
    """Give where a referral stands, by the names of the form."""
    asked = row.ask_again
    again = asked if asked and asked > actor.today else actor.today + ASKED_AFTER
    return {"version": row.version, "on": actor.today, "stands": row.stands, "ask_again": again}


def diagnosed_now(row: Any) -> dict[str, Any]:
    """Give what is kept of a diagnosis, by the names of the form."""
    names = ("version", "what", "on", "given_by", "known_from")
    return {name: getattr(row, name) for name in names}


def one_referral(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one referral with its news, and what this person may do."""
    writes = not row.in_error and may(actor, Action.PLAN_WRITE, row)
    sources = statements.named(actor, [row])
    return {
        "proofs": [one for one in sources if one.row.part == CONSENT],
        "reports": [one for one in sources if one.row.part == REPORT],
        "advice": followed.advice_of(row),
        "me": actor.person,
        "row": row,
        "pupil": row.pupil,
        "news": followed.news_of(row),
        "facts": [
            (_("Who agreed"), _("%(who)s, on %(on)s")
             % {"who": row.agreed_by, "on": words.day(row.agreed_on)}),
            (_("Sent"), _("%(on)s by %(who)s")
             % {"on": words.day(row.sent_on), "who": row.by.name}),
            (_("Where it stands"), _("%(stands)s, since %(on)s")
             % {"stands": row.get_stands_display(), "on": words.day(row.stands_since)}),
            *([(_("Asked again on"), words.day(row.ask_again))] if row.ask_again else []),
        ],
        "writes": writes,
        "mends": not row.in_error and may(actor, Action.RECORD_INVALIDATE, row),
        "opens_concern": row.concern is not None and may(actor, Action.CONCERN_VIEW, row.concern),
    }  # fmt: skip


def papers_of(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Give the papers of a pupil that can be named, by their short references."""
    if not actor.can_somewhere(Action.DOCUMENT_VIEW):
        return {}
    return {short(one.ref): one for one in documents.to_name(actor, pupil)}


def titles(papers: dict[str, Any]) -> list[tuple[str, str]]:
    """Give papers as a form offers them."""
    return [(ref, one.title) for ref, one in papers.items()]


def of_pupil(actor: Actor, row: Any) -> dict[str, Any]:
    """Give the concerns about a pupil with what they ended in, and the pupil's referrals."""
    people.attach_classes([row], actor.today)
    concerns = queries.about_pupil(actor, row)
    return {
        "pupil": row,
        "concerns": concerns,
        "programmes": followed.programmes_of(concerns),
        "referrals": followed.of_pupil(actor, row),
        "raises": actor.can_somewhere(Action.CONCERN_RAISE),
        "refers": actor.can_somewhere(Action.PLAN_WRITE) and may(actor, Action.PLAN_WRITE, row),
        "outcome": outcome,
    }


def outcome(row: Any) -> str:
    """Say what a concern ended in so far: the decision, and how it stands."""
    decided = OUTCOME_WORDS.get(ConcernState(row.outcome)) if row.outcome else ""
    stands = str(row.get_state_display())
    return f"{decided}; {stands}" if decided and row.outcome != row.state else stands


def table(rows: list[Any]) -> Table:
    """Give referrals as they go into a file."""
    heads = [
        _("Pupil"), _("Class"), _("Service"), _("Sent"), _("Where it stands"), _("Since"),
        _("Days waited"), _("Asked again on"), _("Who agreed"), _("Sent by"),
    ]  # fmt: skip
    lines = [
        (
            one.referral.pupil.register_name, getattr(one.referral.pupil, "class_name", ""),
            one.referral.service, one.referral.sent_on, one.stands, one.referral.stands_since,
            one.days, one.referral.ask_again, one.referral.agreed_by, one.referral.by.name,
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Referrals"), heads, lines)


def to_concern(row: Any) -> str:
    """Give the address of a concern."""
    return reverse("concerns:show", args=[row.ref])
