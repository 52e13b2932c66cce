"""Addresses as they stand in a mail: whole, because no browser knows where the mail came from."""

from django.conf import settings


def address(path: str) -> str:
    """Give the whole address of one of our pages.

    Args:
        path: as `reverse` gives it, beginning with "/".
    """
    return f"{settings.ADDRESS}{path}"


def sender_host() -> str:
    """Give the name after the @ of this installation's Message-IDs."""
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip(" >") or "localhost"
