"""What stands beside the plans of the demonstration: a bank, adjustments, home, a note, names."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from opensenco.access.actor import Actor
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.ops.demo import photos
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.models import Pupil
from opensenco.people.operations import health, pupils
from opensenco.support.models import BankStrategy, Cycle
from opensenco.support.operations import bank, beside, helped, records

TAKEN = ("say-name-first", "one-instruction", "ten-second-wait")
YEAR = timedelta(days=365)


def make(world: World) -> None:
    """Fill the bank of the school, and what stands beside the plans of two of its pupils."""
    with world.acting(world.senco(SCHOOL, world.today), world.today) as actor:
        _fill(actor, world)


def _fill(actor: Actor, world: World) -> None:
    org = world.school
    for starter in TAKEN:
        bank.add_strategy_from_starter(actor=actor, org=org, starter=starter)
    own = bank.add_strategy(
        actor=actor, org=org, text="Show where we are on the day’s map before each change.",
        why="A change that was seen coming is half as long.", situation="transitions",
    )  # fmt: skip
    bank.name_plans(actor=actor, org=org, name="My support plan", proposed=True)
    planned = Cycle.objects.filter(org=org, in_error_at__isnull=True, agreed_on__isnull=False)
    here = Pupil.objects.filter(org=org, left_on__isnull=True, in_error_at__isnull=True)
    first = list(here.filter(pk__in=planned.values("pupil")).order_by("id")[:2])
    for pupil in first:
        _of(actor, pupil, own)
        beside.write_condition_note(
            actor=actor, pupil=pupil, title="Sleep", source="The family, in a talk",
            words="Sleeps badly before a change at home. Tired by the second lesson.",
            review_on=actor.today,
        )  # fmt: skip
    if first:
        photos.make(actor, first)
        _over(actor, first[0])
        _result_from_a_paper(actor, first[0])


def _over(actor: Actor, pupil: Pupil) -> None:
    """A health alert was true for a time and is over."""
    alert = pupils.add_health_alert(
        actor=actor, pupil=pupil, alert="A broken wrist, in plaster",
        what_to_do="No climbing. Somebody writes for them.",
    )  # fmt: skip
    health.end_health_alert(
        actor=actor, health_alert=alert, version=None, ended_on=actor.today,
        words="The plaster is off, says the family.",
    )  # fmt: skip


def _result_from_a_paper(actor: Actor, pupil: Pupil) -> None:
    """Add a result, and name the score sheet that says it."""
    sheet = Paper(
        Incoming("score-sheet.txt", [b"Sentence comprehension. Standardised score: 86."]),
        title="Sentence comprehension, score sheet", kind="report", dated=actor.today,
    )  # fmt: skip
    (paper,) = file_documents(actor=actor, pupil=pupil, papers=[sheet])
    result = {"on": actor.today, "test": "Sentence comprehension", "measure": "standardised",
              "number": Decimal(86), "assessed_by": actor.person.name}  # fmt: skip
    records.record_results(actor=actor, pupils=[pupil], results=[result], by_hand=True, paper=paper)


def _keep(actor: Actor, pupil: Pupil, line: str) -> None:
    """What helped goes on into the profile, where the child has been asked."""
    with suppress(Invalid, NotPossible):
        helped.put_in_profile(actor=actor, pupil=pupil, tried=line)


def _of(actor: Actor, pupil: Pupil, own: BankStrategy) -> None:
    one = beside.add_adjustment(
        actor=actor, pupil=pupil, barrier="The dinner hall is loud and there is no place to sit",
        words="Goes in five minutes early with a friend and sits at the end table by the door.",
        who="The midday supervisor",
    )  # fmt: skip
    beside.say_if_it_helped(
        actor=actor, adjustment=one, helped="yes", words="Ate in the hall on eight days of ten."
    )
    _keep(actor, pupil, f"adjustment-{short(one.ref)}-1")
    home = beside.add_home_action(
        actor=actor, pupil=pupil, words="Looks at tomorrow’s timetable together after tea."
    )
    beside.record_answer_from_home(
        actor=actor, home_action=home, helped="partly", answered_by="Family",
        answer="It works on school nights. On Sundays we forget.",
    )  # fmt: skip
    beside.write_condition_note(
        actor=actor, pupil=pupil, title="Loud rooms",
        words="Noise that others do not notice can hurt. Ear defenders help for ten minutes, a "
        "quiet place helps for longer.",
        source="Course of the autism team, handout", review_on=actor.today + YEAR,
    )  # fmt: skip
    try:
        bank.use_strategy(actor=actor, pupil=pupil, strategy=own)
    except (Invalid, NotPossible):
        return  # this pupil has as many as a teacher can hold
