"""What an hour costs, entered by the head, how is counted, and the top-up that comes in."""

from opensenco.costing.operations import beside
from opensenco.costing.operations.budgets import set_budget
from opensenco.costing.operations.rates import set_convention, set_rate
from opensenco.costing.operations.top_up import record_top_up
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.provision.models import Provision
from opensenco.provision.operations import giving

#: rates were entered so long ago that they hold in all of the year
SINCE = -400
#: a top-up is of the year round today
BACK, AHEAD = -120, 240


def make(world: World) -> None:
    """Enter the rates and the convention in the head's name, and the top-up in the SENCO's."""
    on = world.when.base(SINCE)
    with world.acting(world.desk(SCHOOL).head, on, "HEAD", at=SCHOOL) as actor:
        for row in world.rows("costing", "convention"):
            given = {name: value for name, value in row.items() if name != "at"}
            set_convention(actor=actor, org=world.school, first=on, **given)
        for row in world.rows("costing", "rate"):
            given = {**row, "who": world.people[row["who"]] if "who" in row else None}
            set_rate(actor=actor, org=world.school, first=on, **given)
    for row in world.rows("costing", "given"):
        _given(world, row)
    today = world.today
    for row in world.rows("costing", "item"):
        with world.acting(world.senco(SCHOOL, today), today, at=SCHOOL) as actor:
            bought = world.when.base(row["at"])
            given = {name: row[name] for name in ("kind", "what", "pence", "years")}
            beside.add_item(actor=actor, provision=_called(world, row), first=bought, **given)
    for row in world.rows("costing", "bearing"):
        with world.acting(world.senco(SCHOOL, today), today, at=SCHOOL) as actor:
            beside.set_bearing(
                actor=actor, provision=_called(world, row), bears=row["bears"], first=on,
                because=row["because"],
            )  # fmt: skip
    for row in world.rows("costing", "budget"):
        with world.acting(world.senco(SCHOOL, today), today, at=SCHOOL) as actor:
            set_budget(actor=actor, org=world.school, **row)
    for row in world.rows("costing", "top_up"):
        with world.acting(world.senco(SCHOOL, today), today, at=SCHOOL) as actor:
            record_top_up(
                actor=actor, pupil=world.pupils[row["pupil"]], pence=row["pence"],
                first=world.when.base(BACK), last=world.when.base(AHEAD), source=row["source"],
            )  # fmt: skip


def _called(world: World, row: Row) -> Provision:
    return Provision.objects.get(org=world.school, name=row["name"])


def _given(world: World, row: Row) -> None:
    """Give a pupil something of the library that is dear enough to be over the threshold."""
    on = world.when.base(row["at"])
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        terms = giving.Terms(
            times_a_week=row["times_a_week"], minutes=row["minutes"], starts=on,
            ends=world.when.base(row["until"]), person=world.people[row["person"]],
        )  # fmt: skip
        giving.allocate(
            actor=actor, pupils=[world.pupils[row["pupil"]]], provision=_called(world, row),
            terms=terms, outcome=None,
        )  # fmt: skip
