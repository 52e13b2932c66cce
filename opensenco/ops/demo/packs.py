"""What the stories send to other organisations: prepared, sent, opened there, answered, read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.registry import may
from opensenco.network.models import Pack, Prepared
from opensenco.network.operations import gathering, preparing, receiving, sending
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import Scene
from opensenco.ops.demo.world import World

Do = Callable[[Scene, date], None]
#: packs go on days on which offices work
KIND = "transfer.pack_sent"


@dataclass
class Sent:
    """One pack on its way."""

    row: Row
    prepared: Prepared | None = None
    pack: Pack | None = None
    opened: bool = False

    def leave(self, scene: Scene, day: date) -> None:
        """Prepare it and let it go."""
        world = scene.world
        wanted: dict[str, Any] = {
            "pupil": scene.pupil,
            "to": world.places[self.row["to"]],
            "purpose": self.row["purpose"],
            "until": world.today + timedelta(days=self.row["until"]),
            "words": self.row["words"],
        }
        if "gathered_by" in self.row:
            with world.acting(self.row["gathered_by"], day) as actor:
                self.prepared = gathering.put_together(actor=actor, **wanted)
        else:
            with scene.co_ordinating(day) as actor:
                self.prepared = preparing.prepare_pack(actor=actor, **wanted)
        if not self.row.get("sent", True):
            return
        with scene.co_ordinating(day) as actor:
            self.pack = sending.send_pack(actor=actor, prepared=self.prepared, version=None)

    def open(self, scene: Scene, day: date) -> None:
        """Let somebody there read it, where it has not run out.

        The database asks its own clock for that, and a demonstration can stand on a day long ago.
        """
        if self.pack is not None:
            with scene.world.acting(self.row["opened"]["by"], day, at=self.row["to"]) as actor:
                self.opened = may(actor, Action.PACK_OPEN, self.pack)
                if self.opened:
                    receiving.open_pack(actor=actor, pack=self.pack)

    def answer(self, scene: Scene, day: date) -> None:
        """Let somebody there answer."""
        told = self.row["answered"]
        if self.pack is not None and self.opened:
            with scene.world.acting(told["by"], day, at=self.row["to"]) as actor:
                receiving.answer_pack(
                    actor=actor, pack=self.pack, kind=told["kind"], words=told["words"]
                )

    def withdraw(self, scene: Scene, day: date) -> None:
        """Take it back, with a reason."""
        if self.prepared is not None:
            with scene.co_ordinating(day) as actor:
                sending.withdraw_pack(
                    actor=actor, prepared=self.prepared, version=None,
                    reason=self.row["withdrawn"]["reason"],
                )  # fmt: skip

    def drop(self, scene: Scene, day: date) -> None:
        """Give up what was prepared."""
        if self.prepared is not None:
            with scene.co_ordinating(day) as actor:
                preparing.drop_pack(actor=actor, prepared=self.prepared, version=None)

    def read(self, scene: Scene, day: date) -> None:
        """Let the answer be read here."""
        if self.prepared is not None and self.opened:
            with scene.co_ordinating(day) as actor:
                sending.read_replies(actor=actor, prepared=self.prepared)


def steps(scene: Scene) -> Iterator[tuple[date, Do]]:
    """Give what a child's story sends, and what comes of it, in order."""
    for row in scene.world.rows("packs", "pack"):
        if row["pupil"] != scene.child:
            continue
        sent = Sent(row)
        yield _day(scene, row["at"]), sent.leave
        if "opened" in row:
            yield _day(scene, row["opened"]["at"]), sent.open
        if "answered" in row:
            yield _day(scene, row["answered"]["at"]), sent.answer
        if "read" in row:
            yield _day(scene, row["read"]), sent.read
        if "dropped" in row:
            yield _day(scene, row["dropped"]), sent.drop
        if "withdrawn" in row:
            yield _day(scene, row["withdrawn"]["at"]), sent.withdraw


def make(world: World) -> None:
    """Send what belongs to children of whom no story tells."""
    for row in world.rows("packs", "pack"):
        told = world.told[row["pupil"]]
        if "story" not in told:
            scene = Scene(world, row["pupil"], world.entered(told))
            for day, do in steps(scene):
                do(scene, day)


def _day(scene: Scene, at: int) -> date:
    return scene.world.when.snapped(at, KIND)
