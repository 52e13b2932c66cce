"""Forms of what a concern leads to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.cases.statements import LONGEST_WHO
from opensenco.concerns.follow_states import Becomes, Stands
from opensenco.ui.forms import (
    Form,
    LongText,
    PickDateField,
    Segments,
    VersionedForm,
    WholeNumber,
    Words,
)

MOST = 2000
#: the numbers of days that a place sets itself, by their names in `concerns.days.SETTABLE`
NUMBERS = {
    "first_plan": gettext_lazy("From a concern to the first plan"),
    "reply": gettext_lazy("From a concern to the reply"),
}
THE_DAY = gettext_lazy("For example, 27/9/2027")


class ReferForm(Form):
    """To whom, why, and with whose agreement."""

    service = Words(
        label=gettext_lazy("To which service?"),
        help_text=gettext_lazy("For example: speech and language therapy, county team."),
    )
    why = LongText(
        label=gettext_lazy("What do you ask of them?"),
        help_text=gettext_lazy("What was seen and tried. No diagnosis is needed to ask."),
        max_length=MOST,
        rows=4,
    )
    agreed_by = Words(
        label=gettext_lazy("Who agreed to it?"),
        help_text=gettext_lazy("A parent, or the young person. For example: Ana Poole, mother."),
    )
    agreed_on = PickDateField(label=gettext_lazy("When did they agree?"), help_text=THE_DAY)
    sent_on = PickDateField(label=gettext_lazy("When was it sent?"))
    proof = forms.ChoiceField(
        label=gettext_lazy("On which paper did they agree?"),
        help_text=gettext_lazy("Nothing leaves before they have agreed."),
        required=False,
    )
    proof_words = Words(
        label=gettext_lazy("Or: how did they agree, and who heard it?"),
        help_text=gettext_lazy("For example: on the phone, to Miss Poole."),
        max_length=LONGEST_WHO,
        required=False,
    )
    ask_again = PickDateField(
        label=gettext_lazy("When do you ask what became of it?"),
        help_text=gettext_lazy("It waits for you on that day."),
    )

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "proof", [("", _("No paper here says it")), *papers])


class NewsForm(VersionedForm):
    """What was heard of a referral."""

    on = PickDateField(label=gettext_lazy("When did you hear it?"))
    stands = forms.ChoiceField(
        label=gettext_lazy("Where does it stand?"), choices=Stands.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = LongText(
        label=gettext_lazy("What did they say?"), max_length=MOST, rows=3, required=False
    )
    report = forms.ChoiceField(
        label=gettext_lazy("Which paper did they send?"),
        help_text=gettext_lazy("File it first, then choose it here."),
        required=False,
    )
    ask_again = PickDateField(
        label=gettext_lazy("When do you ask again?"),
        help_text=gettext_lazy("Needed while you wait for them."),
        required=False,
    )

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "report", [("", _("No paper came")), *papers])


class AdviceForm(Form):
    """One thing that a service advised, and what becomes of it here."""

    words = Words(
        label=gettext_lazy("What did they advise?"), max_length=200,
        help_text=gettext_lazy("One thing, as they say it."),
    )  # fmt: skip
    becomes = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"), choices=Becomes.choices, widget=forms.RadioSelect
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), required=False)
    due = PickDateField(label=gettext_lazy("By when?"), required=False)
    why = LongText(
        label=gettext_lazy("If we do not do it: why?"), max_length=MOST, rows=2, required=False
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "owner", people)


class AdviceDoneForm(VersionedForm):
    """What came of an action that was advised."""

    done = forms.TypedChoiceField(
        label=gettext_lazy("Was it done?"),
        choices=[("yes", gettext_lazy("It is done")), ("no", gettext_lazy("It is given up"))],
        coerce=lambda answer: answer == "yes",
        widget=Segments,
    )
    result = LongText(
        label=gettext_lazy("What came of it, or why is it given up?"), max_length=MOST, rows=3
    )


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared so)
    field.choices = [*choices]


class ErrorForm(VersionedForm):
    """Why something was recorded in error."""

    reason = LongText(
        label=gettext_lazy("What was wrong?"),
        help_text=gettext_lazy("The history keeps what was recorded."),
        max_length=500,
        rows=2,
    )


class SentForm(VersionedForm):
    """When a request was sent."""

    sent_on = PickDateField(label=gettext_lazy("When was it sent?"), help_text=THE_DAY)


class MeasureForm(VersionedForm):
    """Where the pupil is after a short programme."""

    exit = Words(label=gettext_lazy("Where is the pupil now?"))
    words = LongText(
        label=gettext_lazy("What came of it?"), max_length=MOST, rows=3, required=False
    )


class DiagnosisForm(VersionedForm):
    """A diagnosis that somebody gave, and how the school knows."""

    what = Words(
        label=gettext_lazy("What was diagnosed?"),
        help_text=gettext_lazy("In the words of who gave it."),
    )
    on = PickDateField(label=gettext_lazy("When was it given?"), help_text=THE_DAY)
    given_by = Words(
        label=gettext_lazy("Who gave it?"),
        help_text=gettext_lazy("For example: Dr Chandra, community paediatrics."),
    )
    known_from = Words(
        label=gettext_lazy("How do we know?"),
        help_text=gettext_lazy("For example: a letter of 3 May. Or: his mother told us."),
    )


class NewDiagnosisForm(DiagnosisForm):
    """The same with the paper that says it."""

    document = forms.ChoiceField(
        label=gettext_lazy("Which paper says it?"),
        help_text=gettext_lazy("Only those who may open the paper see that it is named."),
        required=False,
    )

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["version"]
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("No paper here says it")), *papers]


class DaysForm(Form):
    """A number of school days that the place sets itself."""

    name = forms.ChoiceField(
        label=gettext_lazy("Which number?"),
        choices=[*NUMBERS.items()],
        widget=forms.RadioSelect,
    )
    days = WholeNumber(label=gettext_lazy("School days"), min_value=1, max_value=200, example=30)
    first = PickDateField(
        label=gettext_lazy("For concerns from"), help_text=gettext_lazy("Earlier ones keep theirs.")
    )
    because = Words(
        label=gettext_lazy("Where is it decided?"),
        help_text=gettext_lazy("For example: SEN policy, approved on 12 January 2027."),
    )
