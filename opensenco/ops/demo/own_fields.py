"""The school's own fields in the demonstration: what this school wants to know beside the rest."""

import csv
import io

from opensenco.access.actor import Actor
from opensenco.exchange.operations.imports import stage_file
from opensenco.exchange.states import ImportKind
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.models import Pupil
from opensenco.support.models import OwnField, OwnFieldChoice, SenStatus
from opensenco.support.operations.own_fields import FieldWords, make_field
from opensenco.support.operations.own_values import Given, fill_in_fields

WAYS = ("Walks", "School bus", "Taxi of the authority", "Driven by family")
FIELDS = (
    ("choice", FieldWords(
        "Travels by", "How they come and go on most days.", on_register=True, choices=WAYS,
        sees=("TA",), fills=("TEACHER", "SEN_ADMIN"),
    )),
    ("choices", FieldWords(
        "Clubs", "Which clubs they go to this year.",
        choices=("Breakfast club", "Homework club", "Choir", "Football"), fills=("TEACHER", "TA"),
    )),
    ("date", FieldWords("Last looked over by the SENCO", "When you read the whole record.")),
    ("line", FieldWords("Calm place", "Where they go to be quiet.", fills=("TEACHER", "TA"))),
)  # fmt: skip
CALM = ("The library corner", "The bench by the office", "The sensory room")
HOW_MANY = 9
#: of the first of them in a list of the school's office, which waits for the SENCO to look
LISTED = (
    ("School bus", "Choir; Football", ""), ("Taxi of the authority", "", "The library corner"),
    ("Scooter", "Breakfast club", ""), ("Walks", "Chess", "The bench by the office"),
)  # fmt: skip


def make(world: World) -> None:
    """Make four fields and fill them in for some pupils on the register."""
    with world.acting(world.senco(SCHOOL, world.today), world.today) as actor:
        fields = [
            make_field(actor=actor, org=world.school, kind=kind, words=words)
            for kind, words in FIELDS
        ]
        coded = SenStatus.objects.filter(ends__isnull=True, in_error_at__isnull=True)
        here = Pupil.objects.filter(org=world.school, left_on__isnull=True)
        some = here.filter(in_error_at__isnull=True, pk__in=coded.values("pupil"))
        filled = list(some.order_by("id")[:HOW_MANY])
        for number, pupil in enumerate(filled):
            _fill(actor, pupil, number, fields)
        _bring(world, actor, filled)


def _fill(actor: Actor, pupil: Pupil, number: int, fields: list[OwnField]) -> None:
    way, clubs, looked, calm = fields
    given: dict[str, Given] = {
        str(way.ref): str(_choices(way)[number % len(WAYS)].ref),
        str(clubs.ref): [str(one.ref) for one in _choices(clubs)[number % 3 : number % 3 + 2]],
    }
    fill_in_fields(actor=actor, pupil=pupil, given=given)
    if number % 2:
        also: dict[str, Given] = {
            str(looked.ref): actor.today,
            str(calm.ref): CALM[number % len(CALM)],
        }
        fill_in_fields(actor=actor, pupil=pupil, given=also)


def _bring(world: World, actor: Actor, pupils: list[Pupil]) -> None:
    """Read in a list with three of the fields; a way to school and a club are not on theirs."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(("Surname", "Forename", "DOB", "Travels by", "Clubs", "Calm place"))
    for pupil, said in zip(pupils, LISTED, strict=False):
        rows.writerow((pupil.last_name, pupil.first_name, f"{pupil.birth_date:%d/%m/%Y}", *said))
    stage_file(
        actor=actor, org=world.school, kind=ImportKind.PUPILS, file_name="travel-and-clubs.csv",
        content=out.getvalue().encode(),
    )  # fmt: skip


def _choices(field: OwnField) -> list[OwnFieldChoice]:
    return list(OwnFieldChoice.objects.filter(field=field).order_by("position"))
