"""The day of the review is set for the plans of several pupils at once: for all, or for none."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.dates import say
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle, PlanVersion
from opensenco.support.operations.cycles import ask_for_review, check_stands, keep_dates
from opensenco.support.operations.versions import attest
from opensenco.support.states import WRITABLE, Stage
from opensenco.support.words import line

MOST_AT_ONCE = 200


@operation(Action.PLAN_WRITE, on="pupils")
def set_review_days(
    *, actor: Actor, pupils: Sequence[Pupil], review_on: date | None, agreed_with: str = ""
) -> list[Cycle]:
    """Set by when the plans of these pupils are reviewed.

    A plan that is agreed stays locked, and its new day is agreed anew: it is kept as a version.

    Args:
        agreed_with: who agreed the day; needed where one of the plans is agreed already (APD-05).

    Raises:
        Invalid: no day, one that cannot be, or nobody who agreed it.
        NotPossible: a pupil has no plan whose review can be set; nothing is written then.
    """
    if review_on is None or review_on < actor.today:
        raise Invalid("review_on", _("Choose a day to come for the review."))
    if not pupils or len(pupils) > MOST_AT_ONCE:
        raise NotPossible(_("There is nobody for whom it can be set. Choose other pupils."))
    rows = Cycle.objects.filter(pupil__in=list(pupils), in_error_at__isnull=True)
    open_ones = rows.exclude(stage__in=(Stage.REVIEWED, Stage.CLOSED))
    cycles = list(open_ones.select_related("pupil__org", "pupil").order_by("pupil", "id"))
    if len(cycles) != len({pupil.pk for pupil in pupils}):
        raise NotPossible(_("One of these pupils has no plan under way. Choose again."))
    who = line("agreed_with", agreed_with, 300)
    if not who and any(cycle.stage == Stage.DO for cycle in cycles):
        raise Invalid("agreed_with", _("Say who agreed the day of the plans that are agreed."))
    for cycle in cycles:
        check_stands(cycle)
        if review_on < cycle.started_on:
            raise Invalid("review_on", _("The review must be after each plan began."))
        if cycle.stage in WRITABLE:
            change(
                cycle, version=None, review_on=review_on, written_at=actor.at, writer=actor.person
            )
        elif cycle.review_on != review_on:
            _agree_the_day(actor, cycle, review_on, who)
    return cycles


def _agree_the_day(actor: Actor, cycle: Cycle, review_on: date, who: str) -> None:
    """Keep that the day of an agreed plan was agreed anew; not a word else of it changes."""
    last = PlanVersion.objects.filter(cycle=cycle).order_by("-number").first()
    promises = dict(last.words).get(_("Provision"), "").splitlines() if last else []
    checked = cycle.checked_version if last and last.checked_on else None
    change(
        cycle, version=None, review_on=review_on, agreed_on=actor.today, agreed_by=actor.person,
        agreed_with=who, agreed_version=cycle.version + 1,
    )  # fmt: skip
    attest(actor, cycle, checked or 0, promises)
    spine.add_fact(
        actor=actor, pupil=cycle.pupil, kind="plan.review_moved", on=actor.today,
        words=_("Review of cycle %(number)s set for %(day)s")
        % {"number": cycle.number, "day": say(review_on)},
        source=cycle,
    )  # fmt: skip
    keep_dates(actor, cycle)
    ask_for_review(actor, cycle, review_on)
