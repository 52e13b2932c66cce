"""Forms of the guides beside the steps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.cases.guide_models import MOST_GUIDE
from opensenco.ui.forms import Form, LongText, VersionedForm


class WordsForm(Form):
    """The words beside one step."""

    words = LongText(
        label=_("The guide"),
        help_text=_("Read in a minute. An empty line begins a new paragraph. Leave it empty to go "
                    "back to the words that come with OpenSENCO."),
        max_length=MOST_GUIDE,
        rows=14,
        required=False,
    )  # fmt: skip


class OtherwiseForm(Form):
    """From which guidance, and why."""

    rule = forms.ChoiceField(label=_("Which guidance is not followed?"))
    words = LongText(
        label=_("Why?"),
        help_text=_("Guidance may be departed from for a good reason. It is kept, and listed."),
        max_length=2_000,
    )

    def __init__(self, *args: Any, rules: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take the rules that can be chosen."""
        super().__init__(*args, **given)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [*rules]


class ErrorForm(VersionedForm):
    """Why a departure should not be here."""

    reason = LongText(label=_("What was wrong?"), max_length=1_000, rows=3)
