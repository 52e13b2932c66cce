"""Why a copy is wanted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import Form, Words


class CopyForm(Form):
    """What a copy of everything is for, and that one knows what one takes."""

    why = Words(
        label=_("What is the copy for?"),
        help_text=_("For example: we move to another system in September. It stays in the books."),
        max_length=300,
    )
    sure = forms.BooleanField(
        label=_("I know that the file is not locked, and I keep it as safe as the record itself"),
        error_messages={"required": _("Say that you know how to keep the file.")},
    )
