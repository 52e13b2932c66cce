"""On which weekdays people are where, and how colleagues reach them: also of a shared SENCO."""

from datetime import time

from opensenco.access.models import Membership
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import World
from opensenco.people.policy import on_day
from opensenco.staffing.operations.onsite import At, say_days


def make(world: World) -> None:
    """Let each say it in their own name."""
    for row in world.rows("staffing", "on_site"):
        on = world.when.snapped(row["at"], "message")
        with world.acting(row["who"], on, at=row["setting"]) as actor:
            held = Membership.objects.filter(
                on_day(on), person=actor.person, org__in=actor.hat.orgs, withdrawn=False
            ).select_related("person", "org")
            roles = {one.org_id: one for one in held.order_by("-id")}
            say_days(
                actor=actor, roles=list(roles.values()), weekdays=row["weekdays"], first=on,
                stretches=[_at(world, one) for one in row["stretches"]],
            )  # fmt: skip


def _at(world: World, one: Row) -> At:
    return At(
        world.places[one["place"]], _clock(one.get("from")), _clock(one.get("until")),
        one.get("reach", ""),
    )  # fmt: skip


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
