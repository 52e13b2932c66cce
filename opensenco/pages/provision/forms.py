"""Forms round provision. None of them asks for a need, a code or a diagnosis."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.kernel.refs import short
from opensenco.provision.operations.sessions import Held, Mark
from opensenco.provision.states import MARKS, Layer, Strength, Went, WhyNot
from opensenco.support.states import Told
from opensenco.ui.forms import (
    Form,
    GovDateField,
    LongText,
    Segments,
    VersionedForm,
    WholeNumber,
    Words,
    speak,
)

Choices = Sequence[tuple[str, str]]
WENT, NOTE = "went-", "note-"


class SessionForm(Form):
    """One session for all of a group: everyone was here, and only differences are touched.

    Args:
        pupils: reference of the allocation and the name, one for each pupil.
        minutes: the lengths to choose from, the promised one among them.
        days: the days to choose from; none where the day is fixed.
    """

    not_held = forms.ChoiceField(
        label=gettext_lazy("Did it happen?"),
        choices=[("", gettext_lazy("It happened")), *WhyNot.choices],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    note = LongText(
        label=gettext_lazy("Note for the whole group"), max_length=1000, rows=2, required=False
    )

    def __init__(
        self,
        *args: Any,
        pupils: Choices,
        minutes: Sequence[int],
        days: Choices = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.pupils = pupils
        self.fields["minutes"] = forms.TypedChoiceField(
            label=_("How long was it?"),
            choices=[(str(n), _("%(minutes)s min") % {"minutes": n}) for n in minutes],
            coerce=int,
            widget=Segments,
        )
        if days:
            self.fields["on"] = forms.TypedChoiceField(
                label=_("Which day?"), choices=days, coerce=date.fromisoformat
            )
        for ref, name in pupils:
            self.fields[WENT + ref] = forms.ChoiceField(
                label=name, choices=[(w.value, w.label) for w in MARKS], widget=Segments
            )
            self.fields[NOTE + ref] = Words(
                label=_("Note about %(name)s") % {"name": name}, max_length=1000, required=False
            )
        # a page opened yesterday offers a day that is no longer among the last ones
        for field in self.fields.values():
            speak(field)

    def held(self) -> Held:
        """How the session went as a whole."""
        given = self.cleaned_data
        return Held(minutes=given["minutes"], not_held=given["not_held"], note=given["note"])

    def marks(self, refs: dict[str, uuid.UUID]) -> dict[uuid.UUID, Mark]:
        """How it went for each pupil, by the reference of the allocation."""
        given = self.cleaned_data
        return {refs[ref]: Mark(given[WENT + ref], None, given[NOTE + ref]) for ref in refs}


class CorrectionForm(SessionForm):
    """The same after it was logged: what differs becomes a new row."""

    mistake = forms.BooleanField(
        label=gettext_lazy("There was no such session: it was logged by mistake"), required=False
    )


class ProvisionForm(Form):
    """One thing of the school's own library."""

    name = Words(label=gettext_lazy("Name"), max_length=120)
    layer = forms.TypedChoiceField(
        label=gettext_lazy("How far it goes"),
        choices=Layer.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    purpose = LongText(
        label=gettext_lazy("What it is for"), max_length=2000, rows=2, required=False
    )
    how_it_runs = LongText(
        label=gettext_lazy("How it runs"), max_length=5000, rows=3, required=False
    )
    times_a_week = WholeNumber(
        label=gettext_lazy("Times a week"), min_value=1, max_value=25, example=3, required=False
    )
    minutes = WholeNumber(
        label=gettext_lazy("Minutes each time"), min_value=1, max_value=360, required=False
    )
    weeks = WholeNumber(
        label=gettext_lazy("Weeks"), min_value=1, max_value=60, example=10, required=False
    )
    group_usual = WholeNumber(
        label=gettext_lazy("Usual size of the group"), min_value=1, max_value=60, example=4,
        required=False,
    )  # fmt: skip
    delivered_by = Words(
        label=gettext_lazy("Who usually delivers it"), max_length=200, required=False
    )
    entry_measure = Words(
        label=gettext_lazy("What is measured before"), max_length=200, required=False
    )
    exit_measure = Words(
        label=gettext_lazy("What is measured after"), max_length=200, required=False
    )
    evidence = LongText(
        label=gettext_lazy("What is known of whether it helps"),
        help_text=gettext_lazy("What you read, and not what you hope. Leave it empty if nothing."),
        max_length=2000,
        rows=2,
        required=False,
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("How strong is that?"),
        choices=[("", gettext_lazy("Not said")), *Strength.choices],
        required=False,
    )
    evidence_from = Words(
        label=gettext_lazy("Where it says so"),
        help_text=gettext_lazy("A link, or the name of a report and its year"),
        max_length=300,
        required=False,
    )


class ChangeProvisionForm(ProvisionForm, VersionedForm):
    """A change to what the library says."""


class GiveForm(Form):
    """A provision for one pupil or for several on the same terms."""

    pupils = forms.MultipleChoiceField(
        label=gettext_lazy("Who gets it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one pupil.")},
    )
    outcome = forms.ChoiceField(label=gettext_lazy("For which outcome?"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("In which group?"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Who delivers it?"), required=False)
    times_a_week = WholeNumber(
        label=gettext_lazy("Times a week"), min_value=1, max_value=25, example=3
    )
    minutes = WholeNumber(label=gettext_lazy("Minutes each time"), min_value=1, max_value=360)
    starts = GovDateField(label=gettext_lazy("First day"))
    ends = GovDateField(label=gettext_lazy("Last day"), required=False)
    measure = Words(
        label=gettext_lazy("What is measured, before and after?"),
        help_text=gettext_lazy("For example: words read in one minute."),
    )
    entry = Words(
        label=gettext_lazy("Where is the pupil now?"),
        help_text=gettext_lazy("For example: 31 words."),
    )

    def __init__(
        self,
        *args: Any,
        pupils: Choices,
        groups: Choices,
        people: Choices,
        outcomes: Choices = (),
        measured: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not measured:
            del self.fields["measure"], self.fields["entry"]
        offered = {
            "pupils": [*pupils],
            "group": [("", _("Alone, or no group yet")), *groups],
            "person": [("", _("Nobody found yet")), *people],
            "outcome": [("", _("No single outcome")), *outcomes],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = choices
        if not outcomes:
            del self.fields["outcome"]


class EndForm(VersionedForm):
    """When a promise ends, and why."""

    ends = GovDateField(label=gettext_lazy("Last day"))
    reason = LongText(
        label=gettext_lazy("Why does it end?"),
        help_text=gettext_lazy("Asked where it ends before the day that was agreed."),
        max_length=1000,
        rows=3,
        required=False,
    )


class ToldForm(VersionedForm):
    """That the parents were told, and of what else in the same talk."""

    told_on = GovDateField(label=gettext_lazy("When were they told?"))
    told_how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=Told.choices, widget=forms.RadioSelect
    )
    told_words = LongText(
        label=gettext_lazy("What were they told?"), max_length=2000, rows=3, required=False
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("What else were they told of?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if others:
            also = self.fields["also"]
            assert isinstance(also, forms.MultipleChoiceField)  # noqa: S101 (declared above)
            also.choices = others
        else:
            del self.fields["also"]


class ErrorForm(VersionedForm):
    """Why something was given in error."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=1000, rows=3)


def lengths(promised: int) -> list[int]:
    """Give five lengths about the promised one, shortest first; all of them are possible."""
    step = 5 if promised > 10 else max(1, promised // 3)
    return sorted({n for n in (promised + step * k for k in range(-2, 3)) if 1 <= n <= 360})


def usual(minutes: int, refs: Sequence[str]) -> dict[str, Any]:
    """Give the initial answers: as long as promised, everyone here."""
    return {"minutes": str(minutes), **{WENT + ref: Went.DELIVERED for ref in refs}}


def refs_of(allocations: Sequence[Any]) -> dict[str, uuid.UUID]:
    """Give the references of allocations as the names of fields hold them."""
    return {short(one.ref): one.ref for one in allocations}
