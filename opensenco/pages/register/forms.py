"""The filter bar of the register; the address keeps what is chosen, and never a name."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.law.codes.sen import NEED_TYPES
from opensenco.ui.forms import Form
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

    def __init__(
        self, *args: Any, groups: list[tuple[str, str]], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = [("", _("All")), *groups]  # type: ignore[attr-defined]
        self.fields["need"].choices = [("", _("Any")), *_needs(today, language_now())]  # type: ignore[attr-defined]
