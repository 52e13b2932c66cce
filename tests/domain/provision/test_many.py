"""Many promises at once are given, ended and taken back as each would be alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from opensenco.audit.models import Entry
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.notices.models import Notice
from opensenco.people.models import Assignment, GroupPupil
from opensenco.people.operations import rolls
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving, library, taking_back
from opensenco.provision.operations.giving import Promise, Terms
from tests.cast import TODAY
from tests.domain.provision.steps import language_group, pupil, reading
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
#: of two promises as of many
ASKED = 18
LAST = TODAY + timedelta(days=30)


def terms(**more: Any) -> Terms:
    return Terms(**{"times_a_week": 2, "minutes": 20, "starts": TODAY, "ends": LAST, **more})


def places(row: Allocation) -> list[Any]:
    return list(
        GroupPupil.objects.filter(pupil=row.pupil, group=row.group).values_list("starts", "ends")
    )


def test_each_gets_their_own_terms_and_everything_that_hangs_on_them():
    with acting_as("senco") as actor:
        grace, poppy = pupil("Grace"), pupil("Poppy")
        one = reading(actor)
        other = library.add_provision(actor=actor, org=one.org, name="Counting", layer=3)
        ta, group = person("ta"), language_group()
        before = Notice.objects.count()
        first, second, third = giving.allocate_each(
            actor=actor,
            pupils=[grace, poppy, grace],
            promises=[
                Promise(one, terms(person=ta, group=group)),
                Promise(one, terms(person=ta)),
                Promise(other, terms(minutes=10, group=group, ends=LAST + timedelta(days=7))),
            ],
        )
        assert [row.pupil for row in (first, second, third)] == [grace, poppy, grace]
        assert third.history.get().minutes == 10
        # one stay, made longer by the second promise of the same day
        assert places(first) == [(TODAY, LAST + timedelta(days=7))]
        named = Assignment.objects.filter(person=ta, starts=TODAY)
        assert [row.pupil for row in named] == [poppy], "who runs the group is not assigned again"
        refs = [first.ref, second.ref, third.ref]
        facts = Fact.objects.filter(source_ref__in=refs, kind="provision.given").order_by("at")
        assert [fact.source_ref for fact in facts] == refs
        asked = Task.objects.filter(source_ref__in=refs, due=TODAY, settled_at__isnull=True)
        assert {task.pupil for task in asked} == {grace, poppy}, "one talk with each family"
        assert asked.count() == 2
        assert DueDate.objects.filter(source_ref__in=refs, step="tell-parents").count() == 3
        assert Notice.objects.count() == before + 1, "who delivers hears of it once"
        told = Entry.objects.filter(verb="allocate_each").order_by("id")
        assert [entry.pupil_id for entry in told] == [grace.pk, poppy.pk], (
            "one entry for each pupil"
        )

        giving.end_each(
            actor=actor, allocations=[first, third], ends=[TODAY, TODAY], reason="Met early"
        )
        assert places(first) == [(TODAY, TODAY)]
        assert [row.version for row in (first, third)] == [2, 2]
        taking_back.give_last_days_back(
            actor=actor, allocations=[first, third], ends=[LAST, LAST + timedelta(days=7)]
        )
        assert first.history.order_by("-history_id")[0].ends == LAST

        giving.mark_each_in_error(
            actor=actor, allocations=[first, second, third], reason="Of another school"
        )
        second.refresh_from_db()
        assert (second.in_error_by, second.version) == (actor.person, 2)
        assert second.history.count() == 2
        assert named.get().ends == TODAY, "it began today and is over with its first day"
        assert not Task.objects.filter(source_ref__in=refs, settled_at__isnull=True).exists()
        assert not DueDate.objects.filter(source_ref__in=refs).exists()
        assert Fact.objects.filter(source_ref__in=refs, withdraws=True).count() == 3


def test_one_that_cannot_be_leaves_all_of_them_as_they_were():
    with acting_as("senco") as actor:
        grace, poppy = pupil("Grace"), pupil("Poppy")
        one = Promise(reading(actor), terms())
        with pytest.raises(Invalid, match="has this already"):
            giving.allocate_each(actor=actor, pupils=[grace, poppy, grace], promises=[one] * 3)
        assert not Allocation.objects.filter(provision=one.provision).exists()
        first, second = giving.allocate_each(
            actor=actor, pupils=[grace, poppy], promises=[one, one]
        )
        stale = Allocation.objects.select_related("pupil", "provision").get(pk=second.pk)
        giving.end_allocation(actor=actor, allocation=second, ends=TODAY, reason="Met")
        with pytest.raises(Stale):
            giving.mark_each_in_error(
                actor=actor, allocations=[first, stale], reason="Of another school"
            )
        first.refresh_from_db()
        assert not first.in_error
        again = Promise(one.provision, terms(starts=TODAY + timedelta(days=1)))
        giving.allocate_each(actor=actor, pupils=[poppy], promises=[again])
        with pytest.raises(NotPossible, match="promised the same anew"):
            taking_back.give_last_days_back(actor=actor, allocations=[second], ends=[None])


def test_more_of_them_ask_no_more():
    with acting_as("senco") as actor:
        one = reading(actor)
        born = {"birth_date": date(2018, 1, 1), "joined_on": TODAY}
        named = [{"first_name": f"Sue{n}", "last_name": "Fen", **born} for n in range(9)]
        few, many = (
            rolls.add_pupils(actor=actor, org=pupil().org, rows=rows)
            for rows in (named[:2], named[2:])
        )
        promise = Promise(one, terms(person=person("ta")))
        with asks(ASKED):
            giving.allocate_each(actor=actor, pupils=few, promises=[promise] * len(few))
        with asks(ASKED):
            giving.allocate_each(actor=actor, pupils=many, promises=[promise] * len(many))
