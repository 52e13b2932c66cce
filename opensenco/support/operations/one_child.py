"""What of the support of two records can clash: status, needs, plan, profile, strategies.

Of each, one can stand. The other is put to rest in the way of its own trade: a status is marked as
made in error, an open plan is closed, needs and strategies end. All of it stays in the history.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.cases.joining.questions import FIRST, SECOND, Subject
from opensenco.cases.joining.rows import Deeds
from opensenco.cases.models import Task
from opensenco.kernel.dates import say
from opensenco.people.models import Pupil
from opensenco.support.models import (
    Cycle,
    Need,
    Outcome,
    OwnFieldValue,
    Profile,
    SenStatus,
    Strategy,
)
from opensenco.support.operations.cycles import keep_dates as keep_cycle_dates
from opensenco.support.operations.profile import PARTS
from opensenco.support.operations.status import keep_dates as keep_status_dates
from opensenco.support.queries.own_fields import in_words
from opensenco.support.states import Stage

VOICE = (*PARTS, "said_on", "said_with")


def _settle_tasks(deeds: Deeds, source: Any) -> None:
    """Say that what waited for a row waits no more, so that it waits again after parting."""
    waiting = Task.objects.filter(
        source_label=source._meta.label, source_ref=source.ref, settled_at__isnull=True
    )
    for task in waiting.order_by("id"):
        deeds.change(task, settled_at=deeds.actor.at, settled_by=deeds.actor.person)


class StatusSubject(Subject):
    """SEN status with its days."""

    code: ClassVar[str] = "status"
    title: ClassVar[Promise] = gettext_lazy("SEN status")
    action: ClassVar[Action] = Action.REGISTER_VIEW

    def rows(self, pupil: Pupil) -> list[SenStatus]:
        """The statuses that stand, the newest first."""
        rows = SenStatus.objects.filter(pupil=pupil, in_error_at__isnull=True)
        return list(rows.select_related("pupil__org").order_by("-starts", "-id"))

    def lines(self, pupil: Pupil) -> list[str]:
        """Each with its first day and why it was set."""
        return [
            _("%(status)s from %(day)s: %(reason)s")
            % {"status": row.get_code_display(), "day": say(row.starts), "reason": row.reason}
            for row in self.rows(pupil)
        ]

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Mark those that were not chosen as made in error."""
        mine, theirs = self.rows(deeds.first), self.rows(deeds.second)
        if not (mine and theirs):
            return
        for row in theirs if chosen == FIRST else mine:
            deeds.change(
                row, in_error_at=deeds.actor.at, in_error_by=deeds.actor.person,
                in_error_reason=_("Another status was chosen when two records were made one."),
            )  # fmt: skip
            spine.replace_due_dates(actor=deeds.actor, pupil=row.pupil, source=row, dues=())
            _settle_tasks(deeds, row)


class _Spans(Subject):
    """Rows of which a set stands from a day to a day."""

    model: ClassVar[type[Need] | type[Strategy]]
    order: ClassVar[str]

    def rows(self, pupil: Pupil) -> list[Any]:
        """What stands now, in its order."""
        return list(
            self.model.objects.filter(pupil=pupil, ended_on__isnull=True).order_by(self.order)
        )

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """End those that were not chosen."""
        mine, theirs = self.rows(deeds.first), self.rows(deeds.second)
        if not (mine and theirs):
            return
        for row in theirs if chosen == FIRST else mine:
            deeds.change(row, ended_on=max(deeds.actor.today, row.starts))


class NeedsSubject(_Spans):
    """Ranked needs."""

    code: ClassVar[str] = "needs"
    title: ClassVar[Promise] = gettext_lazy("Ranked needs")
    action: ClassVar[Action] = Action.REGISTER_VIEW
    model = Need
    order = "rank"

    def lines(self, pupil: Pupil) -> list[str]:
        """Their codes in rank."""
        return [f"{row.rank}. {row.code}" for row in self.rows(pupil)]


class StrategiesSubject(_Spans):
    """What every adult does."""

    code: ClassVar[str] = "strategies"
    title: ClassVar[Promise] = gettext_lazy("What every adult does")
    action: ClassVar[Action] = Action.PROFILE_VIEW
    model = Strategy
    order = "position"

    def lines(self, pupil: Pupil) -> list[str]:
        """Their texts."""
        return [row.text for row in self.rows(pupil)]


class ProfileSubject(Subject):
    """The page in the child's own voice: one in a record."""

    code: ClassVar[str] = "profile"
    title: ClassVar[Promise] = gettext_lazy("One-page profile, in the child’s own words")
    action: ClassVar[Action] = Action.PROFILE_VIEW

    def lines(self, pupil: Pupil) -> list[str]:
        """What it says, and when it was said."""
        row = Profile.objects.filter(pupil=pupil).first()
        if row is None:
            return []
        words = [text for name in PARTS if (text := getattr(row, name).strip())]
        return [*words, _("Said on %(day)s") % {"day": say(row.said_on)}]

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Write the chosen words; the other page stays whole in the record that is set aside."""
        mine = Profile.objects.filter(pupil=deeds.first).first()
        theirs = Profile.objects.filter(pupil=deeds.second).first()
        if mine is None or theirs is None:
            return
        deeds.leave([theirs])
        if chosen == SECOND:
            deeds.change(mine, **{name: getattr(theirs, name) for name in VOICE})


class PlanSubject(Subject):
    """The plan under way: one is open at a time."""

    code: ClassVar[str] = "plan"
    title: ClassVar[Promise] = gettext_lazy("Plan under way")
    action: ClassVar[Action] = Action.PLAN_VIEW

    def row(self, pupil: Pupil) -> Cycle | None:
        """The cycle that is open."""
        rows = Cycle.objects.filter(pupil=pupil, in_error_at__isnull=True)
        return rows.exclude(stage=Stage.CLOSED).select_related("pupil__org").first()

    def lines(self, pupil: Pupil) -> list[str]:
        """Since when, how far, and its outcomes."""
        row = self.row(pupil)
        if row is None:
            return []
        told = _("Cycle %(number)s since %(day)s: %(stage)s") % {
            "number": row.number, "day": say(row.started_on), "stage": row.get_stage_display(),
        }  # fmt: skip
        outcomes = Outcome.objects.filter(
            cycle=row, dropped_on__isnull=True, in_error_at__isnull=True
        )
        return [told, *(one.text for one in outcomes.order_by("number"))]

    def alike(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Two open plans are never one, whatever they say."""
        return False

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Close the plan that was not chosen, and let the numbers go on."""
        mine, theirs = self.row(deeds.first), self.row(deeds.second)
        if mine and theirs:
            self._close(deeds, theirs if chosen == FIRST else mine)
        top = Cycle.objects.filter(pupil=deeds.first).aggregate(top=Max("number"))["top"] or 0
        if top:
            for row in Cycle.objects.filter(pupil=deeds.second).order_by("-number"):
                deeds.change(row, number=row.number + top)

    def _close(self, deeds: Deeds, row: Cycle) -> None:
        deeds.change(
            row, stage=Stage.CLOSED.value, closed_on=max(deeds.actor.today, row.started_on),
            closed_by=deeds.actor.person,
            closed_reason=_("Another plan was chosen when two records were made one."),
        )  # fmt: skip
        keep_cycle_dates(deeds.actor, row)
        _settle_tasks(deeds, row)


class OwnFieldsSubject(Subject):
    """What the school's own fields say: what only one record says goes on in any case."""

    code: ClassVar[str] = "own"
    title: ClassVar[Promise] = gettext_lazy("The school’s own fields")
    #: whoever reads the record of any day reads every field
    action: ClassVar[Action] = Action.PUPIL_HISTORY

    def rows(self, pupil: Pupil) -> list[OwnFieldValue]:
        """What stands now, in the order of the fields."""
        rows = OwnFieldValue.objects.filter(pupil=pupil, ended_on__isnull=True)
        return list(
            rows.select_related("field", "choice").order_by("field__position", "field", "id")
        )

    def lines(self, pupil: Pupil) -> list[str]:
        """Each field and what it says."""
        return [f"{row.field.name}: {in_words(row)}" for row in self.rows(pupil)]

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Of each field that both fill in, end what was not chosen."""
        mine, theirs = self.rows(deeds.first), self.rows(deeds.second)
        both = {row.field_id for row in mine} & {row.field_id for row in theirs}
        for row in theirs if chosen == FIRST else mine:
            if row.field_id in both:
                deeds.change(row, ended_on=max(deeds.actor.today, row.starts))


SUBJECTS = (
    StatusSubject(),
    NeedsSubject(),
    PlanSubject(),
    ProfileSubject(),
    StrategiesSubject(),
    OwnFieldsSubject(),
)


def count_again(actor: Actor, pupil: Pupil) -> None:
    """Make the dates of a pupil's support again, where records were made one or parted."""
    goes_on = SenStatus.objects.filter(
        pupil=pupil, ends__isnull=True, in_error_at__isnull=True
    ).select_related("pupil")
    for status in goes_on:
        keep_status_dates(actor, status)
    standing = Cycle.objects.filter(pupil=pupil, in_error_at__isnull=True)
    for cycle in standing.exclude(stage=Stage.CLOSED).select_related("pupil"):
        keep_cycle_dates(actor, cycle)
