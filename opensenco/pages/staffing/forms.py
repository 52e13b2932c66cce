"""Forms of staffing."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from opensenco.staffing.shortfall_models import MOST_WEEKS
from opensenco.staffing.states import Does
from opensenco.ui.forms import (
    Form,
    LongText,
    PickDateField,
    VersionedForm,
    WholeNumber,
    Words,
)

HOURS = gettext_lazy("Enter hours a week, such as 27.5 or 27:30.")
_WRITTEN = re.compile(r"(\d{1,2})(?:[.,](\d{1,2})|:([0-5]\d))?", re.ASCII)


class HoursAWeek(Words):
    """Hours as people write them, "27.5" or "27:30"; gives whole minutes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def clean(self, value: Any) -> Any:
        """Give minutes, or nothing where nothing was typed."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValidationError(str(HOURS))
        whole, part, minutes = found.groups()
        if part:
            return int(whole) * 60 + round(60 * int(part) / 10 ** len(part))
        return int(whole) * 60 + int(minutes or 0)

    def prepare_value(self, value: Any) -> Any:
        """Write minutes as hours."""
        return f"{value / 60:g}" if isinstance(value, int) else value


class HoursForm(Form):
    """What somebody works from a day on."""

    who = forms.ChoiceField(label=gettext_lazy("Who"))
    post = Words(
        label=gettext_lazy("Post"), max_length=80,
        help_text=gettext_lazy("For example: Teaching assistant, level 3."),
    )  # fmt: skip
    does = forms.ChoiceField(
        label=gettext_lazy("What do the hours for SEND go into?"), choices=Does.choices,
        widget=forms.RadioSelect, initial=Does.SUPPORTS.value,
    )  # fmt: skip
    week = HoursAWeek(
        label=gettext_lazy("Hours a week in all"),
        help_text=gettext_lazy("In a school week. 0 says that they work here no longer."),
    )
    send = HoursAWeek(
        label=gettext_lazy("Of them for SEND"),
        help_text=gettext_lazy(
            "What can be promised to pupils; of whoever co-ordinates, what is kept free of "
            "teaching for it."
        ),
    )
    first = PickDateField(label=gettext_lazy("From which day?"))

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take who works here."""
        super().__init__(*args, **options)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", gettext_lazy("Choose a colleague")), *staff]


class ShortWeeksForm(Form):
    """After how many weeks the head is told."""

    weeks = WholeNumber(
        label=gettext_lazy("School weeks in a row"), min_value=0, max_value=MOST_WEEKS, example=4,
        help_text=gettext_lazy("0 tells nobody."),
    )  # fmt: skip


class BackForm(Form):
    """That something was entered wrongly."""


class WatchedField(forms.ChoiceField):
    """Which session was watched, where one was."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(
            label=gettext_lazy("Did you watch one of their sessions?"), required=False,
            help_text=gettext_lazy("Of the last four weeks. The notes lead to it."),
            choices=[("", gettext_lazy("No session was watched"))],
        )  # fmt: skip

    def offer(self, sessions: Sequence[tuple[str, str]]) -> None:
        """Offer sessions to choose from."""
        self.choices = [("", gettext_lazy("No session was watched")), *sessions]


def _offer(form: forms.Form, sessions: Sequence[tuple[str, str]]) -> None:
    field = form.fields["watched"]
    assert isinstance(field, WatchedField)  # noqa: S101 (declared below)
    if sessions:
        field.offer(sessions)
    else:
        del form.fields["watched"]


class SupervisionForm(VersionedForm):
    """What was said in supervision. Correcting it carries the version that was read."""

    watched = WatchedField()
    on = PickDateField(label=gettext_lazy("When did you meet?"))
    words = LongText(
        label=gettext_lazy("What was said and agreed?"), max_length=10_000,
        help_text=gettext_lazy("Read by the two of you, and by whoever leads the team."),
    )  # fmt: skip
    next_on = PickDateField(label=gettext_lazy("When is the next?"), required=False)

    def __init__(self, *args: Any, sessions: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take the sessions that can have been watched."""
        super().__init__(*args, **options)
        _offer(self, sessions)


class NewSupervisionForm(Form):
    """The same of a conversation that is not written down yet."""

    who = forms.ChoiceField(label=gettext_lazy("With whom?"))
    watched = WatchedField()
    on = PickDateField(label=gettext_lazy("When did you meet?"))
    words = LongText(
        label=gettext_lazy("What was said and agreed?"), max_length=10_000,
        help_text=gettext_lazy("Read by the two of you, and by whoever leads the team."),
    )  # fmt: skip
    next_on = PickDateField(label=gettext_lazy("When is the next?"), required=False)

    def __init__(
        self, *args: Any, staff: Sequence[tuple[str, str]],
        sessions: Sequence[tuple[str, str]] = (), **options: Any,
    ) -> None:  # fmt: skip
        """Take the colleagues there are, and the sessions of the one who is known already."""
        super().__init__(*args, **options)
        _offer(self, sessions)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", gettext_lazy("Choose a colleague")), *staff]


class ErrorForm(VersionedForm):
    """Why notes should not be here."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=300)
