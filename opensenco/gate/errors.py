"""Pages for when the answer is no, drawn so that they give nothing away."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from opensenco.gate import held
from opensenco.gate.answer import draw
from opensenco.gate.chrome import bare_chrome


def _answer(request: HttpRequest, template: str, status: int, **show: Any) -> HttpResponse:
    text = draw(template, {"chrome": bare_chrome(), **show}, request)
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here; the same for what is not and for what is not theirs."""
    return _answer(request, "ui/404.html", 404)


def refused(request: HttpRequest, way_in: str = "") -> HttpResponse:
    """Say to a colleague that their role does not reach this.

    Args:
        way_in: address where they may open it with a reason, where there is one.
    """
    return _answer(request, "ui/403.html", 403, way_in=way_in)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals look like ours."""
    return refused(request)


def no_role(request: HttpRequest) -> HttpResponse:
    """Say that this person has no role today: it has ended, or has not begun."""
    return _answer(request, "ui/no_role.html", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we failed, and that nothing was half saved."""
    return _answer(request, "ui/500.html", 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form from an older sign-in: keep its words where the session is one's own, ask again."""
    return _answer(request, "ui/csrf.html", 403)


def signed_out(request: HttpRequest, keep: bool = True) -> HttpResponseBase:
    """Send to signing in, and keep what a form sent too late.

    Args:
        keep: False for what a page's script sends by itself: the page still shows the words.
    """
    target = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if keep and request.method == "POST" and held.hold(request):
        return _answer(request, "ui/signed_out_with_text.html", 401, sign_in_url=target)
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)


def way_in(row: Model) -> str:
    """Give where a record outside one's duty is opened with a reason; pupils alone have that."""
    if row._meta.label == "people.Pupil":
        return reverse("pupils:out_of_duty", args=[row.ref])  # type: ignore[attr-defined]
    return ""
