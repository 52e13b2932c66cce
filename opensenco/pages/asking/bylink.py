"""Behind a link, for whoever has no account: what it is, a code, the questions, thanks.

Every link that opens nothing gives one page with one status, whatever the reason. Opening a page
changes nothing but the note that it was opened: programs that check mail open links too.
"""

import functools
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.documents import bylink as papers
from opensenco.gate import held
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.public import public
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.pages.asking.answerform import AnswerForm
from opensenco.pages.asking.forms import CannotForm, CodeForm
from opensenco.pages.asking.handing import beside, handed
from opensenco.participation import linkdoor
from opensenco.participation.bylink import STAYS
from opensenco.participation.questions import worded
from opensenco.ui import words

#: where a browser in which a code was right is remembered
INSIDE = "by_link"
GONE, TOO_MANY = 410, 429
#: from one address in a minute: links that open nothing, and all else that is sent
LIMITS = {"guess": "10/m", "send": "60/m"}
Given = Answer | HttpResponseBase
View = Callable[[HttpRequest, linkdoor.Seen, "Way", datetime], Given]


class Way:
    """The addresses behind one link."""

    def __init__(self, organisation: uuid.UUID, secret: str) -> None:
        self._parts = [organisation, secret]

    def __getitem__(self, name: str) -> str:
        """Give one of them: "link", "link_code", "link_enter", "link_draft", "link_cannot"."""
        return reverse(f"asking:{name}", args=self._parts)

    def to(self, name: str) -> HttpResponseRedirect:
        """Lead there."""
        return HttpResponseRedirect(self[name])


def door(view: View) -> Callable[..., HttpResponseBase]:
    """Find the link of an address before a view, and keep nothing of what is shown."""

    def found(request: HttpRequest, organisation: uuid.UUID, secret: str) -> Given:
        if not _within(request, "guess", look=True) or not _within(request, "send"):
            return Answer("asking/link_wait.html", status=TOO_MANY)
        at, ref = clock().now(), ""
        try:
            link = linkdoor.seen(organisation, secret, at)
            ref = link.ref
            return view(request, link, Way(organisation, secret), at)
        except linkdoor.Gone as gone:
            return _gone(request, answered=ref if gone.answered else "")

    shown = public("the link's secret opens one page that names no child; a code opens the rest")(
        functools.wraps(view)(found)
    )

    @functools.wraps(shown)
    def unkept(request: HttpRequest, organisation: uuid.UUID, secret: str) -> HttpResponseBase:
        response = shown(request, organisation=organisation, secret=secret)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return unkept


def _within(request: HttpRequest, what: str, *, look: bool = False) -> bool:
    """Tell whether one address has not done this too often; counted unless one only looks."""
    if what == "send" and request.method != "POST":
        return True
    usage = ratelimit.consume(
        request, app="opensenco.asking", action=what, config=LIMITS, dry_run=look, limit_get=True
    )
    return usage is not None


def _gone(request: HttpRequest, answered: str) -> Given:
    """Say that a link opens nothing; who has answered it in this browser is thanked once more.

    Args:
        answered: the reference of a link that was answered.
    """
    known = request.session.get(INSIDE) or {}
    if answered and known.get("ref") == answered:
        return HttpResponseRedirect(reverse("asking:thanks"))
    request.session.pop(INSIDE, None)
    _within(request, "guess")
    return Answer("asking/link_gone.html", status=GONE)


def _is_inside(request: HttpRequest, link: linkdoor.Seen, at: datetime) -> bool:
    """Tell whether a code was right in this browser, for this link, within the hour."""
    known = request.session.get(INSIDE) or {}
    return _was_inside(request, link) and at < datetime.fromisoformat(known["until"])


def _was_inside(request: HttpRequest, link: linkdoor.Seen) -> bool:
    """Tell whether a code was right in this browser for this link, however long ago."""
    return (request.session.get(INSIDE) or {}).get("ref") == link.ref


@door
def link(request: HttpRequest, link: linkdoor.Seen, way: Way, at: datetime) -> Given:
    """Say what this is; or, once the code was right, give the questions and take the answers."""
    kept = linkdoor.look(link, at)
    if not _is_inside(request, link, at):
        if request.method == "POST":
            if _was_inside(request, link):
                _keep(request, link, at)
            messages.error(request, _("Your hour is over. Have a new code sent, then go on."))
            return way.to("link")
        return Answer("asking/link.html", {"place": link.place, "way": way})
    if held.LATER in request.POST:
        return _left(request, link, way, at)
    asked = linkdoor.request_of(link)
    merges = _merges(asked)
    form = _form(request, functools.partial(AnswerForm, words=asked.words, merges=merges), kept)
    if request.method == "POST":
        if _done(form, lambda given: _answer(link, at, given)):
            return HttpResponseRedirect(reverse("asking:thanks"))
        _keep(request, link, at)
    show = {"asked": asked, "place": link.place, "way": way, "form": form}
    return Answer("asking/link_answer.html", {**show, "intro": worded(asked.words.intro, merges)})


def _answer(link: linkdoor.Seen, at: datetime, given: dict[str, Any]) -> None:
    beside(lambda: papers.answer(link, at, given["answers"], handed(given["papers"])))


def _form(
    request: HttpRequest, made: Callable[..., AnswerForm], kept: linkdoor.Kept | None
) -> AnswerForm:
    """Give the form: as it was sent, as it was left, or empty."""
    if request.method == "POST":
        typed, files = held.printable_data(request.POST), request.FILES
        return made(data=typed, files=files, initial={"version": 0})
    if kept is None:
        return made(initial={"version": 0})
    typed = QueryDict(mutable=True)
    for name, values in kept.text.items():
        typed.setlist(name, values)
    form = made(data=typed, initial={"version": 0})
    # What was typed is shown again without scolding: it was never sent.
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    form.kept_since = kept.saved_at  # type: ignore[attr-defined]
    return form


def _left(request: HttpRequest, link: linkdoor.Seen, way: Way, at: datetime) -> Given:
    """Keep what was typed, and close the door again: it may not be one's own computer."""
    if not _keep(request, link, at):
        messages.error(request, _("This is too long to keep as a draft. Shorten it first."))
        return way.to("link")
    request.session.pop(INSIDE, None)
    messages.success(request, _("Your words are kept. Open the same link when you want to go on."))
    return way.to("link")


def _keep(request: HttpRequest, link: linkdoor.Seen, at: datetime) -> bool:
    """Keep what was typed; False where it is too long to be kept."""
    typed = held.words_of(request)
    if held.too_long(typed):
        return False
    linkdoor.keep(link, at, typed)
    return True


@door
def draft(request: HttpRequest, link: linkdoor.Seen, way: Way, at: datetime) -> Given:
    """Keep what is typed when a field is left; answers with the time."""
    if request.method != "POST" or not _is_inside(request, link, at):
        return JsonResponse({}, status=403)
    if not _keep(request, link, at):
        return JsonResponse({"error": _("This is too long to keep as a draft.")}, status=413)
    return JsonResponse({"saved_at": at.isoformat()})


@door
def code(request: HttpRequest, link: linkdoor.Seen, way: Way, at: datetime) -> Given:
    """Send a code to the address on file."""
    if request.method != "POST":
        return way.to("link")
    try:
        linkdoor.send_code(link, at)
    except NotPossible as refused:
        messages.error(request, refused.sentence)
    return way.to("link_enter")


@door
def enter(request: HttpRequest, link: linkdoor.Seen, way: Way, at: datetime) -> Given:
    """Take the code."""
    linkdoor.look(link, at)
    form = CodeForm(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if linkdoor.try_code(link, at, "".join(form.cleaned_data["code"].split())):
            # another session from here on: what was held before the code is worth nothing
            request.session.cycle_key()
            request.session[INSIDE] = {"ref": link.ref, "until": (at + STAYS).isoformat()}
            return way.to("link")
        form.add_error(
            "code",
            _(
                "This code is not right, or older than 10 minutes. Check the eight digits, or have "
                "another code sent. After five wrong tries only a new code works."
            ),
        )
    return Answer("asking/link_code.html", {"form": form, "place": link.place, "way": way})


@door
def cannot(request: HttpRequest, link: linkdoor.Seen, way: Way, at: datetime) -> Given:
    """Say that one cannot answer, and why."""
    linkdoor.look(link, at)
    if not _is_inside(request, link, at):
        return way.to("link")
    form = CannotForm(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and _done(
        form, lambda given: linkdoor.decline(link, at, given["reason"])
    ):
        return HttpResponseRedirect(reverse("asking:thanks"))
    return Answer("asking/link_cannot.html", {"form": form, "place": link.place, "way": way})


@public("it says thank you and nothing else")
def thanks(request: HttpRequest) -> Answer:
    """Say that it has arrived."""
    return Answer("asking/link_thanks.html")


def _done(form: Any, act: Callable[[dict[str, Any]], None]) -> bool:
    """Do what a form gives; what is refused stands on the form with the words that were typed."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def _merges(asked: linkdoor.Request) -> dict[str, str]:
    since = asked.last_review
    return {
        "pupil": asked.pupil,
        "date": words.day(asked.due),
        "last_review": words.day(since) if since else _("the start of the school year"),
    }
