"""Cycles of assess, plan, do, review: opened, agreed, given, delivered, reviewed, carried on."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.ops.demo import sessions, terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import Scene, next_school_day, school_day_after
from opensenco.ops.demo.world import World
from opensenco.provision.models import Provision
from opensenco.provision.operations import giving, library
from opensenco.provision.states import Layer
from opensenco.support.operations import cycles, plans, reviews
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.operations.reviews import Result
from opensenco.support.states import After, Score, Stage

Do = Callable[[Scene, date], None]
LAYERS = {
    "Targeted": Layer.TARGETED,
    "Targeted Plus": Layer.TARGETED,
    "Specialist": Layer.SPECIALIST,
}
FOUND = {
    "met": (Score.MET, After.MET),
    "partly met": (Score.SOME, After.CHANGE),
    "not met": (Score.NOT_YET, After.CARRY),
}
DAYS_TO_AGREE = 3


def steps(scene: Scene, story: Row) -> Iterator[tuple[date, Do]]:
    """Give the steps of the cycles that this school held, in order."""
    here = [row for row in story["cycle"] if _is_here(scene, row)]
    before = scene.entered
    for number, row in enumerate(here):
        opened = max(before, _day(scene, row["opened"]))
        agreed = school_day_after(opened, DAYS_TO_AGREE)
        before = agreed
        yield opened, partial(_open, row=row)
        yield agreed, partial(_agree, row=row)
        if "reviewed" in row:
            before = max(agreed, _day(scene, row["reviewed"]))
            yield before, partial(_review, row=row)
        if "closed" in row and number == len(here) - 1 and not _goes_on(row):
            yield before, partial(_close, row=row)


def _is_here(scene: Scene, row: Row) -> bool:
    people = {one["person"] for one in row["provision"]}
    here = row.get("setting", scene.at) == scene.at
    staff = all(scene.world.works(one, scene.at) for one in people)
    return here and staff and _day(scene, row["opened"]) >= scene.entered


def _goes_on(row: Row) -> bool:
    """Say whether a last cycle ends only to be carried on, which still waits."""
    return "Leave" not in row["next"]


def _day(scene: Scene, at: int | str) -> date:
    return scene.world.when.snapped(at, "cycle", scene.born)


def _open(scene: Scene, day: date, *, row: Row) -> None:
    with scene.co_ordinating(day) as actor:
        if scene.cycle is not None and scene.cycle.stage == Stage.REVIEWED:
            scene.cycle = reviews.start_next_cycle(actor=actor, cycle=scene.cycle)
            return
        scene.cycle = cycles.open_cycle(
            actor=actor,
            pupil=scene.pupil,
            found=scene.status.reason if scene.status else "",
            from_concern=scene.concern.ref if scene.concern else None,
        )


def _agree(scene: Scene, day: date, *, row: Row) -> None:
    review_on = max(next_school_day(_planned(scene, row)), day)
    carried = list(plans.standing_outcomes(scene.running))
    words = []
    for number, one in enumerate(row["outcomes"]):
        words.append(
            OutcomeWords(
                text=one["text"],
                baseline=one["baseline"],
                aim=one["target"],
                measure=one["measure"],
                by=review_on,
                ref=carried[number].ref if number < len(carried) else None,
            )
        )
    words += [
        OutcomeWords(text=gone.text, ref=gone.ref, drop=True) for gone in carried[len(words) :]
    ]
    with scene.co_ordinating(day) as actor:
        plans.agree_plan(
            actor=actor,
            cycle=scene.running,
            review_on=review_on,
            agreed_with=scene.family(),
            words=PlanWords(review_on=review_on, outcomes=words),
        )
        for number, one in enumerate(row["provision"]):
            _give(scene, actor, one, number)


def _planned(scene: Scene, row: Row) -> date:
    """Give the day agreed for the review: one to come is moved on to a school day, not back."""
    base = scene.world.when.base(row["planned_review"], scene.born)
    return base if base > scene.world.today else _day(scene, row["planned_review"])


def _give(scene: Scene, actor: Actor, row: Row, number: int) -> None:
    when = scene.world.when
    outcomes = list(plans.standing_outcomes(scene.running))
    starts = next_school_day(when.base(row["from"], scene.born))
    ends = max(starts, when.base(row["to"], scene.born))
    (allocation,) = giving.allocate(
        actor=actor,
        pupils=[scene.pupil],
        provision=in_library(actor, scene, row["name"], LAYERS[row["layer"]]),
        terms=giving.Terms(
            times_a_week=row["per_week"],
            minutes=row["minutes"],
            starts=starts,
            ends=ends,
            person=who_delivers(scene.world, row["person"], scene.at, day=starts),
        ),
        outcome=outcomes[min(number, len(outcomes) - 1)],
    )
    scene.given.append((allocation, row))


def in_library(actor: Actor, scene: Scene, name: str, layer: int) -> Provision:
    """Give something of the school's library, added where it is given for the first time."""
    have = Provision.objects.filter(org=scene.org, name=name).first()
    return have or library.add_provision(actor=actor, org=scene.org, name=name, layer=layer)


def who_delivers(world: World, who: str, at: str, day: date) -> Person | None:
    """Give who delivers something, where they work in the setting on a day."""
    return world.people[who] if world.works(who, at, day) else None


def _review(scene: Scene, day: date, *, row: Row) -> None:
    standing = list(plans.standing_outcomes(scene.running))
    results = []
    for number, (outcome, one) in enumerate(zip(standing, row["outcomes"], strict=True)):
        score, after = FOUND[one["result"]]
        # the voices are about the whole plan, so they are written once
        voices = (
            {f"{who}_said": row[f"{who}_voice"] for who in ("pupil", "parent", "teacher")}
            if number == 0
            else {}
        )
        results.append(
            Result(outcome=outcome.ref, score=score, after=after, latest=one["actual"], **voices)
        )
    with scene.co_ordinating(day) as actor:
        reviews.review_cycle(
            actor=actor, cycle=scene.running, results=results, next_step=row["next"]
        )


def _close(scene: Scene, day: date, *, row: Row) -> None:
    with scene.co_ordinating(day) as actor:
        cycles.close_cycle(actor=actor, cycle=scene.running, reason=row["next"])


def log_sessions(scene: Scene) -> None:
    """Log the sessions of everything given."""
    for allocation, row in scene.given:
        sessions.log(scene.world, [allocation], row, logged_until(scene.world), scene.at)


def logged_until(world: World) -> date:
    """Give the last day that everybody has logged: the last school day waits to be done."""
    before = world.today - terms.ONE
    while not terms.is_school_day(before):
        before -= terms.ONE
    return before - terms.ONE
