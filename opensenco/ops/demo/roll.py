"""The pupils whom no story follows: their status and needs, and for some a cycle that runs."""

from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.ops.demo import cycles, happenings, sessions
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import Scene, next_school_day, school_day_after
from opensenco.ops.demo.world import World
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving
from opensenco.support.operations import cycles as verbs
from opensenco.support.operations import plans, status
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.operations.status import Telling
from opensenco.support.states import Ground, Status

#: what is said of a drawn pupil, of whom nothing else is known
REASON = "Needs more than class teaching gives, seen over two terms."
#: a drawn pupil's status began as many days ago
SINCE = -250


def make(world: World) -> None:
    """Set statuses, and open the plans of the data."""
    described = {row["pupil"]: row for row in world.rows("plans", "plan")}
    for child, row in world.told.items():
        led = "head" in world.desk(row["setting"]).row
        if led and "story" not in row and "drawn" not in row and row["sen"] != Status.NO_SEN:
            scene = Scene(world, child, world.entered(row))
            _follow(scene, row, described.get(child, {}))
    for row in world.rows("plans", "together"):
        _give_together(world, row)


def _follow(scene: Scene, row: Row, plan: Row) -> None:
    since = scene.world.when.snapped(
        plan.get("status_since") or row.get("plan_since", SINCE), "status"
    )
    if since < scene.entered:
        told = "" if row["sen"] == Status.EHC_PLAN else "letter"
        reason = plan.get("reason", REASON)
        happenings.came_with(scene, row["sen"], since, reason, told=told)
    else:
        _set_status(scene, row, plan, since)
    happenings.rank(scene, max(since, scene.entered), [need["code"] for need in row["needs"]])
    if "opened" in plan:
        _plan(scene, plan)
        cycles.log_sessions(scene)


def _set_status(scene: Scene, row: Row, plan: Row, since: date) -> None:
    with scene.co_ordinating(since) as actor:
        scene.status = status.set_status(
            actor=actor,
            pupil=scene.pupil,
            code=row["sen"],
            starts=since,
            reason=plan.get("reason", REASON),
            grounds=[Ground.PROGRESS] if row["sen"] == Status.SEN_SUPPORT else [],
        )
    if row["sen"] == Status.SEN_SUPPORT and ("told" in plan or not plan):
        telling = plan.get("told", {"after": 0, "how": "letter"})
        day = min(since + timedelta(days=telling["after"]), scene.world.today)
        with scene.co_ordinating(day) as actor:
            status.tell_parents(actor=actor, status=scene.status, told=Telling(day, telling["how"]))


def _plan(scene: Scene, plan: Row) -> None:
    when = scene.world.when
    opened = max(scene.entered, when.snapped(plan["opened"], "cycle"))
    with scene.co_ordinating(opened) as actor:
        scene.cycle = verbs.open_cycle(actor=actor, pupil=scene.pupil, found=plan["reason"])
    agreed = min(school_day_after(opened, cycles.DAYS_TO_AGREE), scene.world.today)
    review_on = max(next_school_day(when.base(plan["review_on"])), agreed)
    outcome = OutcomeWords(**plan["outcome"], by=review_on)
    with scene.co_ordinating(agreed) as actor:
        plans.agree_plan(
            actor=actor,
            cycle=scene.running,
            review_on=review_on,
            agreed_with=scene.family(),
            words=PlanWords(review_on=review_on, outcomes=[outcome]),
        )
        if "provision" in plan:
            (given,) = _give(scene, actor, plan["provision"], [scene.pupil])
            scene.given.append((given, plan["provision"]))


def _give(scene: Scene, actor: Actor, row: Row, pupils: list[Pupil]) -> list[Allocation]:
    when = scene.world.when
    starts = next_school_day(when.base(row["from"]))
    return giving.allocate(
        actor=actor,
        pupils=pupils,
        provision=cycles.in_library(actor, scene, row["name"], row["layer"]),
        terms=giving.Terms(
            times_a_week=row["per_week"],
            minutes=row["minutes"],
            starts=starts,
            ends=max(starts, when.base(row["to"])),
            person=cycles.who_delivers(scene.world, row["person"], scene.at, day=starts),
            group=scene.world.groups.get(row.get("group", "")),
        ),
    )


def _give_together(world: World, row: Row) -> None:
    child = row["pupils"][0]
    scene = Scene(world, child, world.entered(world.told[child]))
    day = world.when.snapped(row["from"], "provision")
    with scene.co_ordinating(day) as actor:
        given = _give(scene, actor, row, [world.pupils[child] for child in row["pupils"]])
    sessions.log(world, given, row, cycles.logged_until(world), scene.at)
