"""The record as it stood on a day: what was said then, by the permissions of today."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.cases.models import Fact, StatementSource
from opensenco.cases.operations.one_child import part_records
from opensenco.cases.statements import attach, remove
from opensenco.kernel.errors import Invalid
from opensenco.network.content import to_data
from opensenco.network.looking_back import Then, as_it_stood, beside, written_days
from opensenco.network.operations.papers import Wanted, put_on_paper
from opensenco.network.states import Part
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.people.operations.pupils import mark_in_error
from opensenco.support.models import Cycle
from opensenco.support.operations import cycles, mistakes, needs, plans, profile
from tests.cast import TODAY
from tests.domain.cases.test_one_child import APART, join, second
from tests.domain.support.steps import IN_A_TERM, agreed, on_support, outcome, there
from tests.domain.support.steps import pupil as grace
from tests.packs import idris
from tests.people import acting_as

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def said(then: Then | None, part: Part) -> str:
    """Give all that a part of the record said."""
    for section in there(then).sections:
        if section.part == part:
            rows = [row for block in section.blocks for row in ((block.heading,), *block.rows)]
            return "\n".join(": ".join(row) for row in rows)
    return ""


def later(actor: Actor, days: int) -> Actor:
    """Give the same person so many days later."""
    return Actor(actor.person, actor.hat, actor.at + timedelta(days=days))


def without(actor: Actor, *verbs: Action) -> Actor:
    """Give somebody in the same role with fewer verbs, today."""
    fewer: dict[Action, Any] = {k: v for k, v in actor.hat.grants.items() if k not in verbs}
    return Actor(actor.person, replace(actor.hat, grants=fewer), actor.at)


def add_fact(*, actor: Actor, **values: Any) -> Fact:
    with as_actor(actor):
        return spine.add_fact(actor=actor, **values)


def named_source(actor: Actor, cycle: Cycle, pupil: Pupil) -> StatementSource:
    with as_actor(actor):
        return attach(
            actor=actor, host=cycle, pupil=pupil, part="found", text=cycle.found,
            quote="Reads 12 words.", reader=Action.PLAN_VIEW, said_by="Ms Lane",
        )  # fmt: skip


def questions(actor: Actor, pupil: Pupil) -> int:
    with CaptureQueriesContext(connection) as asked:
        as_it_stood(actor, pupil, TODAY)
    return len(asked)


def test_what_was_changed_later_reads_as_it_did_and_a_pack_of_that_day_says_the_same():
    with acting_as("senco") as actor:
        pupil = grace()
        on_support(actor)
        needs.rank_needs(actor=actor, pupil=pupil, codes=["SPLD"])
        profile.write_profile(actor=actor, pupil=pupil, own_words="I like swimming.")
        cycle = agreed(actor, None, outcome("Reads 30 words"))
        source = named_source(actor, cycle, pupil)
        after = later(actor, 40)
        pupils.change_pupil(actor=after, pupil=pupil, version=None, home_language="Welsh")
        needs.rank_needs(actor=after, pupil=pupil, codes=["SEMH"])
        profile.write_profile(actor=after, pupil=pupil, own_words="I like bees.")
        cycles.reopen_plan(actor=after, cycle=cycle)
        words = plans.PlanWords(
            found="Reads 40 words.", review_on=IN_A_TERM, outcomes=[outcome("Reads a book")]
        )
        plans.write_plan(actor=after, cycle=cycle, words=words)
        with as_actor(after):
            remove(actor=after, row=StatementSource.objects.get(pk=source.pk))
        pupil = grace()
        then, now = as_it_stood(after, pupil, TODAY), as_it_stood(after, pupil, after.today)
        for part, old, new in (
            (Part.NEEDS, "Specific learning difficulty", "Social, emotional and mental health"),
            (Part.PROFILE, "I like swimming.", "I like bees."),
            (Part.PLANS, "Reads 12 words.", "Reads a book"),
            (Part.PLANS, "[1] Ms Lane", "Reads 40 words."),
            (Part.ABOUT, "", "Welsh"),
        ):
            assert old in said(then, part), part
            assert new in said(now, part), part
            assert new not in said(then, part), part
            assert not old or old not in said(now, part), part
        stood = next(one for one in there(then).sections if one.part == Part.PROFILE)
        assert stood.source == (
            "From the record of Larkrise Primary School. "
            "Last written on 10 March 2027 by Amara Okafor."
        )
        assert TODAY in written_days(after, pupil)
        everything = tuple(Part(one.part) for one in there(then).sections)
        wanted = Wanted(audience="own", for_whom="Governors", parts=everything, day=TODAY)
        edition = put_on_paper(actor=after, pupil=pupil, wanted=wanted)
        assert edition.content == to_data(there(then).sections)
        assert as_it_stood(after, pupil, TODAY - timedelta(days=4000)) is None
        for day, why in (
            (TODAY - timedelta(days=4000), "not on the record"),
            (after.today + timedelta(days=1), "today or a day before"),
        ):
            other = replace(wanted, day=day)
            with pytest.raises(Invalid, match=why):
                put_on_paper(actor=after, pupil=pupil, wanted=other)


def test_what_turned_out_to_be_wrong_reads_as_it_did_with_a_note():
    with acting_as("senco") as actor:
        pupil = grace()
        aunt = pupils.add_contact(actor=actor, pupil=pupil, name="Ann Hasan", relation="Aunt")
        told = add_fact(
            actor=actor, pupil=pupil, kind="call", on=TODAY, words="He moves to Year 5.",
            source=aunt, reader=Action.PLAN_VIEW,
        )  # fmt: skip
        cycle = agreed(actor)
        after = later(actor, 3)
        mark_in_error(actor=after, row=aunt, reason="She is Grace’s aunt.", version=None)
        add_fact(
            actor=after, pupil=pupil, kind="call", on=TODAY, words="He moves to Year 6.",
            source=aunt, reader=Action.PLAN_VIEW, corrects=told,
        )  # fmt: skip
        mistakes.mark_in_error(actor=after, row=cycle, reason="Another child’s plan.")
        then, now = as_it_stood(after, pupil, TODAY), as_it_stood(after, pupil, after.today)
        note = "Since then: Marked as made in error on 13 March 2027"
        assert "Ann Hasan\nRelation: Aunt\n" in said(then, Part.FAMILY)
        assert note in said(then, Part.FAMILY)
        assert note in said(then, Part.PLANS)
        assert "Grace" not in said(then, Part.FAMILY), "why it was wrong can name somebody"
        assert "He moves to Year 5. (Put right or taken back later.)" in said(then, Part.TIMELINE)
        assert "Year 6" not in said(then, Part.TIMELINE)
        for part, words in (
            (Part.FAMILY, "Ann Hasan"), (Part.PLANS, "Plan 1"), (Part.TIMELINE, "Year 5")
        ):  # fmt: skip
            assert words not in said(now, part), part


def test_whoever_may_not_see_a_part_today_does_not_see_it_of_then():
    with acting_as("senco") as actor:
        pupil = grace()
        pupils.record_care_status(actor=actor, pupil=pupil, kind="looked_after", starts=YESTERDAY)
        on_support(actor)
        add_fact(
            actor=actor, pupil=pupil, kind="call", on=TODAY, words="A letter of the court.",
            source=None, reader=Action.PLAN_VIEW, confidential=True,
        )  # fmt: skip
        after = later(actor, 1)
        assert "Looked after" in said(as_it_stood(after, pupil, TODAY), Part.CARE)
        assert "court" in said(as_it_stood(after, pupil, TODAY), Part.CONFIDENTIAL)
        for verbs, parts in (
            ((Action.CARE_VIEW,), {Part.CARE}),
            ((Action.PLAN_WRITE,), {Part.CONFIDENTIAL}),
            ((Action.PLAN_VIEW, Action.REGISTER_VIEW), {Part.NEEDS, Part.PLANS, Part.TIMELINE}),
            ((Action.PROVISION_VIEW,), {Part.DELIVERY}),
        ):
            fewer = without(after, *verbs)
            shown = {one.part for one in there(as_it_stood(fewer, pupil, TODAY)).sections}
            assert not shown & parts, verbs
        assert as_it_stood(without(after, Action.PUPIL_HISTORY), pupil, TODAY) is None


def test_two_records_that_were_one_by_mistake_never_show_the_other_child():
    with acting_as("senco") as actor:
        one, other = idris(), second(actor)
        pupils.add_contact(actor=actor, pupil=other, name="Nora Vale", relation="Carer")
        made = join(later(actor, 2), one, other)
        after = later(actor, 4)
        (stood,) = beside(after, idris(), TODAY)
        assert "Nora Vale" in said(stood, Part.FAMILY)
        joined = as_it_stood(after, idris(), TODAY + timedelta(days=3))
        assert "Nora Vale" in said(joined, Part.FAMILY)
        part_records(actor=after, joining=made, reason=APART)
        between = as_it_stood(later(actor, 5), idris(), TODAY + timedelta(days=3))
        assert "Nora Vale" not in said(between, Part.FAMILY)
        assert beside(later(actor, 5), idris(), TODAY) == []


def test_however_much_is_on_the_record_the_database_is_asked_as_often():
    with acting_as("senco") as actor:
        pupil = grace()
        on_support(actor)
        profile.write_profile(actor=actor, pupil=pupil, own_words="I like swimming.")
        cycle = agreed(actor, None, outcome("Reads 30 words"))
        pupils.add_contact(actor=actor, pupil=pupil, name="Ann Hasan", relation="Aunt")
        few = questions(actor, pupil)
        _more(actor, pupil, cycle)
        assert questions(actor, pupil) <= few


def _more(actor: Actor, pupil: Pupil, cycle: Cycle) -> None:
    for name in ("Bea", "Cal", "Dan"):
        pupils.add_contact(actor=actor, pupil=pupil, name=name, relation="Aunt")
        add_fact(
            actor=actor, pupil=pupil, kind="call", on=TODAY, words=name, source=None,
            reader=Action.PLAN_VIEW,
        )  # fmt: skip
    cycles.reopen_plan(actor=actor, cycle=cycle)
    more: Iterable[Any] = [outcome(f"Outcome {number}") for number in range(5)]
    plans.write_plan(
        actor=actor, cycle=cycle, words=plans.PlanWords(review_on=IN_A_TERM, outcomes=tuple(more))
    )
