"""Support for everybody whom no story follows: status, plans at each stage, groups, sessions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.ops.demo import county_sessions, terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.scene import next_school_day, school_day_after, school_day_before
from opensenco.ops.demo.world import Desk, World
from opensenco.people.models import Pupil
from opensenco.people.operations import groups
from opensenco.people.states import GroupKind, StaffPart
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving, library
from opensenco.support.models import Cycle, Outcome
from opensenco.support.operations import cycles, plans, reviews
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.operations.reviews import Result
from opensenco.support.operations.taking_over import Known, take_over
from opensenco.support.states import After, Score, Status

#: what the groups of a setting are called, in turn
BIRDS = (
    "Heron", "Curlew", "Lapwing", "Plover", "Osprey", "Swift", "Teal", "Dunlin", "Kestrel",
    "Swallow", "Bittern", "Avocet", "Sandpiper", "Goldfinch", "Kingfisher", "Barn owl",
)  # fmt: skip
#: what becomes of every eighth child's plan in turn; "": there is none yet
STAGES = ("do", "review late", "do", "assess", "do", "reviewed", "draft", "")
IN_GROUP = 6
#: school days of a term after which its groups have met often enough to be looked at
SETTLED = 12


@dataclass
class Child:
    """One of the drawn pupils with a status: what the files say, and their plan so far."""

    row: Row
    pupil: Pupil
    need: Row
    turn: int
    cycle: Cycle | None = None
    outcome: Outcome | None = None

    def word(self, name: str) -> str:
        """Give the child's own of several words."""
        several: list[str] = self.need[name]
        return several[self.turn % len(several)]


def make(world: World) -> None:
    """Support them all, setting after setting."""
    if not world.whole:
        return
    for desk in world.desks():
        children = _children(world, desk) if "head" in desk.row else []
        if children:
            _take_over(world, desk, children)
            for child in children:
                _plan(world, desk, child)
            _give(world, desk, children)


def _children(world: World, desk: Desk) -> list[Child]:
    needs = {code: row for row in rows("county/support", "need") for code in row["codes"]}
    drawn = [
        row
        for row in world.told.values()
        if row["setting"] == desk.at and "drawn" in row and row["sen"] != Status.NO_SEN
    ]
    return [
        Child(row, world.pupils[row["id"]], needs[_main(row)], turn)
        for turn, row in enumerate(drawn)
    ]


def _main(row: Row) -> str:
    return row["needs"][0]["code"] if row["needs"] else ""


def _take_over(world: World, desk: Desk, children: Sequence[Child]) -> None:
    """Write down what each had when the record began, as whoever co-ordinates does on one page."""
    day = world.takes_up()
    with world.acting(world.senco(desk.at, day), day, at=desk.at) as actor:
        take_over(
            actor=actor,
            pupils=[child.pupil for child in children],
            known=[
                Known(child.row["id"], child.row["sen"], _since(world, child), _main(child.row))
                for child in children
            ],
        )


def _since(world: World, child: Child) -> date | None:
    """Give since when; of a few nobody knows."""
    back = 300 if child.row["year"] < 1 else 900
    known = world.takes_up() - timedelta(days=30 + int(child.row["drawn"] * back))
    return None if child.turn % 11 == 7 else max(known, child.pupil.birth_date + timedelta(days=90))


def term_now(world: World) -> tuple[date, date]:
    """Give the term in which the groups of today meet: this one, or the last one that began."""
    begun = [
        span
        for year in (world.when.year, terms.Year(world.when.year.starts - 1))
        for span in reversed(year.terms)
        if school_day_after(span[0], SETTLED) < world.today
    ]
    return begun[0]


def _plan(world: World, desk: Desk, child: Child) -> None:
    """Take a child's plan as far as its turn says, between the start of the term and today."""
    stage = STAGES[child.turn % len(STAGES)]
    start = max(term_now(world)[0], child.pupil.joined_on or date.min)
    opened = school_day_after(start, 1 + child.turn % 4)
    if stage in ("assess", "draft"):
        # what waits for a plan has been begun lately; nobody lets it lie for a term
        opened = max(opened, school_day_before(world.today, 4 + child.turn % 6))
    if not stage or opened > world.today or opened < world.takes_up():
        return
    with world.acting(world.senco(desk.at, opened), opened, at=desk.at) as actor:
        child.cycle = cycles.open_cycle(actor=actor, pupil=child.pupil, found=child.word("found"))
    if stage == "assess":
        return
    agreed = min(school_day_after(opened, 3), world.today)
    late = stage in ("review late", "reviewed")
    review = school_day_before(world.today, 2 + child.turn % 5) if late else _later(world, child)
    review = max(review, agreed)
    words = OutcomeWords(
        text=child.need["outcome"], measure=child.need["measure"], baseline=child.word("baseline"),
        aim=child.word("aim"), by=review,
    )  # fmt: skip
    with world.acting(world.senco(desk.at, agreed), agreed, at=desk.at) as actor:
        _write(actor, child, review, words, draft=stage == "draft")
    if stage == "reviewed":
        day = min(review, world.today)
        with world.acting(world.senco(desk.at, day), day, at=desk.at) as actor:
            _review(actor, child)


def _later(world: World, child: Child) -> date:
    return next_school_day(world.today + timedelta(days=4 + 5 * (child.turn % 9)))


def _write(actor: Actor, child: Child, review: date, words: OutcomeWords, *, draft: bool) -> None:
    if child.cycle is None:
        return
    whole = PlanWords(review_on=review, outcomes=[words])
    if draft:
        plans.write_plan(actor=actor, cycle=child.cycle, words=whole)
        return
    family = ", ".join(one["name"] for one in child.row["family"])
    plans.agree_plan(
        actor=actor, cycle=child.cycle, review_on=review, words=whole,
        agreed_with=f"{family}, {child.pupil.said}",
    )  # fmt: skip
    child.outcome = next(iter(plans.standing_outcomes(child.cycle)))


def _review(actor: Actor, child: Child) -> None:
    said = rows("county/support", "said")[child.turn % 3]
    if child.cycle is None or child.outcome is None:
        return
    met = child.turn % 3 == 1
    result = Result(
        outcome=child.outcome.ref, score=Score.MET if met else Score.SOME,
        after=After.MET if met else After.CHANGE,
        latest=child.outcome.aim if met else child.outcome.baseline,
        pupil_said=said["pupil"], parent_said=said["parent"], teacher_said=said["teacher"],
    )  # fmt: skip
    reviews.review_cycle(actor=actor, cycle=child.cycle, results=[result], next_step=said["next"])


def _give(world: World, desk: Desk, children: Sequence[Child]) -> None:
    """Give what fits each need in small groups for the term, and log what came of it."""
    first, last = term_now(world)
    day = max(school_day_after(first, 5), world.takes_up())
    if day > last:
        # the first weeks of a school year: its groups have not begun
        return
    together: dict[str, list[Child]] = defaultdict(list)
    for child in children:
        if child.cycle is None or child.outcome is not None:
            together[child.need["provision"]].append(child)
    adults = _adults(world, desk.at)
    number = 0
    for starter, several in together.items():
        for begin in range(0, len(several), IN_GROUP):
            some = several[begin : begin + IN_GROUP]
            adult = adults[number % len(adults)] if adults else None
            given = _give_group(world, desk, starter, some, adult, (day, last), number)
            county_sessions.log(world, desk.at, given, adult, number)
            number += 1


def _give_group(
    world: World,
    desk: Desk,
    starter: str,
    some: Sequence[Child],
    adult: str | None,
    days: tuple[date, date],
    number: int,
) -> list[Allocation]:
    """Make the group and give it to its pupils, each for their own outcome."""
    start, last = days
    with world.acting(world.senco(desk.at, start), start, at=desk.at) as actor:
        provision = library.add_from_starter(
            actor=actor, org=world.places[desk.at], starter=starter
        )
        person = world.people[adult] if adult else None
        group = groups.add_group(
            actor=actor, org=world.places[desk.at], kind=GroupKind.SUPPORT,
            name=f"{BIRDS[number % len(BIRDS)]} group",
        )  # fmt: skip
        if person is not None:
            groups.put_staff_in_group(
                actor=actor, group=group, person=person, does=StaffPart.RUNS, starts=start
            )
        how = giving.Terms(
            times_a_week=some[0].need["times"], minutes=provision.minutes or 20, starts=start,
            ends=last, person=person, group=group,
        )  # fmt: skip
        return giving.allocate_each(
            actor=actor,
            pupils=[child.pupil for child in some],
            promises=[giving.Promise(provision, how, child.outcome) for child in some],
            notify=number % 3 == 0,
        )


def _adults(world: World, at: str) -> list[str]:
    """Give those who run groups in a setting today: assistants, else key people and teachers."""
    for codes in ({"TA"}, {"KEY_PERSON"}, {"TEACHER"}):
        found = [
            who
            for who in world.people
            for role in world.roles(who)
            if role["role"] in codes and role["at"] == at
            and world.works(who, at, world.today) and "since" not in role
        ]  # fmt: skip
        if found:
            return list(dict.fromkeys(found))
    return []
