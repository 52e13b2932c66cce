"""What is sent is refused by the length it claims, before a byte of it is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Refuses a form that is longer than any of ours can be; the other handlers take the rest."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the length alone.

        Raises:
            RequestDataTooBig: it claims more than `LARGEST_FORM`.
        """
        if content_length > settings.LARGEST_FORM:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand each piece on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the others."""
