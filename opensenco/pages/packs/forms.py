"""Forms of packs: to whom and what for, which parts, what to take out, why it is taken back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.network.states import Audience, Part, Purpose
from opensenco.ui.forms import (
    Form,
    GovDateField,
    LongText,
    PickDateField,
    VersionedForm,
    WholeNumber,
    Words,
)

MOST_WORDS = 5000
MOST_TEXT = 20_000
Choices = Sequence[tuple[str, Any]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared below)
    field.choices = list(choices)


class ShareForm(Form):
    """What it is for, who gets it, and until when they can read it."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"), choices=Purpose.choices, widget=forms.RadioSelect
    )
    to = forms.ChoiceField(label=_("Who gets it?"))
    until = PickDateField(
        label=_("Until when can they read it?"),
        help_text=_(
            "Left empty: as long as is usual, from 30 days for moderation to 150 for a request "
            "to the authority. For example, 27/9/2027"
        ),
        required=False,
    )
    words = LongText(
        label=_("What do you ask of them?"),
        help_text=_("They read this first."),
        max_length=MOST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", [("", _("Choose an organisation")), *places])


class PartsForm(VersionedForm):
    """Which parts of the record are copied."""

    parts = forms.MultipleChoiceField(
        label=_("Parts of the record"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "parts", offered)


class NamesForm(VersionedForm):
    """Each text of a blind pack that leads to the child, to be put in other words."""

    def __init__(
        self, *args: Any, mends: Iterable[tuple[str, str, str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, label, text, found in mends:
            self.fields[name] = LongText(
                label=label, help_text=found, initial=text, max_length=MOST_TEXT, rows=3,
                required=False,
            )  # fmt: skip


class PaperForm(Form):
    """A pack on paper: for whom, what for, of which day, which parts in which order, which papers.

    Each part has a number beside it, by which it can be put before or behind others.
    """

    for_whom = Words(
        label=_("Who is given it?"),
        help_text=_("A person or a place, such as “Mrs Hassan, mother”. It stands on the cover."),
        max_length=200,
    )
    audience = forms.ChoiceField(
        label=_("Who reads it?"),
        help_text=_("For the family, other people’s phone numbers and restrictions stay out."),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    why = LongText(label=_("What is it for?"), max_length=MOST_WORDS, rows=3, required=False)
    on = GovDateField(
        label=_("As the record stood at the end of"),
        help_text=_("Leave it empty for the record as it is now."),
        required=False,
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts of the record"), widget=forms.CheckboxSelectMultiple
    )
    papers = forms.MultipleChoiceField(
        label=_("Papers that belong to it"),
        help_text=_("PDFs are put behind the pack, others are listed and handed over beside it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        offered: Choices,
        papers: Choices,
        today: date,
        looks_back: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "parts", offered)
        offer(self, "papers", papers)
        if not papers:
            del self.fields["papers"]
        field = self.fields["on"]
        assert isinstance(field, GovDateField)  # noqa: S101 (declared above)
        field.latest = today
        if not looks_back:
            del self.fields["on"]
        for number, (part, _label) in enumerate(offered, start=1):
            self.fields[f"place_{part}"] = WholeNumber(
                label=Part(part).label, min_value=1, max_value=99, example=number, required=False
            )
            self.initial.setdefault(f"place_{part}", number)

    @property
    def places(self) -> list[forms.BoundField]:
        """The numbers by which the parts are put in order."""
        return [self[name] for name in self.fields if name.startswith("place_")]

    @property
    def order_is_wrong(self) -> bool:
        """Whether one of these numbers was refused, so that it must be seen."""
        return any(name.startswith("place_") for name in self.errors)

    def clean(self) -> dict[str, Any]:
        """Put the parts that were ticked in the order of their numbers; those without come last."""
        given = super().clean() or self.cleaned_data
        offered = [name.removeprefix("place_") for name in self.fields if name.startswith("place_")]

        def place(part: str) -> tuple[int, int]:
            return given.get(f"place_{part}") or len(offered) + 1, offered.index(part)

        if "parts" in given:
            given["parts"] = sorted(given["parts"], key=place)
        return given


class WithdrawForm(VersionedForm):
    """Why a pack is taken back."""

    reason = LongText(
        label=_("Why do you take it back?"),
        help_text=_("Kept on your own record. They are not told the reason."),
        max_length=1000,
        rows=2,
    )


class AnswerForm(Form):
    """What is said back to the sender."""

    kind = forms.ChoiceField(label=_("What kind of answer is it?"), widget=forms.RadioSelect)
    words = LongText(
        label=_("Your answer"),
        help_text=_("It goes to the sender at once and cannot be changed."),
        max_length=MOST_TEXT,
        rows=6,
    )

    def __init__(self, *args: Any, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds)


class TakeOverForm(Form):
    """Which packs are read in."""

    packs = forms.MultipleChoiceField(
        label=_("Which packs?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, packs: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "packs", packs)


class HandOverForm(Form):
    """To which school all pupils go, and that this is meant."""

    to = forms.ChoiceField(label=_("Which school do they go to?"))
    words = LongText(
        label=_("What should it know of all of them?"),
        help_text=_("It stands above each pack. Do not write about one pupil here."),
        max_length=MOST_WORDS,
        required=False,
    )
    sure = WholeNumber(
        label=_("How many pupils are handed over?"),
        help_text=_("Write the number, so that nobody sends all records by a slip."),
    )

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", places)


class SampleOfForm(Form):
    """Which pupils are looked at for a sample."""

    status = forms.ChoiceField(
        label=_("SEN status"),
        initial="sen",
        choices=[
            ("sen", _("EHC plan or SEN support")), ("E", _("EHC plan")), ("K", _("SEN support")),
            ("none", _("No SEN status")), ("", _("All pupils")),
        ],
        required=False,
    )  # fmt: skip
    year = forms.ChoiceField(label=_("Year"), required=False)
    need = forms.ChoiceField(label=_("First need"), required=False)

    def __init__(self, *args: Any, years: Choices, needs: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "year", [("", _("All")), *years])
        offer(self, "need", [("", _("All")), *needs])


class SampleForm(Form):
    """Who is sampled."""

    pupils = forms.MultipleChoiceField(
        label=_("Who is sampled?"),
        help_text=_("A spread of needs and years is ticked. Change it as inspectors ask."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one pupil.")},
    )

    def __init__(self, *args: Any, offered: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "pupils", offered)
