"""Where a provider tells that a mail came back: there only where one is set that tells."""

from importlib import import_module

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


def paths(kind: str) -> list[URLPattern]:
    """Give the address at which this provider tells; none for a way out that does not tell.

    Args:
        kind: of the way out, as settings.MAIL has it.
    """
    if kind not in VIEWS:
        return []
    module = import_module(f"anymail.webhooks.{kind}")
    view = getattr(module, VIEWS[kind]).as_view()
    told = public("a provider that knows the secret tells of mail that came back")(view)
    # what comes with the secret of another is refused by the view itself
    told.csrf_exempt = True  # type: ignore[attr-defined]
    return [path(f"mail/{kind}/", told, name="heard")]
