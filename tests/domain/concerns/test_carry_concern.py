"""A minor concern stays with its teacher, who tries something, passes it on or ends it."""

from datetime import timedelta

import pytest

from opensenco.cases import queries as cases
from opensenco.cases.models import Task
from opensenco.concerns import queries
from opensenco.concerns.states import ConcernState
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, Stale
from opensenco.notices.queries import unread
from tests.cast import TODAY
from tests.domain.concerns import making
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
S = ConcernState


def told(who: str) -> list[str]:
    with acting_as(who, write=False) as actor:
        return [notice.words for notice in unread(actor)]


def open_task(concern) -> Task:
    with acting_as("senco", write=False):
        return Task.objects.select_related("person").get(
            source_ref=concern.ref, settled_at__isnull=True
        )


@pytest.mark.rule("IDN-12")
def test_a_teacher_keeps_their_own_minor_concern_before_anybody_decides():
    concern = making.tried(making.raised())
    assert (concern.state, concern.owner, concern.replied_on) == (
        S.TRYING, person("teacher"), TODAY,
    )  # fmt: skip
    assert open_task(concern).since == making.LATER
    assert any("keeps this concern in class" in words for words in told("senco"))


def test_nobody_else_takes_it_before_a_decision():
    for by, about in (("teacher", "Poppy"), ("ta", "Idris")):
        concern = making.raised(by=by, about=about)
        with pytest.raises(Refused):
            making.tried(concern, by=by)
    concern = making.raised()
    with pytest.raises(Refused):
        making.tried(concern, by="other_teacher")


def test_what_was_handed_to_a_teacher_is_theirs_to_try():
    concern = making.triaged(making.raised(by="ta"), S.WITH_TEACHER, owner=person("teacher"))
    concern = making.tried(concern, trying="Sits at the front.")
    assert (concern.state, concern.trying) == (S.TRYING, "Sits at the front.")
    assert any("Sits at the front." in words for words in told("ta"))


def test_trying_can_go_on_for_longer():
    longer = making.LATER + timedelta(days=14)
    concern = making.tried(making.tried(making.raised()), until=longer)
    assert (concern.until, open_task(concern).since) == (longer, longer)


def test_until_the_day_to_look_again_it_is_nobodys_turn_and_then_the_owners():
    from dataclasses import replace

    concern = making.tried(making.raised(about="Grace"))
    with acting_as("teacher", write=False) as actor:
        assert not [t for t in cases.tasks_for(actor).yours if t.name.startswith("Grace")]
        assert queries.standing(actor, making.again(concern)).days is None
        then = replace(actor, at=actor.at + timedelta(days=24))
        (turn,) = [t for t in cases.tasks_for(then).yours if t.name.startswith("Grace")]
        assert (turn.days, turn.kind) == (3, "concern.look_again")
        assert queries.standing(then, making.again(concern)).yours


def test_passing_on_needs_a_reason_and_gives_the_turn_back():
    concern = making.tried(making.raised())
    with pytest.raises(Invalid) as refused:
        making.passed_on(concern, reason=" ")
    assert refused.value.field == "reason"
    concern = making.passed_on(concern, reason="Nothing has changed.")
    assert (concern.state, concern.owner) == (S.PASSED_ON, None)
    task = open_task(concern)
    assert (task.role_action, task.since) == ("concern.triage", TODAY)
    assert "Nothing has changed." in task.words


def test_the_end_is_told_to_the_one_who_raised_it():
    concern = making.triaged(making.raised(by="ta"), S.WITH_TEACHER, owner=person("teacher"))
    concern = making.settled(concern, result="He asks for help now.")
    assert concern.state == S.SETTLED
    assert any("He asks for help now." in words for words in told("ta"))
    with acting_as("senco", write=False):
        assert not Task.objects.filter(source_ref=concern.ref, settled_at__isnull=True).exists()


def test_each_step_refuses_an_empty_answer_at_its_field():
    concern = making.raised()
    refusals: dict[str, dict] = {"trying": {"trying": ""}, "until": {"until": TODAY}}
    for field, given in refusals.items():
        with pytest.raises(Invalid) as refused:
            making.tried(concern, **given)
        assert refused.value.field == field
    making.tried(concern)
    with pytest.raises(Invalid) as refused:
        making.settled(concern, result="")
    assert refused.value.field == "result"


def test_a_co_ordinator_carries_for_a_colleague_who_is_away():
    concern = making.tried(making.raised())
    assert making.settled(concern, by="senco").state == S.SETTLED


def test_whoever_no_longer_owns_it_carries_it_no_more():
    concern = making.tried(making.raised())
    making.triaged(concern, S.MONITOR, owner=person("ta"))
    with pytest.raises(Refused):
        making.settled(concern)
    assert making.settled(concern, by="ta").state == S.SETTLED


def test_two_tabs_are_told_of_each_other():
    concern = making.tried(making.raised())
    with pytest.raises(Stale):
        making.tried(concern, version=1)


def test_the_timeline_tells_each_step_to_whoever_reads_concerns():
    concern = making.raised(about="Grace")
    making.tried(concern)
    making.passed_on(concern)
    making.triaged(concern, S.NO_ACTION)
    with acting_as("senco", write=False) as actor:
        kinds = [fact.kind for fact in cases.timeline(concern.pupil, actor)]
    assert kinds == [
        "concern.triaged", "concern.passed_on", "concern.taken_up", "concern.raised",
    ]  # fmt: skip
    with acting_as("dsl", write=False) as actor:
        assert cases.timeline(concern.pupil, actor) == []
