"""The place that a page is about, where a role has several."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from opensenco.access.actor import Actor
from opensenco.people import staffing
from opensenco.ui.listing import Pick


def place_asked(request: HttpRequest, actor: Actor, name: str) -> tuple[Any, list[Pick]]:
    """Give the place that is asked for, and those to choose from."""
    places = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in places if str(one.ref) == asked), places[0])
    return place, [Pick(one.name, to(name, one), current=one == place) for one in places]


def to(name: str, place: Any) -> str:
    """Give the address of a page for one place."""
    return f"{reverse(name)}?school={place.ref}"
