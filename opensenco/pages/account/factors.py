"""How allauth does the second step here: secrets sealed, our words, our name."""

from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.main import QRCode

from opensenco.access import sealing

if TYPE_CHECKING:
    from opensenco.access.models import Person

NAME = "OpenSENCO"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What stands behind the pages of `pages/account/second.py`."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This is not right, or it was used already. Wait for the next code and try again"
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up an authenticator app or a passkey first"
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal what is written."""
        return sealing.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was written."""
        return sealing.opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Give the name under which an authenticator app lists its codes."""
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give who asks for a passkey: this server, by its name in the address."""
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}

    def get_public_key_credential_user_entity(self, user: "Person") -> dict[str, object]:
        """Give whose passkey it is, as the browser asks and lists it."""
        return {
            **super().get_public_key_credential_user_entity(user),
            "display_name": user.name,
            "name": user.email,
        }

    def generate_authenticator_name(self, user: "Person", type: Authenticator.Type) -> str:
        """Give a name to begin with; its owner can write a better one."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that a phone reads, with nothing inline that our policy refuses."""
        code = QRCode(border=4)
        code.add_data(url)
        code.make()
        rows = code.get_matrix()
        size = len(rows)
        dark = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
        )
        return (
            f'<svg viewBox="0 0 {size} {size}" width="220" height="220" role="img" '
            f'aria-label="{_("Code for the camera of your phone")}" shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>'
        )
