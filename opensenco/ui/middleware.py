"""What every answer says to the browser about what it may load, run and use."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'none'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

UNUSED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


class ContentSecurityPolicy:
    """Sets the content security policy and the permissions policy on every answer.

    The same for all pages and set last, so that no view can widen it: only our own script and
    style, nothing inline, nothing evaluated, nothing fetched from elsewhere, no page in a frame.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response


class NothingKept:
    """Leaves nothing of what somebody read in a browser or on the way to it.

    What we serve is kept nowhere, whatever view made it; a view that knows better says so itself.
    Where a sign-in ends, the browser is told to forget what it drew. What we serve is nobody's
    picture or script elsewhere, and is asked for by https once it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        response.setdefault("Cache-Control", "no-store")
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.SECURE_HSTS_SECONDS:
            # Also where a proxy speaks https for us; over http a browser passes it by.
            headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
            )
        if getattr(request, "signed_out", False):
            headers["Clear-Site-Data"] = '"cache"'
        return response
