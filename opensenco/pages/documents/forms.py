"""Forms round documents."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.documents.limits import LONGEST_TITLE, LONGEST_WORDS
from opensenco.documents.states import SHORT, Level
from opensenco.documents.types import choices
from opensenco.ui.files import PapersForm
from opensenco.ui.forms import Form, GovDateField, LongText, PickDateField, VersionedForm, Words

MEGABYTE = 1024 * 1024
ACCEPT = ".pdf,.docx,.doc,.odt,.rtf,.txt,.jpg,.jpeg,.png,.heic"
MOST_FILES = 50
USUAL = ""
FROM_NAME = ""
#: who may know of a paper; what is for the safeguarding lead has a page of its own
LEVELS = [(level.value, level.label) for level in (Level.ORDINARY, Level.CONFIDENTIAL)]

SHORT_LEVELS = [(level.value, SHORT[level]) for level in (Level.ORDINARY, Level.CONFIDENTIAL)]


class FileForm(PapersForm):
    """Papers to be filed, and what is said of all of them."""

    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    dated = GovDateField(label=gettext_lazy("Date of the paper"), required=False)
    came_from = Words(
        label=gettext_lazy("Where it came from"), max_length=LONGEST_WORDS, required=False
    )
    author_role = Words(
        label=gettext_lazy("Role of its author"), max_length=LONGEST_WORDS, required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Who may open it"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind, level = self.fields["kind"], self.fields["level"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (declared above)
        assert isinstance(level, forms.ChoiceField)  # noqa: S101 (declared above)
        kind.choices = [(FROM_NAME, _("Take it from the name of each file")), *choices()]
        level.choices = [(USUAL, _("As is usual for its type")), *LEVELS]
        self.fields["papers"].widget.attrs["accept"] = ACCEPT
        self.fields["papers"].help_text = _(
            "PDF, Word, OpenDocument, plain text or pictures, at most %(limit)s MB each. You can "
            "choose several at once, or drop them here."
        ) % {"limit": settings.LARGEST_FILE // MEGABYTE}

    def clean_papers(self) -> list["UploadedFile[Any]"]:
        """Refuse more than can be looked at in one go."""
        files: list[UploadedFile[Any]] = self.cleaned_data["papers"]
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("Choose at most %(limit)s files at once.") % {"limit": MOST_FILES}
            )
        return files


class HandInForm(PapersForm):
    """Papers for the safeguarding lead."""

    came_from = Words(
        label=gettext_lazy("Where they came from"), max_length=LONGEST_WORDS, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["papers"].widget.attrs["accept"] = ACCEPT


class VersionForm(Form):
    """A newer state of a paper."""

    file = forms.FileField(
        label=gettext_lazy("The newer file"), widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
    note = Words(label=gettext_lazy("What is new in it?"), max_length=LONGEST_TITLE, required=False)


class DetailsForm(VersionedForm):
    """What is said of one paper."""

    title = Words(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=choices)
    dated = GovDateField(label=gettext_lazy("Date of the paper"), required=False)
    came_from = Words(
        label=gettext_lazy("Where it came from"), max_length=LONGEST_WORDS, required=False
    )
    author_role = Words(
        label=gettext_lazy("Role of its author"), max_length=LONGEST_WORDS, required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Who may open it"), choices=LEVELS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, closed: bool, **options: Any) -> None:
        """Take whether it is the safeguarding lead's: then it stays theirs."""
        super().__init__(*args, **options)
        if closed:
            del self.fields["level"]


class FiledForm(Form):
    """What is said of each of several papers that were filed just now."""

    def __init__(self, *args: Any, names: Sequence[str], **options: Any) -> None:
        """Take the name of each file, in their order."""
        super().__init__(*args, **options)
        for place, name in enumerate(names):
            about = {"name": name}
            self.fields[f"title-{place}"] = Words(
                label=_("Title of %(name)s") % about, max_length=LONGEST_TITLE
            )
            self.fields[f"kind-{place}"] = forms.ChoiceField(
                label=_("Type of %(name)s") % about, choices=choices
            )
            self.fields[f"dated-{place}"] = PickDateField(
                label=_("Date of %(name)s") % about, required=False
            )
            self.fields[f"level-{place}"] = forms.ChoiceField(
                label=_("Who may open %(name)s") % about, choices=SHORT_LEVELS
            )
            self.fields[f"version-{place}"] = forms.CharField(widget=forms.HiddenInput)


class ErrorForm(VersionedForm):
    """Why a paper should not be here."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=500)


class FilterForm(Form):
    """Which documents are shown."""

    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[("", gettext_lazy("What stands")), ("error", gettext_lazy("Filed in error"))],
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (declared above)
        kind.choices = [("", _("All")), *choices()]
