"""The school's rooms, and how its weeks take turns."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import Room, WeekTurn
from opensenco.provision.timetable_models import MOST_ROOM
from opensenco.support.words import line

YEAR = timedelta(days=400)


@operation(Action.PROVISION_ALLOCATE, on="org")
def add_room(*, actor: Actor, org: Organisation, name: str) -> Room:
    """Add a room in which something can be given.

    Raises:
        Invalid: no name, or one that another room has.
    """
    words = line("name", name, MOST_ROOM)
    if not words:
        raise Invalid("name", _("Give the room the name that staff use."))
    if Room.objects.filter(org=org, name__iexact=words, ended_on__isnull=True).exists():
        raise Invalid("name", _("There is a room of this name. Choose another name."))
    row = Room(org=org, name=words)
    row.save()
    return row


@operation(Action.PROVISION_ALLOCATE, on="room")
def end_room(*, actor: Actor, room: Room, version: int | None = None) -> Room:
    """Say that a room is used no more. What was timetabled in it stays as it is.

    Raises:
        NotPossible: it is so already.
        Stale: somebody else changed it in between.
    """
    if room.ended_on is not None:
        raise NotPossible(_("This room is used no more already."))
    return change(room, version=version, ended_on=actor.today)


@operation(Action.PROVISION_ALLOCATE, on="org")
def say_turns(
    *, actor: Actor, org: Organisation, monday: date, takes_turns: bool = True
) -> WeekTurn:
    """Say from which Monday on weeks take turns, with week A first; or that they do so no more.

    Raises:
        Invalid: a day that is no Monday, or more than a year away.
    """
    if monday.weekday():
        raise Invalid("monday", _("This is not a Monday. Choose the Monday of a week A."))
    if abs(monday - actor.today) > YEAR:
        raise Invalid("monday", _("Choose a Monday within a year of today. Check the year."))
    row = WeekTurn(
        org=org, monday=monday, takes_turns=takes_turns, person=actor.person, at=actor.at
    )
    row.save()
    return row
