"""The second step as a phone would do it: for tests and measurements that sign in by the form."""

import base64
import hashlib
import hmac
import re
import time

SET_UP, CODES, SECOND = "/me/security/app/", "/me/security/codes/", "/sign-in/code/"
KEY = re.compile(r'<code class="os-key">([A-Z2-7 ]+)</code>')
PERIOD = 30
#: seconds that may pass between the showing of a code and its being checked
SLOW = 15
#: the last code that was shown for a key: none is right twice
_shown: dict[str, int] = {}


def key_on(html: str) -> str:
    """Give the key that the page for setting up an app shows."""
    [found] = KEY.findall(html)
    return str(found).replace(" ", "")


def code_of(key: str) -> str:
    """Give a code that is right and was not used: of half a minute ago, of now, or the next.

    It stays right for as long as a slow machine takes to ask for it, and waits for its turn where
    too many were shown at once.
    """
    now = time.time()
    present = int(now) // PERIOD
    oldest = present - 1 if now % PERIOD < PERIOD - SLOW else present
    counter = max(oldest, _shown.get(key, 0) + 1)
    time.sleep(max(0, (counter - 1) * PERIOD - now))
    _shown[key] = counter
    return _code_at(key, counter)


def _code_at(key: str, counter: int) -> str:
    """Give the six digits of RFC 4226, worked out without the library that will check them."""
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), hashlib.sha1)
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
