"""Meetings with families: one that was held, recorded and given out, and one that is coming."""

from datetime import date, time, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.meetings import when
from opensenco.meetings.models import Meeting, MeetingAction
from opensenco.meetings.operations import changing, holding
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_meeting
from opensenco.meetings.queries import candidates, members_of
from opensenco.meetings.starter import kind_of
from opensenco.meetings.states import Way
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import World

PLANNED_BEFORE = 21


def make(world: World) -> None:
    """Make them all."""
    for row in world.rows("meetings", "meeting"):
        _plan(world, row)


def _plan(world: World, row: Row) -> None:
    if "ahead" in row:
        day, planned = school_day_after(world.today, row["ahead"]), world.today
    else:
        day = world.when.snapped(row["at"], "concern")
        planned = world.when.snapped(row["at"] - PLANNED_BEFORE, "concern")
    other = [school_day_after(world.today, days) for days in row.get("or_ahead", ())]
    with world.acting(row["by"], planned, at=_at(world, row)) as actor:
        kind = kind_of(row["kind"])
        wanted = Wanted(
            kind=row["kind"],
            where=Where(kind.minutes if kind else 40, row["place"]),
            days=[when.at(one, time.fromisoformat(row["hour"])) for one in (day, *other)],
            purpose=row.get("purpose", ""),
            invited=_invited(world, actor, row),
        )
        meeting = plan_meeting(actor=actor, pupil=world.pupils[row["pupil"]], wanted=wanted)
    if day < world.today:
        _hold(world, meeting, row, day)
    elif "moved" in row or "cancelled" in row:
        _change(world, meeting, row)


def _at(world: World, row: Row) -> str:
    setting: str = world.told[row["pupil"]]["setting"]
    return setting


def _invited(world: World, actor: Actor, row: Row) -> list[Invited]:
    near = candidates(actor, world.pupils[row["pupil"]]).near
    family = [world.contacts[key] for key in row["family"]]
    return [
        *(Invited(person=one.person, part=one.role) for one in near),
        *(Invited(contact=one, part=one.relation) for one in family),
        Invited(is_pupil=True, part="Pupil"),
        *(Invited(name=name, part=part, place=place) for name, part, place in row["guests"]),
    ]


def _change(world: World, meeting: Meeting, row: Row) -> None:
    """Move a meeting that is to come, or call it off."""
    with world.acting(row["by"], world.today, at=_at(world, row)) as actor:
        if "cancelled" in row:
            why = row["cancelled"]["reason"]
            changing.cancel_meeting(actor=actor, meeting=meeting, version=None, reason=why)
            return
        moved = row["moved"]
        day = school_day_after(world.today, row["ahead"] + moved["days"])
        changing.move_meeting(
            actor=actor, meeting=meeting, version=None, reason=moved["reason"],
            starts=when.at(day, time.fromisoformat(row["hour"])),
            where=Where(meeting.minutes, row["place"]),
        )  # fmt: skip


def _hold(world: World, meeting: Meeting, row: Row, day: date) -> None:
    names = ("pupil_said", "parents_said", "notes", "agreed")
    said: Any = {name: row[name] for name in names}
    with world.acting(row["by"], day, at=_at(world, row)) as actor:
        members = members_of(meeting)
        came = [one.ref for one in members if one.person or one.name in row["came"]]
        by_name = {one.name: one for one in members}
        staff = next(one for one in members if one.person and one.person != actor.person)
        promises = [
            holding.Promise(
                what, (staff if who == "staff" else by_name[who]).ref, day + timedelta(days=days)
            )
            for what, who, days in row["promises"]
        ]
        holding.write_record(
            actor=actor, meeting=meeting, version=None, words=holding.Words(**said), came=came,
            promises=promises,
        )  # fmt: skip
        if "unwritten" in row:
            return
        holding.close_record(actor=actor, meeting=meeting, version=None)
    after = school_day_after(day, 2)
    if after > world.today:
        return
    with world.acting(row["by"], after, at=_at(world, row)) as actor:
        given = [one.ref for one in members_of(meeting) if one.name in row["given"]]
        holding.give_record(
            actor=actor, meeting=meeting, members=given, way=Way.HAND, on=actor.today
        )
        first = MeetingAction.objects.filter(meeting=meeting).earliest("id")
        holding.settle_action(
            actor=actor, action=first, version=None, done=True, result="Every Friday since."
        )
