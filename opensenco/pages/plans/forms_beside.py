"""Forms of what stands beside a plan. None of them asks for a diagnosis."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.support.starter import strategies
from opensenco.support.states import Helped, WhyDismissed
from opensenco.ui.forms import Form, GovDateField, LongText, Version, VersionedForm, Words


class AdjustmentForm(Form):
    """Something in the way, and what is changed for it."""

    barrier = Words(
        label=gettext_lazy("What is in the way?"),
        help_text=gettext_lazy("A barrier in the room, the task or the day. Not in the pupil."),
        max_length=300,
    )
    words = LongText(
        label=gettext_lazy("What is changed for it?"),
        help_text=gettext_lazy("What is done, when and where, so that a stranger could do it."),
        max_length=2_000,
        rows=3,
    )
    who = Words(label=gettext_lazy("Who does it?"), max_length=200, required=False)


class ChangeAdjustmentForm(AdjustmentForm):
    """The same, of one that is there."""

    version = Version()


class NewAdjustmentForm(AdjustmentForm):
    """The same, with the outcome that it serves."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Which outcome does it serve?"), required=False, choices=()
    )

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("No outcome in particular")), *outcomes,
        ]  # fmt: skip


class HelpedForm(VersionedForm):
    """Whether something helped."""

    helped = forms.ChoiceField(
        label=gettext_lazy("Does it help?"), choices=Helped.choices, widget=forms.RadioSelect
    )
    words = LongText(
        label=gettext_lazy("How can you tell?"), max_length=2_000, rows=3, required=False
    )


class EndForm(VersionedForm):
    """Why something ends."""

    reason = Words(label=gettext_lazy("Why does it end?"), max_length=300)


class HomeForm(Form):
    """One thing that the family does."""

    words = Words(
        label=gettext_lazy("What does the family do at home?"),
        help_text=gettext_lazy("One thing. For example: read together four evenings a week."),
        max_length=300,
    )
    who = Words(label=gettext_lazy("Who does it?"), max_length=200, required=False)


class ChangeHomeForm(HomeForm):
    """The same, or that it has ended."""

    version = Version()
    ended = forms.BooleanField(label=gettext_lazy("The family no longer does this"), required=False)


class AnswerForm(VersionedForm):
    """What the family says of something that they do."""

    answer = LongText(
        label=gettext_lazy("What did they say?"),
        help_text=gettext_lazy("In their own words."),
        max_length=2_000,
        rows=4,
    )
    answered_by = Words(label=gettext_lazy("Who said it?"), max_length=200, required=False)
    on = GovDateField(label=gettext_lazy("When?"))
    helped = forms.ChoiceField(
        label=gettext_lazy("Does it help?"),
        choices=[("", gettext_lazy("They did not say")), *Helped.choices],
        widget=forms.RadioSelect,
        required=False,
    )


class NoteForm(Form):
    """What staff learned about a condition or need."""

    title = Words(label=gettext_lazy("What is it about?"), max_length=120)
    words = LongText(
        label=gettext_lazy("What helps staff to understand?"), max_length=5_000, rows=6
    )
    source = Words(
        label=gettext_lazy("Where is it from?"),
        help_text=gettext_lazy("A report, a website, a course, the family."),
        max_length=300,
    )
    source_on = GovDateField(label=gettext_lazy("Of which day is the source?"), required=False)
    review_on = GovDateField(
        label=gettext_lazy("When is it read again?"),
        help_text=gettext_lazy("What is known of a condition changes. A year is long enough."),
    )


class ChangeNoteForm(NoteForm):
    """The same, of one that is there."""

    version = Version()
    review_on = GovDateField(
        label=gettext_lazy("When is it read again next?"),
        help_text=gettext_lazy(
            "A later day says that you have read it today. What is known of a condition changes: a "
            "year is long enough."
        ),
    )


class DismissForm(Form):
    """Why a remark of the plan check is set aside."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), choices=WhyDismissed.choices, widget=forms.RadioSelect
    )
    words = Words(label=gettext_lazy("In a few words"), max_length=300, required=False)


class StrategyForm(Form):
    """A strategy of the school's bank."""

    text = Words(
        label=gettext_lazy("What does an adult do?"),
        help_text=gettext_lazy("One sentence to act on today."),
        max_length=200,
    )
    why = Words(label=gettext_lazy("Why does it help?"), max_length=300, required=False)
    situation = forms.ChoiceField(label=gettext_lazy("When?"), choices=())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["situation"].choices = list(strategies().situations.items())  # type: ignore[attr-defined]


class ChangeStrategyForm(StrategyForm):
    """The same, of one that is there."""

    version = Version()


class NamingForm(VersionedForm):
    """What a place calls its plans."""

    name = Words(
        label=gettext_lazy("What do you call a plan?"),
        help_text=gettext_lazy(
            "For example: My plan, Pupil passport, SEND support plan. Left open, it is called "
            "SEN support plan."
        ),
        max_length=60,
        required=False,
    )
    proposed = forms.BooleanField(
        label=gettext_lazy("Also lay plans out as the proposed Individual Support Plan"),
        help_text=gettext_lazy(
            "It is proposed and not law. Nothing is typed again: the same facts are put in its "
            "order. You can turn this off at any time."
        ),
        required=False,
    )


class FindForm(Form):
    """Find in a bank."""

    words = Words(label=gettext_lazy("Words"), max_length=80, required=False)
    situation = forms.ChoiceField(label=gettext_lazy("When"), choices=(), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["situation"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("Any time")),
            *((key, name) for key, name in strategies().situations.items() if key != "any"),
        ]
