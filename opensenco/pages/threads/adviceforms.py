"""Forms of what was taught."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.threads.advice_models import AdviceKind
from opensenco.threads.operations.advising import LONGEST, Step
from opensenco.ui.forms import LongText, PickDateField, VersionedForm, Words


@dataclass(frozen=True)
class Choices:
    """What an entry can be tied to.

    Args:
        people: colleagues by reference.
        strategies: of the lesson that was seen, of the pupil, and of the bank that fits.
        others: the rest of the bank.
    """

    people: Mapping[str, Any]
    strategies: Sequence[str] = ()
    others: Sequence[str] = ()


class AdviceForm(VersionedForm):
    """What was taught, by whom, to whom, and what came of it."""

    kind = forms.ChoiceField(label=_("How was it taught?"), choices=AdviceKind.choices)
    words = LongText(label=_("What was shown or said?"), max_length=LONGEST, rows=5)
    who = Words(
        label=_("Who taught it?"),
        help_text=_("Name and role, such as “Gemma Stone, speech and language therapist”"),
        max_length=160,
    )
    learner = forms.ChoiceField(
        label=_("Which colleague learned it?"),
        help_text=_("They find it again under what they asked and were shown."),
        required=False,
    )
    to_whom = Words(label=_("Who else learned it?"), max_length=200, required=False)
    strategies = forms.MultipleChoiceField(
        label=_("Which strategies was it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    another = forms.ChoiceField(label=_("Another strategy from our bank"), required=False)
    on = PickDateField(label=_("Day"))
    came_of = LongText(
        label=_("What came of it?"),
        help_text=_("Leave it empty for now, and come back when you know."),
        max_length=LONGEST,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        people = [(ref, one.name) for ref, one in choices.people.items()]
        _choose(self, "learner", [("", _("Nobody in particular")), *people])
        _choose(self, "strategies", [(one, one) for one in choices.strategies])
        others = [(one, one) for one in choices.others]
        _choose(self, "another", others and [("", _("No other")), *others])

    def step(self, visit: uuid.UUID | None = None) -> Step:
        """Give what ties it to a colleague, strategies and a lesson, as the operation takes it."""
        given = self.cleaned_data
        named = [*given.get("strategies", []), given.get("another", "")]
        learner = self.choices.people.get(given["learner"])
        return Step(learner=learner, strategies=[one for one in named if one], visit=visit)


def _choose(form: forms.Form, name: str, choices: Any) -> None:
    if not choices:
        del form.fields[name]
        return
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
    field.choices = choices


class ErrorForm(VersionedForm):
    """Why an entry was a mistake."""

    reason = LongText(label=_("What was wrong?"), max_length=500, rows=2)
