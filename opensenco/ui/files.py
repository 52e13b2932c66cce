"""Files chosen in a form, several at once: a plain file input, on which they can be dropped too."""

from typing import Any

from django import forms


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
