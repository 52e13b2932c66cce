"""The children's stories, told again by the operations that the people in them would use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from opensenco.ops.demo import cycles, files, happenings, packs
from opensenco.ops.demo.files import Row, table
from opensenco.ops.demo.scene import Scene
from opensenco.ops.demo.world import World
from opensenco.ops.demo_size import Size


@dataclass(frozen=True)
class Step:
    """One thing that happens in a story on a day."""

    on: date
    do: Callable[[Scene, date], None]


def names(size: Size = Size.VILLAGE) -> list[str]:
    """Give the files of the stories of a size of the world."""
    folders = ["stories", "county/stories"] if size is Size.COUNTY else ["stories"]
    return [name for folder in folders for name in files.stories(folder)]


def make(world: World) -> None:
    """Tell every story, one child after the other, each in order of time."""
    for name in names(world.size):
        story = table(name)
        row = world.told[story["pupil"]]
        scene = Scene(world, story["pupil"], world.entered(row))
        happenings.begin(scene, story)
        for step in sorted(steps(scene, story), key=lambda one: one.on):
            step.do(scene, step.on)
        cycles.log_sessions(scene)


def steps(scene: Scene, story: Row) -> Iterator[Step]:
    """Give what happens in a story by today; what was before the school's record is left out."""
    told = (_events(scene, story), cycles.steps(scene, story), _profile(scene, story))
    for on, do in chain(*told, packs.steps(scene)):
        if scene.entered <= on <= scene.world.today:
            yield Step(on, do)


def _events(scene: Scene, story: Row) -> Iterator[tuple[date, Callable[[Scene, date], None]]]:
    before = date.min
    for event in story["event"]:
        on = max(before, scene.world.when.snapped(event["at"], event["kind"], scene.born))
        before = on
        known = happenings.KNOWN.get(event["kind"])
        if known is None or event.get("planned"):
            continue
        yield from known(scene, event, on)


def _profile(scene: Scene, story: Row) -> Iterator[tuple[date, Callable[[Scene, date], None]]]:
    words = story["profile"]
    on = scene.world.when.snapped(words["as_of"], "profile", scene.born)
    yield on, lambda where, day: happenings.write_profile(where, day, words)
