"""People are asked, answer, stay silent, are reminded and let off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from opensenco.access.models import Membership, Organisation
from opensenco.audit.models import Entry
from opensenco.cases.models import Task
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.notices.models import Notice
from opensenco.ops.chasing import chase_silent
from opensenco.participation import queries
from opensenco.participation.models import Asked, AskRound, Chase
from opensenco.participation.operations import answering, asking, chasing, sets
from opensenco.participation.questions import starters
from opensenco.people.models import Pupil
from opensenco.people.operations import staff
from tests.cast import TODAY
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=7)
SET = "subject-teacher"
SAID = {"engage": "low"}


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def ask(*who: str, **more) -> AskRound:
    """Let the SENCO ask some of the cast about Idris."""
    people = [person(key) for key in who]
    with acting_as("senco") as actor:
        return asking.ask_people(
            actor=actor, pupil=idris(), people=people, **{"questions": SET, "due": DUE, **more}
        )


def part_of(row: AskRound, key: str) -> Asked:
    who = person(key)
    with acting_as("senco", write=False):
        related = ("ask_round__questions", "ask_round__asked_by", "org", "pupil", "person")
        return Asked.objects.select_related(*related).get(ask_round=row, person=who)


def answer(row: AskRound, key: str, **answers: str) -> Asked:
    part = part_of(row, key)
    with acting_as(key) as actor:
        return answering.answer_round(
            actor=actor, asked=part, version=part.version, answers=answers
        )


def tasks(key: str) -> list[str]:
    who = person(key)
    with acting_as(key, write=False):
        waiting = Task.objects.filter(person=who, settled_at__isnull=True, kind__startswith="ask.")
        return list(waiting.order_by("id").values_list("kind", flat=True))


def told(key: str) -> str:
    who = person(key)
    with acting_as(key, write=False):
        return Notice.objects.filter(person=who).order_by("-id").values_list("words", flat=True)[0]


@pytest.mark.requirement("S4-39")
@pytest.mark.rule("IDN-13")
def test_who_is_asked_finds_a_task_and_the_turn_comes_back_when_all_have_spoken():
    row = ask("teacher", "ta")
    assert tasks("teacher") == tasks("ta") == ["ask.answer"]
    assert told("ta") == "Amara Okafor asks you to answer “Subject teacher: quick view”."
    answer(row, "teacher", engage="good", unknown="left out")
    assert part_of(row, "teacher").answers == {"engage": "good"}
    assert (tasks("teacher"), tasks("senco")) == ([], [])
    with acting_as("ta") as actor:
        part = queries.asked(actor, part_of(row, "ta").ref)
        with pytest.raises(Invalid, match="Say why you cannot answer"):
            answering.decline_round(actor=actor, asked=part, version=part.version, reason=" ")
        answering.decline_round(actor=actor, asked=part, version=part.version, reason="I am new.")
    assert tasks("senco") == ["ask.read"]
    assert told("senco") == "Jo Birkett cannot answer “Subject teacher: quick view”."
    answer(row, "teacher", engage="very high")
    with acting_as("senco") as actor:
        chasing.thank_answered(actor=actor, ask_round=row)
        fresh = queries.ask_round(actor, row.ref)
        asking.close_round(actor=actor, ask_round=fresh, version=fresh.version, reason="Read.")
        verbs = list(Entry.objects.order_by("-id").values_list("verb", flat=True)[:2])
        with pytest.raises(NotPossible):
            chasing.thank_answered(actor=actor, ask_round=fresh)
    assert verbs == ["close_round", "thank_answered"]
    assert told("teacher").startswith("Amara Okafor thanks you")
    assert tasks("senco") == []
    with pytest.raises(NotPossible, match="closed"):
        answer(row, "teacher", engage="low")


def test_only_who_was_asked_answers_and_nobody_without_the_verb_asks():
    part = part_of(ask("teacher"), "teacher")
    with acting_as("senco") as actor, pytest.raises(Refused):
        answering.answer_round(actor=actor, asked=part, version=1, answers=SAID)
    with acting_as("teacher") as actor, pytest.raises(Refused):
        asking.ask_people(actor=actor, pupil=idris(), questions=SET, people=[], due=DUE)
    parent, past = person("parent"), person("expired")
    with acting_as("senco") as actor:
        for people, fault in ([], "Choose whom"), ([parent], "work here"), ([past], "work here"):
            with pytest.raises(Invalid, match=fault):
                asking.ask_people(actor=actor, pupil=idris(), questions=SET, people=people, due=DUE)
        day = TODAY - timedelta(days=1)
        with pytest.raises(Invalid, match="must not be past"):
            asking.ask_people(actor=actor, pupil=idris(), questions=SET, people=[], due=day)


def test_two_who_write_at_once_are_told_and_nobody_is_asked_or_reminded_twice():
    row = ask("teacher", "teacher", "ta")
    first = part_of(row, "teacher")
    answer(row, "teacher", engage="good")
    with acting_as("teacher") as actor, pytest.raises(Stale):
        answering.answer_round(actor=actor, asked=first, version=first.version, answers=SAID)
    with acting_as("senco") as actor:
        chasing.remind_waiting(actor=actor, ask_round=row)
        with pytest.raises(NotPossible, match="reminded today"):
            chasing.remind_waiting(actor=actor, ask_round=row)
        assert Chase.objects.filter(asked__ask_round=row).count() == 1
        known = first.person
        assert known is not None
        with pytest.raises(Invalid, match="somebody else"):
            asking.ask_more(
                actor=actor, ask_round=row, version=row.version, people=[known], due=DUE
            )
        later = DUE + timedelta(days=7)
        asking.ask_more(actor=actor, ask_round=row, version=row.version, people=[known], due=later)
        waits = Task.objects.get(kind="ask.answer", settled_at__isnull=True, due=later)
        assert waits.person_id == part_of(row, "ta").person_id


def test_what_was_asked_keeps_its_words_when_the_school_changes_them():
    row = ask("teacher")
    with acting_as("senco") as actor:
        org = Organisation.objects.get(pk=row.org_id)
        held = queries.ask_round(actor, row.ref).questions.question_set
        shipped = starters()[SET].words
        changed = replace(shipped, title="Ours", questions=shipped.questions[:1])
        sets.write_questions(
            actor=actor, org=org, question_set=held, version=held.version, words=changed
        )
        with pytest.raises(Stale):
            sets.write_questions(actor=actor, org=org, question_set=held, version=1, words=changed)
        assert queries.ask_round(actor, row.ref).questions.words == shipped
    newer = ask("ta")
    with acting_as("senco", write=False) as actor:
        assert queries.ask_round(actor, newer.ref).questions.words == changed
        sheet = queries.sheet(actor, queries.ask_round(actor, row.ref))
        assert len(sheet.lines) == len(shipped.asked)


def test_a_round_in_error_waits_for_nobody_and_is_off_the_timeline():
    row = ask("teacher", "ta")
    with acting_as("senco") as actor:
        asking.mark_round_in_error(
            actor=actor, ask_round=row, version=row.version, reason="Of the other Idris."
        )
        assert queries.rounds(actor, "open").rows == []
    assert tasks("teacher") == tasks("ta") == []
    assert "not needed any more" in told("ta")
    with acting_as("teacher", write=False) as actor:
        assert queries.inbox(actor).waiting == []


@pytest.mark.worker
def test_the_worker_reminds_once_and_hands_back_in_the_end(monkeypatch):
    row = ask("teacher", "ta", due=TODAY)
    answer(row, "ta", engage="good")
    for days, words in ((2, "A reminder: Amara Okafor"), (3, None), (5, "Priya Raman has not")):
        at_day(monkeypatch, days)
        chase_silent()
        assert chase_silent() == 0
        if words:
            assert told("teacher" if days < 5 else "senco").startswith(words)
    assert tasks("senco") == ["ask.another_way"]
    with acting_as("senco", write=False):
        chased = Chase.objects.filter(asked__ask_round=row).order_by("on")
        assert list(chased.values_list("kind", flat=True)) == ["by_rule", "escalated"]
    answer(row, "teacher", engage="low")
    assert tasks("senco") == ["ask.read"]


@pytest.mark.worker
def test_whoever_works_here_no_more_is_not_chased_and_who_asked_is_told_once(monkeypatch):
    row = ask("teacher", "ta", due=TODAY)
    with acting_as("head") as head:
        role = Membership.objects.get(person=person("ta"), org=row.org)
        staff.end_role(actor=head, membership=role, version=None, on=TODAY)
    for days in (2, 3):
        at_day(monkeypatch, days)
        chase_silent()
    assert told("senco").startswith("Jo Birkett works here no more")
    with acting_as("senco", write=False):
        chased = Chase.objects.filter(asked__ask_round=row, asked__person=person("ta"))
        assert list(chased.values_list("kind", flat=True)) == ["escalated"]


def at_day(monkeypatch, days: int) -> None:
    """Let the worker's clock stand some days on."""
    from opensenco.ops import chasing as job
    from tests.cast import NOW

    class Clock:
        def now(self):
            return NOW + timedelta(days=days)

    monkeypatch.setattr(job, "clock", Clock)


def test_an_answer_that_was_opened_before_the_round_was_closed_does_not_get_into_it():
    row = ask("teacher")
    answer(row, "teacher", **SAID)
    part = part_of(row, "teacher")
    with acting_as("senco") as actor:
        asking.close_round(actor=actor, ask_round=row, version=None, reason="Enough.")
    with acting_as("teacher") as actor, pytest.raises(NotPossible, match="closed"):
        answering.answer_round(actor=actor, asked=part, version=part.version, answers=SAID)
