"""How mail leaves this server: one address in OPENSENCO_MAIL says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "opensenco.notices.backends.folder.Folder"
NOTIFY = "opensenco.notices.backends.notify.Notify"
NONE = "django.core.mail.backends.dummy.EmailBackend"

#: providers that take one key, as django-anymail calls their parts
PROVIDERS = {
    "brevo": ("anymail.backends.brevo.EmailBackend", "BREVO_API_KEY"),
    "mailersend": ("anymail.backends.mailersend.EmailBackend", "MAILERSEND_API_TOKEN"),
    "mailgun": ("anymail.backends.mailgun.EmailBackend", "MAILGUN_API_KEY"),
    "postmark": ("anymail.backends.postmark.EmailBackend", "POSTMARK_SERVER_TOKEN"),
    "resend": ("anymail.backends.resend.EmailBackend", "RESEND_API_KEY"),
    "sendgrid": ("anymail.backends.sendgrid.EmailBackend", "SENDGRID_API_KEY"),
    "sparkpost": ("anymail.backends.sparkpost.EmailBackend", "SPARKPOST_API_KEY"),
}
KINDS = ("smtp", "smtps", "folder", "notify", *PROVIDERS)
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NOTIFY_KEY = re.compile(rf".+-{UUID}-{UUID}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
TIMEOUT = 20


@dataclass(frozen=True)
class Mail:
    """What Django is told about mail.

    Args:
        kind: of the way out, one of KINDS; empty where there is none.
    """

    kind: str
    backend: str
    sender: str
    address: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    ssl: bool = False
    folder: Path | None = None
    anymail: dict[str, str] = field(default_factory=dict, repr=False)
    #: key and template of GOV.UK Notify, and where it is, other than usual
    notify: dict[str, str] = field(default_factory=dict, repr=False)


def read(env: Mapping[str, str], data: Path, *, demo: bool) -> Mail:
    """Give how mail leaves. A demonstration without a mail server keeps it in a folder.

    Raises:
        ImproperlyConfigured: it is not understood, or lacks the sender or our own address. The
            sentence never repeats a key or a password.
    """
    said = env.get("OPENSENCO_MAIL", "") or ("folder:" if demo else "")
    sender = _sender(env.get("OPENSENCO_MAIL_FROM", ""))
    here = _address(env.get("OPENSENCO_ADDRESS", ""))
    if not said:
        return Mail("", NONE, sender or "OpenSENCO <opensenco@localhost>", here)
    parts = _split(said)
    if parts.scheme == "folder":
        folder = Path(unquote(parts.path)) if parts.path.strip("/") else data / "mail"
        return Mail(
            "folder", FOLDER, sender or "OpenSENCO <opensenco@localhost>", here, folder=folder
        )
    for name, value in (("OPENSENCO_MAIL_FROM", sender), ("OPENSENCO_ADDRESS", here)):
        if not value:
            raise ImproperlyConfigured(f"{HINTS[name]} Mail cannot be sent without it.")
    if parts.scheme in ("smtp", "smtps"):
        return _smtp(parts, sender, here)
    return _notify(parts, sender, here) if parts.scheme == "notify" else _provider(
        parts, sender, here, env.get("OPENSENCO_MAIL_WEBHOOK", "")
    )  # fmt: skip


HINTS = {
    "OPENSENCO_MAIL_FROM": "Set OPENSENCO_MAIL_FROM to the sender, such as "
    "'OpenSENCO <opensenco@school.example>'.",
    "OPENSENCO_ADDRESS": "Set OPENSENCO_ADDRESS to where people open OpenSENCO, such as "
    "https://senco.school.example.",
}


def _split(said: str) -> SplitResult:
    try:
        parts = urlsplit(said)
        _port = parts.port
    except ValueError:
        raise ImproperlyConfigured("OPENSENCO_MAIL has no port that is a number.") from None
    if parts.scheme not in KINDS:
        raise ImproperlyConfigured(
            f"OPENSENCO_MAIL begins with {parts.scheme!r}. It begins with one of: "
            f"{', '.join(KINDS)}. For a mail server: smtp://user:password@host:587."
        )
    return parts


def _sender(said: str) -> str:
    if said and ("\n" in said or "@" not in parseaddr(said)[1]):
        raise ImproperlyConfigured(HINTS["OPENSENCO_MAIL_FROM"])
    return said


def _address(said: str) -> str:
    parts = urlsplit(said)
    if said and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise ImproperlyConfigured(HINTS["OPENSENCO_ADDRESS"])
    return said.rstrip("/")


def _asked(parts: SplitResult, *known: str) -> dict[str, str]:
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if unknown := set(asked) - set(known):
        raise ImproperlyConfigured(
            f"OPENSENCO_MAIL does not take {sorted(unknown)[0]!r} after the question mark. "
            f"It takes: {', '.join(known) or 'nothing'}."
        )
    return asked


def _smtp(parts: SplitResult, sender: str, here: str) -> Mail:
    """Give a mail server: encrypted but to this machine itself, unless it is said to be plain."""
    tls = _asked(parts, "tls").get("tls", "no" if parts.hostname in LOOPBACK else "yes")
    if not parts.hostname or tls not in ("yes", "no"):
        raise ImproperlyConfigured(
            "OPENSENCO_MAIL names a server: smtp://user:password@host:587, smtps://…:465, "
            "with ?tls=no only where the server stands in your own house."
        )
    ssl = parts.scheme == "smtps"
    return Mail(
        "smtp", SMTP, sender, here, host=parts.hostname,
        port=parts.port or (465 if ssl else 587 if tls == "yes" else 25),
        user=unquote(parts.username or ""), password=unquote(parts.password or ""),
        ssl=ssl, tls=tls == "yes" and not ssl,
    )  # fmt: skip


def _notify(parts: SplitResult, sender: str, here: str) -> Mail:
    """Give GOV.UK Notify: notify://KEY@TEMPLATE."""
    key, template = unquote(parts.username or ""), parts.hostname or ""
    if not NOTIFY_KEY.fullmatch(key) or not re.fullmatch(UUID, template):
        raise ImproperlyConfigured(
            "OPENSENCO_MAIL for GOV.UK Notify is notify://KEY@TEMPLATE: the API key as Notify "
            "shows it, and the number of a template with ((subject)) and ((body))."
        )
    base = _asked(parts, "base").get("base", "")
    return Mail(
        "notify", NOTIFY, sender, here, notify={"key": key, "template": template, "base": base}
    )


def _provider(parts: SplitResult, sender: str, here: str, webhook: str) -> Mail:
    """Give a provider that django-anymail knows: postmark://KEY@, mailgun://KEY@DOMAIN."""
    backend, name = PROVIDERS[parts.scheme]
    key = unquote(parts.username or "") or unquote(parts.netloc)
    asked = _asked(parts, *(("region",) if parts.scheme == "mailgun" else ()))
    if not key or (parts.scheme == "mailgun" and not (parts.username and parts.hostname)):
        raise ImproperlyConfigured(
            f"OPENSENCO_MAIL for {parts.scheme} is {parts.scheme}://KEY@"
            + ("your.domain, with ?region=eu where it is in Europe." if asked or "mailgun" in
               parts.scheme else ".")
        )  # fmt: skip
    anymail = {name: key}
    if parts.scheme == "mailgun":
        anymail["MAILGUN_SENDER_DOMAIN"] = parts.hostname or ""
        if asked.get("region") == "eu":
            anymail["MAILGUN_API_URL"] = "https://api.eu.mailgun.net/v3"
    if webhook:
        if ":" not in webhook:
            raise ImproperlyConfigured(
                "OPENSENCO_MAIL_WEBHOOK is name:password, the same as in the address that the "
                "provider is given."
            )
        anymail["WEBHOOK_SECRET"] = webhook
    return Mail(parts.scheme, backend, sender, here, anymail=anymail)
