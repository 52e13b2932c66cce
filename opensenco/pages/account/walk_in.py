"""The demonstration's way in: choose a made-up person and be them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from opensenco.access.queries import people_with_hats
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.public import public

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@dataclass(frozen=True)
class Card:
    """One person to be: reference, name, role and place."""

    ref: str
    name: str
    role: str
    place: str
    home: str


def _cards() -> Iterable[Card]:
    for person, hat in people_with_hats(clock().today()):
        yield Card(str(person.ref), person.name, hat.name, hat.place, hat.role.home)


@public("a demonstration holds made-up people only; elsewhere this address does not exist")
def walk_in(request: HttpRequest) -> Answer | HttpResponseBase:
    """Show whom one can be; a choice signs in as that person."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("person", "")
        for person, _hat in people_with_hats(clock().today()):
            if str(person.ref) == wanted:
                login(request, person, backend=BACKEND)
                request.session.pop("hat", None)
                return HttpResponseRedirect(reverse("home:start"))
    cards = list(_cards())
    return Answer(
        "account/walk_in.html",
        {
            "at_school": [c for c in cards if c.home not in {"guest", "tier"}],
            "at_home": [c for c in cards if c.home == "guest"],
            "round_school": [c for c in cards if c.home == "tier"],
        },
    )
