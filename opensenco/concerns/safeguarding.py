"""Reading what is marked for the safeguarding lead."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Subquery

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.concerns.models import SafeguardingNote, SafeguardingRead
from opensenco.concerns.policy import safeguarding_leads
from opensenco.gate.rows import find
from opensenco.people.models import Pupil
from opensenco.people.queries import attach_classes

MOST = 50
MOST_OWN = 20


@dataclass(frozen=True)
class PassedOn:
    """What a writer sees of a note of their own: that it was passed on, never its words."""

    pupil_name: str
    on: datetime
    read_at: datetime | None


def notes(actor: Actor) -> list[SafeguardingNote]:
    """Give the newest 50 notes for this lead, those that nobody has in hand first.

    Each has `taken`: whether a lead has it in hand.
    """
    read = SafeguardingRead.objects.filter(note=OuterRef("pk"))
    rows: list[SafeguardingNote] = list(
        visible(actor, Action.SAFEGUARDING_VIEW, SafeguardingNote)
        .annotate(taken=Exists(read))
        .select_related("pupil__same_as", "writer")
        .order_by("taken", "-written_at", "-id")[:MOST]
    )
    for row in rows:
        row.pupil = row.pupil.stands
    attach_classes([row.pupil for row in rows], actor.today)
    return rows


def note(actor: Actor, ref: uuid.UUID) -> SafeguardingNote:
    """Give the note of a reference to the lead, its pupil with a class.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(
        actor, Action.SAFEGUARDING_VIEW, SafeguardingNote, ref, "pupil__same_as", "org", "writer"
    )
    row.pupil = row.pupil.stands
    attach_classes([row.pupil], actor.today)
    return row


def in_hand(row: SafeguardingNote) -> list[SafeguardingRead]:
    """Give who has a note in hand, and since when."""
    return list(
        SafeguardingRead.objects.filter(note=row).select_related("person").order_by("at", "id")
    )


def passed_on_by(actor: Actor) -> list[PassedOn]:
    """Give this person's own notes, newest first: that they were passed on, and when read."""
    read = (
        SafeguardingRead.objects.filter(note=OuterRef("pk"))
        .values("note")
        .annotate(first=Min("at"))
        .values("first")
    )
    rows = (
        visible(actor, Action.SAFEGUARDING_NOTE, SafeguardingNote)
        .annotate(read_at=Subquery(read))
        .select_related("pupil__same_as")
        .order_by("-written_at", "-id")[:MOST_OWN]
    )
    return [PassedOn(row.pupil.stands.name, row.written_at, row.read_at) for row in rows]


def words_of_the_school(org: Organisation) -> str:
    """Give the school's own words above the form; empty where it has written none."""
    return org.safeguarding_words.strip()


def leads_for(pupil: Pupil, today: date) -> list[str]:
    """Name who reads what is marked for the safeguarding lead about this pupil."""
    return [person.name for person in safeguarding_leads(pupil.org_id, today)]
