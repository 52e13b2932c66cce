"""A decision names who looks after it, answers the one who raised it, and moves the turn."""

from datetime import timedelta

import pytest

from opensenco.cases.models import DueDate, Task
from opensenco.concerns import queries
from opensenco.concerns.operations import deciding
from opensenco.concerns.states import OUTCOMES, ConcernState
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.notices.queries import unread
from tests.cast import TODAY
from tests.domain.concerns import making
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
S = ConcernState


def told(who: str) -> list[str]:
    with acting_as(who, write=False) as actor:
        return [notice.words for notice in unread(actor)]


@pytest.mark.rule("IDN-12")
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_one_who_raised_it_is_told_what_happens(outcome):
    making.triaged(making.raised(by="ta"), outcome, reply="Thank you, Jo. Here is what we do.")
    (words,) = told("ta")
    assert "Thank you, Jo. Here is what we do." in words


@pytest.mark.rule("IDN-12")
def test_the_reply_date_is_kept_by_the_first_answer():
    concern = making.triaged(making.raised(), S.MONITOR)
    with acting_as("senco", write=False):
        kept = DueDate.objects.get(source_ref=concern.ref)
        assert (concern.replied_on, kept.done_on) == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("outcome", "kind", "since"),
    [
        (S.WITH_TEACHER, "concern.take_up", TODAY),
        (S.MONITOR, "concern.look_again", making.LATER),
        (S.SHORT_INTERVENTION, "concern.look_again", making.LATER),
        (S.REFERRAL, "concern.refer", TODAY),
    ],
)
def test_the_turn_goes_to_its_owner_on_the_day_it_comes(outcome, kind, since):
    concern = making.triaged(making.raised(), outcome)
    with acting_as("senco", write=False):
        task = Task.objects.get(source_ref=concern.ref, settled_at__isnull=True)
        assert (task.kind, task.since, task.person) == (kind, since, person("teacher"))


@pytest.mark.parametrize(("owner", "waits_for"), [("teacher", None), ("senco", "senco")])
def test_support_is_started_by_whoever_may_set_a_status_and_not_by_a_teacher(owner, waits_for):
    concern = making.triaged(making.raised(), S.SEN_SUPPORT, owner=person(owner))
    with acting_as("senco", write=False):
        task = Task.objects.get(source_ref=concern.ref, settled_at__isnull=True)
        assert task.kind == "concern.start_support"
        assert task.person == (person(waits_for) if waits_for else None)
        assert concern.owner == person(owner), "who looks after the child stays as chosen"


def test_no_action_waits_for_nobody_and_says_why():
    concern = making.triaged(making.raised(), S.NO_ACTION, reason="Her hearing was checked.")
    with acting_as("senco", write=False):
        assert not Task.objects.filter(source_ref=concern.ref, settled_at__isnull=True).exists()
    assert concern.reason == "Her hearing was checked."


def test_an_owner_who_is_asked_by_another_is_told():
    making.triaged(making.raised(by="ta"), S.WITH_TEACHER, owner=person("teacher"))
    assert any("asks you to look after a concern." in w for w in told("teacher"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": S.SETTLED}, "outcome"),
        ({"outcome": S.NO_ACTION, "reason": " "}, "reason"),
        ({"owner": None}, "owner"),
        ({"owner": "parent"}, "owner"),
        ({"owner": "outsider"}, "owner"),
        ({"owner": "expired"}, "owner"),
        ({"owner": "governor"}, "owner"),
        ({"until": None}, "until"),
        ({"until": TODAY}, "until"),
        ({"until": TODAY + timedelta(days=367)}, "until"),
        ({"reply": ""}, "reply"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_at_its_field(given, field):
    concern = making.raised()
    if isinstance(given.get("owner"), str):
        given = {**given, "owner": person(given["owner"])}
    with pytest.raises(Invalid) as refused:
        making.triaged(concern, **{"outcome": S.MONITOR, **given})
    assert refused.value.field == field


def test_no_reply_is_asked_of_whoever_raised_it_themselves():
    concern = making.triaged(making.raised(by="senco"), S.MONITOR, reply="")
    assert (concern.state, told("senco")) == (S.MONITOR, [])


@pytest.mark.parametrize("who", ["teacher", "ta", "admin", "dsl", "outsider"])
def test_only_whoever_decides_decides(who):
    concern = making.raised()
    with acting_as("senco", write=False):
        row = making.again(concern)
    with acting_as(who) as actor, pytest.raises(Refused):
        deciding.triage_concern(
            actor=actor, concern=row, version=None, outcome=S.MONITOR, until=making.LATER
        )


def test_a_phase_senco_decides_in_their_part_alone():
    assert making.triaged(making.raised(), S.MONITOR, by="phase_senco").state == S.MONITOR
    with pytest.raises(Refused):
        making.triaged(making.raised(about="Poppy"), S.MONITOR, by="phase_senco")


def test_the_second_of_two_who_decide_is_told_before_anything_else():
    concern = making.raised()
    making.triaged(concern, S.NO_ACTION, by="head")
    with pytest.raises(Stale):
        making.triaged(concern, "nonsense", version=1)
    assert making.triaged(concern, S.MONITOR, version=2).state == S.MONITOR
    with acting_as("senco", write=False):
        states = [row.state for row in making.again(concern).history.order_by("history_date")]
        assert states == [S.RAISED, S.NO_ACTION, S.MONITOR]


def test_a_concern_made_in_error_is_not_decided():
    concern = making.raised()
    making.in_error(concern)
    with pytest.raises(NotPossible):
        making.triaged(concern, S.MONITOR)


def test_those_who_work_with_the_pupil_are_offered_first_as_owners():
    concern = making.raised(by="ta")
    with acting_as("senco", write=False) as actor:
        found = queries.candidates(actor, making.again(concern))
        assert [p.first_name for p in found.near] == ["Jo", "Amara", "Priya"]
        others = {p.first_name for p in found.others}
        assert "Owen" in others
        assert not others & {"Leila", "Tony", "Hannah", "Colin", "Ellen", "Farah", "Olga"}
        ta = person_of("Jo", found.near)
        assert found.named(str(ta.ref)) == ta
        assert found.named("nobody") is None


def person_of(first_name: str, people):
    return next(p for p in people if p.first_name == first_name)
