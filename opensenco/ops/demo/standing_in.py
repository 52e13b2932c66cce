"""A colleague stands in for a SENCO who is away for some days."""

from datetime import timedelta

from opensenco.access.models import Membership
from opensenco.cases.operations.covering import arrange_cover
from opensenco.ops.demo.world import World


def make(world: World) -> None:
    """Arrange it, a week ahead of its last day."""
    for row in world.rows("staffing", "stands_in"):
        on = world.when.snapped(row["at"], "message")
        with world.acting(row["by"], on, at=row["setting"]) as actor:
            org = world.places[row["setting"]]
            away = Membership.objects.select_related("person", "part", "org").filter(
                org=org, person=world.people[row["away"]], role__startswith="SENCO"
            )[0]
            arrange_cover(
                actor=actor, org=org, away=away, person=world.people[row["person"]],
                starts=actor.today, ends=actor.today + timedelta(days=row["days"]),
            )  # fmt: skip
