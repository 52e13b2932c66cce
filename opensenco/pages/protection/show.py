"""What the pages of requests show, and whose side of a request somebody sees."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import explain
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.law.due import Due
from opensenco.people import queries as people
from opensenco.protection import queries
from opensenco.protection.queries import HANDLE, LEAD
from opensenco.protection.states import GROUNDS, Asks, Known, Making, Mark, State
from opensenco.ui.listing import Pick

R = TypeVar("R")
HAPPENS: dict[str, Promise] = {
    "proof": gettext_lazy("Proof of identity came"),
    "ask": gettext_lazy("We asked what they mean (the clock stands still)"),
    "meaning": gettext_lazy("They said what they mean (the clock goes on)"),
    "extend": gettext_lazy("We told them that it is complex and takes two more months"),
    "withdrawn": gettext_lazy("They took it back"),
    "refused": gettext_lazy("We refused it, and told them why and where to complain"),
}


@dataclass(frozen=True)
class Date:
    """A date of the law, as a row of a list draws it."""

    due: Due
    title: str
    why: list[tuple[str, str]]


@dataclass(frozen=True)
class RequestPage:
    """A request as its page shows it."""

    shown: queries.Shown | None
    dates: Sequence[Date]
    packages: Sequence[Any]
    kept_back: Sequence[tuple[str, int]]
    step: str
    gathered: int = 0
    undecided: int = 0


def side(request: HttpRequest, actor: Actor) -> Action:
    """Give whose part of a request this person sees: the lead's, or all the rest.

    Raises:
        NotAllowed: neither.
    """
    lead = actor.can_somewhere(LEAD)
    if actor.can_somewhere(HANDLE) and not (lead and request.GET.get("part-of") == "lead"):
        return HANDLE
    if not lead:
        raise NotAllowed
    return LEAD


def sides(actor: Actor) -> list[Action]:
    """Give every part that this person may see.

    Raises:
        NotAllowed: none.
    """
    found = [action for action in (HANDLE, LEAD) if actor.can_somewhere(action)]
    if not found:
        raise NotAllowed
    return found


def _found(actor: Actor, find: Callable[[Action], R]) -> tuple[R, Action]:
    *others, last = sides(actor)
    for action in others:
        try:
            return find(action), action
        except (NotAllowed, NotFound):
            continue
    return find(last), last


def piece(actor: Actor, ref: uuid.UUID) -> tuple[Any, Action]:
    """Give a piece and under which verb this person sees it."""
    return _found(actor, lambda action: queries.item(actor, ref, action))


def package(actor: Actor, ref: uuid.UUID) -> tuple[Any, Action]:
    """Give a package and under which verb this person sees it."""
    return _found(actor, lambda action: queries.package(actor, ref, action))


def request_page(actor: Actor, row: Any, verb: Action) -> RequestPage:
    """Gather the page of a request, for whoever answers it or for the safeguarding lead."""
    if verb is LEAD:
        lines = queries.parts(actor, row, LEAD)
        return RequestPage(
            None, (), queries.packages(actor, row, LEAD), (), "",
            sum(one.total for one in lines), sum(one.undecided for one in lines),
        )  # fmt: skip
    shown = queries.shown(actor, row)
    ready = shown.ready
    kept_back = (
        [(str(GROUNDS[code].words), n) for code, n in ready.withheld.items()] if ready else []
    )
    dates = [Date(due, _(due.title), explain.why(due, actor)) for due in shown.dues]
    return RequestPage(shown, dates, shown.packages, kept_back, _step(shown), shown.gathered,
                       shown.undecided)  # fmt: skip


def _step(shown: queries.Shown) -> str:
    """Give the one thing that comes next."""
    row = shown.row
    if shown.ended:
        return "ended"
    if row.asks != Asks.ACCESS:
        return "decide"
    if row.state == State.OPEN or shown.lost:
        return "gather"
    if row.state == State.GATHERING:
        return "wait"
    if shown.undecided:
        return "review"
    if any(one.state == Making.WAITS for one in shown.packages[:1]):
        return "making"
    return "answer" if shown.ready else "package"


def events(actor: Actor, row: Any) -> list[tuple[str, Promise]]:
    """Give what can happen to a request as it stands."""
    shown = queries.shown(actor, row)
    left = dict(HAPPENS)
    if row.identity != Known.WAITS:
        left.pop("proof")
    left.pop("ask" if shown.open_pause else "meaning")
    if row.extended_on is not None:
        left.pop("extend")
    return list(left.items())


def marks(row: Any) -> list[tuple[str, str]]:
    """Give why somebody must look at a piece, each with the words that were found."""
    words = dict(Mark.choices)
    return [(str(words[code]), ", ".join(found)) for code, found in row.marks.items()]


def after(actor: Actor, row: Any, verb: Action) -> str:
    """Give where somebody goes on after deciding of a piece: the next one, or the list."""
    following = queries.next_to_decide(actor, row, verb)
    if following is not None:
        return reverse("protection:piece", args=[following.ref])
    return reverse("protection:review", args=[row.data_request.ref])


def limits(actor: Actor, pupil: Any) -> list[Any]:
    """Give the contacts of a pupil to whom not everything may be said."""
    return [one for one in people.contacts_of(actor, pupil) if one.barred or one.restriction]


def items(rows: Iterable[Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Give pieces of a list, each with its marks in words."""
    return [(row, marks(row)) for row in rows]


def views(part: str, current: str) -> list[Pick]:
    """Give the ways to look at the pieces of a part."""
    words = [("open", _("Not decided")), ("back", _("Kept back")), ("all", _("All"))]
    return [Pick(said, f"?part={part}&view={view}", current=view == current)
            for view, said in words]  # fmt: skip
