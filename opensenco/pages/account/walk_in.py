"""The demonstration's way in: choose a made-up person and be them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.queries import people_with_hats
from opensenco.gate import demo_marker, strength
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.public import public

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
#: how many stand at the head of the page: those whom the command prints
FIRST = 12


@dataclass(frozen=True)
class Card:
    """One person to be: reference, name, role, place, and what waits for them."""

    ref: str
    email: str
    name: str
    role: str
    place: str
    home: str
    waits: str


@dataclass
class Place:
    """The people of one place, in the order in which they came there."""

    name: str
    key: str
    people: list[Card] = field(default_factory=list)


def _cards() -> Iterator[Card]:
    waits = demo_marker.waiting()
    for person, hat in people_with_hats(clock().today()):
        said = waits.get(person.email, "")
        yield Card(
            str(person.ref), person.email, person.name, hat.name, hat.place, hat.role.home, said
        )


def _by_place(cards: list[Card]) -> list[Place]:
    """Put staff under their place, and everybody who visits or is at home at the end."""
    places: dict[str, Place] = {}
    for card in cards:
        name = _("At home and visiting") if card.home == "guest" else card.place
        places.setdefault(name, Place(name, f"place-{len(places) + 1}")).people.append(card)
    found = list(places.values())
    return sorted(found, key=lambda one: (one.people[0].home == "guest", -len(one.people)))


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
                strength.second_step(request, person, strength.How.DEMO)
                request.session.pop("hat", None)
                return HttpResponseRedirect(reverse("home:start"))
    cards = list(_cards())
    firsts = list(demo_marker.waiting())[:FIRST]
    by_email = {card.email: card for card in cards}
    return Answer(
        "account/walk_in.html",
        {
            "first": [by_email[one] for one in firsts if one in by_email],
            "places": _by_place(cards),
        },
    )
