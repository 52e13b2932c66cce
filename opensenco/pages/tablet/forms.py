"""What is typed on a shared tablet: the code that enrols it, and six digits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import Form, Words


class Digits(Words):
    """A number typed on a tablet's own keys, and not shown."""

    widget = forms.PasswordInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]*"}
    )


class CodeForm(Form):
    """The code that whoever manages people here was shown."""

    code = Words(label=_("The code of this tablet"), max_length=20)


class NumberForm(Form):
    """One's own six digits."""

    number = Digits(label=_("Your six digits"), max_length=20)
