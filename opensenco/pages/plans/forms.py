"""Forms of status, needs and profile, and of the steps round a plan.

None of them has a field for a diagnosis; the page on needs says that none is needed.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.law.codes.sen import NEED_TYPES
from opensenco.pages.plans.growing import grown
from opensenco.support.states import Ground, Status, Told
from opensenco.ui.forms import Form, GovDateField, LongText, Version, VersionedForm, Words

SHOWN_NEEDS = 3
SHOWN_STRATEGIES = 4
TOLD = [("", gettext_lazy("Not told yet")), *Told.choices]


class StatusForm(VersionedForm):
    """Decide a pupil's SEN status from a day on."""

    code = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=Status.choices, widget=forms.RadioSelect
    )
    starts = GovDateField(label=gettext_lazy("From which day?"))
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("For SEN support. A diagnosis is not needed."),
        choices=Ground.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = LongText(
        label=gettext_lazy("Why did you decide this?"),
        help_text=gettext_lazy("A sentence or two. It stays on the pupil’s record."),
        max_length=2_000,
        rows=3,
    )
    told_on = GovDateField(label=gettext_lazy("When were the parents told?"), required=False)
    told_how = forms.ChoiceField(
        label=gettext_lazy("How were they told?"), choices=TOLD, required=False
    )
    told_words = LongText(
        label=gettext_lazy("What were they told?"),
        help_text=gettext_lazy("The words you used, or where the letter is. This is the proof."),
        max_length=5_000,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A day and a way of telling go together."""
        given = super().clean() or self.cleaned_data
        if given.get("told_on") and not given.get("told_how"):
            self.add_error("told_how", _("Choose how the parents were told."))
        if given.get("told_how") and not given.get("told_on") and "told_on" not in self.errors:
            self.add_error("told_on", _("Enter the day on which the parents were told."))
        return given


class ToldForm(VersionedForm):
    """Record that the parents were told, with the proof."""

    told_on = GovDateField(label=gettext_lazy("When were they told?"))
    told_how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=Told.choices, widget=forms.RadioSelect
    )
    told_words = LongText(
        label=gettext_lazy("What were they told?"),
        help_text=gettext_lazy("The words you used, or where the letter is. This is the proof."),
        max_length=5_000,
        rows=4,
        required=False,
    )


class NeedsForm(Form):
    """Rank what a pupil needs; the greatest first."""

    version = Version()

    @classmethod
    def on(cls, today: date, current: list[str]) -> "type[NeedsForm]":
        """Give the form with the codes in force on a day, and room for one more need."""
        shown = max(SHOWN_NEEDS, len(current) + 1)
        listed = [("", _("Not known")), *((c.code, _(c.title)) for c in NEED_TYPES.on(today))]
        labels = [_("Main need"), _("Second need")]
        more = {
            f"need_{rank}": forms.ChoiceField(
                label=labels[rank - 1] if rank <= 2 else _("Need %(rank)s") % {"rank": rank},
                choices=listed,
                required=False,
            )
            for rank in range(1, shown + 1)
        }
        return grown(cls, more)

    @property
    def ranked(self) -> list[forms.BoundField]:
        """The fields of the ranks, in order."""
        return [bound for bound in self.visible_fields() if bound.name.startswith("need_")]

    @staticmethod
    def codes(given: dict[str, Any]) -> list[str]:
        """Give the codes that were chosen, the greatest need first."""
        ranks = sorted(name for name in given if name.startswith("need_"))
        return [given[name] for name in ranks if given[name]]


class ProfileForm(VersionedForm):
    """The child's own page."""

    own_words = LongText(
        label=gettext_lazy("In my own words"),
        help_text=gettext_lazy("Write what the child said, as they said it."),
        max_length=2_000,
        rows=4,
        required=False,
    )
    good_at = LongText(
        label=gettext_lazy("What I am good at"), max_length=2_000, rows=3, required=False
    )
    matters = LongText(
        label=gettext_lazy("What matters to me"), max_length=2_000, rows=3, required=False
    )
    helps = LongText(
        label=gettext_lazy("What helps me"),
        help_text=gettext_lazy("One thing a line."),
        max_length=2_000,
        rows=4,
        required=False,
    )
    hinders = LongText(
        label=gettext_lazy("What does not help me"),
        help_text=gettext_lazy("One thing a line."),
        max_length=2_000,
        rows=4,
        required=False,
    )
    communication = LongText(
        label=gettext_lazy("How I communicate"),
        help_text=gettext_lazy(
            "How I tell you, and how to tell me: words, signs, pictures, a device, time to answer."
        ),
        max_length=2_000,
        rows=3,
        required=False,
    )
    said_on = GovDateField(label=gettext_lazy("When was this said?"))
    said_with = Words(
        label=gettext_lazy("With whom?"),
        help_text=gettext_lazy("Who was with the child, or how you found out."),
        max_length=200,
        required=False,
    )
    strategies = LongText(
        label=gettext_lazy("What every adult does in class"),
        help_text=gettext_lazy(
            "One thing a line, the most useful first. Teachers are shown the first three."
        ),
        max_length=1_300,
        rows=4,
        required=False,
    )


class InClassForm(VersionedForm):
    """What helps a pupil in one class or group."""

    strategies = LongText(
        label=gettext_lazy("What helps in this class"),
        help_text=gettext_lazy("One thing a line, the most useful first. Three lines at most."),
        max_length=620,
        rows=3,
        required=False,
    )


class StartForm(Form):
    """Begin a plan with what was found."""

    found = LongText(
        label=gettext_lazy("What did you find?"),
        help_text=gettext_lazy(
            "What the pupil can do, what is hard, and how you know. No diagnosis is needed."
        ),
        rows=6,
        required=False,
    )
    parents_said = LongText(label=gettext_lazy("What do the parents say?"), rows=3, required=False)


class CloseForm(VersionedForm):
    """Why a plan ends without a next one."""

    reason = LongText(label=gettext_lazy("Why does it end?"), max_length=1_000, rows=3)


class ErrorForm(VersionedForm):
    """Why a record was made in error."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=1_000, rows=3)


class NextForm(VersionedForm):
    """What goes on into the next cycle."""

    keep = forms.MultipleChoiceField(
        label=gettext_lazy("What goes on?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, running: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keep"].choices = running  # type: ignore[attr-defined]
