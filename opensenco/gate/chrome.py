"""The frame round each page: place, hat, navigation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.functional import Promise

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ui import ways
from opensenco.ui.addresses import url
from opensenco.ui.chrome import Chrome, NavLink
from opensenco.ui.language import language_now
from opensenco.ui.listing import Pick


@dataclass(frozen=True, eq=False)
class Item:
    """An entry of the navigation: shown to whoever has the verb, in this order.

    Args:
        waits: how the kinds of task begin that are counted beside it, empty for every task;
            None where nothing is.
        count: how many other things wait there, where they are no tasks; asked inside the scope.
    """

    key: str
    label: Promise | str
    url_name: str
    action: Action
    homes: tuple[str, ...] = ("senco",)
    waits: str | None = None
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class Tab:
    """A page about our own place: shown to whoever has the verb, in this order.

    Args:
        under: the address of the page that it belongs to; it stands beneath that tab, or in the
            row itself for whoever may not open that page.
    """

    label: Promise | str
    url_name: str
    action: Action
    under: str = ""


@dataclass(frozen=True)
class PlaceTabs:
    """The pages about our own place: the row of tabs, and beneath it what belongs to the open one.

    Args:
        name: of the open tab. within: its own page and those under it; empty where it has none.
    """

    picks: list[Pick]
    name: str
    within: list[Pick]


#: homes whose pages are held in the hand: big targets and no navigation
HANDS = ("assistant",)
#: gives for each beginning how many such tasks wait for this person
Counting = Callable[..., list[int]]
#: what the counting calls the notices that somebody has not read
NEWS = "news"
#: and the entries of what is new in OpenSENCO that they have not read
WHATS_NEW = "whats-new"
_items: list[Item] = []
_counting: list[Counting] = []
_tabs: list[Tab] = []


def set_navigation(items: Iterable[Item], counting: Counting) -> None:
    """Say what the navigation holds and who counts; the table of addresses calls this once."""
    _items[:] = list(items)
    _counting[:] = [counting]
    _labels.cache_clear()


@lru_cache(maxsize=50)
def _labels(language: str | None) -> dict[Item, str]:
    """Give the words of all entries, looked up once for each language."""
    return {item: str(item.label) for item in _items}


def _waiting(actor: Actor, items: Iterable[Item]) -> dict[str, int]:
    """Give what waits by the key of the entry, news, and what is new; one question for all."""
    counted = {item.key: item.waits for item in items if item.waits is not None}
    if not counted:
        return {}
    [counting] = _counting
    counts = counting(actor, *counted.values(), NEWS, WHATS_NEW)
    return dict(zip((*counted, NEWS, WHATS_NEW), counts, strict=True))


def set_place_tabs(tabs: Iterable[Tab]) -> None:
    """Say which pages there are about our own place; the table of addresses calls this once."""
    _tabs[:] = list(tabs)


def place_tabs(actor: Actor, current: str) -> PlaceTabs:
    """Give the pages about our own place that this person may open.

    Args:
        current: the name of the address that is open.
    """
    open_to = [tab for tab in _tabs if actor.can_somewhere(tab.action)]
    names = {tab.url_name for tab in open_to}
    row = [tab for tab in open_to if tab.under not in names]
    here = next((tab.under or current for tab in open_to if tab.url_name == current), current)
    if here not in names:
        here = current
    within = [tab for tab in open_to if here in (tab.url_name, tab.under)]
    return PlaceTabs(
        [_pick(tab, here) for tab in row],
        next((str(tab.label) for tab in row if tab.url_name == here), ""),
        [_pick(tab, current) for tab in within] if len(within) > 1 else [],
    )


def _pick(tab: Tab, current: str) -> Pick:
    return Pick(str(tab.label), url(tab.url_name), current=tab.url_name == current)


def chrome_for(actor: Actor, current: str, hats: int) -> Chrome:
    """Give the frame for this person. Open their scope first: counts are asked of the record."""
    home = actor.hat.role.home
    items = [item for item in _items if home in item.homes and actor.can_somewhere(item.action)]
    waiting, labels = _waiting(actor, items), _labels(language_now())
    links = tuple(
        NavLink(
            label=labels[item],
            url=url(item.url_name),
            key=item.key,
            count=item.count(actor) if item.count else waiting.get(item.key, 0),
            # the tasks of one kind stand among all tasks
            within=bool(item.waits),
        )
        for item in items
    )
    finds = actor.can_somewhere(Action.PUPIL_FIND)
    return Chrome(
        place=actor.hat.place,
        role=actor.hat.name,
        person=actor.person.name,
        navigation=links,
        find_url=ways.place("find") if finds else None,
        account_url=ways.place("account"),
        sign_out_url=ways.place("sign_out"),
        hats_url=ways.place("hats") if hats > 1 else None,
        news_url=ways.place("news") if actor.can_somewhere(Action.TASK_VIEW) else None,
        news=waiting.get(NEWS, 0),
        whats_new_url=ways.place("whats_new"),
        whats_new=waiting.get(WHATS_NEW, 0),
        demo=settings.DEMO,
        hand=home in HANDS,
        current=current,
    )


def chrome_on_tablet(actor: Actor, tablet: str, current: str) -> Chrome:
    """Give the frame on a shared tablet: whose turn it is, and how to give it back."""
    return Chrome(
        place=actor.hat.place,
        role=actor.hat.name,
        person=actor.person.name,
        demo=settings.DEMO,
        hand=True,
        current=current,
        home_url=ways.place("on_tablet"),
        tablet=tablet,
        tablet_done_url=ways.place("tablet_done"),
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
