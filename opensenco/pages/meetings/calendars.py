"""One meeting as a calendar file, and the secret address of one's own calendar feed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.gate.public import public
from opensenco.meetings import feed as feeds_by_key
from opensenco.meetings import queries
from opensenco.meetings.calendars import calendar_file
from opensenco.meetings.operations import feeds
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.forms import FeedForm
from opensenco.pages.meetings.who import OWN, SEE

ICS = "text/calendar; charset=utf-8"
#: where a new key waits in the session for the one page that shows it
SHOWN_ONCE = "calendar_key"


@page(Action.MEETING_VIEW, logs=Logs.CHILD, tab="meetings", who=SEE)
def one(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer:
    """Give one meeting as a calendar file; nothing of the child is in it."""
    row = queries.meeting(actor, meeting)
    content = calendar_file([row], places="place" in request.GET)
    return Answer(content=content, content_type=ICS, filename="meeting.ics", **shown.seen(row))


@page(Action.MEETING_ANSWER, logs=Logs.NOTHING, writes=True, tab="meetings", who=OWN)
def subscribe(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Make, renew or end the address under which a calendar program finds one's meetings.

    The address is shown once, on the page after the form; then its key is kept as a hash alone.
    """
    org, here = queries.feed_place(actor), reverse("meetings:subscribe")
    feed = queries.own_feed(actor)
    if request.method == "POST" and "end" in request.POST and feed is not None:
        feeds.end_feed(actor=actor, feed=feed)
        messages.success(request, _("The address opens nothing any more."))
        return HttpResponseRedirect(here)
    form = converse(
        request, actor, FeedForm,
        act=lambda given: _renew(request, actor, org, given),
        then=lambda _row: here,
        initial={"names": bool(feed and feed.names), "places": bool(feed and feed.places)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    key, address = request.session.pop(SHOWN_ONCE, ""), ""
    if key and feed is not None and feeds.opens(feed, key):
        path = reverse("meetings:feed", args=[org.ref, feed.ref, key])
        address = request.build_absolute_uri(path)
    return Answer(
        "meetings/subscribe.html",
        {"form": form, "feed": feed, "address": address, "several": len(actor.hat.orgs) > 1},
    )


def _renew(request: HttpRequest, actor: Actor, org: Any, given: dict[str, bool]) -> None:
    key = feeds.new_key()
    feeds.renew_feed(actor=actor, org=org, key=key, **given)
    request.session[SHOWN_ONCE] = key


@public("calendar programs cannot sign in; the key in the address opens one person's own meetings")
def feed(
    request: HttpRequest, organisation: uuid.UUID, calendar_feed: uuid.UUID, key: str
) -> HttpResponse:
    """Give the calendar behind a secret address; all that does not open it gets the same answer."""
    link = feeds_by_key.FeedLink(organisation, calendar_feed, key)
    content = feeds_by_key.feed_file(link, clock().now())
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=ICS)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return response
