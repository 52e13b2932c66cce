"""The form of a review: one tap and three voices for each outcome, and what next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.pages.plans.growing import grown
from opensenco.support.operations.reviews import Result
from opensenco.support.queries import Plan, PlanOutcome
from opensenco.support.states import After, Score
from opensenco.ui.forms import LongText, PickDateField, Segments, VersionedForm, Words

PARTS = ("score", "latest", "pupil_said", "parent_said", "teacher_said", "after")
#: the words under the number that is tapped
SCORES = {str(score.value): score.label for score in Score}


@dataclass(frozen=True)
class ResultBlock:
    """The fields of one outcome's review on the page."""

    outcome: PlanOutcome
    score: forms.BoundField
    latest: forms.BoundField
    pupil_said: forms.BoundField
    parent_said: forms.BoundField
    teacher_said: forms.BoundField
    after: forms.BoundField


class ReviewForm(VersionedForm):
    """What the review found of each outcome."""

    held_on = PickDateField(label=gettext_lazy("Held on"), help_text=gettext_lazy("Like 27/9/2027"))
    next_step = LongText(
        label=gettext_lazy("What else was agreed"), max_length=5_000, rows=2, required=False
    )

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        self.plan = plan
        super().__init__(*args, **options)

    @classmethod
    def of(cls, plan: Plan, **options: Any) -> "ReviewForm":
        """Make the form of a plan's review."""
        more: dict[str, forms.Field] = {}
        for one in plan.outcomes:
            more |= _fields(_key(one), one.place)
        return grown(cls, more)(plan=plan, **options)

    @property
    def blocks(self) -> list[ResultBlock]:
        """The outcomes in order, each with its fields."""
        return [
            ResultBlock(one, **{part: self[f"{_key(one)}_{part}"] for part in PARTS})
            for one in self.plan.outcomes
        ]

    def results(self, given: Mapping[str, Any]) -> list[Result]:
        """Give what was typed as the operation takes it."""
        return [
            Result(
                outcome=one.row.ref,
                field=f"{_key(one)}_",
                **{part: given[f"{_key(one)}_{part}"] for part in PARTS},
            )
            for one in self.plan.outcomes
        ]


def values_of(plan: Plan, today: Any) -> dict[str, Any]:
    """Give what the record holds now, by the names of the form's fields."""
    values: dict[str, Any] = {
        "version": plan.cycle.version,
        "next_step": plan.cycle.next_step,
        "held_on": plan.cycle.reviewed_on or today,
    }
    for one in plan.outcomes:
        row = one.review
        values |= {f"{_key(one)}_{part}": getattr(row, part) if row else "" for part in PARTS}
        # carrying over is what is usual; it is chosen before anybody taps
        values[f"{_key(one)}_after"] = (row.after if row else "") or After.CARRY.value
    return values


def _key(outcome: PlanOutcome) -> str:
    return f"outcome_{outcome.row.number}"


def _fields(key: str, place: int) -> dict[str, forms.Field]:
    def named(what: str) -> str:
        return _("Outcome %(place)s: %(what)s") % {"place": place, "what": what}

    def voice(what: str) -> LongText:
        return LongText(label=named(what), max_length=2_000, rows=3, required=False)

    return {
        f"{key}_score": forms.TypedChoiceField(
            label=named(_("how far did the pupil get")),
            choices=[(value, value) for value in SCORES],
            coerce=int,
            empty_value=None,
            widget=Segments,
            required=False,
        ),
        f"{key}_latest": Words(label=named(_("where the pupil is now")), required=False),
        f"{key}_pupil_said": voice(_("what the pupil says")),
        f"{key}_parent_said": voice(_("what the parents say")),
        f"{key}_teacher_said": voice(_("what the teacher says")),
        f"{key}_after": forms.ChoiceField(
            label=named(_("what next")),
            choices=After.choices,
            widget=forms.RadioSelect,
            required=False,
        ),
    }
