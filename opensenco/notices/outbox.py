"""Putting a notice into the app. Mail follows from the same rows, by a job."""

from typing import TYPE_CHECKING

from django.db.models import Model

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.notices.models import Notice
from opensenco.notices.states import ADDRESSED

if TYPE_CHECKING:
    from opensenco.people.models import Pupil

MOST_WORDS = 500


def append(
    *,
    actor: Actor,
    org: Organisation,
    words: str,
    pupil: "Pupil | None" = None,
    person: Person | None = None,
    role_action: Action | None = None,
    source: Model | None = None,
) -> Notice:
    """Write one notice, inside an operation.

    Args:
        source: the record it is about, if it is about one; its page is where the notice leads.

    Raises:
        ValueError: both of person and role_action, or neither; or a verb that notices do not know.
    """
    if (person is None) == (role_action is None):
        raise ValueError("a notice is for one person, or for whoever has one verb")
    if role_action is not None and role_action not in ADDRESSED:
        raise ValueError(f"notices are not sent to whoever has {role_action}: see notices.states")
    notice = Notice(
        org=org,
        words=words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…",
        pupil=pupil,
        person=person,
        role_action=role_action.value if role_action else "",
        source_label=source._meta.label if source else "",
        source_ref=source.ref if source else None,  # type: ignore[attr-defined]
        by=actor.person,
        at=actor.next_moment(),
    )
    notice.save()
    return notice
