"""Facts, dates and tasks are kept for whoever may read them, and settled by whoever did them."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.audit.acting import NobodyActs, as_actor
from opensenco.cases import queries, seen, spine
from opensenco.cases.dues import DueRow, dues
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.law.due import StateKind
from opensenco.law.timetables.cycle_review import CycleFacts, timetable
from opensenco.people.models import Pupil
from tests.cast import TODAY
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


@contextmanager
def pen(key: str):
    """Act as somebody of the cast, inside what an operation opens."""
    with acting_as(key) as actor, as_actor(actor):
        yield actor


def idris() -> Pupil:
    return Pupil.objects.get(first_name="Idris")


def fact(actor: Actor, words: str = "Something happened.", **more) -> Fact:
    more.setdefault("on", TODAY)
    pupil = more.pop("pupil", None) or idris()
    return spine.add_fact(
        actor=actor, pupil=pupil, kind="test.fact", words=words, source=pupil, **more
    )


def task(actor: Actor, **more) -> Task:
    more.setdefault("role_action", None if "person" in more else Action.CONCERN_TRIAGE)
    pupil = more.pop("pupil", None) or idris()
    source = more.pop("source", pupil)
    kind = more.pop("kind", "test.task")
    return spine.open_task(
        actor=actor, org=pupil.org, kind=kind, words="Do it", source=source, pupil=pupil, **more
    )


def ours(actor: Actor) -> list[str]:
    """Give the words of this test's facts on the timeline; the world has facts of its own."""
    told = queries.timeline(idris(), actor)
    return [one.words for one in told if one.kind in {"test.fact", "error"}]


def words_seen(who: str) -> set[str]:
    with acting_as(who, write=False) as actor:
        return set(ours(actor))


def waiting(actor: Actor) -> tuple[list[queries.Turn], list[queries.Turn]]:
    """Give this test's tasks, yours and theirs."""
    found = queries.tasks_for(actor)
    assert found.count_yours == len(found.yours) == queries.count_yours(actor, "")[0]
    assert found.count_theirs == len(found.theirs)
    yours, theirs = (
        [turn for turn in turns if turn.kind.startswith("test.")]
        for turns in (found.yours, found.theirs)
    )
    assert len(yours) == queries.count_yours(actor, "test.")[0]
    return yours, theirs


def dated(actor: Actor, pupil: Pupil | None = None) -> list[DueRow]:
    """Give this test's dates."""
    rows, count = dues(actor, pupil=pupil)
    assert len(rows) == count
    return [row for row in rows if row.source_label == "people.Pupil"]


def keep(actor: Actor, dues, name: str = "Idris") -> None:
    pupil = Pupil.objects.get(first_name=name)
    spine.replace_due_dates(actor=actor, pupil=pupil, source=pupil, dues=dues)


def test_nothing_is_written_outside_an_operation():
    with acting_as("senco") as actor, pytest.raises(NobodyActs):
        fact(actor)


def test_the_timeline_is_newest_first_by_the_day_it_happened():
    with pen("senco") as actor:
        fact(actor, "Yesterday.", on=TODAY - timedelta(days=1))
        fact(actor, "Last year.", on=date(2026, 5, 1))
        fact(actor, "Today.")
        assert ours(actor) == ["Today.", "Yesterday.", "Last year."]


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("senco", {"plan", "provision", "concern"}),
        ("phase_senco", {"plan", "provision", "concern"}),
        ("teacher", {"plan", "provision", "concern"}),  # the concern is the teacher's own
        ("other_teacher", set()),
        ("ta", {"provision"}),
        ("dsl", {"plan", "provision"}),
        ("admin", set()),
        ("governor", set()),
    ],
)
def test_each_reads_the_facts_that_their_verbs_reach(who: str, reads: set[str]):
    with pen("teacher") as actor:
        fact(actor, "plan")
        fact(actor, "provision", reader=Action.PROVISION_VIEW)
        fact(actor, "concern", reader=Action.CONCERN_VIEW)
    assert words_seen(who) == reads


def test_a_confidential_fact_is_read_by_its_writer_and_who_co_ordinates():
    with pen("dsl") as actor:
        fact(actor, "in confidence", confidential=True)
    assert [bool(words_seen(who)) for who in ("dsl", "senco", "teacher")] == [True, True, False]


def test_a_correction_stands_in_place_of_the_fact_it_puts_right():
    with pen("senco") as actor:
        wrong = fact(actor, "On Monday.")
        spine.add_fact(
            actor=actor, pupil=idris(), kind="test.fact", on=TODAY, words="On Tuesday.",
            source=idris(), corrects=wrong,
        )  # fmt: skip
        assert Fact.objects.filter(kind="test.fact").count() == 2
    assert words_seen("senco") == {"On Tuesday."}


def test_what_came_from_a_record_made_in_error_is_taken_back_and_what_follows_stays():
    with pen("senco") as actor:
        fact(actor, "one")
        fact(actor, "two")
        spine.withdraw_facts(actor=actor, pupil=idris(), source=idris(), words="In error.")
        fact(actor, "three")
    assert words_seen("senco") == {"In error.", "three"}


def test_what_others_changed_is_told_without_what_one_wrote_oneself():
    with pen("teacher") as actor:
        fact(actor, "by the teacher")
    with pen("senco") as actor:
        fact(actor, "by the SENCO")
        told = {one.pupil: [fact.words for fact in one.facts] for one in seen.changed(actor)[0]}
        assert "by the teacher" in told[idris()]
        assert "by the SENCO" not in told[idris()]
        later = replace(actor, at=actor.at + timedelta(days=seen.DAYS + 1))
        assert seen.changed(later) == ([], None)


def review_dues(agreed: date | None, done: date | None = None):
    started = TODAY - timedelta(days=60)
    return timetable(facts=CycleFacts(started=started, agreed=agreed, reviewed=done))


def test_dates_are_kept_with_their_reasons_and_replaced_as_a_whole():
    with pen("senco") as actor:
        for agreed in (TODAY + timedelta(days=5), TODAY + timedelta(days=9)):
            keep(actor, review_dues(agreed))
        (row,) = dated(actor)
        assert (row.due.on, row.due.rule) == (TODAY + timedelta(days=9), "APD-05")
        assert row.state.kind is StateKind.DUE_SOON
        assert row.due == review_dues(TODAY + timedelta(days=9))[0]
        assert (row.name, row.class_name) == ("Idris Hassan-Cole", "4R")


def test_dates_come_soonest_first_without_what_is_done_and_undated_last():
    with pen("senco") as actor:
        for name, dues in {
            "Grace": review_dues(None),
            "Idris": review_dues(TODAY - timedelta(days=3)),
            "Poppy": review_dues(TODAY, TODAY - timedelta(days=1)),
        }.items():
            keep(actor, dues, name)
        rows = dated(actor)
        assert [(row.name.split()[0], row.state.kind) for row in rows] == [
            ("Idris", StateKind.LATE), ("Grace", StateKind.NO_DATE),
        ]  # fmt: skip
        assert len(dated(actor, pupil=idris())) == 1
        keep(actor, ())
        assert not DueDate.objects.filter(source_ref=idris().ref).exists()


def test_a_teacher_sees_the_dates_of_the_pupils_they_teach():
    with pen("senco") as actor:
        keep(actor, review_dues(TODAY))
    seen = {}
    for who in ("teacher", "other_teacher", "ta"):
        with acting_as(who, write=False) as actor:
            seen[who] = len(dated(actor))
    assert seen == {"teacher": 1, "other_teacher": 0, "ta": 0}


def test_a_task_is_yours_by_name_or_by_a_verb_over_the_pupil():
    with pen("teacher") as actor:
        task(actor)
        task(actor, person=person("ta"))
    seen = {}
    for who in ("senco", "head", "phase_senco", "teacher", "ta", "other_teacher", "governor"):
        with acting_as(who, write=False) as actor:
            yours, theirs = waiting(actor)
            seen[who] = (len(yours), len(theirs))
    assert seen == {
        "senco": (1, 1), "head": (1, 1), "phase_senco": (1, 1), "teacher": (0, 0),
        "ta": (1, 0), "other_teacher": (0, 0), "governor": (0, 0),
    }  # fmt: skip


def test_a_phase_senco_has_no_turn_in_another_part():
    with pen("teacher") as actor:
        task(actor, pupil=Pupil.objects.get(first_name="Poppy"))
    with acting_as("phase_senco", write=False) as actor:
        assert waiting(actor) == ([], [])


def test_silence_is_counted_from_the_first_asking_and_the_longest_comes_first():
    with pen("senco") as actor:
        new = task(actor, kind="test.new")
        old = task(actor, kind="test.old")
        Task.objects.filter(pk=old.pk).update(since=TODAY - timedelta(days=19))
        again = task(actor, kind="test.old", due=TODAY)
        assert (again.pk, again.due) == (old.pk, TODAY)
        assert [(one.kind, one.days) for one in waiting(actor)[0]] == [
            ("test.old", 19),
            ("test.new", 0),
        ]
        assert queries.count_yours(actor, "test.n", "test.") == [1, 2]
        assert new.pk != old.pk


def test_who_asked_sees_that_it_waits_and_for_whom():
    with pen("teacher") as actor:
        task(actor, reader=Action.CONCERN_VIEW)
        (turn,) = waiting(actor)[1]
        assert (turn.who, turn.yours, turn.name) == ("SENCO", False, "Idris Hassan-Cole")


def test_what_waits_for_the_safeguarding_lead_is_not_even_counted_for_others():
    with pen("teacher") as actor:
        task(actor, role_action=Action.SAFEGUARDING_VIEW)
    seen = {}
    for who in ("dsl", "senco", "head", "teacher"):
        with acting_as(who, write=False) as actor:
            seen[who] = sum(len(turns) for turns in waiting(actor))
    assert seen == {"dsl": 1, "senco": 0, "head": 0, "teacher": 0}


def test_a_settled_task_waits_no_more_and_keeps_who_did_it():
    with pen("senco") as actor:
        task(actor)
        task(actor, person=person("teacher"))
        assert spine.settle_task(actor=actor, source=idris(), person=person("teacher")) == 1
        assert spine.settle_task(actor=actor, source=idris(), kind="test.task") == 1
        assert spine.settle_task(actor=actor, source=idris()) == 0
        assert waiting(actor) == ([], [])
        done = Task.objects.filter(source_ref=idris().ref)
        assert set(done.values_list("settled_by__first_name", flat=True)) == {"Amara"}
        assert not [t for t in queries.about_pupil(actor, idris()) if t.kind == "test.task"]


def test_what_waits_from_a_later_day_is_on_no_list_until_then():
    with pen("senco") as actor:
        task(actor, since=TODAY + timedelta(days=2))
        assert waiting(actor) == ([], [])
        later = replace(actor, at=actor.at + timedelta(days=3))
        (turn,) = waiting(later)[0]
        assert turn.days == 1


def test_a_task_waits_for_a_person_or_for_a_verb_and_not_for_both():
    with pen("senco") as actor:
        with pytest.raises(ValueError, match="one person"):
            task(actor, person=person("ta"), role_action=Action.PLAN_WRITE)
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.create(
                org=idris().org, kind="x", words="x", reader="plan.view", asked_by=actor.person,
                since=TODAY, source_label="x", source_ref=idris().ref,
            )  # fmt: skip


def test_the_moment_of_a_fact_is_the_actors(settings):
    with pen("senco") as actor:
        one, two = fact(actor), fact(actor)
        assert isinstance(one.at, datetime)
        assert actor.at <= one.at < two.at
