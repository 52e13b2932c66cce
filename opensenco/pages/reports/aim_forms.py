"""Forms round the aims of the strategic plan. None names a pupil."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.pages.reports.forms import Choices, _choices
from opensenco.reports.operations.aims import MOST_WORDS
from opensenco.reports.states import AimState, Measure
from opensenco.ui.forms import Form, GovDateField, LongText, Number, VersionedForm, Words

STATES = [
    ("", _("All aims")),
    *AimState.choices,
    ("look", _("A look is due")),
]


class FilterForm(Form):
    """Which aims are shown."""

    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)
    owner = forms.ChoiceField(label=_("Who answers for it"), required=False)

    def __init__(self, *args: Any, owners: Sequence[Any], **options: Any) -> None:
        """Take who answers for any aim."""
        super().__init__(*args, **options)
        people = [(str(one.ref), one.name) for one in owners]
        _choices(self.fields["owner"], [("", str(_("Anybody"))), *people])


class _Aim(Form):
    """What can be changed of an aim later on."""

    words = Words(
        label=_("What is to change?"), max_length=200,
        help_text=_("In one sentence. For example: promised sessions are given. Name no pupil."),
    )  # fmt: skip
    doing = LongText(
        label=_("What is done, and who does it?"), max_length=MOST_WORDS, rows=4, required=False
    )
    target = Number(
        label=_("What figure is to be reached?"),
        help_text=_("A share in per cent without the sign, days, or your own number."),
    )
    by = GovDateField(label=_("By when?"))
    owner = forms.ChoiceField(
        label=_("Who answers for it?"),
        help_text=_("A look at the aim waits for them when the day comes, and once a year."),
    )

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        """Take who can answer for an aim."""
        super().__init__(*args, **options)
        _choices(self.fields["owner"], people)


class AimForm(_Aim):
    """An aim, its measure, and where a number of our own stands at the start."""

    school = forms.ChoiceField(label=_("School"))
    measure = forms.ChoiceField(
        label=_("By which figure can anybody tell?"), choices=Measure.choices,
        widget=forms.RadioSelect,
        help_text=_("Figures of the record are read on the day, and never name a child."),
    )  # fmt: skip
    own_measure = Words(label=_("What is counted?"), max_length=200, required=False)
    start = Number(label=_("How many is it now?"), required=False)
    start_on = GovDateField(label=_("Of which day is that number?"), required=False)
    start_source = Words(
        label=_("Where does it come from?"), max_length=200, required=False,
        help_text=_("For example: the survey of families of September."),
    )  # fmt: skip
    less_is_better = forms.BooleanField(
        label=_("Less is better, as with days missed"), required=False
    )
    field_order = ("school", "words", "measure", "target", "by", "owner", "doing")

    def __init__(self, *args: Any, schools: Choices, **options: Any) -> None:
        """Take the places there are."""
        super().__init__(*args, **options)
        _choices(self.fields["school"], schools)
        if len(schools) < 2:
            del self.fields["school"]


class ChangeAimForm(_Aim, VersionedForm):
    """The same once it is set: what is counted, and where it stood, stay."""

    field_order = ("words", "target", "by", "owner", "doing")


class NoteForm(VersionedForm):
    """How an aim goes on, the number of the day, what shows it."""

    words = LongText(
        label=_("How does it go on?"), max_length=MOST_WORDS, rows=5,
        help_text=_("What was done since, and what it changed. Name no pupil."),
    )  # fmt: skip
    figure = Number(label=_("What is the number today?"), required=False)
    source = Words(label=_("Where does it come from?"), max_length=200, required=False)
    paper = Words(
        label=_("Which paper shows it, and where does it lie?"), max_length=300, required=False,
        help_text=_("For example: minutes of governors, 12 January 2027, in the office."),
    )  # fmt: skip
    edition = forms.ChoiceField(label=_("Which report of ours shows it?"), required=False)

    def __init__(self, *args: Any, own: bool, editions: Choices, **options: Any) -> None:
        """Take whether a number of our own is measured, and which editions there are."""
        super().__init__(*args, **options)
        _choices(self.fields["edition"], [("", str(_("No report of ours"))), *editions])
        if not editions:
            del self.fields["edition"]
        if not own:
            del self.fields["figure"]
            del self.fields["source"]


class EndForm(NoteForm):
    """Whether an aim is met, and what follows."""

    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[one for one in AimState.choices if one[0] != AimState.GOING],
        widget=forms.RadioSelect,
    )
    words = LongText(
        label=_("What shows it, what follows, or why is it dropped?"), max_length=MOST_WORDS,
        rows=5, help_text=_("Head and governors read this in the plan. Name no pupil."),
        error_messages={"required": _("Say what shows it, what follows, or why it is dropped")},
    )  # fmt: skip
    field_order = ("state", "words")


class AgainForm(VersionedForm):
    """Why an aim that had ended is gone on with, and until when."""

    words = LongText(label=_("Why do you go on with it?"), max_length=MOST_WORDS, rows=3)
    by = GovDateField(label=_("By when is it to be reached now?"))


class ErrorForm(VersionedForm):
    """Why a row should not be here."""

    reason = LongText(label=_("What was wrong?"), max_length=MOST_WORDS, rows=3)
