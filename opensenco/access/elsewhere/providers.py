"""The providers of this installation, by whose accounts people sign in here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

#: an address of any domain is taken as proven
ANY_DOMAIN = "*"


@dataclass(frozen=True)
class SignInProvider:
    """One provider of OpenID Connect, as the environment says it.

    Args:
        key: the short name in settings and addresses: "entra".
        name: how people know it, on buttons: "Microsoft".
        issuer: exactly as its own description says it.
        domains: addresses of these domains count as proven when this provider gives them, whether
            it says so itself or not; "*" for all.
        strong: values of `acr` that mean a second step was done there.
        asks: what is sent with the question beside the usual: values for its own extensions.
    """

    key: str
    name: str
    issuer: str
    client: str
    secret: str = field(repr=False)
    domains: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()

    def proves(self, email: str) -> bool:
        """Tell whether the installation takes this provider's word for an address."""
        domain = email.rpartition("@")[2].lower()
        return ANY_DOMAIN in self.domains or domain in self.domains


def as_allauth(providers: Sequence[SignInProvider]) -> dict[str, Any]:
    """Give the providers as allauth's settings have them."""
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": one.key,
                    "name": one.name,
                    "client_id": one.client,
                    "secret": one.secret,
                    "settings": {"server_url": one.issuer, "auth_params": dict(one.asks)},
                }
                for one in providers
            ],
        }
    }


def providers() -> tuple[SignInProvider, ...]:
    """Give every provider of this installation, in the order of its settings."""
    found: tuple[SignInProvider, ...] = settings.SIGN_IN_PROVIDERS
    return found


def provider(key: str) -> SignInProvider | None:
    """Give the provider of that short name; None where there is none (any more)."""
    return next((one for one in providers() if one.key == key), None)


def name_of(key: str) -> str:
    """Give how people know a provider; its short name where it is gone."""
    found = provider(key)
    return found.name if found else key
