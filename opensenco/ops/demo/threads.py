"""What the adults round a pupil tell each other; the last of it waits to be read."""

from opensenco.access.actions import Action
from opensenco.access.registry import may
from opensenco.ops.demo.files import rows
from opensenco.ops.demo.world import World
from opensenco.threads.models import Message
from opensenco.threads.operations.writing import read_messages, write_message


def make(world: World) -> None:
    """Write each message, and let others read it in their turn."""
    for row in rows("threads", "message"):
        on = world.when.snapped(row["at"], "message")
        pupil = world.pupils[row["pupil"]]
        with world.acting(row["by"], on) as actor:
            # early in September that day lies in the year before, when others taught them
            if not may(actor, Action.THREAD_JOIN, pupil):
                continue
            said = write_message(actor=actor, pupil=pupil, words=row["words"])
        for reader in row["read"]:
            with world.acting(reader, on) as actor:
                if may(actor, Action.THREAD_JOIN, pupil):
                    read_messages(actor=actor, messages=[Message.objects.get(pk=said.pk)])
