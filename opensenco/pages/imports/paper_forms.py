"""Forms round a heap of papers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.documents.limits import LONGEST_TITLE
from opensenco.documents.states import Level
from opensenco.documents.types import choices
from opensenco.exchange.readers.source import MEGABYTE
from opensenco.ui.files import SeveralFiles, SeveralFilesInput
from opensenco.ui.forms import Form, GovDateField, VersionedForm, Words

LEVELS = [(level.value, level.label) for level in (Level.ORDINARY, Level.CONFIDENTIAL)]
USUAL = ""


class HeapForm(Form):
    """Papers of many children, and who may open them."""

    school = forms.ChoiceField(label=gettext_lazy("School"))
    papers = SeveralFiles(
        label=gettext_lazy("Papers, or a ZIP file of papers"),
        widget=SeveralFilesInput(
            attrs={"accept": ".pdf,.docx,.doc,.odt,.rtf,.txt,.jpg,.jpeg,.png,.heic,.zip"}
        ),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Who may open them"),
        choices=[(USUAL, gettext_lazy("As is usual for the type of each")), *LEVELS],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        school = self.fields["school"]
        assert isinstance(school, forms.ChoiceField)  # noqa: S101 (declared above)
        school.choices = [("", _("Choose the school")), *places]
        if len(places) < 2:
            del self.fields["school"]
        self.fields["papers"].help_text = _(
            "PDF, Word and pictures, at most %(one)s MB each and %(all)s MB together. Choose "
            "several at once, drop them here, or pack them into a ZIP file."
        ) % {
            "one": settings.LARGEST_FILE // MEGABYTE,
            "all": settings.LARGEST_FORM // MEGABYTE,
        }

    def clean_papers(self) -> list["UploadedFile[Any]"]:
        """Give the files that were chosen."""
        files: list[UploadedFile[Any]] = self.cleaned_data["papers"]
        return files


class PaperForm(VersionedForm):
    """Whose one paper is, what it is, and from when."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whose is it?"), required=False, widget=forms.RadioSelect
    )
    other = Words(label=gettext_lazy("Somebody else: name or UPN"), max_length=100, required=False)
    title = Words(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=choices)
    dated = GovDateField(label=gettext_lazy("Date of the paper"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Who may open it"), choices=LEVELS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, candidates: Sequence[tuple[int, str]], **options: Any) -> None:
        """Take whose it could be, by the pupil's id."""
        super().__init__(*args, **options)
        whose = self.fields["whose"]
        assert isinstance(whose, forms.ChoiceField)  # noqa: S101 (declared above)
        whose.choices = [
            *((str(pk), words) for pk, words in candidates),
            ("leave", _("Leave this paper out")),
        ]
