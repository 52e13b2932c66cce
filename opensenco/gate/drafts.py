"""The draft store: what was typed survives refusal, a lost connection, an expired sign-in."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.access.actor import Actor
from opensenco.gate.models import NOBODY, Draft
from opensenco.kernel.errors import NotFound

#: a report of 20 pages; more is refused by the form itself
MAX_TEXT = 200_000
MAX_NAME = 60


@dataclass(frozen=True)
class Kept:
    """A draft as it was left."""

    text: dict[str, list[str]]
    saved_at: datetime


def load(actor: Actor, form: str, about: uuid.UUID | None = None) -> Kept | None:
    """Give what this person had typed in this form about this record."""
    draft = _of(actor, form, about).order_by("-saved_at").first()
    return Kept(draft.text, draft.saved_at) if draft else None


def save(
    actor: Actor, form: str, about: uuid.UUID | None, text: dict[str, list[str]]
) -> datetime | None:
    """Keep what was typed. Gives when, or None where it is too long to keep.

    Raises:
        NotFound: there is no form of such a name.
    """
    if len(form) > MAX_NAME:
        raise NotFound
    if sum(len(value) for values in text.values() for value in values) > MAX_TEXT:
        return None
    org = min(actor.hat.orgs)
    Draft.objects.update_or_create(
        org_id=org,
        person=actor.person,
        form=form,
        about=about or NOBODY,
        defaults={"text": text, "saved_at": actor.at},
    )
    return actor.at


def drop(actor: Actor, form: str, about: uuid.UUID | None = None) -> None:
    """Forget a draft: it was sent, or its writer does not want it."""
    _of(actor, form, about).delete()


def _of(actor: Actor, form: str, about: uuid.UUID | None) -> QuerySet[Draft]:
    """Give one's drafts of a form about a record, or about one that was made one with it."""
    meant = Q(about=about or NOBODY)
    if about:
        for also in _also:
            meant |= Q(about__in=also(about))
    return Draft.objects.filter(meant, person=actor.person, org__in=actor.hat.orgs, form=form)


_also: list[Callable[[uuid.UUID], QuerySet[Any, Any]]] = []


def also_about(others: Callable[[uuid.UUID], QuerySet[Any, Any]]) -> None:
    """Say which other references are of the same thing as a reference."""
    _also.append(others)


def drafts_of(actor: Actor) -> list[Draft]:
    """Give the drafts that wait for this person, newest first."""
    return list(
        Draft.objects.filter(person=actor.person, org__in=actor.hat.orgs).order_by("-saved_at")[:20]
    )
