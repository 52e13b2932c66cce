"""The table of states is whole, and the operations go by it and by nothing else."""

import pytest

from opensenco.concerns.operations import deciding
from opensenco.concerns.states import (
    HANDS,
    OUTCOMES,
    TRANSITIONS,
    WAITING,
    ConcernState,
    Hands,
    Verb,
)
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import NotPossible
from tests.domain.concerns import making
from tests.people import acting_as

S = ConcernState
ACTS = {
    Verb.TRIAGE: lambda concern: making.triaged(concern, S.MONITOR),
    Verb.TAKE_UP: making.tried,
    Verb.PASS_ON: making.passed_on,
    Verb.SETTLE: making.settled,
}
CELLS = [(state, verb) for state in S for verb in Verb]


def test_every_state_says_what_follows_and_whose_turn_it_is():
    assert set(TRANSITIONS) == set(HANDS) == set(S)


def test_every_state_can_be_reached_and_all_but_the_end_can_be_left():
    reached = {to for verbs in TRANSITIONS.values() for states in verbs.values() for to in states}
    assert reached | {S.RAISED} == set(S)
    assert [state for state, verbs in TRANSITIONS.items() if not verbs] == [S.SETTLED]


def test_what_waits_can_be_ended():
    def ends(state: ConcernState, seen: frozenset[ConcernState] = frozenset()) -> bool:
        if state is S.SETTLED:
            return True
        onward = {to for states in TRANSITIONS[state].values() for to in states} - seen
        return any(ends(to, seen | {state}) for to in onward)

    assert all(ends(state) for state in WAITING)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "verb"), CELLS, ids=lambda v: str(v))
def test_an_operation_is_possible_where_the_table_says_so_and_nowhere_else(state, verb):
    concern = making.standing_at(state)
    assert concern.state == state
    led = TRANSITIONS[state].get(verb)
    if led is None:
        # what is no longer in a teacher's hands is refused before the table is asked
        with pytest.raises((NotPossible, Refused)):
            ACTS[verb](concern)
        with acting_as("senco", write=False):
            assert making.again(concern).state == state
    else:
        assert ACTS[verb](concern).state in led


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(S))
def test_an_owner_stands_where_it_is_the_owners_turn(state):
    concern = making.standing_at(state)
    if HANDS[state] is Hands.OWNER:
        assert concern.owner is not None
    if HANDS[state] is Hands.SENCO or state is S.NO_ACTION:
        assert concern.owner is None


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_can_be_chosen_anew_over_every_other(outcome):
    concern = making.raised()
    for before in OUTCOMES:
        making.triaged(concern, before)
        assert making.triaged(concern, outcome).state == outcome
    with acting_as("senco") as actor, pytest.raises(Exception, match="Choose what happens"):
        deciding.triage_concern(
            actor=actor, concern=making.again(concern), version=None, outcome="settled"
        )
