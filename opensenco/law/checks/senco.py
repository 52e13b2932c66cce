"""Who must have a SENCO, and who may be one (ROL-01, ROL-03). See docs/law/senco.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.codes.settings import SETTINGS, SencoDuty, Setting
from opensenco.law.due import unverified
from opensenco.law.registry import answers
from opensenco.law.rule import Rule
from opensenco.law.rulebook.role import ROL_01, ROL_03
from opensenco.law.rulebook.role_settings import ROL_17
from opensenco.law.strength import Provision, Strength

NO_SENCO = "no-senco"
SEVERAL_SENCOS = "several-sencos"
NOT_QUALIFIED_TEACHER = "not-qualified-teacher"
ROUTE_DOES_NOT_COUNT = "route-does-not-count"
INDUCTION_OUTSTANDING = "induction-outstanding"
NOT_TEACHING_HERE = "not-teaching-here"


@dataclass(frozen=True, slots=True)
class Position:
    """What is asked of a setting about having a SENCO, how strongly, and where that stands."""

    duty: SencoDuty
    rule: str
    strength: Strength
    provision: Provision
    verified: bool
    reasons: tuple[Sentence, ...]

    @property
    def must(self) -> bool:
        return self.duty is SencoDuty.MUST


_POSITIONS: dict[SencoDuty, tuple[Rule, Strength, str]] = {
    SencoDuty.MUST: (
        ROL_01,
        Strength.MUST,
        mark("A mainstream school or maintained nursery school must designate a SENCO."),
    ),
    SencoDuty.EXPECTED: (
        ROL_17,
        Strength.SHOULD,
        mark("A group provider of early years is expected to identify a SENCO."),
    ),
    SencoDuty.ENCOURAGED: (
        ROL_17,
        Strength.SHOULD,
        mark("A childminder is encouraged to identify someone to act as SENCO."),
    ),
    SencoDuty.BY_CHOICE: (
        ROL_01,
        Strength.PRACTICE,
        mark("This duty does not cover settings of this kind. They may have a SENCO by choice."),
    ),
    SencoDuty.NOT_A_SETTING: (
        ROL_01,
        Strength.PRACTICE,
        mark("There is no setting that could have a SENCO."),
    ),
}


@answers(ROL_01)
def must_have_senco(*, setting: Setting) -> Position:
    """Whether a setting of this kind must have a SENCO, is expected or encouraged to, or may."""
    duty = SETTINGS[setting].senco
    rule, strength, words = _POSITIONS[duty]
    return Position(
        duty,
        rule.id,
        strength,
        rule.provision,
        rule.verified,
        (sentence(words), *unverified(rule)),
    )


@answers(ROL_01)
def designation(
    *, setting: Setting, designated: Iterable[Span], within: Span
) -> tuple[Finding, ...]:
    """The stretches of the closed span `within` that have no designated SENCO, or more than one.

    `designated` holds the time of each person, an open end meaning that it goes on. Where the
    setting must have a SENCO a gap is an error, where it should a warning; elsewhere nothing is
    found. A span `within` without an end is a ValueError.
    """
    position = must_have_senco(setting=setting)
    if position.strength is Strength.PRACTICE:
        return ()
    if within.last is None:
        raise ValueError("A time without an end cannot be looked through.")
    inside = [part for span in designated if (part := span.overlap(within)) is not None]
    severity = Severity.ERROR if position.must else Severity.WARNING
    rule = ROL_01 if position.must else ROL_17
    problems = []
    for first, last, people in _stretches(inside, within.first, within.last):
        if people == 1:
            continue
        kind, words = (
            (NO_SENCO, mark("Nobody was designated from {first} to {last}."))
            if people == 0
            else (SEVERAL_SENCOS, mark("More than one person from {first} to {last}."))
        )
        told = sentence(words, first=first, last=last)
        problems.append(found(rule, kind, told, severity=severity))
    return tuple(problems)


def _stretches(inside: list[Span], first: date, last: date) -> list[tuple[date, date, int]]:
    """The time cut wherever somebody begins or ends, with how many people were in post; pieces
    of none, one and several that touch are joined."""
    cuts = {first, *(span.first for span in inside)}
    cuts |= {span.end for span in inside if span.end is not None and span.end <= last}
    ordered = sorted(cuts)
    joined: list[tuple[date, date, int]] = []
    for begin, following in zip(ordered, [*ordered[1:], last + ONE_DAY], strict=True):
        people = min(2, sum(begin in span for span in inside))
        if joined and joined[-1][2] == people:
            begin = joined.pop()[0]
        joined.append((begin, following - ONE_DAY, people))
    return joined


class Induction(StrEnum):
    """Where a teacher stands with induction."""

    COMPLETED = "completed"
    NOT_REQUIRED = "not-required"
    OUTSTANDING = "outstanding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Someone who is, or is to be, the SENCO of one school.

    `qualified_teacher`: holds qualified teacher status; `other_route`: by the one route (paragraph
    8A of the regulations of 2003) that does not count. `teaches_here` and `head_here` are about
    this very school; an acting head is a head.
    """

    qualified_teacher: bool = False
    other_route: bool = False
    induction: Induction = Induction.OUTSTANDING
    teaches_here: bool = False
    head_here: bool = False


@answers(ROL_03)
def may_be_senco(*, candidate: Candidate) -> tuple[Finding, ...]:
    """What keeps someone from being the SENCO of this school; empty where nothing does.

    The head or acting head of the school may always be. Anybody else needs a qualification that
    counts, induction unless it is not required, and a post as a teacher here.
    """
    if candidate.head_here:
        return ()
    lacks = []
    if not candidate.qualified_teacher:
        lacks.append((NOT_QUALIFIED_TEACHER, mark("They are not a qualified teacher.")))
    elif candidate.other_route:
        lacks.append((ROUTE_DOES_NOT_COUNT, mark("Their route to qualifying does not count here.")))
    if candidate.induction is Induction.OUTSTANDING:
        lacks.append((INDUCTION_OUTSTANDING, mark("They have not completed induction.")))
    if not candidate.teaches_here:
        lacks.append((NOT_TEACHING_HERE, mark("They do not work as a teacher at this school.")))
    return tuple(found(ROL_03, kind, sentence(words)) for kind, words in lacks)
