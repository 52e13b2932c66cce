"""Saying when and where something is given; the rooms; the turns of weeks."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.provision import hour_forms as forms
from opensenco.pages.provision import hours_said, show
from opensenco.pages.provision.giving import GIVERS
from opensenco.people import queries as people
from opensenco.provision import queries
from opensenco.provision.operations import rooms as room_verbs
from opensenco.provision.operations import timetables as verbs
from opensenco.provision.queries import timetables as hours
from opensenco.provision.queries.expected import takes_turns

#: lines for further hours beside those that are said
SPARE = 2
MOST_LINES = 25


@dataclass
class Sheet:
    """The hours of what is done together as a form, and what clashes once it was sent."""

    row: Any
    together: list[Any]
    rooms: list[Any]
    people: list[tuple[Any, str]]
    now: list[hours.Hours]
    turns: bool
    clashes: list[str] = field(default_factory=list)

    @property
    def pupils(self) -> list[Any]:
        """Whose hours they are."""
        return [one.pupil for one in self.together]

    @property
    def lines(self) -> int:
        """How many hours can be said."""
        have = len(self.now[-1].slots) if self.now else 0
        wanted: int = max(have, self.row.times_a_week) + SPARE
        return min(wanted, MOST_LINES)

    def form(self, **given: Any) -> forms.HoursForm:
        """Make the form."""
        several = len(self.together) > 1
        return forms.HoursForm(
            rows=self.lines,
            minutes=self.row.minutes,
            rooms=[(short(one.ref), one.name) for one in self.rooms],
            people=[(short(one.ref), one.name) for one, _role in self.people],
            pupils=[(short(one.ref), one.pupil.register_name) for one in self.together]
            if several else (),
            turns=self.turns,
            **given,
        )  # fmt: skip

    def initial(self, actor: Actor) -> dict[str, Any]:
        """Give what stands now, as what is filled in."""
        found: dict[str, Any] = {
            "starts": max(actor.today, self.row.starts),
            "pupils": [short(one.ref) for one in self.together],
        }
        for n, slot in enumerate(self.now[-1].slots if self.now else ()):
            found |= {
                f"day{n}": str(slot.weekday), f"from{n}": slot.starts_at,
                f"until{n}": slot.ends_at, f"week{n}": slot.week,
                f"room{n}": short(slot.room.ref) if slot.room else "",
                f"person{n}": short(slot.person.ref) if slot.person else "",
            }  # fmt: skip
        return found

    def hours(self, given: dict[str, Any]) -> list[verbs.At]:
        """Give the hours that the form says."""
        rooms = {short(one.ref): one for one in self.rooms}
        adults = {short(one.ref): one for one, _role in self.people}
        return [
            verbs.At(hour, rooms.get(room), adults.get(person))
            for hour, room, person in given["hours"]
        ]

    def keep(self, actor: Actor, given: dict[str, Any]) -> Any:
        """Keep the hours; what clashes is said in words beside the refusal."""
        chosen = given.get("pupils")
        wanted = [one for one in self.together if chosen is None or short(one.ref) in chosen]
        try:
            return verbs.set_timetable(
                actor=actor, allocations=wanted, hours=self.hours(given), starts=given["starts"],
                because=given["because"],
            )  # fmt: skip
        except verbs.Clashing as fault:
            self.clashes = hours_said.clashes(fault.found)
            raise


def sheet(actor: Actor, row: Any) -> Sheet:
    """Give the form for the hours of what is done together with a promise."""
    return Sheet(
        row, hours.done_together(actor, row) or [row], hours.rooms(actor),
        queries.deliverers(actor), hours.hours_of(actor, row),
        takes_turns(row.org_id, actor.today),
    )  # fmt: skip


@page(Action.PROVISION_ALLOCATE, logs=Logs.CHILD, writes=True, tab="provision",
      who={**GIVERS, "other_teacher": 403})  # fmt: skip
def set_hours(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Say when and where something is given, from a day on."""
    row = queries.allocation(actor, allocation, Action.PROVISION_ALLOCATE)
    shown = sheet(actor, row)
    form = converse(
        request,
        actor,
        shown.form,
        act=lambda given: shown.keep(actor, given),
        then=lambda _rows: reverse("provision:allocation", args=[row.ref]),
        said=_("The times are set. What was before them stays on the record."),
        initial=shown.initial(actor),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer(
        "provision/hours.html", {"form": form, "sheet": shown, "row": row}, opened=shown.pupils
    )


@page(Action.PROVISION_ALLOCATE, logs=Logs.CHILD, writes=True, tab="provision",
      who={**GIVERS, "other_teacher": 403})  # fmt: skip
def end_hours(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """End the times of what is done together; it is promised by the week again."""
    row = queries.allocation(actor, allocation, Action.PROVISION_ALLOCATE)
    back = reverse("provision:allocation", args=[row.ref])
    together = hours.done_together(actor, row) or [row]
    form = converse(
        request,
        actor,
        forms.EndHoursForm,
        act=lambda given: verbs.end_timetable(
            actor=actor, allocations=together, ends=given["ends"]
        ),
        then=lambda _rows: back,
        said=_("The times end on that day. What was promised goes on."),
        initial={"ends": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, row, _("End these times"), _("End the times on this day"), back)
    return Answer("provision/form.html", shown, opened=[one.pupil for one in together])


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def rooms(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the rooms that are used, and add one."""
    form = converse(
        request,
        actor,
        forms.RoomForm,
        act=lambda given: room_verbs.add_room(actor=actor, org=people.place(actor), **given),
        then=lambda _row: reverse("provision:rooms"),
        said=_("The room can be chosen from now on."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("provision/rooms.html", {"form": form, "rooms": hours.rooms(actor)})


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def end_room(request: HttpRequest, actor: Actor, room: uuid.UUID) -> Answer | HttpResponse:
    """Say that a room is used no more."""
    row = hours.room(actor, room)
    if request.method == "POST":
        room_verbs.end_room(actor=actor, room=row)
        return HttpResponseRedirect(reverse("provision:rooms"))
    return Answer("provision/room_end.html", {"room": row})


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def weeks(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say whether weeks take turns, and from when."""
    place = people.place(actor)
    turns = takes_turns(place.pk, actor.today)
    form = converse(
        request,
        actor,
        forms.TurnForm,
        act=lambda given: room_verbs.say_turns(actor=actor, org=place, **given),
        then=lambda _row: reverse("provision:week"),
        said=_("From that Monday on the timetable runs so."),
        initial={"takes_turns": "1"},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {
        "form": form, "heading": _("Weeks A and B"), "main": _("Save how the weeks run"),
        "back": reverse("provision:week"), "crumb": _("The week"),
        "under": _("Now two weeks take turns.") if turns else _("Now every week is the same."),
    }  # fmt: skip
    return Answer("provision/form.html", shown)
