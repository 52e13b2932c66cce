"""The form of a plan: what was found, the outcomes, and what is agreed, on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.pages.plans.growing import grown
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.queries import Plan, PlanOutcome
from opensenco.ui.forms import LongText, PickDateField, VersionedForm, Words

#: parts of an outcome as the record calls them
PARTS = ("text", "baseline", "aim", "by", "measure", "who", "need")
EMPTY_FIRST, EMPTY_LATER = 2, 1


@dataclass(frozen=True)
class Block:
    """The fields of one outcome on the page.

    Args:
        outcome: the one that is written, None for a new one.
    """

    key: str
    place: int
    outcome: PlanOutcome | None
    text: forms.BoundField
    baseline: forms.BoundField
    aim: forms.BoundField
    by: forms.BoundField
    measure: forms.BoundField
    who: forms.BoundField
    need: forms.BoundField
    drop: forms.BoundField | None


class PlanForm(VersionedForm):
    """All words of a plan. Nothing has to be complete to be saved."""

    found = LongText(label=gettext_lazy("What we found"), max_length=20_000, rows=5, required=False)
    parents_said = LongText(
        label=gettext_lazy("What the parents say"), max_length=20_000, rows=3, required=False
    )
    at_home = LongText(
        label=gettext_lazy("What the family does at home"),
        max_length=20_000,
        rows=2,
        required=False,
    )
    review_on = PickDateField(
        label=gettext_lazy("Review on or before"),
        help_text=gettext_lazy("A day agreed with the pupil and the parents. Like 27/9/2027."),
        required=False,
    )
    agreed_with = Words(
        label=gettext_lazy("Who agreed, and how"),
        help_text=gettext_lazy("For example: Leila Hassan and Idris, at a meeting."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, *, plan: Plan, data: QueryDict | Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        self.plan = plan
        self._keys = {_key(one): one for one in plan.outcomes}
        self._new = _new_keys(plan)
        super().__init__(data=_with_what_came_since(data, plan), **options)

    @classmethod
    def of(cls, plan: Plan, needs: Sequence[Any] = (), **options: Any) -> "PlanForm":
        """Make the form of a plan: its outcomes, and room for more.

        Args:
            needs: of the pupil, that an outcome can answer.
        """
        more: dict[str, forms.Field] = {}
        for place, one in enumerate(plan.outcomes, start=1):
            more |= _fields(_key(one), place, _needs(needs, one.row.need), known=True)
        for place, key in enumerate(_new_keys(plan), start=len(plan.outcomes) + 1):
            more |= _fields(key, place, _needs(needs), known=False)
        return grown(cls, more)(plan=plan, **options)

    @property
    def written(self) -> list[Block]:
        """The outcomes that the plan has."""
        return [self._block(place, key) for place, key in enumerate(self._keys, start=1)]

    @property
    def empty(self) -> list[Block]:
        """Room for more."""
        first = len(self._keys) + 1
        return [self._block(place, key) for place, key in enumerate(self._new, start=first)]

    def _block(self, place: int, key: str) -> Block:
        known = self._keys.get(key)
        drop = self[f"{key}_drop"] if known else None
        parts = {part: self[f"{key}_{part}"] for part in PARTS}
        return Block(key=key, place=place, outcome=known, drop=drop, **parts)

    def words(self, given: Mapping[str, Any]) -> PlanWords:
        """Give what was typed as the operation takes it."""
        return PlanWords(
            found=given["found"],
            parents_said=given["parents_said"],
            at_home=given["at_home"],
            review_on=given["review_on"],
            outcomes=[self._outcome(key, given) for key in [*self._keys, *self._new]],
        )

    def _outcome(self, key: str, given: Mapping[str, Any]) -> OutcomeWords:
        known = self._keys.get(key)
        return OutcomeWords(
            ref=known.row.ref if known else None,
            drop=bool(given.get(f"{key}_drop")),
            field=f"{key}_",
            **{part: given[f"{key}_{part}"] for part in PARTS},
        )


def values_of(plan: Plan) -> dict[str, Any]:
    """Give what the record holds now, by the names of the form's fields."""
    cycle = plan.cycle
    values: dict[str, Any] = {
        "version": cycle.version,
        "found": cycle.found,
        "parents_said": cycle.parents_said,
        "at_home": cycle.at_home,
        "review_on": cycle.review_on,
        "agreed_with": cycle.agreed_with,
    }
    for one in plan.outcomes:
        values |= {f"{_key(one)}_{part}": getattr(one.row, part) for part in PARTS}
    return values


def _new_keys(plan: Plan) -> list[str]:
    fresh = EMPTY_LATER if plan.outcomes else EMPTY_FIRST
    return [f"new_{number}" for number in range(1, fresh + 1)]


def _key(outcome: PlanOutcome) -> str:
    # its number never changes within a plan, whatever is taken out before it
    return f"outcome_{outcome.row.number}"


def _needs(needs: Sequence[Any], chosen: str = "") -> list[tuple[str, str]]:
    """The pupil's needs, and the one that was chosen, also where it is not ranked any more."""
    found = [(need.code, str(need.title)) for need in needs]
    if chosen and chosen not in dict(found):
        found.append((chosen, chosen))
    return [("", _("Not said")), *found]


def _fields(
    key: str, place: int, needs: list[tuple[str, str]], *, known: bool
) -> dict[str, forms.Field]:
    name = _("Outcome %(place)s") % {"place": place}
    fields: dict[str, forms.Field] = {
        f"{key}_text": LongText(
            label=_("%(outcome)s: what the pupil will be able to do") % {"outcome": name},
            max_length=1_000,
            rows=2,
            required=False,
        ),
        f"{key}_baseline": Words(
            label=_("%(outcome)s: begins at") % {"outcome": name}, required=False
        ),
        f"{key}_aim": Words(label=_("%(outcome)s: aim") % {"outcome": name}, required=False),
        f"{key}_by": PickDateField(label=_("%(outcome)s: by") % {"outcome": name}, required=False),
        f"{key}_measure": Words(
            label=_("%(outcome)s: measured by") % {"outcome": name},
            max_length=300,
            required=False,
        ),
    }
    fields |= {
        f"{key}_who": Words(
            label=_("%(outcome)s: who works on it") % {"outcome": name}, required=False
        ),
        f"{key}_need": forms.ChoiceField(
            label=_("%(outcome)s: which need it answers") % {"outcome": name},
            choices=needs,
            required=False,
        ),
    }
    if known:
        fields[f"{key}_drop"] = forms.BooleanField(
            label=_("Take this outcome out of the plan"), required=False
        )
    return fields


def _with_what_came_since(data: Any, plan: Plan) -> Any:
    """Put in what a colleague added after this page was opened: sending must not empty it."""
    if data is None:
        return None
    whole = data.copy()
    for name, value in values_of(plan).items():
        if name.startswith("outcome_") and name not in whole:
            shown = PickDateField().prepare_value(value) if name.endswith("_by") else value
            whole[name] = "" if shown is None else str(shown)
    return whole
