"""The states of a concern: what may follow what, and whose turn it is in each."""

from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ConcernState(models.TextChoices):
    """Where a concern stands. The words are for staff."""

    RAISED = "raised", _("waits for a decision")
    WITH_TEACHER = "with_teacher", _("stays in class, with adjusted teaching")
    TRYING = "trying", _("being tried in class")
    MONITOR = "monitor", _("being watched")
    SHORT_INTERVENTION = "short_intervention", _("a short intervention")
    SEN_SUPPORT = "sen_support", _("SEN support is to start")
    REFERRAL = "referral", _("a referral is to be made")
    EHC_REQUEST = "ehc_request", _("an EHC assessment is to be asked for")
    PASSED_ON = "passed_on", _("passed on, waits for a decision")
    NO_ACTION = "no_action", _("no action, with a reason")
    SETTLED = "settled", _("settled")


class Verb(StrEnum):
    """What moves a concern from one state to another."""

    TRIAGE = "triage"
    TAKE_UP = "take_up"
    PASS_ON = "pass_on"  # noqa: S105 (a verb)
    SETTLE = "settle"


class Hands(StrEnum):
    """Whose turn it is."""

    SENCO = "senco"
    OWNER = "owner"
    NOBODY = "nobody"


S = ConcernState

#: what a triage can decide
OUTCOMES: tuple[ConcernState, ...] = (
    S.WITH_TEACHER, S.MONITOR, S.SHORT_INTERVENTION, S.SEN_SUPPORT, S.REFERRAL,
    S.EHC_REQUEST, S.NO_ACTION,
)  # fmt: skip
OUTCOME_WORDS: dict[ConcernState, Promise] = {
    S.WITH_TEACHER: _("Adjust teaching"),
    S.MONITOR: _("Watch and look again"),
    S.SHORT_INTERVENTION: _("A short intervention"),
    S.SEN_SUPPORT: _("Start SEN support"),
    S.REFERRAL: _("Refer to a service"),
    S.EHC_REQUEST: _("Ask for an EHC needs assessment"),
    S.NO_ACTION: _("No action now"),
}
#: outcomes after which somebody looks again on a day
LOOKED_AT_AGAIN = (S.MONITOR, S.SHORT_INTERVENTION)

DECIDE = {Verb.TRIAGE: frozenset(OUTCOMES)}
TRY = {Verb.TAKE_UP: frozenset({S.TRYING})}
END = {Verb.PASS_ON: frozenset({S.PASSED_ON}), Verb.SETTLE: frozenset({S.SETTLED})}

#: the closed table: state, verb, and the states that verb may lead to. Whoever decides may decide
#: anew until the concern is settled.
TRANSITIONS: dict[ConcernState, dict[Verb, frozenset[ConcernState]]] = {
    S.RAISED: {**DECIDE, **TRY},
    S.PASSED_ON: {**DECIDE},
    S.WITH_TEACHER: {**DECIDE, **TRY, **END},
    S.TRYING: {**DECIDE, **TRY, **END},
    S.MONITOR: {**DECIDE, **TRY, **END},
    S.SHORT_INTERVENTION: {**DECIDE, **END},
    S.SEN_SUPPORT: {**DECIDE, **END},
    S.REFERRAL: {**DECIDE, **END},
    S.EHC_REQUEST: {**DECIDE, **END},
    S.NO_ACTION: {**DECIDE},
    S.SETTLED: {},
}

HANDS: dict[ConcernState, Hands] = {
    S.RAISED: Hands.SENCO,
    S.PASSED_ON: Hands.SENCO,
    S.WITH_TEACHER: Hands.OWNER,
    S.TRYING: Hands.OWNER,
    S.MONITOR: Hands.OWNER,
    S.SHORT_INTERVENTION: Hands.OWNER,
    S.SEN_SUPPORT: Hands.OWNER,
    S.REFERRAL: Hands.OWNER,
    S.EHC_REQUEST: Hands.OWNER,
    S.NO_ACTION: Hands.NOBODY,
    S.SETTLED: Hands.NOBODY,
}

WAITING = tuple(state for state in S if HANDS[state] is not Hands.NOBODY)
OWNED = tuple(state for state in S if HANDS[state] is Hands.OWNER)


def allows(state: str, verb: Verb) -> bool:
    """Tell whether a concern in this state can take this verb."""
    return verb in TRANSITIONS[ConcernState(state)]


def leads(state: str, verb: Verb, to: str) -> bool:
    """Tell whether the verb may lead from one state to another."""
    return to in TRANSITIONS[ConcernState(state)].get(verb, ())
