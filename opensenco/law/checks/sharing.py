"""Whether several schools may share a SENCO as they do (ROL-13, ROL-14).

See docs/law/shared-senco.md.
"""

from dataclasses import dataclass
from fractions import Fraction

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.checks.senco import Candidate, may_be_senco
from opensenco.law.parameters import Used
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.role import ROL_13, ROL_14

NOT_SMALLER_PRIMARY = "not-smaller-primary"
NO_ALLOTMENT = "no-allotment"
MAY_NOT_BE_SENCO = "may-not-be-senco"
HEAD_OF_MEMBER = "head-of-member"
MUCH_TEACHING = "much-teaching"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSchool:
    """One of the schools: `name` as findings call it, and what is so of the shared SENCO there.

    `smaller_primary`: whether the school is one of those that the code lets share. `minutes`: the
    minutes a week set aside there for the work as SENCO, None where nothing is settled.
    """

    name: str
    candidate: Candidate
    smaller_primary: bool = True
    minutes: int | None = None

    def __post_init__(self) -> None:
        if self.minutes is not None and self.minutes < 0:
            raise BadFact(ROL_13.id, "minutes", mark("Minutes cannot be below nought."))


@answers(ROL_13, ROL_14)
def sharing(
    *,
    schools: tuple[MemberSchool, ...],
    teaching_minutes: int,
    working_minutes: int,
    significant: Used[int],
) -> tuple[Finding, ...]:
    """What does not fit in a sharing arrangement; empty where all does.

    `teaching_minutes` of class teaching in `working_minutes` of work, both a week and in all
    schools together; `significant` is the share in percent from which teaching is too much
    (`numbers.role.SHARED_TEACHING`). Guidance: each finding is a warning, other than that the
    SENCO may not be one at a school, which is a matter of law. Fewer than two schools, or more
    teaching than work, is a BadFact.
    """
    if len(schools) < 2:
        raise BadFact(ROL_13.id, "schools", mark("Sharing needs two schools or more."))
    if not 0 <= teaching_minutes <= working_minutes:
        words = mark("Teaching cannot be more than all the work.")
        raise BadFact(ROL_14.id, "teaching-minutes", words)
    found_here = [each for school in schools for each in _of(school)]
    percent = Fraction(100 * teaching_minutes, working_minutes or 1)
    if percent >= significant.value:
        words = mark("Class teaching takes {percent} percent of the week.")
        told = sentence(words, percent=int(percent))
        found_here.append(found(ROL_14, MUCH_TEACHING, told, severity=Severity.WARNING))
    return tuple(found_here)


def _of(school: MemberSchool) -> list[Finding]:
    problems = []
    if not school.smaller_primary:
        words = mark("{school}: the code speaks of smaller primary schools.")
        problems.append((ROL_13, NOT_SMALLER_PRIMARY, words, Severity.WARNING))
    if not school.minutes:
        words = mark("{school}: no time is set aside for the work as SENCO.")
        problems.append((ROL_13, NO_ALLOTMENT, words, Severity.WARNING))
    if school.candidate.head_here:
        words = mark("{school}: the shared SENCO should not be its head.")
        problems.append((ROL_14, HEAD_OF_MEMBER, words, Severity.WARNING))
    if may_be_senco(candidate=school.candidate):
        words = mark("{school}: this person may not be its SENCO.")
        problems.append((ROL_13, MAY_NOT_BE_SENCO, words, Severity.ERROR))
    return [
        found(
            rule,
            kind,
            sentence(words, school=school.name),
            severity=severity,
            rests_on_unverified=kind == MAY_NOT_BE_SENCO,
        )
        for rule, kind, words, severity in problems
    ]
