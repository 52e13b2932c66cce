"""As whom one can sign in to the demo, what waits for each, and the one password of all of them."""

from itertools import zip_longest

from django.contrib.auth.hashers import make_password

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.cases.queries import count_yours
from opensenco.gate.demo_marker import SignIn
from opensenco.network import figures
from opensenco.network.queries import count_waiting
from opensenco.ops.demo.world import World
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation

#: everybody of the demo is made up; real people choose their own
PASSWORD = "herons-over-the-saltmarsh"  # noqa: S105
#: whom to be first, one for each way of working
FIRST = (
    "hannah.lythgarth-marr", "priya.ramanandale", "bronwen.tregastell", "dilys.corringham",
    "anjali.devrajan", "val.crosthwick", "sunita.bhogalwar", "edwin.tarrowell",
    "gulshan.daryabani", "rosalind.achterbeck", "ruth.ollerenby", "marvin.eckersby",
)  # fmt: skip
#: how tasks begin, and what is said of one and of several
WAITS = {
    "concern.": ("a concern", "concerns"),
    "cycle.": ("a plan or review", "plans and reviews"),
    "status.": ("a family to tell", "families to tell"),
    "ask.": ("a request to answer", "requests to answer"),
    "meeting.": ("a meeting", "meetings"),
    "question.": ("a question", "questions"),
    "pack.": ("a pack to send", "packs to send"),
}


def make(world: World) -> list[SignIn]:
    """Give everybody the password, hashed once for all, and say who they are."""
    keys = [person.pk for person in world.people.values()]
    Person.objects.filter(pk__in=keys).update(password=make_password(PASSWORD))
    first: list[SignIn] = []
    shown: dict[str, list[SignIn]] = {}
    for name, person in world.people.items():
        hat = hat_for(person, world.today)
        if hat is not None:
            who = f"{person.name}, {hat.name} at {hat.place}"
            one = SignIn(who, person.email, PASSWORD, _waits(world, person, hat))
            (first if name in FIRST else shown.setdefault(hat.role.code, [])).append(one)
    first.sort(key=lambda one: FIRST.index(one.email.partition("@")[0]))
    # then one of each role: whoever reads on finds the others soon
    several = zip_longest(*shown.values())
    return [*first, *(one for row in several for one in row if one is not None)]


def _waits(world: World, person: Person, hat: Hat) -> str:
    """Say in one sentence what waits for somebody on the day of the world."""
    actor = Actor(person, hat, world.moment(world.today))
    with scope(actor.scope):
        said = [words for words in _counted(world, actor) if words]
    if not said:
        return _opens_on(hat)
    *before, last = said
    text = f"{', '.join(before)} and {last}" if before else last
    return f"Waiting: {text}."


def _counted(world: World, actor: Actor) -> list[str]:
    found = []
    if actor.can_somewhere(Action.TASK_VIEW):
        counts = count_yours(actor, *WAITS)
        found += [_number(n, *WAITS[kind]) for kind, n in zip(WAITS, counts, strict=True)]
    if actor.hat.role.home in ("assistant", "teacher"):
        mine = Allocation.objects.filter(
            on_day(world.today), person=actor.person, in_error_at__isnull=True
        )
        groups = mine.values("provision", "group").distinct().count()
        found.append(_number(groups, "a group or pupil to log", "groups and pupils to log"))
    if actor.can_somewhere(Action.PACK_OPEN):
        found.append(_number(count_waiting(actor), "a pack not opened", "packs not opened"))
    if actor.hat.role.home == "tier" and actor.can_somewhere(Action.FIGURES_VIEW):
        schools = len(figures.table(actor, next(iter(figures.MEASURES))).rows)
        found.append(_number(schools, "the figures of a school", "schools’ figures to read"))
    return found


def _number(number: int, one: str, several: str) -> str:
    if number == 0:
        return ""
    return one if number == 1 else f"{number} {several}"


def _opens_on(hat: Hat) -> str:
    """Say what somebody sees for whom nothing waits."""
    if not hat.role.guest and not {Action.PUPIL_VIEW, Action.PACK_OPEN} & set(hat.grants):
        return "Reads reports and figures, and no child’s name."
    return {
        "guest": "Sees what is shared of one child.",
        "tier": "Nothing waits: sees what schools sent here, and no child’s record.",
        "staff": "Nothing waits: opens on what the role can see.",
        "teacher": "Nothing waits: opens on how to teach the class.",
        "assistant": "Nothing waits: opens on today’s groups.",
    }.get(hat.role.home, "Nothing waits: the register is one click away.")
