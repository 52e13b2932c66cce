"""What came of single sessions: made up, one of them by a colleague; a photo, a piece of work."""

from collections.abc import Iterator
from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.documents.keeping import Incoming
from opensenco.documents.states import Yes
from opensenco.ops.demo.photos import LOOKS, face
from opensenco.ops.demo.scene import school_day_before
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.provision import queries
from opensenco.provision.models import Allocation, Session
from opensenco.provision.operations.sessions import Held, log_session
from opensenco.provision.operations.work import SaidYes, keep_work
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Seen, Went

MADE_UP = 3
LATELY = timedelta(days=14)
STORY = b"First the fox looked. Then it ran. At the end it slept under the hedge."


def make(world: World) -> None:
    """Make up three missed sessions, and keep a photo and a piece of work of two pupils."""
    on = school_day_before(world.today, 1)
    with world.acting(world.senco(SCHOOL, on), on) as actor:
        running = list(_heard_of(actor, world))
        for number, (allocation, missed) in enumerate(_missed(running, actor)[:MADE_UP]):
            # the first was given by a colleague of whoever it was promised of
            gave = allocation.person if number else _colleague(running, allocation)
            log_session(
                actor=actor, allocations=[allocation], on=on, again=True,
                makes_up={allocation.ref: missed.first}, held=Held(gave=gave),
            )  # fmt: skip
        for number, session in enumerate(_with_outcome(running)[:2]):
            _keep(actor, session, number)


def _heard_of(actor: Actor, world: World) -> Iterator[Allocation]:
    """Give what runs and of which something was heard lately: what is quiet stays so."""
    here = Allocation.objects.filter(org=world.school, in_error_at__isnull=True, group=None)
    here = here.filter(starts__lte=actor.today).exclude(ends__lte=world.today)
    rows = here.select_related("pupil__org", "provision", "person", "outcome").order_by("id")
    for row in rows:
        if Session.objects.filter(allocation=row, on__gte=actor.today - LATELY).exists():
            yield row


def _missed(rows: list[Allocation], actor: Actor) -> list[tuple[Allocation, queries.Open]]:
    until = actor.today - timedelta(days=1)
    found = ((row, queries.open_to_make_up([row], until)) for row in rows)
    return [(row, missed[0]) for row, missed in found if missed]


def _colleague(rows: list[Allocation], allocation: Allocation) -> Person | None:
    people = (row.person for row in rows if row.person not in (None, allocation.person))
    return next(people, allocation.person)


def _with_outcome(rows: list[Allocation]) -> list[Session]:
    found: dict[int, Session] = {}
    for row in rows:
        held = standing_sessions(Session.objects.filter(allocation=row, went=Went.DELIVERED))
        last = held.select_related("pupil__org", "allocation__provision").order_by("-on").first()
        if row.outcome is not None and last is not None:
            last.allocation.outcome = row.outcome
            found.setdefault(row.pupil_id, last)
    return list(found.values())


def _keep(actor: Actor, session: Session, number: int) -> None:
    if number:
        file, title = Incoming("story.txt", [STORY]), "Told the story in three steps, typed alone"
        seen, said = Seen.NOBODY, SaidYes()
    else:
        file, title = Incoming("IMG_0412.png", [face(*LOOKS[0])]), "Pointing to each picture"
        seen, said = Seen.PUPIL, SaidYes("A parent", session.on, Yes.WRITTEN)
    keep_work(
        actor=actor, session=session, file=file, title=title, seen=seen, said_yes=said,
        outcome=session.allocation.outcome,
    )  # fmt: skip
