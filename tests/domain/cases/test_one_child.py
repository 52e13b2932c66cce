"""Two records of one child are made one, whatever stands in either, and parted again as a whole."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.keys import all_models
from opensenco.access.registry import visible
from opensenco.audit.acting import as_actor
from opensenco.audit.models import Entry
from opensenco.cases import queries as cases
from opensenco.cases.joining import queries, rows
from opensenco.cases.joining.questions import questions
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.cases.operations.one_child import (
    BY_SOURCE,
    HANGS_ON,
    bring_over,
    join_records,
    part_records,
    tell_apart,
)
from opensenco.concerns.models import Concern, SafeguardingNote
from opensenco.concerns.operations.raising import raise_concern
from opensenco.concerns.operations.safeguarding import note_for_safeguarding
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import (
    Paper,
    file_documents,
    file_for_safeguarding,
)
from opensenco.documents.states import Level
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.network.looking_back import beside
from opensenco.notices.queries import unread
from opensenco.people import queries as people
from opensenco.people.models import (
    CareStatus,
    Contact,
    FormerIdentity,
    Group,
    GroupPupil,
    Joining,
    Pupil,
)
from opensenco.people.operations import groups, pupils
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.operations import giving, sessions
from opensenco.support.models import Attendance, Cycle, Need, Profile, SenStatus
from opensenco.support.operations import cycles, needs, plans, profile, records, status
from tests.cast import LONG_AGO, NOW, TODAY
from tests.documents.samples import pdf
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db

WHY = "The mother has shown both birth certificates."
APART = "They are cousins of one name."
TO_COME = TODAY + timedelta(days=28)


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(year_group=4, birth_date="2018-05-04")


def second(actor: Actor) -> Pupil:
    """Give a second record of Idris with something of every kind in it."""
    row = pupils.add_pupil(
        actor=actor, org=people.place(actor), first_name="Idrees", last_name="Hasan",
        birth_date=date(2018, 5, 4), upn="T891999922005",
    )  # fmt: skip
    group = Group.objects.get(name="2P")
    groups.put_pupil_in_group(actor=actor, group=group, pupil=row, starts=LONG_AGO)
    pupils.add_contact(
        actor=actor, pupil=row, name="Tony Vicker", relation="Father", person=person("barred")
    )
    pupils.record_care_status(actor=actor, pupil=row, kind="previously", starts=LONG_AGO)
    pupils.add_health_alert(actor=actor, pupil=row, alert="Nuts")
    raise_concern(actor=actor, pupil=row, noticed="He looks away.")
    status.set_status(
        actor=actor, pupil=row, code="K", starts=TODAY, reason="Falls behind.", grounds=["gap"]
    )
    needs.rank_needs(actor=actor, pupil=row, codes=["SEMH"])
    needs.write_strategies(actor=actor, pupil=row, texts=["Sit in front"])
    profile.write_profile(actor=actor, pupil=row, own_words="I like trains.")
    cycle = cycles.open_cycle(actor=actor, pupil=row, found="Reads slowly.")
    aim = plans.OutcomeWords("Reads 60 words", "31", "60", TO_COME, "The list")
    plans.add_outcome(actor=actor, cycle=cycle, outcome=aim)
    terms = giving.Terms(times_a_week=2, minutes=20, starts=TODAY)
    thing = Provision.objects.filter(org=row.org).order_by("id")[0]
    given = giving.allocate(actor=actor, pupils=[row], provision=thing, terms=terms)
    sessions.log_session(actor=actor, allocations=given, on=TODAY)
    note_for_safeguarding(actor=actor, pupil=row, words="Markedword.")
    return Pupil.objects.select_related("org").get(pk=row.pk)


def join(actor: Actor, one: Pupil, other: Pupil, pick: str = "first") -> Joining:
    asked = {q.code: pick for q in questions(actor, one, other)}
    return join_records(actor=actor, pupils=[one, other], choices=asked, reason=WHY)


def whole(record: Pupil) -> dict[str, list[Any]]:
    """Give all that stands about a record, but for what is counted anew."""
    told = {}
    for model in rows.movable():
        if model._meta.label not in ("cases.DueDate", "people.FormerIdentity"):
            columns = [f.attname for f in model._meta.concrete_fields if f.name != "version"]
            found = model._default_manager.filter(pupil=record).order_by("id")
            told[model._meta.label] = list(found.values(*columns))
    columns = [f.attname for f in Pupil._meta.concrete_fields if f.name != "version"]
    told["people.Pupil"] = list(Pupil.objects.filter(pk=record.pk).values(*columns))
    return told


def due_dates() -> list[Any]:
    """Give the dates that the law makes, without the ids of their cache."""
    columns = ("pupil", "source_ref", "step", "on", "done_on", "strength")
    return sorted(DueDate.objects.values_list(*columns), key=str)


def test_every_model_about_a_pupil_moves_or_is_read_through():
    """A later model about pupils must say, by its tenancy, what becomes of it."""
    hanging = (*HANGS_ON, *BY_SOURCE)
    for model in rows.about_pupils():
        label = model._meta.label
        if rows.moves(model):
            assert label in queries.CALLED or label in hanging, f"say in CALLED what {label} is"
        else:
            fixed = model.tenancy.append_only  # type: ignore[attr-defined]
            assert fixed or model.stays_where_written  # type: ignore[attr-defined]
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in all_models()
        if not hasattr(model, "instance_type")
        for field in model._meta.concrete_fields
        if field.related_model is Pupil
    }
    known = {f"{model._meta.label}.pupil" for model in rows.about_pupils()}
    besides = {"people.Pupil.same_as", "people.Joining.other", "people.Different.other"}
    assert keys - known == besides


@pytest.mark.parametrize("pick", ["first", "second"])
def test_nothing_is_lost_by_making_one_and_all_is_as_it_was_when_parted(pick):
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        span = {"starts": LONG_AGO, "ends": TODAY, "possible": 300, "attended": 290}
        records.record_attendance(actor=actor, pupils=[one, other], spans=[span, span])
        before = {pupil.pk: whole(pupil) for pupil in (one, other)}
        dues = due_dates()
        counted = {m: m._default_manager.count() for m in rows.about_pupils() if m is not DueDate}
        made = join(actor, one, other, pick)
        one.refresh_from_db()
        for model, count in counted.items():
            assert model._default_manager.count() >= count, model
        for model in rows.movable():
            left = model._default_manager.filter(pupil=other).count()
            assert left == (1 if model in (Profile, Attendance) else 0), model
        assert rows.written_beside([other.pk]) == {}
        stands = {"pupil": one, "in_error_at": None}
        assert SenStatus.objects.filter(**stands, ends=None).count() == 1
        assert Cycle.objects.filter(**stands).exclude(stage="closed").count() == 1
        codes = Need.objects.filter(pupil=one, ended_on=None).values_list("code", flat=True)
        assert ("SEMH" in codes) is (pick == "second")
        now = GroupPupil.objects.filter(pupil=one, ends=None, group__kind="class")
        assert [row.group.name for row in now] == [{"first": "4R", "second": "2P"}[pick]]
        assert one.last_name == {"first": "Hassan-Cole", "second": "Hasan"}[pick]
        part_records(actor=actor, joining=made, reason=APART)
        for pupil in (one, other):
            after = whole(pupil)
            for label, stood in before[pupil.pk].items():
                new = [row for row in after[label] if row not in stood]
                # what waited meanwhile because another status stood waits no more
                assert all(label == "cases.Task" and row["settled_at"] for row in new), label
                assert [row for row in after[label] if row in stood] == stood, label
        assert due_dates() == dues


def test_the_one_record_shows_all_and_the_set_aside_one_is_nobodys():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        join(actor, one, other)
        timeline = cases.timeline(one, actor)
        assert "Two records of this pupil were made one" in [fact.words for fact in timeline]
        theirs = set(Fact.objects.filter(pupil=other).values_list("pk", flat=True))
        assert theirs
        assert theirs <= {fact.pk for fact in timeline}
        assert not visible(actor, Action.PUPIL_VIEW, Pupil).filter(pk=other.pk).exists()
        assert people.pupil(actor, other.ref) == one
        assert [p.pk for p in people.found(actor, "hasan")[0]] == [one.pk]
        assert Entry.objects.filter(verb="join_records").count() == 2
        assert Session.objects.filter(pupil=other).exists()
        assert Allocation.objects.filter(pupil=one).count() > 1
    with acting_as("dsl", write=False) as lead:
        notes = visible(lead, Action.SAFEGUARDING_VIEW, SafeguardingNote)
        assert notes.filter(words="Markedword.").exists()
    with acting_as("head", write=False) as head:
        assert any("made one of two records" in one.words for one in unread(head))


def test_who_is_barred_in_one_record_stays_barred_in_the_one():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        join(actor, one, other, "second")
        fathers = Contact.objects.filter(pupil=one, name="Tony Vicker")
        assert fathers.count() == 2
        assert all(row.barred and not row.may_see for row in fathers)


def test_a_teacher_of_the_set_aside_one_alone_sees_the_child_where_that_class_was_chosen():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        made = join(actor, one, other, "second")
    for who, sees in (("other_teacher", True), ("teacher", False)):
        with acting_as(who, write=False) as actor:
            assert visible(actor, Action.PUPIL_VIEW, Pupil).filter(pk=one.pk).exists() is sees
            facts = visible(actor, Action.TASK_VIEW, Fact).exclude(person=actor.person)
            assert facts.filter(pupil=other).exists() is sees
    with acting_as("senco") as actor:
        part_records(actor=actor, joining=made, reason=APART)
    with acting_as("other_teacher", write=False) as actor:
        seen = visible(actor, Action.PUPIL_VIEW, Pupil).filter(pk__in=[one.pk, other.pk])
        assert list(seen) == [other]


def test_hostile_hands_make_nothing_one():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        asked = {q.code: "first" for q in questions(actor, one, other)}
        both: dict[str, Any] = {"actor": actor, "choices": asked, "reason": WHY}
        with pytest.raises(NotPossible, match="two different"):
            join_records(**both, pupils=[one, one])
        with pytest.raises(Invalid, match="Choose one of the two"):
            join_records(**{**both, "choices": {}}, pupils=[one, other])
        with pytest.raises(Invalid, match="how you know"):
            join_records(**{**both, "reason": "same"}, pupils=[one, other])
        with pytest.raises(Stale):
            join_records(**both, pupils=[one, other], versions=(one.version, 99))
        made = join_records(**both, pupils=[one, other], versions=(one.version, other.version))
        with pytest.raises(Refused):
            join_records(**both, pupils=[one, other])
        part_records(actor=actor, joining=made, reason=APART)
        with pytest.raises(NotPossible, match="already"):
            part_records(actor=actor, joining=made, reason=APART)
    with acting_as("outsider", write=False):
        theirs = Pupil.objects.select_related("org").order_by("id")[0]
    with acting_as("senco") as actor, pytest.raises(Refused):
        join_records(actor=actor, pupils=[one, theirs], choices={}, reason=WHY)
    for who in ("teacher", "ta", "admin", "phase_senco", "dsl"):
        with acting_as(who) as actor, pytest.raises(Refused):
            join_records(actor=actor, pupils=[one, other], choices=asked, reason=WHY)


def test_what_was_written_since_goes_where_somebody_says_and_else_stays():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        made = join(actor, one, other)
        concern = raise_concern(actor=actor, pupil=idris(), noticed="Of the other one.")
        stays = raise_concern(actor=actor, pupil=idris(), noticed="Of this one.")
        pupils.change_pupil(actor=actor, pupil=idris(), version=None, home_language="Welsh")
        moved = made.moved["concerns.Concern"]
        told = queries.written_since(actor, made)
        written = {f"concerns.Concern:{row.ref}": "A concern" for row in (concern, stays)}
        assert {row.key: row.what for row in told.rows} == written
        assert told.stays >= 2
        part_records(
            actor=actor, joining=made, reason=APART, to_other=[f"concerns.Concern:{concern.ref}"]
        )
        back = Concern.objects.filter(pupil=other).values_list("pk", flat=True)
        assert set(back) == {concern.pk, *moved}
        assert {task.pupil_id for task in Task.objects.filter(source_ref=concern.ref)} == {other.pk}
        assert Concern.objects.get(pk=stays.pk).pupil_id == one.pk
        assert idris().home_language == "Welsh"


def test_of_a_paper_filed_since_only_those_hear_who_may_know_of_it():
    def paper(level):
        sent = Incoming(f"{level}.pdf", [pdf(f"A paper that is {level}.")])
        return Paper(sent, title="A paper", kind="report", dated=TODAY, level=level)

    with acting_as("senco") as actor:
        made = join(actor, idris(), second(actor))
        file_documents(actor=actor, pupil=idris(), papers=[paper(Level.ORDINARY)])
    with acting_as("dsl") as actor:
        file_for_safeguarding(actor=actor, pupil=idris(), papers=[paper(Level.SAFEGUARDING)])
    with acting_as("senco", write=False) as actor:
        (row,) = queries.written_since(actor, made).rows
        assert (row.what, row.by) == ("A paper", actor.person.name)


def test_a_chain_is_parted_from_its_end():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        third = pupils.add_pupil(
            actor=actor, org=people.place(actor), first_name="Idris", last_name="Hassan",
            birth_date=date(2018, 5, 4),
        )  # fmt: skip
        first = join(actor, other, third)
        last = join(actor, one, Pupil.objects.get(pk=other.pk))
        assert people.pupil(actor, third.ref) == one
        assert set(people.records_of(one)) == {one.pk, other.pk, third.pk}
        with pytest.raises(NotPossible, match="Part that first"):
            part_records(actor=actor, joining=first, reason=APART)
        part_records(actor=actor, joining=last, reason=APART)
        assert people.pupil(actor, third.ref).pk == other.pk
        part_records(actor=actor, joining=first, reason=APART)
        assert people.pupil(actor, third.ref).pk == third.pk


def test_who_looks_alike_is_proposed_until_somebody_tells_them_apart():
    with acting_as("senco") as actor:
        assert queries.pairs(actor) == []
        grace = Pupil.objects.get(first_name="Grace")
        same = pupils.add_pupil(
            actor=actor, org=people.place(actor), first_name="Grace", last_name="ATHERTON",
            birth_date=date(2018, 9, 12), upn="Q89199902400A",
        )  # fmt: skip
        (pair,) = queries.pairs(actor)
        assert (pair.one, pair.other) == (grace, same)
        assert pair.why == ("The same name and date of birth",)
        row = tell_apart(actor=actor, pupils=[same, grace], reason="Cousins, born on one day.")
        assert queries.pairs(actor) == []
        assert [one.reason for one in queries.told_apart(actor)][:1] == [row.reason]
        with pytest.raises(NotPossible, match="already"):
            tell_apart(actor=actor, pupils=[grace, same], reason="Cousins, born on one day.")


def test_care_and_the_other_name_stay_with_those_who_may_see_them():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        join(actor, one, other)
        assert CareStatus.objects.filter(pupil=one).count() == 2
        former = FormerIdentity.objects.get(pupil=one, upn="", in_error_at=None)
        assert (former.last_name, former.guarded) == ("Hasan", True)
    with acting_as("teacher", write=False) as actor:
        assert people.found(actor, "hasan") == ([], 0)
        assert people.care_of(actor, one) == []


def test_as_it_stood_before_both_records_are_shown_each_under_its_own_name():
    with acting_as("senco") as now:
        one, other = idris(), second(now)
        actor = Actor(now.person, now.hat, NOW + timedelta(days=2))
        join(actor, one, other)
        assert people.one_with(one, TODAY) == [other]
        assert people.one_with(one, TODAY + timedelta(days=2)) == []
        shown = beside(actor, one, TODAY)
        assert [(then.pupil.first_name, then.pupil.upn) for then in shown] == [
            ("Idrees", "T891999922005")
        ]
        parts = {section.part: section.blocks for section in shown[0].sections}
        assert [block.heading for block in parts["family"]] == ["Tony Vicker"]
        assert parts["delivery"][0].kind == "terms"
        fewer: dict[Action, Any] = dict(now.hat.grants)
        del fewer[Action.GUARDED_NAMES]
        curious = Actor(now.person, replace(now.hat, grants=fewer), actor.at)
        (then,) = beside(curious, one, TODAY)
        assert (then.pupil.first_name, then.pupil.last_name) == ("Idris", "Hassan-Cole")


def test_what_was_written_in_the_moment_of_setting_aside_is_found_and_brought_over():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        made = join(actor, one, other)
        assert rows.written_beside([other.pk]) == {}
        late = Contact(org_id=other.org_id, pupil=other, name="Ann Hasan", relation="Aunt")
        with as_actor(actor):
            late.save()
        assert rows.written_beside([other.pk]) == {other.pk: [late]}
        bring_over(actor=actor, joining=made)
        assert Contact.objects.get(pk=late.pk).pupil_id == one.pk
        with pytest.raises(NotPossible, match="nothing to bring over"):
            bring_over(actor=actor, joining=made)
        part_records(actor=actor, joining=Joining.objects.get(pk=made.pk), reason=APART)
        assert Contact.objects.get(pk=late.pk).pupil_id == other.pk
