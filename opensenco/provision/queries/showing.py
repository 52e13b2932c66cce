"""Sessions and pieces of work that show how far an outcome has come."""

import uuid

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.statements import Told
from opensenco.people.models import Pupil
from opensenco.provision.models import Session, Work
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.queries.work import standing_work
from opensenco.provision.states import Went

MOST_NAMED = 30


def sessions_to_name(actor: Actor, pupil: Pupil) -> list[Session]:
    """Give the sessions of a pupil that took place and have a note, the newest first."""
    return list(_sessions(actor).filter(pupil=pupil).exclude(note="")[:MOST_NAMED])


def work_to_name(actor: Actor, pupil: Pupil) -> list[Work]:
    """Give the photos and pieces of work of a pupil that this actor sees, the newest first."""
    return list(_work(actor).filter(pupil=pupil)[:MOST_NAMED])


def session_named(row: Session) -> str:
    """Say which session is meant: of what, and when. What was noted there is for staff."""
    return _("%(what)s on %(on)s") % {
        "what": row.allocation.provision.name, "on": date_format(row.on, "j F Y"),
    }  # fmt: skip


def work_named(row: Work) -> str:
    """Say which piece of work is meant."""
    return _("%(title)s, %(on)s") % {
        "title": row.title, "on": date_format(row.session.on, "j F Y"),
    }  # fmt: skip


def sessions_told(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of sessions that show something, to who may read them."""
    rows = _sessions(actor).filter(ref__in=refs)
    return {row.ref: Told(session_named(row), True) for row in rows}


def work_told(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of work that shows something, to who sees it."""
    return {row.ref: Told(work_named(row), True) for row in _work(actor).filter(ref__in=refs)}


def _sessions(actor: Actor) -> QuerySet[Session]:
    if actor.hat.role.guest or not actor.can_somewhere(Action.PROVISION_VIEW):
        return Session.objects.none()
    rows = standing_sessions(visible(actor, Action.PROVISION_VIEW, Session))
    held = rows.filter(went=Went.DELIVERED)
    return held.select_related("allocation__provision").order_by("-on", "-number", "-id")


def _work(actor: Actor) -> QuerySet[Work]:
    if actor.hat.role.guest or not actor.can_somewhere(Action.PROVISION_VIEW):
        return Work.objects.none()
    return standing_work(actor).select_related("session").order_by("-session__on", "-id")
