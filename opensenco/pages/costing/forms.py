"""Forms of costs: a rate, how is counted, what comes in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.costing.states import Bears, Charged, ItemKind, Post, RateKind, YearOf
from opensenco.kernel import money
from opensenco.kernel.errors import Invalid
from opensenco.ui.forms import Form, PickDateField, WholeNumber, Words
from opensenco.ui.words import money_pounds

POUNDS = gettext_lazy("Enter an amount in pounds, such as 17.20 or 5,000.")


class Pounds(Words):
    """An amount as people write it; gives whole pence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        """Give pence, or nothing where nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            pence = money.pounds(text)
        except Invalid as error:
            raise ValidationError(str(POUNDS)) from error
        if pence < 0:
            raise ValidationError(str(POUNDS))
        return pence

    def prepare_value(self, value: Any) -> Any:
        """Write pence as pounds."""
        if isinstance(value, int):
            return money_pounds(value, ledger=True).removeprefix("£")
        return value


class RateForm(Form):
    """What an hour costs from a day on."""

    post = forms.ChoiceField(label=gettext_lazy("Kind of post"), choices=Post.choices)
    who = forms.ChoiceField(
        label=gettext_lazy("Of one person?"),
        help_text=gettext_lazy("Leave empty for the rate of everybody of this post."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What does the rate hold?"), choices=RateKind.choices,
        widget=forms.RadioSelect, initial=RateKind.STANDARD.value,
    )  # fmt: skip
    pence = Pounds(
        label=gettext_lazy("Pounds an hour"),
        help_text=gettext_lazy(
            "For example, 17.20. Leave empty to say that this person costs what everybody of the "
            "post does."
        ),
        required=False,
    )
    first = PickDateField(label=gettext_lazy("From which day?"))

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take who works here."""
        super().__init__(*args, **options)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Everybody of this post")), *staff]


class HowForm(Form):
    """How the place counts."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which rates count?"),
        help_text=gettext_lazy(
            "Whoever may not see pay sees costs at standard rates, whatever is chosen here."
        ),
        choices=RateKind.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    charge = forms.ChoiceField(
        label=gettext_lazy("Who bears the cost of a group?"), choices=Charged.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    year = forms.ChoiceField(
        label=gettext_lazy("Which year?"), choices=YearOf.choices, widget=forms.RadioSelect
    )
    weeks = WholeNumber(
        label=gettext_lazy("Weeks in a year"),
        min_value=1,
        max_value=53,
        example=38,
        help_text=gettext_lazy(
            "For what is given so many times a week without set hours. Where the timetable says "
            "when, the sessions that it makes of your open days count."
        ),
    )
    teacher_hours = WholeNumber(
        label=gettext_lazy("Most hours of a teacher that count for one pupil in a week"),
        help_text=gettext_lazy("Leave empty where your authority sets no limit."),
        min_value=0, max_value=40, example=5, required=False,
    )  # fmt: skip
    usual_post = forms.ChoiceField(
        label=gettext_lazy("Whose time is it where nobody is named?"), choices=Post.choices
    )
    first = PickDateField(label=gettext_lazy("From which day?"))
    because = Words(
        label=gettext_lazy("Where is it decided?"),
        help_text=gettext_lazy("For example: the authority’s guidance on costing, April 2026."),
    )


class BackForm(Form):
    """That something was entered wrongly."""


class TopUpForm(Form):
    """What comes in for a pupil."""

    pence = Pounds(
        label=gettext_lazy("How much, for the whole time?"),
        help_text=gettext_lazy("In pounds. For example, 4,800."),
    )
    first = PickDateField(label=gettext_lazy("From which day?"))
    last = PickDateField(label=gettext_lazy("Until which day?"))
    source = Words(
        label=gettext_lazy("Who pays it?"),
        help_text=gettext_lazy("For example: the authority, letter of 3 May 2026."),
    )


class BudgetForm(Form):
    """The notional budget of the year."""

    pence = Pounds(
        label=gettext_lazy("Notional SEN budget of the year"),
        help_text=gettext_lazy("In pounds, as the authority told it. For example, 96,400."),
    )
    source = Words(
        label=gettext_lazy("Where is it told?"),
        help_text=gettext_lazy("For example: the budget statement of March 2026."),
    )


class BearingForm(Form):
    """Who bears the cost of one provision's groups."""

    group = forms.ChoiceField(label=gettext_lazy("Which group?"), required=False)
    bears = forms.ChoiceField(
        label=gettext_lazy("Who bears the cost of a group?"), choices=Bears.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    first = PickDateField(label=gettext_lazy("From which day?"))
    because = Words(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy(
            "For example: the group would not run without this pupil. Name nobody."
        ),
    )

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take the groups that it is given in."""
        super().__init__(*args, **given)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("All groups")), *groups]


class ItemForm(Form):
    """What a provision costs beside hours, once."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of cost?"), choices=ItemKind.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    what = Words(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example: a licence for the programme. Name nobody."),
    )
    pence = Pounds(
        label=gettext_lazy("How much, in all?"),
        help_text=gettext_lazy("In pounds. For example, 180."),
    )
    first = PickDateField(label=gettext_lazy("From which day?"))
    years = WholeNumber(
        label=gettext_lazy("For how many years is it of use?"),
        help_text=gettext_lazy("Each year bears as much. Leave empty for this year alone."),
        min_value=1, max_value=20, example=3, required=False,
    )  # fmt: skip


class OverForm(Form):
    """Which pupils are shown."""

    in_class = forms.ChoiceField(label=gettext_lazy("Class"), required=False)
    only = forms.ChoiceField(
        label=gettext_lazy("Show"), required=False,
        choices=[("", gettext_lazy("Everybody")), ("over", gettext_lazy("Over the threshold"))],
    )  # fmt: skip
    beside = forms.ChoiceField(
        label=gettext_lazy("Beside what is planned"), required=False,
        choices=[("", gettext_lazy("Nothing")),
                 ("delivered", gettext_lazy("What was delivered by today"))],
    )  # fmt: skip

    def __init__(self, *args: Any, classes: Sequence[str], **given: Any) -> None:
        """Take the classes there are."""
        super().__init__(*args, **given)
        field = self.fields["in_class"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("All")), *((name, name) for name in classes)]
