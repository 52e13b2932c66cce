"""What the pages of our own place have in common."""

import uuid

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.people import staffing
from opensenco.people.staffing import COMING, ENDED, NOW, WAITING
from opensenco.ui.listing import Column, Pick

#: where the one-time link waits between two pages; it is shown once and forgotten
LINK = "one_time_link"


def seer_columns() -> list[Column]:
    """Give the columns of who can see what about a pupil."""
    return [Column(_("Who")), Column(_("How they reach the pupil")), Column(_("What they see"))]


def staff_columns(several: bool) -> list[Column]:
    """Give the columns of the list of staff; with the school where there are several."""
    first = [Column(_("Name")), Column(_("Role"))]
    place = [Column(_("School"))] if several else []
    last = [Column(_("First day")), Column(_("Last day")), Column(_("Change"), hidden=True)]
    return [*first, *place, *last]


def staff_views(actor: Actor, chosen: str) -> list[Pick]:
    """Give the views of the list of staff, with their counts."""
    number = staffing.counts(actor)
    names = {
        NOW: _("Now"),
        WAITING: _("Not come yet"),
        COMING: _("Coming"),
        ENDED: _("Ended"),
    }
    address = reverse("school:staff")
    return [
        Pick(label, f"{address}?show={which}", current=which == chosen, count=number[which])
        for which, label in names.items()
    ]


def keep_link(
    request: HttpRequest, place: uuid.UUID, invitation: uuid.UUID, key: str, email: str
) -> None:
    """Keep a one-time link for the next page. It is in the adder's own session and nowhere else."""
    path = reverse("school:join", args=[place, invitation, key])
    send = reverse("school:send", args=[invitation])
    url = request.build_absolute_uri(path)
    request.session[LINK] = {"url": url, "email": email, "send": send}
