"""What people can do with hand-overs, once each."""

from datetime import time, timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Organisation, Person
from opensenco.cases.contact_log import Said
from opensenco.cases.models import Task
from opensenco.cases.operations.contact_log import log_contact
from opensenco.cases.operations.handing_on import hand_on
from opensenco.handover.models import HandOverPupil
from opensenco.handover.offering import Offer
from opensenco.handover.operations import handing
from opensenco.handover.states import Kind
from opensenco.meetings import when
from opensenco.people.models import Pupil
from opensenco.people.operations import part_moves
from tests.cast import TODAY


def do(actor: Actor, pupil: Pupil) -> None:
    """Pupils are handed over, met about, taken over; another was wrong; what waits is handed on."""
    other = Organisation.objects.filter(kind="part", parent=pupil.org)
    part = other.exclude(pk__in=[pupil.part_on(TODAY)]).earliest("pk")
    later = TODAY + timedelta(days=14)
    part_moves.plan_move(actor=actor, pupil=pupil, part=part, on=later, version=None)
    part_moves.take_back_move(actor=actor, pupil=pupil, version=None)
    teacher = Person.objects.get(last_name="Raman")
    row = handing.put_together(
        actor=actor, pupils=[pupil], kind="class", giver=actor.person, taker=teacher
    )
    about = HandOverPupil.objects.select_related("hand_over", "pupil").get(hand_over=row)
    handing.write_note(actor=actor, part=about, note="Likes maps.", leave_out=False, version=None)
    at = when.at(TODAY, time(15, 30))
    handing.meet(actor=actor, hand_overs=[row], starts=at, minutes=30, place="Library")
    handing.give(actor=actor, hand_over=row, version=None)
    hat = chosen(hats_of(teacher, TODAY), None)
    assert hat is not None
    handing.take_over(actor=Actor(teacher, hat, actor.at), hand_over=row, words="")
    offer = Offer(Kind.SENCO, teacher, actor.person, [pupil])
    (wrong,) = handing.put_offered_together(actor=actor, pupils=[pupil], offers=[offer])
    handing.take_back(actor=actor, hand_over=wrong, reason="Not this year.", version=None)
    said = Said(with_whom="A therapist", words="Rings back.", on=TODAY, follow_up_by=TODAY)
    logged = log_contact(actor=actor, pupil=pupil, said=said)
    rows = Task.objects.select_related("org", "person", "pupil").filter(source_ref=logged.ref)
    hand_on(actor=actor, tasks=list(rows), to=teacher)
