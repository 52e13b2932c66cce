"""Pages for when the answer is no, drawn so that they give nothing away.

Whoever sent words with what is refused gets them back on the page, to copy: a refusal never eats
what somebody typed.
"""

import contextlib
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from opensenco.gate import held
from opensenco.gate.answer import draw
from opensenco.gate.chrome import bare_chrome
from opensenco.kernel.errors import DomainError
from opensenco.ui import ways
from opensenco.ui.things import Kept

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def _answer(request: HttpRequest, template: str, status: int, **show: Any) -> HttpResponse:
    text = draw(template, {"chrome": bare_chrome(), **show}, request)
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _kept(request: HttpRequest) -> list[Kept]:
    """Give the words to hand back. Whatever broke before must not break this."""
    with contextlib.suppress(Exception):
        return held.to_copy(request)
    return []


def _not_done(request: HttpRequest, status: int, heading: str, *said: str) -> HttpResponse:
    """Say why nothing was done, and hand the words back."""
    show = {"title": heading, "said": said, "kept": _kept(request)}
    return _answer(request, "gate/not_done.html", status, **show)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here; the same for what is not and for what is not theirs."""
    if _kept(request):
        gone = _("It may have moved, or it is not shared with you. Nothing was saved.")
        return _not_done(request, 404, _("Page not found"), gone)
    return _answer(request, "ui/404.html", 404)


def refused(request: HttpRequest, way_in: str = "") -> HttpResponse:
    """Say to a colleague that their role does not reach this.

    Args:
        way_in: address where they may open it with a reason, where there is one.
    """
    if _kept(request):
        no = _("It is not part of your role here. Nothing was saved.")
        return _not_done(request, 403, _("You cannot do this"), no)
    return _answer(request, "ui/403.html", 403, way_in=way_in)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals look like ours."""
    return refused(request)


def not_possible(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Say what the domain refused where no form was there to say it: a page sent too late."""
    return _not_done(request, 409, _("This was not done"), error.sentence)


def no_role(request: HttpRequest) -> HttpResponse:
    """Say that this person has no role today: it has ended, or has not begun."""
    if _kept(request):
        ended = _("The role you had has ended, or one that was given to you has not begun.")
        return _not_done(request, 403, _("You have no role here today"), ended)
    return _answer(request, "ui/no_role.html", 403)


def hat_gone(request: HttpRequest) -> HttpResponse:
    """Say that the role in which a form was opened has ended since."""
    ended = _("You opened this form in a role that has ended since. Nothing was saved.")
    return _not_done(request, 403, _("You no longer have the role you wrote in"), ended)


def not_theirs(request: HttpRequest) -> HttpResponse:
    """Say that a form was opened by somebody else at this browser."""
    other = _("Somebody else opened this form, and you have signed in since. Nothing was saved.")
    return _not_done(request, 403, _("This form is not yours"), other)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we failed, and that nothing was half saved."""
    if _kept(request):
        ours = _("The fault is ours. The record is as it was before you pressed the button.")
        return _not_done(request, 500, _("Something went wrong here"), ours)
    return _answer(request, "ui/500.html", 500)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent is too much to read, or no request that we know."""
    if isinstance(exception, TOO_MUCH):
        return _not_done(
            request,
            413,
            _("This is too much to send at once"),
            _("Nothing was saved. Go back: your words are still in the page. Send a part of them."),
        )
    return _not_done(
        request, 400, _("We could not read this"), _("Go back, load the page again, and try again.")
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form from an older sign-in: keep its words where they are this person's own, ask again."""
    mark = held.mark_of(request)
    if mark is not None and request.user.is_authenticated:
        if mark.person != request.user.pk:
            return not_theirs(request)
        door = getattr(request.resolver_match and request.resolver_match.func, "door", None)
        if door is not None and door.reads and held.hold(request):
            return _answer(request, "gate/come_back.html", 403, back=request.path)
    return _answer(request, "ui/csrf.html", 403, kept=_kept(request))


def signed_out(request: HttpRequest, *, keep: bool = True) -> HttpResponseBase:
    """Send to signing in, and keep what a form sent too late.

    Args:
        keep: False for what is sent in the background: its words are still on the page.
    """
    target = f"{ways.place('sign_in')}?{urlencode({'next': request.get_full_path()})}"
    if keep and request.method == "POST" and (held.hold(request) or _kept(request)):
        show = {"sign_in_url": target, "kept": _not_held(request)}
        return _answer(request, "ui/signed_out_with_text.html", 401, **show)
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)


def _not_held(request: HttpRequest) -> list[Kept]:
    return _kept(request) if held.too_long(held.words_of(request)) else []


def way_in(row: Model) -> str:
    """Give where a record outside one's duty is opened with a reason; pupils alone have that."""
    if row._meta.label == "people.Pupil":
        return ways.place("out_of_duty", row.ref)  # type: ignore[attr-defined]
    return ""
