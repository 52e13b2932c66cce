"""The draft store: what was typed survives refusal, a lost connection, an expired sign-in."""

import uuid
from dataclasses import dataclass
from datetime import datetime

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
    draft = Draft.objects.filter(
        person=actor.person, org__in=actor.hat.orgs, form=form, about=about or NOBODY
    ).first()
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
    Draft.objects.filter(
        person=actor.person, org__in=actor.hat.orgs, form=form, about=about or NOBODY
    ).delete()


def drafts_of(actor: Actor) -> list[Draft]:
    """Give the drafts that wait for this person, newest first."""
    return list(
        Draft.objects.filter(person=actor.person, org__in=actor.hat.orgs).order_by("-saved_at")[:20]
    )
