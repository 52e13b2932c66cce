"""What was measured of two provisions: one that is over, with its gains, and one that runs."""

from datetime import date
from decimal import Decimal

from opensenco.ops.demo import cycles, sessions
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import next_school_day, school_day_before
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.pages.provision.effect import YEAR, known_now
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import deciding, giving, library, measuring, reasons, usual
from opensenco.provision.queries.effect import effect_of
from opensenco.support.operations.status import Telling
from opensenco.support.states import Status

#: so many school days ago it was decided about
DECIDED = 12


def make(world: World) -> None:
    """Measure what the data says, each by whoever delivers it."""
    for row in world.rows("effect", "given"):
        _give_and_measure(world, row)
    for row in world.rows("effect", "carried"):
        _measure_what_runs(world, row)
    with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
        for row in world.rows("effect", "reasons"):
            reasons.add_reason(
                actor=actor, org=world.places[SCHOOL], words=row["words"], kind=row["kind"]
            )


def _give_and_measure(world: World, row: Row) -> None:
    starts = next_school_day(world.when.base(row["from"]))
    ends = max(starts, next_school_day(world.when.base(row["to"])))
    desk = world.senco(SCHOOL, starts)
    with world.acting(desk, starts, at=SCHOOL) as actor:
        provision = library.add_from_starter(
            actor=actor, org=world.places[SCHOOL], starter=row["starter"]
        )
        _scale(world, provision, row, starts)
        given = giving.allocate(
            actor=actor,
            pupils=_supported(world, len(row["entries"]), starts),
            provision=provision,
            terms=giving.Terms(
                times_a_week=row["per_week"], minutes=row["minutes"], starts=starts, ends=ends,
                person=world.people[row["person"]],
            ),
            told=Telling(starts, "letter"),
        )  # fmt: skip
    for one in given:
        sessions.log(world, [one], row, cycles.logged_until(world), SCHOOL)
    half = next_school_day(starts + (ends - starts) // 2)
    _aims(world, row, given, starts, ends)
    _points(world, row["person"], given, row["entries"], starts, row["how"])
    if starts < half < ends:
        _points(world, row["person"], given, row["half_way"], half, row["how"])
    if ends > starts:
        _points(world, row["person"], given, row["exits"], ends, row["how"])
    decided = school_day_before(world.today, DECIDED)
    with world.acting(world.senco(SCHOOL, decided), decided, at=SCHOOL) as actor:
        since = decided - YEAR
        deciding.decide(
            actor=actor, provision=provision, verdict=row["verdict"], reason=row["reason"],
            known=known_now(effect_of(actor, provision, since, decided), since, decided),
        )  # fmt: skip


def _aims(world: World, row: Row, given: list[Allocation], starts: date, ends: date) -> None:
    with world.acting(_who(world, row["person"], starts), starts, at=SCHOOL) as actor:
        for one, entry in zip(given, row["entries"], strict=False):
            measuring.set_aim(
                actor=actor, allocation=one, score=Decimal(entry + row["aim_more"]), by=ends
            )


def _measure_what_runs(world: World, row: Row) -> None:
    provision = Provision.objects.get(org=world.places[SCHOOL], name=row["name"])
    given = list(
        Allocation.objects.filter(
            provision=provision, starts__lt=world.today, ends__gte=world.today
        )
        .select_related("pupil__org", "provision", "person")
        .order_by("starts", "id")[: len(row["entries"])]
    )
    if not given:
        return
    _scale(world, provision, row, min(one.starts for one in given))
    today = school_day_before(world.today, 1)
    for one, entry, now in zip(given, row["entries"], row["now"], strict=False):
        who = row.get("person") or world.senco(SCHOOL, one.starts)
        _points(world, who, [one], [entry], one.starts, row["how"])
        with world.acting(who, one.starts, at=SCHOOL) as actor:
            measuring.set_aim(
                actor=actor, allocation=one, score=Decimal(row["aim"]), by=one.ends or today
            )
        if today > one.starts:
            _points(world, who, [one], [now], today, row["how"])


def _scale(world: World, provision: Provision, row: Row, day: date) -> None:
    with world.acting(world.senco(SCHOOL, day), day, at=SCHOOL) as actor:
        measuring.set_scale(
            actor=actor, provision=provision, name=row["measure"], lowest=Decimal(row["lowest"]),
            highest=Decimal(row["highest"]),
        )  # fmt: skip
        if training := row.get("training"):
            library.change_provision(actor=actor, provision=provision, training=training)
        if said := row.get("usual"):
            usual.set_usual(
                actor=actor, provision=provision, kind=said["kind"], source=said["source"],
                gain=Decimal(said["gain"]) if "gain" in said else None,
                error=Decimal(said["error"]) if "error" in said else None,
            )  # fmt: skip


def _points(
    world: World, who: str, given: list[Allocation], scores: list[int], day: date, how: str
) -> None:
    with world.acting(_who(world, who, day), day, at=SCHOOL) as actor:
        for one, score in zip(given, scores, strict=False):
            measuring.record_point(
                actor=actor, allocation=one, score=Decimal(score), on=day, source=how
            )


def _who(world: World, person: str, day: date) -> str:
    """Give who measures: who delivers it, the SENCO where they were not there that day."""
    return person if world.works(person, SCHOOL, day) else world.senco(SCHOOL, day)


def _supported(world: World, number: int, day: date) -> list[Pupil]:
    """Give children of the school on SEN support who were there then, by the register."""
    found = [
        world.pupils[child]
        for child, row in world.told.items()
        if row["setting"] == SCHOOL and row["sen"] == Status.SEN_SUPPORT
        and "story" not in row and world.entered(row) <= day
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.sort_key, one.pk))[:number]
