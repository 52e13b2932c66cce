"""The words of a plan: what was found, the outcomes, what the family says and does."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.law.rule import BadFact, NotInForce
from opensenco.support.models import Cycle, Outcome
from opensenco.support.operations.cycles import agree, check_stands, move
from opensenco.support.operations.versions import parts_of
from opensenco.support.states import WRITABLE, Stage
from opensenco.support.words import differing, line, paragraph

MOST_OUTCOMES = 12


@dataclass(frozen=True)
class OutcomeWords:
    """One outcome as it is written.

    Args:
        ref: of an outcome that the plan has already; None for a new one.
        drop: take it out of the plan.
        field: how the names of the fields begin in which it was typed, for refusals.
    """

    text: str
    baseline: str = ""
    aim: str = ""
    by: date | None = None
    measure: str = ""
    who: str = ""
    need: str = ""
    ref: uuid.UUID | None = None
    drop: bool = False
    field: str = ""


@dataclass(frozen=True)
class PlanWords:
    """Everything that is written on the page of a plan. None leaves a part as it is."""

    found: str | None = None
    parents_said: str | None = None
    at_home: str | None = None
    review_on: date | None = None
    outcomes: Sequence[OutcomeWords] = ()


@operation(Action.PLAN_WRITE, on="cycle")
def write_plan(
    *, actor: Actor, cycle: Cycle, words: PlanWords, version: int | None = None
) -> Cycle:
    """Save the words of a plan as they are. Nothing has to be complete.

    Raises:
        NotPossible: the plan is agreed and locked, or over.
        Invalid: an outcome of another plan, or one without words.
        Stale: somebody else changed the plan in between.
    """
    save_words(actor, cycle, words, version)
    return cycle


@operation(Action.PLAN_WRITE, on="cycle")
def agree_plan(
    *,
    actor: Actor,
    cycle: Cycle,
    review_on: date | None,
    agreed_with: str = "",
    words: PlanWords | None = None,
    promises: Sequence[str] = (),
    version: int | None = None,
) -> Cycle:
    """Agree a plan with its review date, lock it, and share it with the family (APD-03).

    Args:
        agreed_with: who agreed and how, "Leila Hassan and Idris, at the meeting".
        words: what the page held, saved first.
        promises: what is given, one line each, for the version that is kept.

    Raises:
        Invalid: no review date, which is the only thing that stops; or one in the past.
        NotPossible: it is agreed already, or over.
        Stale: somebody else changed the plan in between.
    """
    if words is not None:
        save_words(actor, cycle, words, version)
    elif version is not None and version != cycle.version:
        raise Stale
    return agree(actor, cycle, review_on, agreed_with, promises)


@operation(Action.PLAN_WRITE, on="cycle")
def add_outcome(*, actor: Actor, cycle: Cycle, outcome: OutcomeWords) -> Outcome:
    """Add what the pupil will be able to do. With its first outcome a plan has begun.

    Raises:
        NotPossible: the plan is locked or over, or has twelve already.
        Invalid: no words.
    """
    _check_writable(cycle)
    row = add(cycle, outcome)
    _plan_begins(actor, cycle)
    _touch(actor, cycle, None)
    return row


@operation(Action.PLAN_WRITE, on="outcome")
def change_outcome(
    *, actor: Actor, outcome: Outcome, words: OutcomeWords, version: int | None = None
) -> Outcome:
    """Change or take out one outcome of a plan that is being written.

    Args:
        version: of the plan that the writer saw.

    Raises:
        NotPossible: the plan is locked or over.
        Invalid: no words.
        Stale: somebody else changed the plan in between.
    """
    _check_writable(outcome.cycle)
    _touch(actor, outcome.cycle, version)
    _put(actor, outcome, words, "text")
    return outcome


def save_words(actor: Actor, cycle: Cycle, words: PlanWords, version: int | None) -> None:
    """Save what the page of a plan holds, under the plan's one version."""
    _check_writable(cycle)
    read_through, stood = cycle.checked_version == cycle.version, parts_of(cycle)
    values = _parts(words)
    if words.review_on is not None or words.found is not None:
        values["review_on"] = _review_day(cycle, words.review_on)
    _touch(actor, cycle, version, **values)
    known = {row.ref: row for row in standing_outcomes(cycle)}
    for number, one in enumerate(words.outcomes, start=1):
        field = f"{one.field or f'outcome_{number}_'}text"
        if one.ref is None:
            if _says_something(one):
                add(cycle, one, field)
        elif one.ref in known:
            _put(actor, known[one.ref], one, field)
        else:
            raise NotFound
    _plan_begins(actor, cycle)
    if read_through and parts_of(cycle) == stood:
        # saved again with not a word changed: who read it through has still read it
        cycle.checked_version = cycle.version
        cycle.save(update_fields=["checked_version"])


def standing_outcomes(cycle: Cycle) -> Iterable[Outcome]:
    """Give the outcomes of a plan in order, without those taken out or made in error."""
    return Outcome.objects.filter(
        cycle=cycle, in_error_at__isnull=True, dropped_on__isnull=True
    ).order_by("number")


def add(
    cycle: Cycle, words: OutcomeWords, field: str = "text", carried: Outcome | None = None
) -> Outcome:
    """Put one more outcome at the end of a plan."""
    last = Outcome.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
    if sum(1 for _row in standing_outcomes(cycle)) >= MOST_OUTCOMES:
        raise Invalid(
            field, _("This plan has twelve outcomes. Three or four that matter most are enough.")
        )
    ref = uuid.uuid4()
    row = Outcome(
        org_id=cycle.org_id, pupil_id=cycle.pupil_id, cycle=cycle, number=last + 1, ref=ref,
        root=carried.root if carried else ref, carried_from=carried, shared=cycle.shared,
        **_values(cycle, words, field),
    )  # fmt: skip
    row.save()
    return row


def _put(actor: Actor, row: Outcome, words: OutcomeWords, field: str) -> None:
    if words.drop:
        change(row, version=None, dropped_on=actor.today)
        return
    values = differing(row, _values(row.cycle, words, field).items())
    if values:
        change(row, version=None, **values)


def _values(cycle: Cycle, words: OutcomeWords, field: str) -> dict[str, Any]:
    text = paragraph(field, words.text, 1_000)
    if not text:
        raise Invalid(
            field, _("Write what the pupil will be able to do, or take this outcome out.")
        )
    part = field.removesuffix("text")
    if words.by is not None and words.by < cycle.started_on:
        raise Invalid(f"{part}by", _("This is before the cycle began. Choose a later day."))
    return {
        "text": text,
        "baseline": line(f"{part}baseline", words.baseline),
        "aim": line(f"{part}aim", words.aim),
        "by": words.by,
        "measure": line(f"{part}measure", words.measure, 300),
        "who": line(f"{part}who", words.who),
        "need": _need(cycle, f"{part}need", words.need),
    }


def _need(cycle: Cycle, field: str, code: str) -> str:
    """Give the code of a need where it can be one on the day the cycle began."""
    if code:
        try:
            NEED_TYPES.check(code, cycle.started_on)
        except (BadFact, NotInForce):
            raise Invalid(field, _("Choose a need from the list.")) from None
    return code


def _says_something(words: OutcomeWords) -> bool:
    return not words.drop and any(
        (words.text.strip(), words.baseline.strip(), words.aim.strip(), words.measure.strip())
    )


def _parts(words: PlanWords) -> dict[str, Any]:
    given = {
        "found": words.found,
        "parents_said": words.parents_said,
        "at_home": words.at_home,
    }
    return {name: paragraph(name, text) for name, text in given.items() if text is not None}


def _review_day(cycle: Cycle, day: date | None) -> date | None:
    if day is not None and day < cycle.started_on:
        raise Invalid("review_on", _("The review must be after the cycle began."))
    if day is None and cycle.agreed_on is not None:
        raise Invalid("review_on", _("An agreed plan keeps a review date. Choose another day."))
    return day


def _check_writable(cycle: Cycle) -> None:
    check_stands(cycle)
    if cycle.stage not in WRITABLE:
        raise NotPossible(
            _("This plan is agreed and locked. Open it again to change it.")
            if cycle.stage == Stage.DO
            else _("This plan has been reviewed. Start the next cycle to go on.")
        )


def _touch(actor: Actor, cycle: Cycle, version: int | None, **values: Any) -> None:
    """Write the plan's own parts and claim its version, which its outcomes share."""
    change(cycle, version=version, written_at=actor.at, writer=actor.person, **values)


def _plan_begins(actor: Actor, cycle: Cycle) -> None:
    if cycle.stage == Stage.ASSESS and any(True for _row in standing_outcomes(cycle)):
        cycle.stage = move(cycle, Stage.PLAN)
        cycle.planned_on = actor.today
        cycle.save(update_fields=["stage", "planned_on"])
