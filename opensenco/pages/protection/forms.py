"""Forms of requests about personal data, and of what is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.protection.states import (
    GROUND_CHOICES,
    Asker,
    Asks,
    Came,
    Decision,
    Known,
    Outcome,
)
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm, WholeNumber, Words

MOST = 500


class RequestForm(Form):
    """What somebody asks, taken down as it came."""

    asks = forms.ChoiceField(
        label=_("What do they ask for?"), choices=Asks.choices, widget=forms.RadioSelect
    )
    asked_by = Words(label=_("Who asks? Their name"), max_length=160)
    asker = forms.ChoiceField(
        label=_("Who are they to the child?"), choices=Asker.choices, widget=forms.RadioSelect
    )
    received_on = PickDateField(
        label=_("When did it come?"),
        help_text=_("The day on which anybody at the school got it. The month runs from there."),
    )
    came = forms.ChoiceField(label=_("How did it come?"), choices=Came.choices)
    words = LongText(
        label=_("What they asked for, in their own words"), max_length=4000, rows=3, required=False
    )
    identity = forms.ChoiceField(
        label=_("How do you know that they are who they say, and may ask?"),
        choices=Known.choices,
        widget=forms.RadioSelect,
    )
    identity_words = Words(
        label=_("What was seen, or how they are known"), max_length=MOST, required=False
    )


class HappenedForm(VersionedForm):
    """What happened to a request, on which day, and why."""

    what = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    on = PickDateField(label=_("On which day?"))
    words = LongText(
        label=_("What was asked or seen, or why"),
        help_text=_("Not needed where they only said what they mean."),
        max_length=MOST,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, events: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["what"].choices = events  # type: ignore[attr-defined]


class PartForm(Form):
    """What becomes of many pieces of one part at once."""

    decision = forms.ChoiceField(
        label=_("For those not decided yet"),
        choices=[
            (Decision.GIVE, _("Give all that need not be looked at by themselves")),
            (Decision.WITHHOLD, _("Keep all of them back")),
        ],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=_("Where you keep them back: on what ground?"),
        choices=[("", _("Choose a ground")), *GROUND_CHOICES],
        required=False,
    )
    why = Words(label=_("Why, in a few words"), max_length=MOST, required=False)


class PieceForm(VersionedForm):
    """What becomes of one piece."""

    decision = forms.ChoiceField(
        label=_("What becomes of this piece?"), choices=Decision.choices, widget=forms.RadioSelect
    )
    hidden = LongText(
        label=_("Words to black out"),
        help_text=_("One piece on each line, as it stands above."),
        max_length=10_000,
        rows=3,
        required=False,
    )
    ground = forms.ChoiceField(
        label=_("On what ground is something kept back?"),
        choices=[("", _("Choose a ground")), *GROUND_CHOICES],
        required=False,
    )
    why = Words(
        label=_("Why, in a few words"),
        help_text=_("Kept here. Whoever asked is told the ground, not these words."),
        max_length=MOST,
        required=False,
    )


class BlackedOutForm(VersionedForm):
    """A copy of a file in which somebody blacked out what is not given."""

    file = forms.FileField(
        label=_("The blacked-out copy"),
        help_text=_(
            "A PDF, a picture or plain text. A Word document can keep what was deleted in it."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"}),
    )
    ground = forms.ChoiceField(
        label=_("On what ground is something kept back?"),
        choices=[("", _("Choose a ground")), *GROUND_CHOICES],
    )
    why = Words(
        label=_("Why, in a few words"),
        help_text=_("Kept here. Whoever asked is told the ground, not these words."),
        max_length=MOST,
    )


class AnswerForm(VersionedForm):
    """When and how the package was given."""

    on = PickDateField(label=_("On which day was it given?"))
    words = Words(
        label=_("How was it given?"),
        help_text=_("For example: on a locked stick, handed to her in the office."),
        max_length=MOST,
    )


class DecideForm(VersionedForm):
    """How another request was decided."""

    outcome = forms.ChoiceField(
        label=_("What was decided?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    on = PickDateField(label=_("On which day were they told?"))
    words = LongText(label=_("Why, as they were told"), max_length=MOST, rows=3)


class KeepForm(Form):
    """What becomes of a record past its date."""

    decision = forms.ChoiceField(
        label=_("What becomes of this record?"),
        choices=[("keep", _("It is kept on until a day")), ("dispose", _("It is disposed of"))],
        widget=forms.RadioSelect,
    )
    until = PickDateField(label=_("Where it is kept on: until when?"), required=False)
    why = LongText(
        label=_("Where it is kept on: why is it still needed?"),
        max_length=MOST,
        rows=2,
        required=False,
    )
    sure = forms.BooleanField(
        label=_("Where it is disposed of: I have looked, and it is not needed any more"),
        required=False,
    )


class PapersForm(Form):
    """Which papers past their date are disposed of before their record, and why."""

    papers = forms.MultipleChoiceField(
        label=_("Which papers are disposed of?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one paper.")},
    )
    why = LongText(
        label=_("Why are they not needed any more?"),
        help_text=_("This stays on the record and on the certificate. Name nobody."),
        max_length=MOST,
        rows=2,
    )
    sure = forms.BooleanField(
        label=_("I have looked at each one I chose, and it is not needed any more"),
        error_messages={
            "required": _("Tick the box: nobody can bring them back once they are gone.")
        },
    )

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["papers"].choices = papers  # type: ignore[attr-defined]


class YearsForm(VersionedForm):
    """How many years, and why."""

    years = WholeNumber(label=_("Years from the pupil’s birth"), min_value=1, max_value=100)
    because = Words(
        label=_("Why, and who decided"),
        help_text=_("For example: retention policy of the trust, governors, 4 March 2027."),
        max_length=MOST,
    )
