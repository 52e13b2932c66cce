"""What of a pupil's record can be named as the source of a sentence or a result."""

from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import observations
from opensenco.documents import queries as documents
from opensenco.participation import as_sources as asked
from opensenco.people.models import Pupil
from opensenco.threads import notes

#: records that can be named, each with its words
Nameable = list[tuple[Any, str]]


def nameable(actor: Actor, pupil: Pupil) -> Nameable:
    """Give the papers, answers of people who were asked, observations and notes one may open."""
    found: Nameable = []
    if actor.can_somewhere(Action.DOCUMENT_VIEW):
        found += [(one, one.title) for one in documents.to_name(actor, pupil)]
    found += [(one, asked.named(one)) for one in asked.to_name(actor, pupil)]
    found += [(one, observations.named(one)) for one in observations.to_name(actor, pupil)]
    found += [(one, notes.named(one)) for one in notes.to_name(actor, pupil)]
    return found
