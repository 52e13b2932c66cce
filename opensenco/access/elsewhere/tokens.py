"""The token by which a provider says who somebody is: believed only as far as it is signed."""

from collections.abc import Mapping
from typing import Any

import jwt

from opensenco.access.elsewhere.told import NotBelieved

#: with a key of the provider's own; never with a secret that both have, and never unsigned
SIGNED_BY = frozenset(f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512))
#: what a token must say (OpenID Connect Core 2)
MUST_SAY = ("iss", "sub", "aud", "exp", "iat")
#: seconds by which two clocks differ
CLOCKS = 60


def verified(token: object, keys: Mapping[str, Any], *, issuer: str, client: str) -> dict[str, Any]:
    """Give what a token claims, once it is known who signed it, when, and for whom.

    Args:
        keys: the provider's, as it publishes them (RFC 7517).
        issuer: by whom it must be.
        client: as whom we are known there.

    Raises:
        NotBelieved: it is no token, another's, for another, over, or signed by nobody we know.
    """
    try:
        head = jwt.get_unverified_header(str(token))
        way = head.get("alg")
        if way not in SIGNED_BY:
            raise NotBelieved("it is signed in a way that is not taken")
        claims: dict[str, Any] = jwt.decode(
            str(token),
            key=_key_of(keys, head.get("kid"), str(way)),
            algorithms=[str(way)],
            issuer=issuer,
            audience=client,
            leeway=CLOCKS,
            options={"require": list(MUST_SAY)},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as fault:
        raise NotBelieved("its token does not hold") from fault
    if claims.get("azp", client) != client:
        raise NotBelieved("its token was given to another service")
    return claims


def _key_of(keys: Mapping[str, Any], name: object, way: str) -> Any:
    """Give the key of a name; the only one where the token names none.

    Raises:
        NotBelieved: there is none, or it is not clear which.
    """
    listed = keys.get("keys")
    signing = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("use", "sig") == "sig"
    ]
    found = [one for one in signing if name is None or one.get("kid") == name]
    if len(found) != 1:
        raise NotBelieved("its token is signed by a key that is not the provider's")
    return jwt.PyJWK(found[0], algorithm=way).key
