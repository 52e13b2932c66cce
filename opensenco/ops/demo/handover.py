"""Hand-overs: one that was taken over, and one that waits to be."""

from datetime import date, timedelta

from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.handover.operations import handing
from opensenco.handover.queries import choices, in_class
from opensenco.law.calendar.years import AcademicYear
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.operations import part_moves


def make(world: World) -> None:
    """Put each together, write its notes, give it, and let it be taken over where the data does."""
    for row in world.rows("handover", "hand_over"):
        _hand_over(world, row)
    for row in world.rows("handover", "move"):
        _plan_move(world, row)


def _plan_move(world: World, row: Row) -> None:
    """Plan a move to another part; in the last weeks of a year the turn of it says such things."""
    on = world.today + timedelta(days=row["in"])
    if on <= AcademicYear.of(world.today).last:
        with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
            part_moves.plan_move(
                actor=actor, pupil=world.pupils[row["pupil"]], part=world.places[row["part"]],
                on=on, version=None,
            )  # fmt: skip


def _hand_over(world: World, row: Row) -> None:
    on = world.when.snapped(row["at"], "message")
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        group = str(world.groups[row["class"]].ref)
        pupils = in_class(choices(actor, world.school), group, on)
        if not pupils:
            return
        made = handing.put_together(
            actor=actor, pupils=pupils, kind=row["kind"], giver=world.people[row["giver"]],
            taker=world.people[row["taker"]], words=row["words"],
        )  # fmt: skip
        for one in row["note"]:
            _note(world, made, one, on)
        handing.give(actor=actor, hand_over=made, version=None)
    if "taken" in row:
        with world.acting(row["taker"], on, at=SCHOOL) as actor:
            taken = HandOver.objects.select_related("org", "giver", "taker", "made_by").get(
                pk=made.pk
            )
            handing.take_over(actor=actor, hand_over=taken, words=row["taken"])


def _note(world: World, made: HandOver, one: Row, on: date) -> None:
    parts = HandOverPupil.objects.select_related("hand_over", "pupil")
    part = parts.filter(hand_over=made, pupil=world.pupils[one["pupil"]]).first()
    if part is not None:
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            handing.write_note(
                actor=actor, part=part, note=one["words"], leave_out=False, version=None
            )
