"""Forms round a file that is read in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.exchange.readers.lists import LARGEST
from opensenco.exchange.readers.source import MEGABYTE
from opensenco.exchange.readers.values import NameOrder
from opensenco.ui.files import SeveralFiles, SeveralFilesInput
from opensenco.ui.forms import Form, GovDateField, VersionedForm, Words

MOST_FILES = 10
ORDERS = [
    (NameOrder.SURNAME_COMMA.value, gettext_lazy("Surname first, then a comma")),
    (NameOrder.FORENAME_FIRST.value, gettext_lazy("Surname last, without a comma")),
]


FIND_OUT = ""


class UploadForm(Form):
    """Which files, and what cannot be seen from them."""

    school = forms.ChoiceField(label=gettext_lazy("School"))
    file = SeveralFiles(
        label=gettext_lazy("Lists (Excel or CSV)"),
        help_text=gettext_lazy(
            "Exports of your school’s system or spreadsheets, each with a row of headings. You can "
            "choose several at once. The files are forgotten once you have applied them."
        ),
        widget=SeveralFilesInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in them?"), required=False, widget=forms.RadioSelect
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

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, Any]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        school, kind = self.fields["school"], self.fields["kind"]
        assert isinstance(school, forms.ChoiceField)  # noqa: S101 (declared above)
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (declared above)
        school.choices = [("", _("Choose the school")), *places]
        kind.choices = [(FIND_OUT, _("Find out from the headings")), *kinds]
        if len(places) < 2:
            del self.fields["school"]

    def clean_file(self) -> list["UploadedFile[Any]"]:
        """Refuse what is too large before it is read."""
        files: list[UploadedFile[Any]] = self.cleaned_data["file"]
        if any((file.size or 0) > LARGEST for file in files):
            raise ValidationError(
                _("A file is larger than %(limit)s MB. Divide it and send the parts.")
                % {"limit": LARGEST // MEGABYTE}
            )
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("Choose at most %(limit)s files at once.") % {"limit": MOST_FILES}
            )
        return files

    def clean_name_order(self) -> str:
        """Take the usual order where none was chosen."""
        return self.cleaned_data["name_order"] or NameOrder.SURNAME_COMMA.value


class ColumnsForm(VersionedForm):
    """What each column of a file holds."""

    def __init__(
        self,
        *args: Any,
        columns: Iterable[tuple[str, str]],
        holds: Sequence[tuple[str, Any]],
        sheets: Sequence[str],
        names: bool,
        sen: bool,
        once: Sequence[tuple[str, Any]] = (),
        **options: Any,
    ) -> None:
        """Take the name and heading of each column, what a column can hold, and the sheets.

        `once` are the names and labels of days that hold for the whole file.
        """
        super().__init__(*args, **options)
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in sheets]
            )
        for name, label in once:
            self.fields[name] = GovDateField(label=label, required=False)
        for name, heading in columns:
            self.fields[name] = forms.ChoiceField(
                label=heading, choices=[("", _("Leave out")), *holds], required=False
            )
        if names:
            self.fields["name_order"] = UploadForm.base_fields["name_order"]
        if sen:
            self.fields["blank_sen_is_none"] = UploadForm.base_fields["blank_sen_is_none"]


class SettleForm(VersionedForm):
    """Apply a file or give it up, as it was seen."""


class DecideForm(VersionedForm):
    """What each doubtful row on a page is."""

    def __init__(
        self,
        *args: Any,
        questions: Iterable[tuple[str, str, Sequence[tuple[str, str]]]],
        others: bool = False,
        **options: Any,
    ) -> None:
        """Take for each row the name of its field, whom it names, and the answers.

        Args:
            others: somebody can be named who is none of the answers, in a field of their own.
        """
        super().__init__(*args, **options)
        for name, label, answers in questions:
            if others:
                self.fields[f"other-{name}"] = Words(
                    label=_("Whose is %(name)s? Name or UPN") % {"name": label},
                    max_length=100,
                    required=False,
                )
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=answers,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the answers shown.")},
            )
