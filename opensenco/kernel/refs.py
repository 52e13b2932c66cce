"""References in addresses: a random UUID in its short form of 22 characters."""

import base64
import uuid


def short(ref: uuid.UUID) -> str:
    """Give the short form for an address."""
    return base64.urlsafe_b64encode(ref.bytes).rstrip(b"=").decode()


class RefConverter:
    """`<ref:pupil>` in the table of addresses: the view gets a UUID."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> uuid.UUID:
        """Read the short form; anything else is no address."""
        found = uuid.UUID(bytes=base64.urlsafe_b64decode(value + "=="))
        if short(found) != value:
            raise ValueError("not the form we write")
        return found

    def to_url(self, value: uuid.UUID | str) -> str:
        """Write the short form."""
        return value if isinstance(value, str) else short(value)
