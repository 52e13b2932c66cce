"""Forms round reports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.reports.states import MOST_REASON, MOST_WORDS
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm

Choices = Sequence[tuple[str, str]]
YES, NO = "approve", "return"


def _choices(field: forms.Field, choices: Choices) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = list(choices)


class BeginForm(Form):
    """Which report, of which place, from when its figures count."""

    kind = forms.ChoiceField(label=_("Which report"), widget=forms.RadioSelect)
    school = forms.ChoiceField(label=_("School"))
    since = PickDateField(
        label=_("First day"),
        help_text=_("What happened counts from this day. Numbers of pupils are those of today."),
    )

    def __init__(self, *args: Any, kinds: Choices, schools: Choices, **options: Any) -> None:
        """Take the kinds and places there are."""
        super().__init__(*args, **options)
        _choices(self.fields["kind"], kinds)
        _choices(self.fields["school"], schools)
        if len(schools) < 2:
            del self.fields["school"]


class PartForm(VersionedForm):
    """The words of one part."""

    words = LongText(
        label=_("Your words"), max_length=MOST_WORDS, rows=14, required=False,
        help_text=_("Leave an empty line between paragraphs. Name no pupil."),
    )  # fmt: skip


class FiguresForm(VersionedForm):
    """Whether the figures of one part stand in the report."""

    left_out = forms.BooleanField(label=_("Leave these figures out of the report"), required=False)


class PointForm(VersionedForm):
    """Where a point is answered, or why it is not."""

    part = forms.ChoiceField(label=_("Answered in"), required=False)
    reason = LongText(
        label=_("Why it is not answered"), max_length=MOST_REASON, rows=3, required=False,
        help_text=_("This stands in the report where the answer would be."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Choices, **options: Any) -> None:
        """Take the parts in which it can be answered."""
        super().__init__(*args, **options)
        _choices(self.fields["part"], parts)


class StepForm(VersionedForm):
    """Nothing is asked: the report takes its next step."""


class DecideForm(VersionedForm):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(YES, _("Approve it as it stands")), (NO, _("Send it back to be changed"))],
        widget=forms.RadioSelect,
    )
    reason = LongText(
        label=_("What should be changed"), max_length=MOST_REASON, rows=4, required=False,
        help_text=_("Only needed where you send it back."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Lose no words: with a yes they would go nowhere."""
        given = super().clean() or {}
        if given.get("decision") == YES and given.get("reason"):
            self.add_error(
                "reason",
                _("An approval goes without words. Send the report back, or take them out."),
            )
        return given
