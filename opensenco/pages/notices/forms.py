"""Forms about notices and mail."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.notices.states import How
from opensenco.ui.forms import Form

HOURS = [(str(hour), f"{hour}:00") for hour in range(24)]


def hour(value: str) -> int:
    """Give an hour of the day as a number."""
    return int(value)


class Hour(forms.TypedChoiceField):
    """An hour of the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=HOURS, coerce=hour, **options)


class Reaching(forms.TypedChoiceField):
    """How something reaches a person."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=How.choices, coerce=How, widget=forms.RadioSelect, **options)


class ChoiceForm(Form):
    """What reaches me, and when."""

    mine = Reaching(
        label=_("What is sent to you by name"),
        help_text=_("An answer to something you asked, or a task that somebody gave you."),
    )
    role = Reaching(
        label=_("What is sent to everybody with your role"),
        help_text=_("A new concern about a pupil, for example."),
    )
    urgent = Reaching(
        label=_("What is marked for the safeguarding lead"),
        help_text=_("“At once” means at any hour of any day."),
    )
    digest_hour = Hour(label=_("The one email a day comes at"))
    quiet_from = Hour(label=_("No email from"))
    quiet_until = Hour(label=_("No email until"))
    school_days_only = forms.BooleanField(
        label=_("Only on days when pupils are in school"),
        help_text=_("Not at weekends, in the holidays or on training days."),
        required=False,
    )

    def __init__(self, *args: Any, safeguards: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not safeguards:
            del self.fields["urgent"]


class AboutForm(Form):
    """Of which pupil."""

    pupil = forms.ChoiceField(label=_("Pupil"), required=False)

    def __init__(self, *args: Any, pupils: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pupil"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Everybody")), *pupils]
