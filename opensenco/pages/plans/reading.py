"""What the pages show of who has read a profile, and of what is new in it to this person."""

from dataclasses import dataclass
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.access.registry import may
from opensenco.people import queries as people
from opensenco.people import working_with
from opensenco.support.queries import having_read
from opensenco.support.queries.having_read import Change, Reader, Version


@dataclass(frozen=True)
class Reading:
    """How this person, and for who writes the page everybody, stands to what it says now.

    Args:
        version: what the page shows; None where there is nothing to read.
        says: whether this person is asked to say that they have read it.
        read: what they read last. changes: what is other since.
        readers: the adults who work with the pupil; empty for who is not told of them.
        classes: where this person can write what helps in one class or group.
    """

    version: Version | None
    says: bool
    read: Any
    changes: list[Change]
    readers: list[Reader]
    reminds: bool
    classes: list[Any]

    @property
    def unread(self) -> list[Reader]:
        """Who has not read the page as it stands."""
        return [one for one in self.readers if not one.current]

    @property
    def waits(self) -> bool:
        """Whether somebody is left whom nobody has reminded."""
        return any(one.reminded_at is None for one in self.unread)


def of_page(actor: Actor, pupil: Any) -> Reading | None:
    """Gather it for a pupil's profile; None for parents, pupils and visitors."""
    if actor.hat.role.guest:
        return None
    version = having_read.version_of(pupil)
    mine = having_read.own_read(actor, pupil) if version else None
    current = having_read.is_of(mine, version)
    writes = may(actor, Action.PROFILE_EDIT, pupil)
    readers = having_read.readers_of(pupil, actor.today, version) if writes and version else []
    return Reading(
        version=version,
        says=version is not None and not current and _is_asked(actor, readers),
        read=mine,
        changes=having_read.changed_since(actor, pupil, mine) if mine and not current else [],
        readers=readers,
        reminds=may(actor, Action.ASK_SEND, pupil),
        classes=working_with.groups_shared(actor, pupil) if writes else [],
    )


def _is_asked(actor: Actor, readers: list[Reader]) -> bool:
    """Whether this person works with the pupil: who co-ordinates for all may not."""
    reaches_all = actor.hat.reach(Action.PROFILE_VIEW) in (Reach.ALL, Reach.PART)
    return not reaches_all or any(one.person == actor.person for one in readers)


def at_home(actor: Actor) -> dict[str, Any]:
    """Give what somebody who teaches or supports pupils has not read, for their home page."""
    taught = people.pupils_taught(actor, Action.PROFILE_VIEW)
    return {"unread": having_read.unread(actor, taught)}
