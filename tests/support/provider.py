"""A provider of OpenID Connect on the loopback, in a process of its own.

It speaks the protocol as one on the internet does: it describes itself, checks client, secret and
the address it sends people back to, signs its tokens, and asks who somebody is on a page.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from opensenco.access.elsewhere.providers import SignInProvider
from tests.support.server import free_port

START_SECONDS = 30


class Provider:
    """One running provider.

    Attributes:
        url: its issuer.
    """

    def __init__(self, back: str) -> None:
        """Start it, and register ourselves.

        Args:
            back: the whole address to which it may send people back.
        """
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        # its page of who one is loads nothing from elsewhere, and plain http is loopback's
        environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.provider", str(port)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()
        wanted = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_post"}
        known = self._send("POST", "/oauth2/clients", wanted)
        self.client, self.secret = known["client_id"], known["client_secret"]

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/jwks", timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("The provider did not start.")

    def knows(self, subject: str, **claims: Any) -> None:
        """Let somebody have an account there."""
        self._send("PUT", f"/users/{subject}", claims)

    def agrees(self, question: str, subject: str) -> str:
        """Be somebody there who says yes, without a browser; give where they are sent back to."""
        return self._posted(question, {"sub": subject})

    def forges(self, how: str) -> None:
        """Let whoever has taken the provider over forge each token from now on; "" ends that."""
        self._send("PUT", f"/forged/{how or 'not'}", {})

    def refuses(self, question: str) -> str:
        """Be somebody there who says no. This provider leaves out the state, which none may."""
        state = urllib.parse.parse_qs(urllib.parse.urlsplit(question).query)["state"][0]
        return f"{self._posted(question, {'action': 'deny'})}&state={state}"

    def _posted(self, question: str, form: dict[str, str]) -> str:
        asked = urllib.request.Request(question, urllib.parse.urlencode(form).encode())  # noqa: S310
        try:
            with urllib.request.build_opener(_Stay).open(asked, timeout=10) as answer:
                raise AssertionError(f"the provider asked again: {answer.read()[:300]!r}")
        except urllib.error.HTTPError as moved:
            with moved:
                where: str = moved.headers["Location"]
                return where

    def _send(self, method: str, path: str, body: dict[str, Any]) -> Any:
        asked = urllib.request.Request(  # noqa: S310
            f"{self.url}{path}", json.dumps(body).encode(),
            {"Content-Type": "application/json"}, method=method,
        )  # fmt: skip
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def as_setting(self, **more: Any) -> SignInProvider:
        """Give it as an installation's settings have it."""
        return SignInProvider("near", "Near School", self.url, self.client, self.secret, **more)

    def stop(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait(timeout=10)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where somebody is sent back to is what is asked."""

    def redirect_request(self, *_given: Any) -> None:
        return None


def forge(served: Any) -> None:
    """Let the provider be told to forge what it says (tests/support/forging.py)."""
    from flask import request

    from tests.support import forging

    asked = {"how": "not"}

    @served.put("/forged/<how>")
    def begin(how: str) -> dict[str, str]:
        asked["how"] = how
        return asked

    @served.after_request
    def forged(answer: Any) -> Any:
        said = answer.get_json(silent=True)
        change = forging.DESCRIPTION if "well-known" in request.path else forging.TOKEN
        if isinstance(said, dict) and asked["how"] in change and request.path != "/forged":
            changed = forging.changed(change[asked["how"]], said)
            answer.set_data(json.dumps(changed))
        return answer


def main() -> None:
    """Serve until stopped."""
    import oidc_provider_mock
    from werkzeug.serving import make_server

    served = oidc_provider_mock.app(require_client_registration=True)
    served.debug = False
    forge(served)
    make_server("127.0.0.1", int(sys.argv[1]), served, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
