"""What somebody would forge who sits between a provider and us, or has taken it over."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Said = dict[str, Any]


def own_key() -> Any:
    """Give the key by which the running provider signs."""
    from oidc_provider_mock._app import storage

    return jwt.PyJWK(storage.jwk.as_dict(is_private=True), algorithm="RS256").key


def parts(token: str) -> tuple[Said, Said]:
    """Give what a token says of itself, and what it claims."""
    claims: Said = jwt.decode(token, options={"verify_signature": False})
    return jwt.get_unverified_header(token), claims


def named(head: Said) -> Said | None:
    """Give the name of the key as the provider itself gives it, which may be by none."""
    return {"kid": head["kid"]} if "kid" in head else None


def claiming(**other: Any) -> Callable[[str], str]:
    """Give the same token, rightly signed, with other claims; None takes one away."""

    def forged(token: str) -> str:
        head, claims = parts(token)
        claims = {name: value for name, value in (claims | other).items() if value is not None}
        return jwt.encode(claims, own_key(), algorithm="RS256", headers=named(head))

    return forged


def by_another_key(token: str) -> str:
    """Give the same claims, signed by a key that only says that it is the provider's."""
    head, claims = parts(token)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, algorithm="RS256", headers=named(head))


def unsigned(token: str) -> str:
    """Give the same claims with nobody's signature."""
    head, claims = parts(token)
    # its types know no token without a key; the library does
    return jwt.encode(claims, None, algorithm="none", headers=named(head))  # type: ignore[arg-type]


def by_what_all_know(token: str) -> str:
    """Give the same claims, signed with the public key as if it were a shared secret."""
    head, claims = parts(token)
    secret = str(own_key().public_key().public_numbers().n).encode()
    said = {"alg": "HS256", "typ": "JWT", **(named(head) or {})}
    body = ".".join(map(_written, (json.dumps(said).encode(), json.dumps(claims).encode())))
    return f"{body}.{_written(hmac.new(secret, body.encode(), hashlib.sha256).digest())}"


def of_another_kid(token: str) -> str:
    """Give the same token, signed by a key of a name that the provider does not have."""
    return jwt.encode(parts(token)[1], own_key(), algorithm="RS256", headers={"kid": "none such"})


def touched(token: str) -> str:
    """Give the token with other claims under the signature that it had."""
    head, _claims, signature = token.split(".")
    other = {**parts(token)[1], "sub": "somebody-else"}
    return f"{head}.{_written(json.dumps(other).encode())}.{signature}"


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


TOKEN: dict[str, Any] = {
    "rightly": claiming(),
    "issuer": claiming(iss="https://somebody.else.example"),
    "audience": claiming(aud="another-service"),
    "given-to": claiming(azp="another-service"),
    "nonce": claiming(nonce="another"),
    "no-nonce": claiming(nonce=None),
    "expired": claiming(iat=time.time() - 7200, exp=time.time() - 3600),
    "subject": claiming(sub="somebody-else"),
    "key": by_another_key,
    "kid": of_another_kid,
    "unsigned": unsigned,
    "shared": by_what_all_know,
    "touched": touched,
    "no-token": lambda _token: "no token at all",
}
DESCRIPTION: dict[str, Any] = {"description": {"issuer": "https://somebody.else.example"}}


def changed(how: Any, said: Said) -> Said:
    """Give an answer of the provider, forged."""
    if isinstance(how, dict):
        return said | how
    return said | {"id_token": how(said["id_token"])} if "id_token" in said else said
