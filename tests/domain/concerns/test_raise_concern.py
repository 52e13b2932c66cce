"""Anybody's worry counts: it is kept, it waits for somebody, and it has a day to be answered by."""

from datetime import date

import pytest

from opensenco.audit.models import Entry
from opensenco.cases import queries as cases
from opensenco.cases.dues import dues
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.concerns import queries
from opensenco.concerns.models import Concern
from opensenco.concerns.operations import raising
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.law.due import StateKind
from tests.cast import TODAY
from tests.domain.concerns import making
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["teacher", "other_teacher", "ta", "senco", "head", "admin", "dsl"])
def test_anybody_who_works_there_can_raise_one_about_any_pupil(who):
    concern = making.raised(by=who, about="Poppy")
    with acting_as(who, write=False) as actor:
        assert queries.concern(actor, concern.ref).noticed == making.NOTICED


@pytest.mark.parametrize("who", ["governor", "parent", "outsider", "family"])
def test_others_cannot_yet(who):
    with acting_as("senco", write=False):
        idris = making.pupil()
    with acting_as(who) as actor, pytest.raises(Refused):
        raising.raise_concern(actor=actor, pupil=idris, noticed="Something.")


def test_only_what_was_noticed_is_needed_and_nothing_asks_for_a_label():
    concern = making.raised(noticed="  He rubs his eyes.  ")
    assert (concern.noticed, concern.where_when, concern.tried, concern.said) == (
        "He rubs his eyes.", "", "", "",
    )  # fmt: skip
    fields = {field.name for field in Concern._meta.fields}
    assert not [f for f in fields if any(w in f for w in ("diagnos", "code", "need", "category"))]
    with acting_as("teacher") as actor, pytest.raises(Invalid) as refused:
        raising.raise_concern(actor=actor, pupil=making.pupil(), noticed=" \n ")
    assert refused.value.field == "noticed"


@pytest.mark.rule("IDN-12")
def test_it_has_a_reply_date_of_ten_school_days_with_its_reason():
    concern = making.raised()
    with acting_as("senco", write=False) as actor:
        rows, _count = dues(actor, pupil=concern.pupil)
        row = next(row for row in rows if row.source_ref == concern.ref)
        assert (row.due.rule, row.due.on, row.state.kind) == (
            "IDN-12", date(2027, 3, 24), StateKind.DUE_SOON,
        )  # fmt: skip
        assert any("has not entered its term dates" in str(why) for why in row.due.reasons)


@pytest.mark.rule("IDN-12")
def test_a_worry_is_not_refused_where_no_calendar_reaches():
    from dataclasses import replace
    from datetime import datetime, timedelta

    with acting_as("teacher") as actor:
        later = replace(actor, at=actor.at + timedelta(days=365 * 40))
        assert isinstance(later.at, datetime)
        concern = raising.raise_concern(actor=later, pupil=making.pupil(), noticed="Tired.")
        kept = DueDate.objects.get(source_ref=concern.ref)
        assert kept.on is None
        assert "does not cover" in str(kept.data)


def test_it_waits_for_whoever_decides_and_its_writer_sees_that():
    concern = making.raised(about="Grace")
    turns = {}
    for who in ("senco", "head", "phase_senco", "teacher", "other_teacher", "ta"):
        with acting_as(who, write=False) as actor:
            found = cases.about_pupil(actor, concern.pupil)
            turns[who] = [(turn.who, turn.yours) for turn in found]
    yours, theirs = [("SENCO", True)], [("SENCO", False)]
    assert turns == {
        "senco": yours, "head": yours, "phase_senco": yours, "teacher": theirs,
        "other_teacher": [], "ta": [],
    }  # fmt: skip


def test_who_reads_it():
    concern = making.raised(by="ta")
    read = {}
    for who in ("senco", "head", "phase_senco", "ta", "teacher", "dsl", "admin", "outsider"):
        with acting_as(who, write=False) as actor:
            read[who] = concern.pk in {c.pk for c in queries.about_pupil(actor, concern.pupil)}
    assert [who for who, reads in read.items() if reads] == ["senco", "head", "phase_senco", "ta"]


def test_the_audit_names_verb_person_and_pupil():
    concern = making.raised()
    with acting_as("senco", write=False):
        entry = Entry.objects.filter(thing_ref=concern.ref).get()
        assert (entry.verb, entry.person.first_name, entry.pupil_id) == (
            "raise_concern", "Priya", concern.pupil_id,
        )  # fmt: skip


def test_one_made_in_error_waits_for_nobody_and_is_kept():
    concern = making.in_error(making.raised(about="Grace"))
    with acting_as("senco", write=False) as actor:
        assert concern.in_error
        assert queries.about_pupil(actor, concern.pupil) == []
        assert queries.concern(actor, concern.ref).in_error_reason == "The wrong child."
        assert not Task.objects.filter(source_ref=concern.ref, settled_at__isnull=True).exists()
        assert not DueDate.objects.filter(source_ref=concern.ref).exists()
        told = [fact.words for fact in cases.timeline(concern.pupil, actor)]
        assert told == ["A concern was recorded here in error."]
        assert Fact.objects.filter(source_ref=concern.ref).count() == 2
        assert concern.history.count() == 2


def test_marking_in_error_needs_a_reason_the_right_and_the_latest_version():
    concern = making.raised()
    with pytest.raises(Invalid):
        making.in_error(concern, reason="wrong")
    with pytest.raises(Refused):
        making.in_error(concern, by="teacher")
    with acting_as("senco") as actor, pytest.raises(Stale):
        raising.mark_concern_in_error(
            actor=actor, concern=making.again(concern), version=7, reason="The wrong child."
        )
    making.in_error(concern)
    with pytest.raises(NotPossible):
        making.in_error(concern)


def test_the_day_it_was_raised_is_the_actors():
    assert making.raised().raised_on == TODAY
