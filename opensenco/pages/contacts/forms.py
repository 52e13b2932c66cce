"""Forms of the contact log. One answer is needed: what it was about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.cases.contact_log import MOST_NAME, MOST_WORDS
from opensenco.cases.starter import options
from opensenco.cases.states import MOST_MINUTES, Direction, How
from opensenco.ui.forms import (
    Form,
    LongText,
    PickDateField,
    Segments,
    VersionedForm,
    WholeNumber,
    Words,
)

SOMEBODY_ELSE = ""


class LogForm(VersionedForm):
    """A call, talk, message or visit. Everything but the words has its usual answer already."""

    who = forms.ChoiceField(label=_("With whom?"), required=False)
    with_whom = Words(
        label=_("Who, if somebody else"),
        help_text=_("Name, and who they are to the pupil"),
        max_length=MOST_NAME,
        required=False,
    )
    how = forms.ChoiceField(label=_("How?"), choices=How.choices)
    direction = forms.ChoiceField(
        label=_("Who began it?"), choices=Direction.choices, widget=Segments
    )
    words = LongText(label=_("What was it about?"), max_length=MOST_WORDS, rows=3)
    follow_up_by = PickDateField(
        label=_("Follow up by"),
        help_text=_("It then waits for you on your home page."),
        required=False,
    )
    on = PickDateField(label=_("Day"))
    minutes = WholeNumber(
        label=_("Minutes"),
        help_text=_("If you want the time counted."),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    came_of = forms.ChoiceField(label=_("What came of it?"), required=False)
    confidential = forms.BooleanField(
        label=_("Confidential: only you and those who co-ordinate support read it"), required=False
    )
    knowing = forms.BooleanField(
        label=_("It was somebody of whom the record warns: I know, and it happened all the same"),
        required=False,
    )

    def __init__(
        self, *args: Any, contacts: Sequence[tuple[str, str]], warned: bool, **options_: Any
    ) -> None:
        """Take whom one may choose, and whether the record warns of any of them."""
        super().__init__(*args, **options_)
        who, came_of = self.fields["who"], self.fields["came_of"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 (declared above)
        assert isinstance(came_of, forms.ChoiceField)  # noqa: S101 (declared above)
        who.choices = [*contacts, (SOMEBODY_ELSE, _("Somebody else"))]
        came_of.choices = [("", _("Nothing to say")), *options("contact-outcome").items()]
        if not contacts:
            del self.fields["who"]
            self.fields["with_whom"].label = _("With whom?")
        if not warned:
            del self.fields["knowing"]

    @property
    def more_errors(self) -> bool:
        """Whether something behind the click is to be mended."""
        return any(name in self.errors for name in ("on", "minutes", "came_of", "confidential"))


class ErrorForm(VersionedForm):
    """Why a contact should not be here."""

    reason = LongText(label=_("What was wrong?"), max_length=500)


class FilterForm(Form):
    """Which contacts are shown."""

    how = forms.ChoiceField(
        label=_("How"), choices=[("", _("Any way")), *How.choices], required=False
    )
    first = PickDateField(label=_("From"), required=False)
    last = PickDateField(label=_("Until"), required=False)
    state = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("What stands")),
            ("open", _("To be followed up")),
            ("error", _("Recorded in error")),
        ],
        required=False,
    )
    whose = forms.ChoiceField(
        label=_("Whose"), choices=[("", _("Everybody’s")), ("mine", _("Mine"))], required=False
    )


def starting(today: date, who: str) -> dict[str, Any]:
    """Give what a new entry begins with: today, by phone, by us."""
    return {
        "who": who, "how": How.PHONE.value, "direction": Direction.OUT.value, "on": today,
        "version": 0,
    }  # fmt: skip
