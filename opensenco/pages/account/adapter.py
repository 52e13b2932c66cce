"""How allauth signs people in here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by their school; the way in is the same for all."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the school to open it again"),
        "email_password_mismatch": _(
            "The email address and the password do not go together. Check both, or get a new "
            "password"
        ),
        "enter_current_password": _("That is not the password you have now. Write it again"),
        "incorrect_password": _("That is not your password. Write it again"),
        "invalid_password_reset": _("This link no longer works. Ask for a new one"),
        "too_many_login_attempts": _(
            "There were too many tries. Wait five minutes, then try again"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can make an account for themselves."""
        return False
