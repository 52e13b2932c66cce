"""Where a provider tells that a mail came back: there only where one is set that tells."""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from django.urls import URLPattern, path

from opensenco.gate.public import public

#: the view of django-anymail for each provider, and where it stands
VIEWS = {
    "brevo": "BrevoTrackingWebhookView",
    "mailersend": "MailerSendTrackingWebhookView",
    "mailgun": "MailgunTrackingWebhookView",
    "postmark": "PostmarkTrackingWebhookView",
    "resend": "ResendTrackingWebhookView",
    "sendgrid": "SendGridTrackingWebhookView",
    "sparkpost": "SparkPostTrackingWebhookView",
}


class Mail(Protocol):
    """How mail leaves."""

    @property
    def kind(self) -> str:
        """Which way."""

    @property
    def anymail(self) -> Mapping[str, str]:
        """What django-anymail is told."""


def paths(mail: Mail) -> list[URLPattern]:
    """Give the address at which this provider tells; none where there is no secret to know it by.

    Args:
        mail: how mail leaves, as settings.MAIL has it.
    """
    kind = mail.kind
    if kind not in VIEWS or "WEBHOOK_SECRET" not in mail.anymail:
        return []
    module = import_module(f"anymail.webhooks.{kind}")
    view = getattr(module, VIEWS[kind]).as_view()
    told = public("a provider that knows the secret tells of mail that came back")(view)
    # what comes with the secret of another is refused by the view itself
    told.csrf_exempt = True  # type: ignore[attr-defined]
    return [path(f"mail/{kind}/", told, name="heard")]
