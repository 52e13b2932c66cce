"""Files chosen in a form, several at once: a plain file input, on which they can be dropped too."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.ui.forms import Form


class SeveralFilesInput(forms.FileInput):
    """A way to choose several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Give every file that was chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class SeveralFiles(forms.FileField):
    """Files chosen together."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give a list of files, each checked by itself."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(one, initial) for one in several or [None]]


class CameraInput(SeveralFilesInput):
    """A photo taken now: a telephone opens its camera, other machines choose a picture."""

    allow_multiple_selected = False

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*", "capture": "environment"})


class PapersForm(Form):
    """A form in which papers are chosen, dropped or photographed: `papers` has all of them."""

    papers = SeveralFiles(label=gettext_lazy("Papers"), required=False)
    photo = SeveralFiles(
        label=gettext_lazy("Or take a photo of a page"), required=False, widget=CameraInput
    )

    def clean(self) -> dict[str, Any]:
        """Put photos and files together; one at least is needed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [one for one in given.get("papers") or [] if one]
        taken = [one for one in given.pop("photo", None) or [] if one]
        if not chosen and not taken and "papers" not in self.errors:
            self.add_error("papers", self.fields["papers"].error_messages["required"])
        else:
            given["papers"] = [*chosen, *taken]
        return given
