"""Giving a provision, ending it, telling the parents of it, marking it as given in error."""

from datetime import timedelta
from typing import Any

import pytest

from opensenco.cases import queries as cases
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.people.models import Assignment, GroupPupil, Pupil
from opensenco.provision import queries
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving, library, telling
from opensenco.provision.states import Standing, standing
from opensenco.support.models import Outcome
from opensenco.support.operations.status import Telling
from tests.cast import TODAY
from tests.domain.provision.steps import (
    IN_TEN_WEEKS,
    MONDAY,
    given,
    idris_has,
    language_group,
    pupil,
    reading,
)
from tests.domain.support.steps import agreed, on_support
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
TOLD = Telling(TODAY, "phone", "Told her father what we will do.")


@pytest.mark.requirement("S4-19")
@pytest.mark.rule("APD-03")
def test_a_provision_is_given_for_an_outcome_and_stands_on_the_timeline():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        outcome = Outcome.objects.get(cycle=cycle)
        (row,) = given(actor, outcome=outcome, person=person("ta"))
        assert (row.outcome, row.person, row.minutes) == (outcome, person("ta"), 15)
        fact = Fact.objects.get(source_ref=row.ref)
        assert (fact.kind, fact.on) == ("provision.given", MONDAY)
        found = queries.for_outcomes(actor, cycle)
        assert [one.allocation for one in found[outcome.pk]] == [row]
        assert queries.for_outcomes(actor, [outcome]).keys() == found.keys()


def test_several_pupils_are_given_the_same_at_once():
    with acting_as("senco") as actor:
        everybody = list(Pupil.objects.order_by("id"))
        rows = given(actor, *everybody)
        assert [row.pupil for row in rows] == everybody
        assert {row.times_a_week for row in rows} == {4}


def test_who_delivers_alone_is_assigned_for_these_days_and_no_longer():
    with acting_as("senco") as actor:
        (row,) = given(actor, person=person("ta"))
        named = Assignment.objects.get(pupil=row.pupil, person=person("ta"))
        assert (named.starts, named.ends) == (MONDAY, IN_TEN_WEEKS)
        giving.end_allocation(actor=actor, allocation=row, ends=TODAY, reason="Met early")
        named.refresh_from_db()
        assert named.ends == TODAY
    with acting_as("ta", write=False) as actor:
        assert queries.allocation(actor, row.ref) == row


def test_in_a_group_the_pupil_joins_it_and_who_runs_it_is_not_assigned_again():
    with acting_as("senco") as actor:
        (row,) = given(actor, group=language_group(), person=person("ta"))
        joined = GroupPupil.objects.get(pupil=row.pupil, group=language_group())
        assert (joined.starts, joined.ends) == (MONDAY, IN_TEN_WEEKS)
        assert not Assignment.objects.filter(pupil=row.pupil).exists()
        giving.mark_in_error(actor=actor, allocation=row, reason="Wrong pupil")
        joined.refresh_from_db()
        assert joined.ends is not None
        assert joined.ends < TODAY


def test_another_promise_keeps_who_delivers_it():
    with acting_as("senco") as actor:
        (first,) = given(actor, person=person("ta"))
        other = library.add_provision(actor=actor, org=first.org, name="Counting", layer=2)
        given(actor, provision=other, person=person("ta"))
        giving.mark_in_error(actor=actor, allocation=first, reason="Wrong pupil")
        assert Assignment.objects.get(pupil=first.pupil).ends == IN_TEN_WEEKS


@pytest.mark.rule("IDN-15")
def test_parents_of_a_pupil_without_a_status_are_to_be_told_by_the_first_day():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=TODAY)
        dues = {due.step: due for due in DueDate.objects.filter(source_ref=row.ref)}
        assert (dues["tell-parents"].on, dues["tell-parents"].rule) == (TODAY, "IDN-15")
        task = Task.objects.get(source_ref=row.ref)
        assert task.due == TODAY
        giving.tell_parents(actor=actor, allocation=row, told=TOLD)
        task.refresh_from_db()
        assert task.settled_at is not None
        assert DueDate.objects.get(source_ref=row.ref, step="tell-parents").done_on == TODAY
        assert (row.told_words, row.told_by) == (TOLD.words, actor.person)


@pytest.mark.rule("IDN-15")
def test_of_several_things_the_parents_are_told_in_one_talk_or_asked_for_one_by_one():
    def waiting():
        return [
            task.source_ref
            for task in Task.objects.filter(kind=telling.TELL, settled_at__isnull=True)
        ]

    with acting_as("senco") as actor:
        rows = []
        for name in ("Counting", "Spelling", "Lego"):
            one = library.add_provision(actor=actor, org=pupil().org, name=name, layer=2)
            rows += given(actor, provision=one, starts=TODAY)
        first, second, third = rows
        assert waiting() == [first.ref]
        assert "what else is given" in Task.objects.get(source_ref=first.ref).words
        assert telling.waiting_besides(first, TODAY) == [second, third]
        giving.tell_parents(actor=actor, allocation=first, told=TOLD)
        assert waiting() == [second.ref]
        giving.tell_parents(actor=actor, allocation=second, told=TOLD, also=[third])
        assert waiting() == []
        assert {row.told_on for row in Allocation.objects.filter(pk__in=[r.pk for r in rows])} == {
            TODAY
        }
        (others,) = given(actor, pupil("Poppy"), provision=first.provision, starts=TODAY)
        with pytest.raises(NotFound):
            giving.tell_parents(actor=actor, allocation=others, told=TOLD, also=[first])


@pytest.mark.rule("IDN-15")
def test_what_says_it_already_is_not_asked_twice():
    with acting_as("senco") as actor:
        on_support(actor)
        (with_status,) = given(actor, starts=TODAY)
        universal = reading_for_all(actor)
        (for_all,) = given(actor, pupil("Poppy"), provision=universal)
        (told,) = given(
            actor, pupil("Poppy"), provision=with_status.provision, starts=TODAY, told=TOLD
        )
        assert not DueDate.objects.filter(source_ref__in=[with_status.ref, for_all.ref]).exists()
        assert not Task.objects.filter(kind="provision.tell_parents").exists()
        assert DueDate.objects.get(source_ref=told.ref, step="tell-parents").done_on == TODAY


def reading_for_all(actor):
    return library.add_provision(actor=actor, org=pupil().org, name="Quiet corner", layer=1)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"times_a_week": 0}, "times_a_week"),
        ({"times_a_week": 26}, "times_a_week"),
        ({"minutes": 361}, "minutes"),
        ({"starts": TODAY - timedelta(days=500)}, "starts"),
        ({"starts": TODAY + timedelta(days=400)}, "starts"),
        ({"ends": MONDAY - timedelta(days=1)}, "ends"),
        ({"ends": TODAY + timedelta(days=800)}, "ends"),
    ],
)
def test_what_cannot_be_is_refused(more, field):
    with acting_as("senco") as actor:
        with pytest.raises(Invalid) as refused:
            given(actor, **more)
        assert refused.value.field == field
        assert not Allocation.objects.filter(pupil=pupil()).exists()


def test_the_same_is_not_given_twice_at_once_but_can_be_given_again():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        with pytest.raises(Invalid, match="has this already"):
            given(actor, provision=row.provision)
        later = IN_TEN_WEEKS + timedelta(days=3)
        assert given(actor, provision=row.provision, starts=later, ends=None)


def test_an_outcome_of_another_pupil_is_not_found():
    with acting_as("senco") as actor:
        outcome = Outcome.objects.filter(pupil__first_name="Idris").first()
        own = reading(actor)
        with pytest.raises(NotFound):
            given(actor, outcome=outcome, provision=own)
        with pytest.raises(NotFound):
            given(actor, pupil("Idris"), pupil(), outcome=outcome, provision=own)


def test_ending_early_asks_why_and_keeps_history():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        with pytest.raises(Invalid) as refused:
            giving.end_allocation(actor=actor, allocation=row, ends=TODAY)
        assert refused.value.field == "reason"
        giving.end_allocation(actor=actor, allocation=row, ends=TODAY, reason="Met", version=1)
        assert (row.ends, row.version, row.history.count()) == (TODAY, 2, 2)
        with pytest.raises(Stale):
            giving.end_allocation(actor=actor, allocation=row, ends=TODAY, version=1, reason="Met")


def test_what_was_given_in_error_counts_no_more_and_can_not_be_changed():
    with acting_as("senco") as actor:
        (row,) = given(actor, starts=TODAY)
        with pytest.raises(Invalid):
            giving.mark_in_error(actor=actor, allocation=row, reason="Oops")
        giving.mark_in_error(actor=actor, allocation=row, reason="Given to the wrong pupil")
        assert queries.for_pupil(actor, pupil()) == []
        assert cases.timeline(pupil(), actor)[0].withdraws
        assert not DueDate.objects.filter(source_ref=row.ref).exists()
        assert not Task.objects.filter(source_ref=row.ref, settled_at__isnull=True).exists()
        with pytest.raises(NotPossible):
            giving.end_allocation(actor=actor, allocation=row, ends=TODAY, reason="Met")


@pytest.mark.parametrize("who", ["teacher", "ta", "admin", "dsl"])
def test_who_does_not_co_ordinate_gives_nothing(who):
    with acting_as("senco") as actor:
        provision = reading(actor)
    with acting_as(who) as actor, pytest.raises(Refused):
        given(actor, provision=provision)


def test_the_library_keeps_names_apart_and_lets_nothing_go_that_runs():
    with acting_as("senco") as actor:
        own = reading(actor)
        with pytest.raises(Invalid) as refused:
            reading(actor)
        assert refused.value.field == "name"
        (row,) = given(actor, provision=own)
        with pytest.raises(NotPossible, match="still get this"):
            library.end_provision(actor=actor, provision=own)
        giving.mark_in_error(actor=actor, allocation=row, reason="Wrong pupil")
        library.end_provision(actor=actor, provision=own)
        assert own not in queries.provisions(actor)
        with pytest.raises(NotPossible):
            given(actor, provision=own)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"layer": 4}, "layer"), ({"minutes": 0}, "minutes"), ({"weeks": 61}, "weeks"),
     ({"group_usual": 0}, "group_usual"), ({"purpose": "x" * 2_001}, "purpose")],
)  # fmt: skip
def test_the_library_refuses_what_cannot_be(values, field):
    with acting_as("senco") as actor:
        with pytest.raises(Invalid) as refused:
            reading(actor, **values)
        assert refused.value.field == field


def test_a_promise_keeps_its_numbers_when_the_library_changes():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        library.change_provision(actor=actor, provision=row.provision, minutes=30, version=1)
        row.refresh_from_db()
        assert (row.minutes, row.provision.minutes) == (15, 30)


def test_where_a_promise_stands_is_read_from_its_dates():
    days: dict[str, Any] = {"starts": MONDAY, "ends": TODAY, "in_error": False}
    assert standing(**days, day=MONDAY - timedelta(days=1)) is Standing.PLANNED
    assert standing(**days, day=TODAY) is Standing.RUNNING
    assert standing(**days, day=TODAY + timedelta(days=1)) is Standing.ENDED
    assert standing(**{**days, "ends": None}, day=IN_TEN_WEEKS) is Standing.RUNNING
    assert standing(**{**days, "in_error": True}, day=TODAY) is Standing.IN_ERROR


def test_staff_who_can_deliver_are_offered_and_who_does_it_mostly_comes_first():
    with acting_as("senco") as actor:
        names = [who.name for who, _role in queries.deliverers(actor)]
        assert "Jo Birkett" in names
        assert not {"Ellen Gone", "Farah Soon", "Leila Hassan", "Colin Basing"} & set(names)
        (row,) = given(actor, person=person("ta"))
        assert queries.usual_deliverer(actor, row.provision) == person("ta")
        assert queries.usual_deliverer(actor, idris_has().provision) is None
