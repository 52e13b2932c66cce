"""Pages for when the answer is no, drawn so that they give nothing away.

Whoever sent words with what is refused gets them back on the page, to copy: a refusal never eats
what somebody typed.
"""

import contextlib
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from opensenco.access.elsewhere.providers import name_of
from opensenco.gate import broken, held
from opensenco.gate.answer import draw
from opensenco.gate.chrome import bare_chrome
from opensenco.gate.tablet import NotHere, is_one
from opensenco.kernel.errors import DomainError
from opensenco.ui import ways
from opensenco.ui.things import Kept

#: seconds after which it is worth asking again
RETRY_AFTER = 120
#: says of a request that its act was committed
DONE = "opensenco_done"
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


def refused(request: HttpRequest, way_in: str = "", why: str = "") -> HttpResponse:
    """Say to a colleague that their role does not reach this.

    Args:
        way_in: address where they may open it with a reason, where there is one.
        why: one sentence of ours where it is not their role that is in the way.
    """
    if _kept(request):
        no = (
            (why, _("Nothing was saved."))
            if why
            else (_("It is not part of your role here. Nothing was saved."),)
        )
        return _not_done(request, 403, _("You cannot do this"), *no)
    return _answer(request, "ui/403.html", 403, way_in=way_in, why=why)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals look like ours."""
    return refused(request)


def not_possible(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Say what the domain refused where no form was there to say it: a page sent too late."""
    return _not_done(request, 409, _("This was not done"), error.sentence)


def no_role(request: HttpRequest) -> HttpResponse:
    """Say that this person has no role today, and end their session: there is nothing in it."""
    if _kept(request):
        ended = _("The role you had has ended, or one that was given to you has not begun.")
        answer = _not_done(request, 403, _("You have no role here today"), ended)
    else:
        answer = _answer(request, "ui/no_role.html", 403)
    logout(request)
    return answer


def not_on_tablet(request: HttpRequest) -> HttpResponse:
    """Say that a page does not open on a shared tablet, and lead back."""
    why = NotHere().sentence
    if _kept(request):
        return _not_done(request, 403, _("Not on a shared tablet"), why, _("Nothing was saved."))
    ways_on = {"back_url": ways.place("on_tablet"), "done_url": ways.place("tablet_done")}
    return _answer(request, "gate/not_on_tablet.html", 403, why=why, **ways_on)


def seat_gone(request: HttpRequest) -> HttpResponse:
    """Say that a shared tablet can no longer be used by this person, and end their session."""
    why = _("This tablet is no longer in use for you. Nothing more can be saved on it.")
    answer = _not_done(request, 403, _("You are signed out"), why)
    logout(request)
    return answer


def sign_in_elsewhere(request: HttpRequest, provider: str) -> HttpResponse:
    """Say by which account the place has its people sign in, and lead there."""
    name = name_of(provider)
    if _kept(request):
        why = _("Your place has its staff sign in with %(name)s. Nothing was saved.")
        return _not_done(request, 403, _("Sign in another way"), why % {"name": name})
    back = request.get_full_path() if request.method == "GET" else "/"
    target = f"{ways.place('elsewhere', provider)}?{urlencode({'next': back})}"
    show = {"name": name, "target": target, "hats_url": ways.place("hats")}
    return _answer(request, "gate/sign_in_elsewhere.html", 403, **show)


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
    if getattr(request, DONE, False):
        return broken.page(done=True)
    return broken.page(kept=_sent(request))


def note_done(request: HttpRequest) -> None:
    """Note that what was sent stands in the record, whatever becomes of the answer."""
    setattr(request, DONE, True)


def _sent(request: HttpRequest) -> list[Kept]:
    """Give the words to hand back also where nobody can say any more who is signed in."""
    with contextlib.suppress(Exception):
        return held.to_copy(request)
    with contextlib.suppress(Exception):
        return held.sent_just_now(request)
    return []


def upgrading(request: HttpRequest) -> HttpResponse:
    """Say that an upgrade is under way, and hand words back. Asks no database."""
    said = [_("OpenSENCO is being brought up to date. Nothing of the record is lost.")]
    if kept := held.sent_just_now(request):
        said.append(_("What you were sending was not saved."))
    show = {"title": _("Back in a few minutes"), "said": said, "kept": kept}
    response = _answer(request, "gate/not_done.html", 503, **show)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


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
    if is_one(request):
        target = ways.place("tablet")
    if keep and request.method == "POST" and (held.hold(request) or _kept(request)):
        show = {"sign_in_url": target, "kept": _not_held(request)}
        return _answer(request, "ui/signed_out_with_text.html", 401, **show)
    return _led_to(request, target)


def ask_again(request: HttpRequest, *, reads: bool = True, file: bool = False) -> HttpResponseBase:
    """Let somebody show that it is still them, and lead them back with what they wrote.

    Args:
        reads: False where the address only takes what a form sends: then they come back to the
            page that the form was on.
        file: a file was asked for; a browser saves it and stays where it is.
    """
    if file:
        messages.info(request, _("The file waits. Show that it is you, then fetch it again."))
    return _by_way_of(request, "again", reads=reads and not file)


def second_step_first(request: HttpRequest, *, reads: bool = True) -> HttpResponseBase:
    """Let somebody do the second step, or set one up, before anything else.

    Args:
        reads: as in `ask_again`.
    """
    return _by_way_of(request, "second_step", reads=reads)


def _by_way_of(request: HttpRequest, place: str, *, reads: bool) -> HttpResponseBase:
    """Lead to a page that shows who it is, and from there back with what they wrote."""
    back = request.get_full_path() if reads else _came_from(request)
    target = f"{ways.place(place)}?{urlencode({'next': back})}"
    if request.method == "POST" and reads and not held.hold(request) and _not_held(request):
        return _answer(request, "gate/again.html", 403, again_url=target, kept=_kept(request))
    return _led_to(request, target)


def _came_from(request: HttpRequest) -> str:
    """Give the page of ours that led here, or the home page."""
    page = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def _led_to(request: HttpRequest, target: str) -> HttpResponseBase:
    """Lead to a page, also out of a part of one that htmx asked for."""
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
