"""A guide in the school's own words, a departure from guidance, and what was taught."""

from opensenco.cases.operations.guiding import do_otherwise, word_guide
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.threads.operations.advising import record_advice, record_general_advice

#: the guide was worded this long ago
WORDED = -90


def make(world: World) -> None:
    """Word the guide, say why guidance was not followed, and write down what was taught."""
    for row in world.rows("guides", "guide"):
        on = world.when.snapped(WORDED, "message")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            word_guide(actor=actor, org=world.school, step=row["step"], words=row["words"])
    for row in world.rows("guides", "otherwise"):
        on = world.when.snapped(row["at"], "message")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            do_otherwise(
                actor=actor, pupil=world.pupils[row["pupil"]], rule=row["rule"], words=row["words"]
            )
    for row in world.rows("guides", "taught"):
        _taught(world, row)


def _taught(world: World, row: Row) -> None:
    on = world.when.snapped(row["at"], "message")
    given = {name: row[name] for name in ("kind", "who", "to_whom", "words", "came_of")} | {
        "on": on
    }
    # about a pupil it is the SENCO who writes it down: early in September others taught them
    by = world.senco(SCHOOL, on) if "pupil" in row else row["by"]
    with world.acting(by, on, at=SCHOOL) as actor:
        if "pupil" in row:
            record_advice(actor=actor, pupil=world.pupils[row["pupil"]], given=given)
        else:
            record_general_advice(actor=actor, org=world.school, given=given)
