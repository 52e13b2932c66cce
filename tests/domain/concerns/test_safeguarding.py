"""What is marked for the safeguarding lead is read by that lead, and hidden from everybody else."""

import pytest

from opensenco.access.models import Membership
from opensenco.audit.queries import account_of
from opensenco.cases import queries as cases
from opensenco.cases import seen
from opensenco.cases.dues import dues
from opensenco.cases.models import Fact
from opensenco.concerns import safeguarding
from opensenco.concerns.models import SafeguardingNote
from opensenco.concerns.operations.safeguarding import note_for_safeguarding, take_note_in_hand
from opensenco.gate.operation import Refused
from opensenco.gate.rows import NotYours
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.notices.queries import unread
from opensenco.people.operations import staff
from tests.cast import TODAY
from tests.domain.concerns import making
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
WORDS = "He said he is afraid to go home."
OTHERS = ("senco", "head", "phase_senco", "other_teacher", "ta", "admin", "governor", "parent")


def written(by: str = "teacher", about: str = "Grace") -> SafeguardingNote:
    with acting_as(by) as actor:
        return note_for_safeguarding(actor=actor, pupil=making.pupil(about), words=WORDS)


def test_the_lead_reads_it_and_it_is_their_turn_today():
    note = written()
    with acting_as("dsl", write=False) as actor:
        assert safeguarding.note(actor, note.ref).words == WORDS
        assert note in safeguarding.notes(actor)
        (turn,) = [t for t in cases.tasks_for(actor).yours if str(t.name).startswith("Grace")]
        assert (turn.due, turn.kind) == (TODAY, "safeguarding.read")


@pytest.mark.parametrize("who", [*OTHERS, "teacher"])
def test_nobody_else_reads_it_its_writer_too(who):
    note = written()
    with acting_as(who, write=False) as actor:
        with pytest.raises((NotYours, NotFound)):
            safeguarding.note(actor, note.ref)
        assert safeguarding.notes(actor) == []


@pytest.mark.parametrize("who", ["senco", "head", "phase_senco", "teacher", "ta"])
def test_no_count_no_task_no_fact_no_notice_and_no_trace_tells_of_it(who):
    def sight() -> tuple:
        with acting_as(who, write=False) as actor:
            waiting = cases.tasks_for(actor)
            account = account_of(actor, [making.pupil("Grace").pk], changes=True)
            return (
                waiting.count, cases.count_yours(actor, "", "safeguarding."), len(unread(actor)),
                len(cases.timeline(making.pupil("Grace"), actor)),
                seen.changed(actor), dues(actor)[1],
                [line.what for line in account.lines],
            )  # fmt: skip

    before = sight()
    note = written(by="admin")
    assert sight() == before
    with acting_as("dsl") as actor:
        take_note_in_hand(actor=actor, note=safeguarding.note(actor, note.ref))
    assert sight() == before
    with acting_as("senco", write=False):
        assert not Fact.objects.filter(source_ref=note.ref).exists()


def test_its_writer_sees_that_it_was_passed_on_and_read_and_nobody_elses():
    note = written()
    written(by="ta")
    with acting_as("teacher", write=False) as actor:
        (mine,) = [one for one in safeguarding.passed_on_by(actor) if "Grace" in one.pupil_name]
        assert (mine.read_at, hasattr(mine, "words")) == (None, False)
    with acting_as("dsl") as actor:
        row = safeguarding.note(actor, note.ref)
        take_note_in_hand(actor=actor, note=row)
        assert [read.person.first_name for read in safeguarding.in_hand(row)] == ["Desmond"]
        with pytest.raises(NotPossible):
            take_note_in_hand(actor=actor, note=row)
    with acting_as("teacher", write=False) as actor:
        (mine,) = [one for one in safeguarding.passed_on_by(actor) if "Grace" in one.pupil_name]
        assert mine.read_at is not None


@pytest.mark.parametrize("who", ["senco", "head", "teacher"])
def test_nobody_else_takes_it_in_hand(who):
    note = written()
    with acting_as(who) as actor, pytest.raises(Refused):
        take_note_in_hand(actor=actor, note=note)


def test_the_lead_is_named_to_the_writer():
    with acting_as("teacher", write=False) as actor:
        assert safeguarding.leads_for(making.pupil(), actor.today) == ["Desmond Raven"]


def test_without_a_lead_nothing_is_taken_and_the_writer_is_told_whom_to_speak_to():
    with acting_as("senco") as actor:
        role = Membership.objects.get(person=person("dsl"))
        staff.end_role(actor=actor, membership=role, version=None, on=TODAY.replace(day=9))
    with pytest.raises(NotPossible, match="Speak to your safeguarding lead"):
        written()
    with acting_as("senco", write=False):
        assert not SafeguardingNote.objects.filter(words=WORDS).exists()


def test_an_empty_note_is_refused():
    with acting_as("teacher") as actor, pytest.raises(Invalid):
        note_for_safeguarding(actor=actor, pupil=making.pupil(), words=" ")
