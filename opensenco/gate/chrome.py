"""The frame round each page: place, hat, navigation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ui.chrome import Chrome, NavLink


@dataclass(frozen=True)
class Item:
    """An entry of the navigation: shown to whoever has the verb, in this order.

    Args:
        count: how many things wait for this person there; asked inside the scope.
    """

    key: str
    label: Promise | str
    url_name: str
    action: Action
    homes: tuple[str, ...] = ("senco",)
    count: Callable[[Actor], int] | None = None


#: homes whose pages are held in the hand: big targets and no navigation
HANDS = ("assistant",)
_items: list[Item] = []


def set_navigation(items: Iterable[Item]) -> None:
    """Say what the navigation holds; the table of addresses calls this once."""
    _items[:] = list(items)


def chrome_for(actor: Actor, current: str, hats: int) -> Chrome:
    """Give the frame for this person. Open their scope first: counts are asked of the record."""
    home = actor.hat.role.home
    links = tuple(
        NavLink(
            label=str(item.label),
            url=reverse(item.url_name),
            key=item.key,
            count=item.count(actor) if item.count else 0,
        )
        for item in _items
        if home in item.homes and actor.can_somewhere(item.action)
    )
    finds = actor.can_somewhere(Action.PUPIL_FIND)
    return Chrome(
        place=actor.hat.place,
        role=actor.hat.name,
        person=actor.person.name,
        navigation=links,
        find_url=reverse("pupils:find") if finds else None,
        account_url=reverse("account:me"),
        sign_out_url=reverse("account_logout"),
        hats_url=reverse("account:hats") if hats > 1 else None,
        demo=settings.DEMO,
        hand=home in HANDS,
        current=current,
    )


def bare_chrome() -> Chrome:
    """Give the frame of a page without a person: signing in, a refusal, a public page."""
    return Chrome(
        place="",
        role="",
        person="",
        navigation=(),
        find_url=None,
        account_url=None,
        sign_out_url=None,
        hats_url=None,
        demo=settings.DEMO,
        hand=False,
        current="",
    )
