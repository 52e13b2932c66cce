"""Forms round the approach of a place."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.staffing.approach_models import MOST_APPROACH, MOST_MONTHS
from opensenco.staffing.queries.approach import NOT_YET, SIGNED
from opensenco.ui.forms import Form, LongText, VersionedForm, WholeNumber


class SignForm(Form):
    """That somebody has read it, by their name and today's day."""

    read = forms.BooleanField(
        label=gettext_lazy("I have read this and know what I do"), required=False
    )


class ApproachForm(VersionedForm):
    """What everybody here does, and the place's own paper."""

    words = LongText(
        label=gettext_lazy("What everybody here does"),
        help_text=gettext_lazy(
            "Say it so that somebody new can act on it tomorrow. An empty line begins a new "
            "paragraph. Name no pupil."
        ),
        max_length=MOST_APPROACH,
        rows=24,
    )
    paper = forms.FileField(
        label=gettext_lazy("Your own paper"),
        help_text=gettext_lazy("A PDF, such as your SEN policy, where you have one."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        required=False,
    )
    keeps_paper = forms.BooleanField(
        label=gettext_lazy("Keep the paper of the edition before"), required=False
    )

    def __init__(self, *args: Any, paper: bool, **options: Any) -> None:
        """Take whether the edition before has a paper."""
        super().__init__(*args, **options)
        if not paper:
            del self.fields["keeps_paper"]


class RefresherForm(Form):
    """After how many months everybody is asked again."""

    months = WholeNumber(
        label=gettext_lazy("Ask again after how many months?"), min_value=0,
        max_value=MOST_MONTHS, example=12, help_text=gettext_lazy("0 asks nobody again."),
    )  # fmt: skip


class TeamForm(Form):
    """Which colleagues are chosen."""

    state = forms.ChoiceField(
        label=gettext_lazy("Confirmed"),
        choices=[
            ("", gettext_lazy("All")),
            (NOT_YET, gettext_lazy("Not yet")),
            (SIGNED, gettext_lazy("Yes")),
        ],
        required=False,
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)

    def __init__(self, *args: Any, roles: Sequence[str], **options: Any) -> None:
        """Take the roles there are."""
        super().__init__(*args, **options)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", gettext_lazy("All")), *((one, one) for one in roles)]
