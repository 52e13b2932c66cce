"""The forms of signing in, with labels and refusals in our words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import speak

#: seconds in which a code of the app is right: its own half minute, and one before and after
USED_FOR = 120
LONGEST_NAME = 60


class Speaks(forms.Form):
    """Gives the fields of another's form our labels, and sentences that use them."""

    labels: ClassVar[dict[str, Any]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
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


def _code(form: forms.Form) -> None:
    """Let a phone offer figures, and fill in the code that it knows."""
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class TypedCode(Speaks):
    """A code of the app, or one of the recovery codes; none lets in twice."""

    labels: ClassVar = {"code": _("Code")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _code(self)

    def clean_code(self) -> str:
        """Refuse a code that was right before, for as long as clocks that differ take it."""
        code: str = super().clean_code()  # type: ignore[misc]
        typed = "".join(code.split())
        said = salted_hmac("opensenco.code", typed, algorithm="sha256").hexdigest()
        if not cache.add(f"second-step:{self.user.pk}:{said}", True, USED_FOR):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class Code(TypedCode, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step after the password."""

    remember = forms.BooleanField(label=_("Do not ask again in this browser today"), required=False)


class CodeAgain(TypedCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something weighty."""


class FirstCode(Speaks, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The code that proves that the app knows the key."""

    labels: ClassVar = {"code": _("The code that the app shows now")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _code(self)


class RemoveApp(Speaks, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """An authenticator app is taken away; there is nothing to fill in."""


class NewCodes(Speaks, codes.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Recovery codes are made anew; there is nothing to fill in."""


class NewPasskey(Speaks, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey, and what its owner calls it."""

    labels: ClassVar = {"name": _("What do you call it?")}
    # each signs in without a password, so there is nothing to choose
    passwordless = None

    def clean_name(self) -> str:
        """Give the name. One that is too long is no reason to refuse a passkey that is made."""
        name: str = super().clean_name()
        return name[:LONGEST_NAME]


class PasskeyName(Speaks, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels: ClassVar = {"name": _("What do you call it?")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME))


class PasskeyStep(Speaks, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step by a passkey."""


class PasskeyIn(Speaks, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """The way in by a passkey alone."""


class PasskeyAgain(Speaks, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something weighty."""
