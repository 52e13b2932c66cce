"""The kinds of meeting that ship are whole, and their tables of states are closed."""

import pytest

from opensenco.law import rules
from opensenco.meetings.starter import INVITED, about_a_pupil, kind_of, shipped
from opensenco.meetings.states import TRANSITIONS, MeetingState, Verb, allows, leads


def test_every_kind_is_whole():
    kinds = shipped().kinds
    assert len({kind.code for kind in kinds}) == len(kinds) >= 19
    known = set(rules.RULES)
    for kind in kinds:
        assert sum(item.minutes for item in kind.agenda) == kind.minutes, kind.code
        assert all((kind.title, kind.led_by, kind.before, kind.after)), kind.code
        assert all(item.topic for item in kind.agenda), kind.code
        unknown = {rule for rule in kind.rules if rule not in known and rule[0] + rule[2:3] != "S-"}
        assert not unknown, f"{kind.code} serves rules that there are not: {unknown}"


def test_what_is_planned_from_a_record_says_who_is_there_in_words():
    kinds = about_a_pupil()
    assert {"sen-support-review", "parent-first-meeting", "multi-agency"} <= {k.code for k in kinds}
    assert all(set(kind.invite) <= set(INVITED) for kind in kinds)
    for kind in kinds:
        # a review of a plan is told by its name, and has its notice by law
        assert kind.is_review == bool({"REV-05", "REV-16", "REV-07"} & set(kind.rules)), kind.code
    assert kind_of("nothing of ours") is None


def test_the_states_are_a_closed_table():
    assert set(TRANSITIONS) == set(MeetingState)
    reached = {MeetingState.OFFERED, MeetingState.PLANNED}
    for state in MeetingState:
        for verb in Verb:
            assert allows(state, verb) == (verb in TRANSITIONS[state])
            if allows(state, verb):
                reached.add(leads(state, verb))
            else:
                with pytest.raises(KeyError):
                    leads(state, verb)
    assert reached == set(MeetingState)
    assert not TRANSITIONS[MeetingState.CANCELLED], "what was called off stays so"
