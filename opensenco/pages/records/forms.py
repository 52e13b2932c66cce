"""Forms round one result, one entry of the behaviour log, one span of attendance."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.exchange.readers.cells import tidy
from opensenco.exchange.readers.record_values import read_percent, read_result
from opensenco.exchange.readers.words import Unreadable
from opensenco.exchange.sentences import said
from opensenco.support.states import RANGES, Measure
from opensenco.ui.forms import (
    Form,
    GovDateField,
    LongText,
    PickDateField,
    VersionedForm,
    WholeNumber,
    Words,
)

LIMITS = {measure.value: ends for measure, ends in RANGES.items()}
MOST_SESSIONS = 2_000
MOST_POINTS = 32_000


class SpanForm(Form):
    """Between which days to look."""

    since = PickDateField(label=gettext_lazy("From"), required=False)
    until = PickDateField(label=gettext_lazy("Until"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a span that ends before it begins."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must be the first day or later."))
        return given


def reached(measure: str, text: str) -> dict[str, Any]:
    """Read what was reached, as `record_results` takes it.

    Raises:
        ValidationError: it is nothing that this measure gives.
    """
    try:
        number, words = read_result(measure, tidy(text), LIMITS)
    except Unreadable as refusal:
        raise ValidationError(f"{said(refusal.wrong)} {said(refusal.mend)}") from None
    return {"number": number, "words": words}


def offer(form: Form, papers: Sequence[tuple[str, str]]) -> None:
    """Offer the papers that can be named; where there is none, nothing is asked."""
    field = form.fields["paper"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
    field.choices = [("", _("Nothing here says it")), *papers]
    if not papers:
        del form.fields["paper"]


class ResultForm(Form):
    """A result that is typed in."""

    test = Words(
        label=gettext_lazy("Test or assessment"),
        help_text=gettext_lazy("As your lists call it, such as NGRT or Reading Age."),
        max_length=120,
    )
    area = Words(label=gettext_lazy("Subject or area"), max_length=120, required=False)
    on = GovDateField(label=gettext_lazy("Day of the assessment"))
    measure = forms.ChoiceField(
        label=gettext_lazy("Kind of result"), choices=Measure.choices, widget=forms.RadioSelect
    )
    reached = Words(
        label=gettext_lazy("What was reached"),
        help_text=gettext_lazy("Such as 94, below 70, 8:04 for an age, or the band."),
        max_length=200,
    )
    assessed_by = Words(label=gettext_lazy("Who assessed"), max_length=120, required=False)
    paper = forms.ChoiceField(
        label=gettext_lazy("Where does it come from?"),
        help_text=gettext_lazy(
            "A paper, answers of people who were asked, or an observation. Only those who may "
            "open it are told of it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, papers)

    def clean(self) -> dict[str, Any] | None:
        """Read what was reached in its measure."""
        given = super().clean() or self.cleaned_data
        if given.get("measure") and given.get("reached"):
            try:
                given["value"] = reached(given["measure"], given["reached"])
            except ValidationError as refusal:
                self.add_error("reached", refusal)
        return given


class CorrectResultForm(VersionedForm):
    """A result that is corrected: its test and day stay."""

    reached = ResultForm.base_fields["reached"]
    assessed_by = ResultForm.base_fields["assessed_by"]
    paper = ResultForm.base_fields["paper"]

    def __init__(
        self, *args: Any, measure: str, papers: Sequence[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, papers)
        self.measure = measure

    def clean(self) -> dict[str, Any] | None:
        """Read what was reached in the measure that the result has."""
        given = super().clean() or self.cleaned_data
        if given.get("reached"):
            try:
                given["value"] = reached(self.measure, given["reached"])
            except ValidationError as refusal:
                self.add_error("reached", refusal)
        return given


class IncidentWords(Form):
    """What an entry of the behaviour log says."""

    category = Words(label=gettext_lazy("Kind of incident, in the school’s words"), max_length=200)
    praise = forms.BooleanField(label=gettext_lazy("This is praise"), required=False)
    points = WholeNumber(
        label=gettext_lazy("Points"), min_value=-MOST_POINTS, max_value=MOST_POINTS, required=False
    )
    words = LongText(label=gettext_lazy("What happened"), max_length=10_000, rows=4, required=False)
    done = LongText(label=gettext_lazy("What was done"), max_length=10_000, rows=3, required=False)
    place = Words(
        label=gettext_lazy("When and where: time, lesson, place"), max_length=200, required=False
    )
    told_by = Words(label=gettext_lazy("Who wrote it down"), max_length=120, required=False)


class IncidentForm(IncidentWords):
    """An entry that is typed in."""

    on = GovDateField(label=gettext_lazy("Day"))

    field_order = ("on",)


class CorrectIncidentForm(IncidentWords, VersionedForm):
    """An entry that is corrected: its day stays."""


def _sessions(label: Any, *, required: bool = False) -> WholeNumber:
    return WholeNumber(label=label, min_value=0, max_value=MOST_SESSIONS, required=required)


class SessionsForm(VersionedForm):
    """Attendance by sessions."""

    possible = _sessions(gettext_lazy("Possible sessions"), required=True)
    attended = _sessions(gettext_lazy("Attended sessions"), required=True)
    authorised = _sessions(gettext_lazy("Authorised absence, sessions"))
    unauthorised = _sessions(gettext_lazy("Unauthorised absence, sessions"))
    late = _sessions(gettext_lazy("Lates, sessions"))


class PercentForm(VersionedForm):
    """Attendance as a percentage."""

    percent = Words(label=gettext_lazy("Attendance in per cent"), max_length=8)
    late = _sessions(gettext_lazy("Lates, sessions"))

    def clean_percent(self) -> str:
        """Read the percentage."""
        try:
            return read_percent(tidy(self.cleaned_data["percent"]))
        except Unreadable as refusal:
            raise ValidationError(said(refusal.wrong)) from None


class WrongForm(VersionedForm):
    """Why a fact was made in error."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=500, rows=3)


def span_form(query: Any, since: date | None, until: date | None) -> SpanForm:
    """Give the filter, as it was sent or filled with the days that are shown."""
    if query.get("since") or query.get("until"):
        return SpanForm(query)
    return SpanForm(initial={"since": since, "until": until})
