"""Forms of the card of an EHC plan. Authority and first day are needed; all else can wait."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ehc.states import LINE, NAME, TEXT, Decided, Given, MoveKind, Per
from opensenco.ui.forms import (
    Email,
    Form,
    GovDateField,
    LongText,
    PickDateField,
    VersionedForm,
    WholeNumber,
    Words,
)

NO_PAPER = ("", _("It is not filed yet"))
NO_MOVE = ("", _("No move in the next two years"))


class CardForm(VersionedForm):
    """Whose plan it is, whom to ring, and the days that the law counts from."""

    authority = Words(label=_("Which authority keeps the plan?"), max_length=NAME)
    their_reference = Words(label=_("Their reference"), max_length=NAME, required=False)
    officer = Words(
        label=_("Plan co-ordinator or SEN officer"),
        help_text=_("Whom you ring about this plan"),
        max_length=NAME,
        required=False,
    )
    officer_email = Email(label=_("Their email"), required=False)
    officer_phone = Words(label=_("Their phone"), max_length=NAME, required=False)
    made_on = GovDateField(
        label=_("When was the plan first made?"),
        help_text=_("The date on the first final plan, not on an amended one."),
    )
    reviewed_on = GovDateField(
        label=_("When did the last review end?"),
        help_text=_("The day the authority told its decision, not the day of the meeting. Leave "
                    "it empty if there has been none."),
        required=False,
    )  # fmt: skip
    amended_on = GovDateField(
        label=_("When was the newest amended plan made?"),
        help_text=_("Leave it empty if it has never been amended."),
        required=False,
    )
    move_kind = forms.ChoiceField(
        label=_("The next move between phases"),
        choices=[NO_MOVE, *MoveKind.choices],
        required=False,
    )
    move_year = WholeNumber(
        label=_("Year of the move"),
        help_text=_("The calendar year in which the pupil starts there, such as 2027."),
        min_value=2015,
        max_value=2100,
        example=2027,
        required=False,
    )
    move_on = GovDateField(
        label=_("First day at the next place"),
        help_text=_("For a move between post-16 places alone: the five months count from it."),
        required=False,
    )
    paper = forms.ChoiceField(
        label=_("The plan itself"),
        help_text=_("One of the papers on file about this pupil."),
        required=False,
    )

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take the papers that can be chosen."""
        super().__init__(*args, **given)
        paper = self.fields["paper"]
        assert isinstance(paper, forms.ChoiceField)  # noqa: S101 (declared above)
        paper.choices = [NO_PAPER, *papers]


class ReviewForm(VersionedForm):
    """The review that is under way."""

    meeting_on = GovDateField(
        label=_("Day of the review meeting"),
        help_text=_("Leave all three empty if no day is agreed yet."),
        required=False,
    )
    papers_on = GovDateField(
        label=_("Invitation and papers sent"),
        help_text=_("At least two weeks before the meeting."),
        required=False,
    )
    reported_on = GovDateField(
        label=_("Report sent to the authority and the family"),
        help_text=_("Within two weeks of the meeting."),
        required=False,
    )


class ReviewedForm(VersionedForm):
    """How a review ended."""

    on = GovDateField(
        label=_("When did the authority tell the family?"),
        help_text=_("The next twelve months start on this day."),
    )
    decided = forms.ChoiceField(
        label=_("What did the authority decide?"),
        choices=Decided.choices,
        widget=forms.RadioSelect,
    )


class AmendedForm(VersionedForm):
    """A final amended plan that came."""

    on = GovDateField(label=_("Date of the final amended plan"))
    names_place = forms.BooleanField(
        label=_("It names the next school or college, for the move between phases"), required=False
    )


class EndedForm(VersionedForm):
    """A plan that ended."""

    on = GovDateField(label=_("From which day is there no plan?"))
    reason = LongText(label=_("Why did it end?"), max_length=1_000, rows=3)


class ErrorForm(VersionedForm):
    """Why something should not be here."""

    reason = LongText(label=_("What was wrong?"), max_length=1_000, rows=3)


NUMBER = _("As the plan numbers it, such as 3 or F2.1")


class OutcomeForm(VersionedForm):
    """One outcome of section E."""

    words = LongText(label=_("Outcome, in the words of the plan"), max_length=TEXT)
    number = Words(label=_("Number"), help_text=NUMBER, max_length=12, required=False)


class ProvisionForm(VersionedForm):
    """One provision of section F: what, who, how much and how often."""

    words = LongText(label=_("Provision, in the words of the plan"), max_length=TEXT)
    who = Words(
        label=_("Who gives it"),
        help_text=_("For example: speech and language therapist, teaching assistant trained in it"),
        max_length=LINE,
        required=False,
    )
    how_much = Words(
        label=_("How much"),
        help_text=_("For example: 30 minutes"),
        max_length=LINE,
        required=False,
    )
    how_often = Words(
        label=_("How often"),
        help_text=_("For example: three times a week"),
        max_length=LINE,
        required=False,
    )
    number = Words(label=_("Number"), help_text=NUMBER, max_length=12, required=False)


class _Next(Form):
    """Whether the next row is typed after this one."""

    another = forms.BooleanField(label=_("Then type the next one"), required=False)


class AddOutcomeForm(OutcomeForm, _Next):
    """One outcome of section E, to add."""


class AddProvisionForm(ProvisionForm, _Next):
    """One provision of section F, to add."""


class GivesForm(VersionedForm):
    """What gives a row of section F, and its promise in numbers."""

    given = forms.ChoiceField(
        label=_("What gives it?"), choices=Given.choices, widget=forms.RadioSelect
    )
    provisions = forms.MultipleChoiceField(
        label=_("Which of what the pupil is given?"),
        help_text=_("All sessions of it count: those of before, and those of who gives it next."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    how = LongText(
        label=_("How is it given, and by whom?"),
        help_text=_("For example: part of every lesson, her teacher; or at the hospital, monthly."),
        max_length=1_000,
        rows=2,
        required=False,
    )
    doing = LongText(
        label=_("What do you do so that something gives it?"),
        help_text=_("For example: asked the therapy service on 3 March, the post is empty."),
        max_length=1_000,
        rows=2,
        required=False,
    )
    times = WholeNumber(
        label=_("How many times"), min_value=1, max_value=60, example=3, required=False
    )
    per = forms.ChoiceField(label=_("In which stretch"), choices=Per.choices, required=False)
    minutes = WholeNumber(
        label=_("Minutes each time"), min_value=1, max_value=2_400, example=20, required=False
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take what the pupil is given."""
        super().__init__(*args, **given)
        field = self.fields["provisions"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(offered)


class FilterForm(Form):
    """Which cards are shown."""

    authority = forms.ChoiceField(label=_("Authority"), required=False)
    until = PickDateField(label=_("Review due until"), required=False)

    def __init__(self, *args: Any, authorities: Sequence[str], **given: Any) -> None:
        """Take the authorities there are."""
        super().__init__(*args, **given)
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("All")), *((name, name) for name in authorities)]
