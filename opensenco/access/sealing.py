"""Secrets that must be read again are written sealed: the keys of authenticator apps.

The key is worked out of the installation's own secret, which stands in no database and no backup of
one (docs/guide/signing-in.md).
"""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)
PURPOSE = b"opensenco.second-step"


def sealed(text: str) -> str:
    """Give a text so that only this installation can read it."""
    return _lock().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Give a sealed text as it was.

    What was sealed under another secret, or was changed, opens as a new random one: a code worked
    out of it is never right, so its owner is refused and asks for help, and nobody gets in.
    """
    try:
        return _lock().decrypt(text.encode()).decode()
    except InvalidToken:
        logger.error("A sealed secret does not open: OPENSENCO_SECRET_KEY was changed.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _lock() -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
