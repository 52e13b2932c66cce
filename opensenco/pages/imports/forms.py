"""Forms round a file that is read in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.exchange.readers.pupils import LARGEST
from opensenco.exchange.readers.source import MEGABYTE
from opensenco.exchange.readers.values import NameOrder
from opensenco.ui.forms import Form, VersionedForm

ORDERS = [
    (NameOrder.SURNAME_COMMA.value, gettext_lazy("Surname first, then a comma")),
    (NameOrder.FORENAME_FIRST.value, gettext_lazy("Surname last, without a comma")),
]


class UploadForm(Form):
    """Which file, and what cannot be seen from it."""

    school = forms.ChoiceField(label=gettext_lazy("School"))
    file = forms.FileField(
        label=gettext_lazy("Pupil list (CSV)"),
        help_text=gettext_lazy(
            "An export of your school’s system, with headings such as Surname, Forename and Date "
            "of birth. The file itself is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    name_order = forms.ChoiceField(
        label=gettext_lazy("If whole names stand in one column, how are they written?"),
        choices=ORDERS,
        initial=NameOrder.SURNAME_COMMA.value,
        widget=forms.RadioSelect,
        required=False,
    )
    blank_sen_is_none = forms.BooleanField(
        label=gettext_lazy("An empty SEN status means that the pupil has none"), required=False
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        school = self.fields["school"]
        assert isinstance(school, forms.ChoiceField)  # noqa: S101 (declared above)
        school.choices = [("", _("Choose the school")), *places]
        if len(places) < 2:
            del self.fields["school"]

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(
                _("This file is larger than %(limit)s MB. Divide it and send the parts.")
                % {"limit": LARGEST // MEGABYTE}
            )
        return file

    def clean_name_order(self) -> str:
        """Take the usual order where none was chosen."""
        return self.cleaned_data["name_order"] or NameOrder.SURNAME_COMMA.value


class SettleForm(VersionedForm):
    """Apply a file or give it up, as it was seen."""


class DecideForm(VersionedForm):
    """What each doubtful row on a page is."""

    def __init__(
        self,
        *args: Any,
        questions: Iterable[tuple[int, str, Sequence[tuple[str, str]]]],
        **options: Any,
    ) -> None:
        """Take for each row its line, whom it names, and the answers."""
        super().__init__(*args, **options)
        for line, label, answers in questions:
            self.fields[f"line-{line}"] = forms.ChoiceField(
                label=label,
                choices=answers,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the answers shown.")},
            )
