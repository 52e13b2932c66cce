"""By whose accounts people sign in: OPENSENCO_OIDC and what stands under each of its names."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from opensenco.access.elsewhere.providers import ANY_DOMAIN, SignInProvider

LIST = "OPENSENCO_OIDC"
NAME = re.compile(r"[a-z][a-z0-9]{0,19}")
DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9-]+\.)+[a-z0-9-]+")
FIELDS = {
    "KIND": "microsoft, google, dfe or generic (default)",
    "NAME": "how people know it, on the button: Microsoft",
    "ISSUER": "https address of the issuer; for microsoft, of one tenant",
    "CLIENT": "the id that the provider gave us",
    "SECRET_FILE": "file that holds the secret the provider gave us, and nothing else",
    "DOMAINS": "domains whose addresses count as proven by it, with commas between, or *",
    "STRONG": "values of acr that mean a second step was done there, with commas between",
    "ASKS": "what else the question carries, as acr_values=phr&prompt=select_account",
}
#: what each kind is called and who issues it, where nothing else is said
KINDS: dict[str, tuple[str, str]] = {
    "microsoft": ("Microsoft", ""),
    "google": ("Google", "https://accounts.google.com"),
    "dfe": ("DfE Sign-in", "https://oidc.signin.education.gov.uk"),
    "generic": ("", ""),
}
#: addresses at which many organisations sign in under one issuer: whose people would they be?
ANYBODYS = ("common", "organizations", "consumers")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def keys(env: Mapping[str, str]) -> list[str]:
    """Give the short names of the providers, as OPENSENCO_OIDC lists them.

    Raises:
        ImproperlyConfigured: one is no short name, or stands there twice.
    """
    found = env.get(LIST, "").split()
    wrong = [key for key in found if not NAME.fullmatch(key)]
    if wrong or len(set(found)) < len(found):
        raise ImproperlyConfigured(
            f"{LIST} lists short names with spaces between, each once, of small letters and "
            "digits: entra google"
        )
    return found


def known(env: Mapping[str, str]) -> dict[str, str]:
    """Give the variables that the listed providers have, with what each says."""
    return {variable(key, name): says for key in keys(env) for name, says in FIELDS.items()}


def variable(key: str, name: str) -> str:
    """Give the name of a provider's variable."""
    return f"{LIST}_{key.upper()}_{name}"


def read(env: Mapping[str, str]) -> tuple[SignInProvider, ...]:
    """Give the providers of this installation.

    Raises:
        ImproperlyConfigured: one lacks something or is not understood. No secret is repeated.
    """
    return tuple(_provider(env, key) for key in keys(env))


def _provider(env: Mapping[str, str], key: str) -> SignInProvider:
    given = {name: env.get(variable(key, name), "").strip() for name in FIELDS}
    kind = given["KIND"] or "generic"
    if kind not in KINDS:
        raise ImproperlyConfigured(
            f"{variable(key, 'KIND')} is {kind!r}. Use one of: {', '.join(KINDS)}."
        )
    name, issuer = KINDS[kind]
    found = {**given, "NAME": given["NAME"] or name, "ISSUER": given["ISSUER"] or issuer}
    for needed in ("NAME", "ISSUER", "CLIENT", "SECRET_FILE"):
        if not found[needed]:
            raise ImproperlyConfigured(f"{variable(key, needed)} is missing: {FIELDS[needed]}.")
    return SignInProvider(
        key=key,
        name=found["NAME"],
        issuer=_issuer(key, found["ISSUER"]),
        client=found["CLIENT"],
        secret=_secret(key, Path(found["SECRET_FILE"])),
        domains=_domains(key, found["DOMAINS"]),
        strong=tuple(filter(None, (one.strip() for one in found["STRONG"].split(",")))),
        asks=_asks(key, found["ASKS"]),
    )


def _issuer(key: str, said: str) -> str:
    parts = urlsplit(said)
    near = parts.scheme == "http" and parts.hostname in LOOPBACK
    if (parts.scheme != "https" and not near) or not parts.hostname or parts.query:
        raise ImproperlyConfigured(f"{variable(key, 'ISSUER')} is {said!r}: {FIELDS['ISSUER']}.")
    if parts.hostname == "login.microsoftonline.com" and any(
        f"/{one}/" in f"{parts.path}/" for one in ANYBODYS
    ):
        raise ImproperlyConfigured(
            f"{variable(key, 'ISSUER')} is Microsoft's address for everybody. Use that of one "
            "tenant: https://login.microsoftonline.com/TENANT-ID/v2.0"
        )
    return said.rstrip("/")


def _secret(key: str, file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret or len(secret) > 191:
        raise ImproperlyConfigured(
            f"{variable(key, 'SECRET_FILE')} is {str(file)!r}, which cannot be read or holds no "
            "secret."
        )
    return secret


def _domains(key: str, said: str) -> tuple[str, ...]:
    found = tuple(filter(None, (one.strip().lower() for one in said.split(","))))
    if any(one != ANY_DOMAIN and not DOMAIN.fullmatch(one) for one in found):
        raise ImproperlyConfigured(f"{variable(key, 'DOMAINS')} is {said!r}: {FIELDS['DOMAINS']}.")
    return found


def _asks(key: str, said: str) -> tuple[tuple[str, str], ...]:
    pairs = [one.partition("=") for one in said.split("&") if one]
    if any(not mark or not name for name, mark, _value in pairs):
        raise ImproperlyConfigured(f"{variable(key, 'ASKS')} is {said!r}: {FIELDS['ASKS']}.")
    return tuple((name, value) for name, _mark, value in pairs)
