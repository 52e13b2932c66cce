"""Checks of one pupil before the school census (IDN-06 to IDN-09). See docs/law/census.md."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from opensenco.kernel.dates import add_months
from opensenco.kernel.words import counted, mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.checks.needs import RankedNeed, main_need, ranking
from opensenco.law.codes.lists import Code
from opensenco.law.codes.sen import (
    EHC_PLAN,
    NEED_TYPES,
    NO_SEN,
    NO_SPECIALIST_ASSESSMENT,
    SEN_STATUS,
    SEN_SUPPORT,
)
from opensenco.law.numbers.duties import NSA_MONTHS
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.identification import IDN_06, IDN_07, IDN_08, IDN_09
from opensenco.law.timetables.census_days import Collection

STATUS_UNKNOWN = "status-unknown"
STATUS_WITHDRAWN = "status-withdrawn"
NEED_UNKNOWN = "need-unknown"
NEED_NOT_IN_FORCE = "need-not-in-force"
NO_MAIN_NEED = "no-main-need"
NEED_WITHOUT_SEN = "need-without-sen"
NO_START = "no-start"
NO_FINAL_PLAN = "no-final-plan"
PLAN_WITHOUT_STATUS = "plan-without-status"
NSA_WITH_PLAN = "nsa-with-plan"
NSA_FOR_LONG = "nsa-for-long"
PLACE_WITHOUT_SEN = "place-without-sen"
PLACE_UNKNOWN = "place-unknown"
TWO_PLACES = "two-places"
ASSESSMENT_AS_PLAN = "assessment-as-plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusPupil:
    """What the return would say of one pupil.

    `since`: the day from which the status holds. `final_plan`: whether a current final EHC plan is
    on file, None where plans are kept elsewhere and nothing can be said; `assessment`: whether an
    EHC needs assessment is under way. `unit` and `resourced`:
    whether the pupil is marked as in the school's SEN unit or in its resourced provision, and
    `school_unit` and `school_resourced` whether the national register knows of any there, None
    where we have not looked. `nsa_since`: since when the need is “no specialist assessment”.
    """

    status: str
    since: date | None = None
    needs: tuple[RankedNeed, ...] = ()
    final_plan: bool | None = False
    assessment: bool = False
    unit: bool = False
    resourced: bool = False
    school_unit: bool | None = None
    school_resourced: bool | None = None
    nsa_since: date | None = None


@answers(IDN_09, IDN_08, IDN_07, IDN_06)
def check(
    *, pupil: CensusPupil, collection: Collection, on: date, parameters: Parameters = SHIPPED
) -> tuple[Finding, ...]:
    """What has to be mended before the census of the day `on`; empty where nothing has.

    Types of need are collected in spring, so a missing one is an error then and a warning before.
    """
    status = SEN_STATUS.find(pupil.status)
    if status is None or not status.in_force(on):
        return (_bad_status(status), *_codes(pupil, on), *ranking(needs=pupil.needs))
    singles = (each(pupil, collection, on) for each in _CHECKS)
    return (
        *(finding for finding in singles if finding is not None),
        *places(pupil=pupil),
        *_nsa_for_long(pupil, on, parameters),
        *_codes(pupil, on),
        *ranking(needs=pupil.needs),
    )


def _bad_status(status: Code | None) -> Finding:
    if status is None:
        return found(
            IDN_06,
            STATUS_UNKNOWN,
            sentence(mark("The SEN status is not one of E, K and N.")),
        )
    return found(
        IDN_06,
        STATUS_WITHDRAWN,
        sentence(
            mark("The SEN status {code} ({title}) cannot be used for this census."),
            code=status.code,
            title=status.title,
        ),
    )


def _codes(pupil: CensusPupil, on: date) -> tuple[Finding, ...]:
    findings = []
    for need in pupil.needs:
        code = NEED_TYPES.find(need.code)
        if code is None:
            findings.append(
                found(IDN_07, NEED_UNKNOWN, sentence(mark("A type of need has an unknown code.")))
            )
        elif not code.in_force(on):
            words = mark("The type of need {code} ({title}) is not in force on {on}.")
            reason = sentence(words, code=code.code, title=code.title, on=on)
            findings.append(found(IDN_07, NEED_NOT_IN_FORCE, reason))
    return tuple(findings)


def _main_need(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    if pupil.status == NO_SEN or main_need(pupil.needs) is not None:
        return None
    return found(
        IDN_09,
        NO_MAIN_NEED,
        sentence(mark("No main type of need (rank 1) is recorded.")),
        sentence(mark("Types of need are collected in the spring census.")),
        severity=Severity.ERROR if collection is Collection.SPRING else Severity.WARNING,
    )


def _need_without_sen(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    if pupil.status != NO_SEN or not pupil.needs:
        return None
    words = mark("The pupil has no special educational need (N) but a type of need is recorded.")
    return found(IDN_09, NEED_WITHOUT_SEN, sentence(words))


def _start(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    if pupil.status != SEN_SUPPORT or (pupil.since is not None and pupil.since <= on):
        return None
    words = mark("The day on which SEN support started is missing or after the census.")
    return found(IDN_09, NO_START, sentence(words))


def _final_plan(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    if pupil.status != EHC_PLAN or pupil.final_plan is not False:
        return None
    return found(
        IDN_09,
        NO_FINAL_PLAN,
        sentence(mark("The pupil is marked E, but no current final EHC plan is on file.")),
        severity=Severity.WARNING,
    )


def _assessment(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    if pupil.status != EHC_PLAN or not pupil.assessment or pupil.final_plan:
        return None
    return found(
        IDN_06,
        ASSESSMENT_AS_PLAN,
        sentence(mark("An assessment is under way, and the pupil is already marked E.")),
        sentence(mark("The status stays K or N until a final plan is issued.")),
        severity=Severity.WARNING,
    )


def _plan_without_status(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    if pupil.status == EHC_PLAN or not pupil.final_plan:
        return None
    words = mark("A current final EHC plan is on file, but the pupil is not marked E.")
    return found(IDN_09, PLAN_WITHOUT_STATUS, sentence(words), severity=Severity.WARNING)


def _nsa(pupil: CensusPupil, collection: Collection, on: date) -> Finding | None:
    has_nsa = any(need.code == NO_SPECIALIST_ASSESSMENT for need in pupil.needs)
    if pupil.status != EHC_PLAN or not has_nsa:
        return None
    return found(
        IDN_07,
        NSA_WITH_PLAN,
        sentence(mark("“No specialist assessment” stands beside an EHC plan.")),
        severity=Severity.WARNING,
        rests_on_unverified=True,
    )


def _nsa_for_long(pupil: CensusPupil, on: date, parameters: Parameters) -> tuple[Finding, ...]:
    has_nsa = any(need.code == NO_SPECIALIST_ASSESSMENT for need in pupil.needs)
    if not has_nsa or pupil.nsa_since is None:
        return ()
    months = parameters.use(NSA_MONTHS, on).value
    if on <= add_months(pupil.nsa_since, months):
        return ()
    reason = counted(
        mark("“No specialist assessment” has stood for more than {count} month."),
        mark("“No specialist assessment” has stood for more than {count} months."),
        count=months,
    )
    return (found(IDN_07, NSA_FOR_LONG, reason, severity=Severity.WARNING),)


@answers(IDN_09)
def places(*, pupil: CensusPupil) -> tuple[Finding, ...]:
    """What is wrong with the marks for a SEN unit and for resourced provision; empty if nothing."""
    marked = pupil.unit or pupil.resourced
    findings = []
    if marked and pupil.status == NO_SEN:
        words = mark("The pupil has no special educational need (N) but a place for such pupils.")
        findings.append(found(IDN_09, PLACE_WITHOUT_SEN, sentence(words)))
    if pupil.unit and pupil.resourced:
        words = mark("The pupil is marked as in the SEN unit and in resourced provision.")
        doubt = sentence(mark("Unverified: that nobody can be in both."))
        both = found(IDN_09, TWO_PLACES, sentence(words), doubt, severity=Severity.WARNING)
        findings.append(replace(both, verified=False))
    if (pupil.unit and pupil.school_unit is False) or (
        pupil.resourced and pupil.school_resourced is False
    ):
        words = mark("The national register knows of no such place at this school.")
        findings.append(found(IDN_09, PLACE_UNKNOWN, sentence(words), severity=Severity.WARNING))
    return tuple(findings)


Check = Callable[[CensusPupil, Collection, date], Finding | None]
_CHECKS: tuple[Check, ...] = (
    _main_need,
    _need_without_sen,
    _start,
    _final_plan,
    _assessment,
    _plan_without_status,
    _nsa,
)
