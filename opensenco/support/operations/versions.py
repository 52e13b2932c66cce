"""A plan is read through, then attested: what was agreed stays word for word, as one version."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible, Stale
from opensenco.kernel.words import say
from opensenco.support.models import (
    Adjustment,
    Cycle,
    HomeAction,
    Outcome,
    PlanVersion,
    Strategy,
)
from opensenco.support.states import WRITABLE
from opensenco.ui.own_words import a_plan

Parts = list[tuple[str, str]]


@operation(Action.PLAN_WRITE, on="cycle")
def check_plan_through(*, actor: Actor, cycle: Cycle, version: int | None = None) -> Cycle:
    """Say that one has read a plan through, as it stands. Whoever changes it unsays that.

    Raises:
        NotPossible: the plan is agreed already, made in error, or has no outcome to read.
        Stale: somebody else changed the plan in between.
    """
    if cycle.in_error or cycle.stage not in WRITABLE:
        raise NotPossible(_("Only a plan that is being written is read through."))
    if not _standing(cycle):
        raise NotPossible(_("There is no outcome to read yet. Write one first."))
    if version is not None and version != cycle.version:
        raise Stale
    change(
        cycle, version=version, checked_on=actor.today, checked_by=actor.person,
        checked_version=cycle.version + 1,
    )  # fmt: skip
    spine.add_fact(
        actor=actor, pupil=cycle.pupil, kind="plan.checked", on=actor.today,
        words=_("%(plan)s read through") % {"plan": a_plan(cycle.pupil.org, cycle.number)},
        source=cycle,
    )  # fmt: skip
    return cycle


def attest(actor: Actor, cycle: Cycle, read_before: int, promises: Sequence[str]) -> PlanVersion:
    """Keep a plan that has just been agreed, word for word.

    Args:
        read_before: the plan's version before it was agreed: a plan that was read through at that
            version, and not changed since, counts as checked.
        promises: what is given, one line each.
    """
    checked = cycle.checked_version is not None and cycle.checked_version == read_before
    if cycle.review_on is None or cycle.agreed_on is None:
        raise NotPossible(_("Only an agreed plan is kept as a version."))
    before = PlanVersion.objects.filter(cycle=cycle).count()
    row = PlanVersion(
        org_id=cycle.org_id, pupil_id=cycle.pupil_id, cycle=cycle, number=before + 1,
        words=[list(part) for part in parts_of(cycle, promises)], review_on=cycle.review_on,
        agreed_on=cycle.agreed_on, agreed_by=actor.person, agreed_with=cycle.agreed_with,
        checked_on=cycle.checked_on if checked else None,
        checked_by_id=cycle.checked_by_id if checked else None, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


def parts_of(cycle: Cycle, promises: Sequence[str] = ()) -> Parts:
    """Give the words of a plan as they stand: each part's name and its words, in their order."""
    parts: Parts = [(_("What we found"), cycle.found)]
    for place, one in enumerate(_standing(cycle), start=1):
        parts += _outcome(_("Outcome %(place)s") % {"place": place}, one)
    given = {"pupil": cycle.pupil_id}
    adjusted = Adjustment.objects.filter(**given, ended_on__isnull=True, in_error_at__isnull=True)
    home = HomeAction.objects.filter(**given, ended_on__isnull=True, in_error_at__isnull=True)
    in_class = Strategy.objects.filter(**given, ended_on__isnull=True).order_by("position")
    parts += [
        (_("Provision"), "\n".join(promises)),
        (_("Adjustments"), _lines(f"{a.barrier}: {a.words}" for a in adjusted.order_by("id"))),
        (_("In class"), _lines(one.text for one in in_class)),
        (_("What the parents say"), cycle.parents_said),
        (_("At home"), _lines([cycle.at_home, *(one.words for one in home.order_by("id"))])),
        (_("Review by"), say(cycle.review_on) if cycle.review_on else ""),
    ]
    return [(name, words) for name, words in parts if words]


def _outcome(name: str, row: Outcome) -> Parts:
    return [
        (name, row.text),
        (_("%(outcome)s: begins at") % {"outcome": name}, row.baseline),
        (_("%(outcome)s: aim") % {"outcome": name}, row.aim),
        (_("%(outcome)s: by") % {"outcome": name}, say(row.by) if row.by else ""),
        (_("%(outcome)s: measured by") % {"outcome": name}, row.measure),
        (_("%(outcome)s: who") % {"outcome": name}, row.who),
    ]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _standing(cycle: Cycle) -> list[Outcome]:
    rows = Outcome.objects.filter(cycle=cycle, in_error_at__isnull=True, dropped_on__isnull=True)
    return list(rows.order_by("number"))
