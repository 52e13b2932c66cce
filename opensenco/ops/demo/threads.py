"""What the adults round a pupil tell each other; the last of it waits to be read."""

from opensenco.access.actions import Action
from opensenco.access.registry import may
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import World
from opensenco.people.models import Group
from opensenco.support.starter import strategies
from opensenco.threads.models import Message
from opensenco.threads.operations.asking import (
    answer_question,
    ask_about_pupil,
    ask_in_general,
)
from opensenco.threads.operations.learning import note_learning
from opensenco.threads.operations.noting import note_of_class, note_of_pupil
from opensenco.threads.operations.writing import AHEAD, read_messages, write_message


def make(world: World) -> None:
    """Write each message, and let others read it in their turn; ask whoever co-ordinates."""
    for row in world.rows("threads", "question"):
        _ask(world, row)
    for row in world.rows("threads", "learned"):
        on = world.when.snapped(row["at"], "message")
        with world.acting(row["by"], on) as actor:
            given = {**row, "on": on, "used": row.get("used", "")}
            note_learning(actor=actor, org=world.school, given=given)
    for row in world.rows("threads", "note"):
        _note(world, row)
    for row in world.rows("threads", "message"):
        on = world.when.snapped(row["at"], "message")
        pupil = world.pupils[row["pupil"]]
        with world.acting(row["by"], on) as actor:
            # early in September that day lies in the year before, when others taught them
            if not may(actor, Action.THREAD_JOIN, pupil):
                continue
            # what is handed over for the day of the demo, unless a holiday lies between
            near = row.get("for_today") and world.today <= on + AHEAD
            said = write_message(
                actor=actor, pupil=pupil, words=row["words"], for_day=world.today if near else None
            )
        for reader in row["read"]:
            with world.acting(reader, on) as actor:
                if may(actor, Action.THREAD_JOIN, pupil):
                    read_messages(actor=actor, messages=[Message.objects.get(pk=said.pk)])


def _note(world: World, row: Row) -> None:
    """Let a teacher note something of their class, and pass some of it on."""
    on = world.when.snapped(row["at"], "message")
    with world.acting(row["by"], on) as actor:
        group = Group.objects.get(name=row["group"], org=world.school)
        given = {"group": group, "words": row["words"], "on": on, "passed": row.get("passed", "")}
        if "pupil" not in row:
            note_of_class(actor=actor, **given)
        elif may(actor, Action.THREAD_JOIN, world.pupils[row["pupil"]]):
            note_of_pupil(actor=actor, pupil=world.pupils[row["pupil"]], **given)


def _ask(world: World, row: Row) -> None:
    """Let somebody ask about a pupil or in general, and answer where the data does."""
    on = world.when.snapped(row["at"], "message")
    at = next(role["at"] for role in world.roles(row["by"]))
    with world.acting(row["by"], on, at=at) as actor:
        if "pupil" in row:
            question = ask_about_pupil(
                actor=actor, pupil=world.pupils[row["pupil"]], words=row["words"]
            )
        else:
            question = ask_in_general(actor=actor, org=world.places[at], words=row["words"])
    if "answer" in row:
        day = school_day_after(on, row["answered"])
        with world.acting(world.senco(at, day), day, at=at) as actor:
            answer_question(
                actor=actor, question=question, version=None, answer=row["answer"],
                shared=row.get("shared", False),
                strategies=[strategies().entries[key].text for key in row.get("strategies", [])],
            )  # fmt: skip
