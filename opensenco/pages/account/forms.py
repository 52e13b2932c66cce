"""The forms of signing in, with labels and refusals in our words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import speak


class Speaks(forms.Form):
    """Gives the fields of another's form our labels, and sentences that use them."""

    labels: ClassVar[dict[str, Any]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            speak(field)


class SignIn(Speaks, allauth.LoginForm):  # type: ignore[misc]
    """The way in."""

    labels: ClassVar = {"login": _("Email address"), "password": _("Password")}


class ChangePassword(Speaks, allauth.ChangePasswordForm):  # type: ignore[misc]
    """Another password, by somebody who knows the one they have."""

    labels: ClassVar = {
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }


class SetPassword(Speaks, allauth.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    labels: ClassVar = {"password1": _("Password"), "password2": _("Password again")}


class AskForPassword(Speaks, allauth.ResetPasswordForm):  # type: ignore[misc]
    """A link for a new password."""

    labels: ClassVar = {"email": _("Email address")}


class NewPassword(Speaks, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password behind that link."""

    labels: ClassVar = {"password1": _("New password"), "password2": _("New password again")}


class SameAgain(Speaks, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something weighty."""

    labels: ClassVar = {"password": _("Password")}
