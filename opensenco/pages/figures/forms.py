"""The form with which a school releases its figures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import Form, Words


class ReleaseForm(Form):
    """To whom; what was seen goes with it."""

    to = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect)
    seen = Words(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(places)
