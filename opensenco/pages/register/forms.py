"""The filter bar of the register; the address keeps what is chosen, and never a name."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.law.codes.sen import NEED_TYPES
from opensenco.ui.forms import Form, GovDateField, VersionedForm, Words
from opensenco.ui.language import language_now
from opensenco.ui.language import spoken as _

STATUSES = [
    ("", gettext_lazy("All")),
    ("E", gettext_lazy("E, EHC plan")),
    ("K", gettext_lazy("K, SEN support")),
    ("none", gettext_lazy("Help without a status")),
]
TURNS = [
    ("", gettext_lazy("Any")),
    ("mine", gettext_lazy("Mine")),
    ("any", gettext_lazy("Somebody’s")),
]
EHC = [
    ("", gettext_lazy("Any")),
    ("late", gettext_lazy("Late")),
    ("soon", gettext_lazy("Late or in the next 8 weeks")),
    ("none", gettext_lazy("No day is known")),
]
MARKS = [
    ("", gettext_lazy("Any")),
    ("gap", gettext_lazy("Gap")),
    ("due", gettext_lazy("Due")),
    ("complete", gettext_lazy("Complete")),
]


@lru_cache(maxsize=50)
def _needs(day: date, language: str | None) -> list[tuple[str, str]]:
    return [(code.code, f"{code.code}, {_(code.title)}") for code in NEED_TYPES.on(day)]


class FilterForm(Form):
    """What the register is chosen by."""

    group = forms.ChoiceField(label=gettext_lazy("Class or group"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=STATUSES, required=False)
    need = forms.ChoiceField(label=gettext_lazy("Need"), required=False)
    turn = forms.ChoiceField(label=gettext_lazy("Whose turn"), choices=TURNS, required=False)

    mark = forms.ChoiceField(label=gettext_lazy("Record"), choices=MARKS, required=False)
    ehc = forms.ChoiceField(label=gettext_lazy("EHC review"), choices=EHC, required=False)

    def __init__(
        self,
        *args: Any,
        groups: list[tuple[str, str]],
        today: date,
        own: Iterable[tuple[str, str, Iterable[tuple[str, str]]]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for key, label, offered in own:
            self.fields[key] = forms.ChoiceField(
                label=label, choices=[("", _("Any")), *offered], required=False
            )
        self.fields["group"].choices = [("", _("All")), *groups]  # type: ignore[attr-defined]
        self.fields["need"].choices = [("", _("Any")), *_needs(today, language_now())]  # type: ignore[attr-defined]


class ViewForm(Form):
    """A view of the register by a name."""

    name = Words(
        label=gettext_lazy("Name of the view"),
        help_text=gettext_lazy("What you look for, such as “Reviews this month”. No pupil’s name."),
        max_length=60,
    )
    shared = forms.BooleanField(
        label=gettext_lazy("Share it with all who see the register here"), required=False
    )
    is_default = forms.BooleanField(label=gettext_lazy("My register opens with it"), required=False)


class ChangeViewForm(ViewForm, VersionedForm):
    """A change to a view, which stands in another window too."""


class AskManyForm(Form):
    """The questions that are asked about each of several pupils, and the day."""

    questions = forms.ChoiceField(label=gettext_lazy("Which questions"))
    due = GovDateField(label=gettext_lazy("Answers by"))

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["questions"].choices = lines  # type: ignore[attr-defined]


class ReviewDayForm(Form):
    """By when plans are reviewed, and who agreed it for those that are agreed already."""

    review_on = GovDateField(label=gettext_lazy("Review by"))
    agreed_with = Words(
        label=gettext_lazy("Who agreed this day?"),
        help_text=gettext_lazy(
            "A plan that is agreed stays locked; its new day is agreed anew with parents. For "
            "example: parents, at the meetings of this week."
        ),
        max_length=300,
    )

    def __init__(self, *args: Any, agreed: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if not agreed:
            del self.fields["agreed_with"]


class RemindManyForm(Form):
    """Nothing is asked: what is done stands above the button."""
