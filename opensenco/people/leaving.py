"""What ends with the last role that somebody has at a place, in the same moment.

Whatever asks of each request who somebody is ends by itself: pages, calendar feeds, tablets. What
would outlive that registers here how it is closed: links that wait, addresses with a secret in
them, sessions that are still open.
"""

from collections.abc import Callable

from opensenco.access import devices
from opensenco.access.actor import Actor
from opensenco.access.models import Invitation, Organisation, Person
from opensenco.gate.rows import change

Closer = Callable[[Actor, Organisation, Person], None]
_closers: list[Closer] = []


def closes(closer: Closer) -> None:
    """Say what else is to be closed; called once for each app, inside the ending's operation."""
    if closer not in _closers:
        _closers.append(closer)


def close(actor: Actor, org: Organisation, person: Person) -> None:
    """Close what would outlive somebody's last role at a place. Called inside an operation."""
    _take_back_links(actor, org, person)
    for closer in _closers:
        closer(actor, org, person)
    end_sessions(person)


def end_sessions(person: Person) -> int:
    """Sign somebody out everywhere; gives how many sessions that ended."""
    return devices.end(person)


def _take_back_links(actor: Actor, org: Organisation, person: Person) -> None:
    """Take back the one-time links to this place that wait for their address.

    A role that has not begun stays, but for whoever wants it: a new link is one press away.
    """
    waiting = Invitation.objects.filter(
        org=org, email=person.email, taken_at__isnull=True, withdrawn_at__isnull=True
    )
    for row in waiting:
        change(row, version=None, withdrawn_at=actor.at)
