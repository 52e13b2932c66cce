"""Forms round what is measured: the scale of a provision, a pupil's points, the aim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.provision.effect_models import MOST_NAME, MOST_SOURCE
from opensenco.provision.states import UsualKind
from opensenco.provision.usual_models import MOST_SOURCE as USUAL_SOURCE
from opensenco.ui.forms import Form, GovDateField, LongText, Number, Words


class ScaleForm(Form):
    """What is measured of a provision."""

    name = Words(
        label=gettext_lazy("What is measured?"),
        help_text=gettext_lazy("For example: words read in one minute. No child is named here."),
        max_length=MOST_NAME,
    )
    lowest = Number(label=gettext_lazy("Lowest score there can be"))
    highest = Number(label=gettext_lazy("Highest score there can be"))
    less_is_better = forms.BooleanField(
        label=gettext_lazy("A lower score is better, as with minutes late"), required=False
    )


class UsualForm(Form):
    """What progress is usual for what is measured."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What progress is usual?"),
        choices=UsualKind.choices,
        widget=forms.RadioSelect,
    )
    gain = Number(
        label=gettext_lazy("Usual gain in a term"),
        help_text=gettext_lazy("Only for so much in a term. A term is a third of a year."),
        required=False,
    )
    error = Number(
        label=gettext_lazy("Standard error of measurement of one score"),
        help_text=gettext_lazy(
            "The test’s manual gives it. Without it nobody can say what is more than chance."
        ),
        required=False,
    )
    source = Words(
        label=gettext_lazy("Where does this come from?"),
        help_text=gettext_lazy(
            "For example: the test’s manual, page 12; our own last three years."
        ),
        max_length=USUAL_SOURCE,
        required=False,
    )


class PointForm(Form):
    """What a pupil reached: one field is enough, the rest says what was different."""

    score = Number(
        label=gettext_lazy("Score"),
        error_messages={"required": gettext_lazy("Write the score, such as 4 or 4.5.")},
    )
    on = GovDateField(label=gettext_lazy("Day, if it was not today"), required=False)
    source = Words(
        label=gettext_lazy("How was it measured?"),
        help_text=gettext_lazy("For example: list B, read aloud to me."),
        max_length=MOST_SOURCE,
        required=False,
    )
    last = forms.BooleanField(label=gettext_lazy("This is the measure at the end"), required=False)

    def __init__(self, *args: Any, scale: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if scale is not None:
            self.fields["score"].label = scale.name


class CorrectPointForm(PointForm):
    """The same after it was written down: its day stays."""

    mistake = forms.BooleanField(
        label=gettext_lazy("There was no such measure: it was written down by mistake"),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["on"]
        self.fields["score"].required = False


class AimForm(Form):
    """What a pupil is to reach by when."""

    score = Number(label=gettext_lazy("Score to reach"))
    by = GovDateField(label=gettext_lazy("By which day?"))


class UnmeasuredForm(Form):
    """Why there is no measure at the end."""

    reason = LongText(
        label=gettext_lazy("Why can it not be measured?"),
        help_text=gettext_lazy("For example: the pupil left before the last week."),
        max_length=1_000,
        rows=3,
    )
