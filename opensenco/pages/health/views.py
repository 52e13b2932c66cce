"""What a machine that watches is told. Nothing here is about anybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from opensenco.gate import halting, proxies, standing
from opensenco.gate.public import public
from opensenco.kernel import halt
from opensenco.pages.health import show

PLAIN = "text/plain; charset=utf-8"
#: the version of the format that Prometheus reads
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@halting.while_shut
@public("that the server answers is known to whoever asks it anything")
def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, whatever becomes of the database."""
    return _said("alive")


@halting.while_shut
@public("whether it is ready tells nothing that the pages would not")
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be shown: the gate is open, the database answers and has our shape."""
    why = standing.not_ready(halt.is_shut(settings.DATA))
    return _said(why or "ready", 503 if why else 200)


@halting.while_shut
@public("numbers of requests and of what waits; answered to this machine alone")
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers, where nobody stands between and whoever asks sits on this machine."""
    if request.META.get(proxies.FORWARDED) or not proxies.is_loopback(request.META["REMOTE_ADDR"]):
        raise Http404
    return _said(show.numbers(shut=halt.is_shut(settings.DATA)), content_type=EXPOSITION)


def _said(text: str, status: int = 200, content_type: str = PLAIN) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type=content_type)
    response["Cache-Control"] = "no-store"
    return response
