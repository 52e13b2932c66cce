"""GOV.UK Notify by its own client: one template that holds ((subject)) and ((body)).

Source: the documentation of GOV.UK Notify for programs, "Send an email", "Get the status of one
message". A message is known there by our reference too, so one that may have been sent already is
asked for before it is sent again.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from opensenco.notices.states import CameBack

#: what it says of a message that will never arrive
ENDED = {"permanent-failure": CameBack.RETURNED}
REFUSED = 400


class AddressRefused(Exception):
    """It said that this is no address to send to."""


class Notify(BaseEmailBackend):
    """Sends each mail by one template, and keeps the number under which Notify knows it."""

    def __init__(self, fail_silently: bool = False, **_: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    @cached_property
    def client(self) -> NotificationsAPIClient:
        """Give the client; made when first used."""
        said = settings.MAIL.notify
        where = {"base_url": said["base"]} if said["base"] else {}
        return NotificationsAPIClient(said["key"], timeout=settings.EMAIL_TIMEOUT, **where)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send mails.

        Raises:
            AddressRefused: it refuses the address.
            HTTPError: it did not take it for another reason.
        """
        for mail in email_messages:
            reference = mail.extra_headers["Message-ID"].strip("<>")
            known = self._sent_before(reference) if _again(mail) else ""
            mail.known_as = known or self._send(mail, reference)  # type: ignore[attr-defined]
        return len(email_messages)

    def _sent_before(self, reference: str) -> str:
        found = self.client.get_all_notifications(template_type="email", reference=reference)
        rows = found["notifications"]
        return str(rows[0]["id"]) if rows else ""

    def _send(self, mail: EmailMessage, reference: str) -> str:
        try:
            answer = self.client.send_email_notification(
                email_address=mail.to[0],
                template_id=settings.MAIL.notify["template"],
                personalisation={"subject": mail.subject, "body": mail.body},
                reference=reference,
            )
        except HTTPError as error:
            if error.status_code == REFUSED and "email_address" in str(error.message):
                raise AddressRefused from None
            raise
        return str(answer["id"])

    def what_became(self, known_as: str) -> CameBack | None:
        """Say why a message came back; None where it has not."""
        return ENDED.get(str(self.client.get_notification_by_id(known_as)["status"]))


def _again(mail: EmailMessage) -> bool:
    return bool(getattr(mail, "again", False))
