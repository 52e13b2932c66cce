"""@page: the one door. Everything a signed-in person opens comes through here.

It finds out who asks and under which hat, opens their scope in the right kind of transaction, calls
the view, draws the page inside the scope, and writes who looked before a byte is sent.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from opensenco.access import sessions
from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat, chosen, hats_of
from opensenco.access.elsewhere.providers import provider
from opensenco.access.elsewhere.session import provider_of_session
from opensenco.access.entering import enter
from opensenco.access.models import Person, Tablet
from opensenco.access.scope import Scope, moved, scope
from opensenco.audit.books import books_of
from opensenco.audit.models import Opening
from opensenco.gate import errors, held, sent, strength
from opensenco.gate import tablet as tablets
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import chrome_for, chrome_on_tablet
from opensenco.gate.clock import clock
from opensenco.gate.operation import Refused, write_refusal
from opensenco.gate.pace import keep_pace
from opensenco.gate.rows import NotYours
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError, NotAllowed, NotFound, NotNow, NotPossible
from opensenco.ui import on_screen, ways

View = Callable[..., Answer | HttpResponse]


class Logs(StrEnum):
    """What the access log must hear of a page."""

    #: a child's page, document or pack: one entry for each child
    CHILD = "child"
    #: a list or search: one entry with its filter and count
    LIST = "list"
    #: nothing of a child is shown
    NOTHING = "nothing"


@dataclass(frozen=True)
class Door:
    """What a page says of itself; the contract tests walk these.

    Args:
        who: what each kind of colleague gets on a row of their own school (role code to status).
            Beside the route, so that a reader of the view sees it.
        fresh: only for somebody who showed within the last minutes that it is still them. A file
            of many children asks for it at every door.
        weak: also for somebody who still has to do, or set up, the second step of signing in.
        tablet: opens on a shared tablet, for whoever came in there by six digits.
    """

    action: Action
    writes: bool
    logs: Logs
    who: Mapping[str, int]
    tab: str
    view: View
    reads: bool = True
    once: bool = True
    fresh: bool = False
    weak: bool = False
    tablet: bool = False

    @property
    def own(self) -> bool:
        """Whether this is about oneself alone, and shows nothing of any child."""
        return self.action is Action.SIGNED_IN and self.logs is Logs.NOTHING


class NoRole(NotAllowed):
    """Somebody is signed in and has no role today."""


class HatGone(NotAllowed):
    """The role in which a form was opened has ended, or was taken away."""


class SignInElsewhere(NotAllowed):
    """The place has its staff sign in by a provider, and this session was begun otherwise."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


@dataclass
class Visit:
    """One request on its way through the door."""

    request: HttpRequest
    door: Door
    actor: Actor | None = None
    entries: list[Opening] = field(default_factory=list)
    seal: Callable[[], object] | None = None
    tablet: Tablet | None = None
    acted: bool = False

    @property
    def who(self) -> Actor:
        """The actor, once the door has found out."""
        if self.actor is None:
            raise LookupError("nobody has come through the door yet")
        return self.actor


def page(
    action: Action,
    *,
    logs: Logs,
    who: Mapping[str, int],
    writes: bool = False,
    tab: str = "",
    reads: bool = True,
    once: bool = True,
    fresh: bool = False,
    weak: bool = False,
    tablet: bool = False,
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view a door.

    Args:
        action: the verb a role must have to come in at all; rows are asked by `find` and `visible`.
        logs: what the access log hears.
        who: see `Door`.
        writes: POST is allowed and may write. GET never writes: the database refuses it.
        tab: which entry of the navigation is marked.
        reads: False where the address only takes POST.
        once: False where sending twice does no harm, and is not looked for.
        fresh: see `Door`: rights, packs and whatever else is worth asking once more who it is.
            They are asked before the form is shown; where that was too long ago when it is sent,
            the words wait in the form until they have shown it (docs/guide/pages.md).
        weak: see `Door`; only what leads to a stronger sign-in.
        tablet: see `Door`; every other page is refused on a shared tablet.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        door = Door(action, writes, logs, who, tab, view, reads, once, fresh, weak, tablet)

        @functools.wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            visit = Visit(request, door)
            response = _enter(visit, kwargs)
            response["Cache-Control"] = "no-store"
            if visit.tablet is not None:
                _on_a_tablet(visit, response)
            return response

        opened.door = door  # type: ignore[attr-defined]
        return opened

    return decorate


def _on_a_tablet(visit: Visit, response: HttpResponseBase) -> None:
    """Count the minutes anew; what is only read goes from the screen when they are over."""
    if visit.request.user.is_authenticated:
        tablets.stay(visit.request)
    if not visit.door.writes:
        tablets.go_back_alone(response, ways.place("tablet"))


def _enter(visit: Visit, kwargs: dict[str, Any]) -> HttpResponseBase:
    request, door = visit.request, visit.door
    # Asked before a scope is open: sessions and accounts are not readable inside one.
    if not request.user.is_authenticated:
        return errors.signed_out(request, keep=door.reads)
    posting = request.method == "POST"
    if posting and not door.writes:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if request.method not in ("GET", "HEAD", "POST") or (not posting and not door.reads):
        return HttpResponseNotAllowed(["POST"] if not door.reads else ["GET", "HEAD", "POST"])
    request.GET = held.printable_data(request.GET)  # type: ignore[assignment]
    if posting and (mark := held.mark_of(request)) and mark.person != request.user.pk:
        return errors.not_theirs(request)
    try:
        response = _inside(visit, request.user, posting, kwargs)
        if visit.acted:
            errors.note_done(request)
        _log_openings(visit)
    except DomainError as refusal:
        return _said_no(visit, refusal)
    except DataError:
        # Never the database's own text: it holds values.
        return errors.not_possible(request, NotPossible(_("Something here cannot be kept.")))
    return response


def _said_no(visit: Visit, refusal: DomainError) -> HttpResponseBase:
    """Give the page for a refusal, and write in the audit that a colleague was refused."""
    request = visit.request
    if isinstance(refusal, NotFound):
        return errors.not_found(request)
    if isinstance(refusal, strength.NotFresh):
        return errors.ask_again(request, reads=visit.door.reads, file=refusal.file)
    if isinstance(refusal, HatGone):
        return errors.hat_gone(request)
    if isinstance(refusal, NoRole):
        return errors.no_role(request)
    if isinstance(refusal, tablets.SeatGone):
        return errors.seat_gone(request)
    if isinstance(refusal, SignInElsewhere):
        return errors.sign_in_elsewhere(request, refusal.key)
    if not isinstance(refusal, NotAllowed):
        return errors.not_possible(request, refusal)
    _log_refusal(visit, refusal)
    way_in = _way_in(visit, refusal) if isinstance(refusal, NotYours) else ""
    if isinstance(refusal, tablets.NotHere):
        return errors.not_on_tablet(request)
    return errors.refused(request, way_in, refusal.sentence if isinstance(refusal, NotNow) else "")


def _inside(
    visit: Visit, person: Person, posting: bool, kwargs: dict[str, Any]
) -> HttpResponseBase:
    request, door = visit.request, visit.door
    now = clock().now()
    with scope(Scope(person=person.pk), write=posting):
        hats = hats_of(person, london_date(now))
        if seat := tablets.seat_of(request):
            visit.tablet, hats = tablets.seated(seat, person.pk, hats)
        else:
            sessions.go_on(request.session)
        hat = _hat_on(visit, hats, posting)
        if hat is None:
            raise NoRole
        actor = visit.actor = Actor(person, hat, now)
        request.hats = hats  # type: ignore[attr-defined]
        on_screen.show_initials(bool(request.session.get(on_screen.INITIALS)))
        with moved(actor.scope):
            _refuse_way(visit, hat)
            # a shared tablet is known by a secret of its own, and opens few pages
            if visit.tablet is None and not door.weak and strength.too_weak(request, hats):
                return errors.second_step_first(request, reads=door.reads)
            if not actor.can_somewhere(door.action):
                raise NotAllowed
            if door.fresh:
                strength.need_fresh(request)
            if posting and door.once and (before := sent.led_to(request, actor)):
                return HttpResponseRedirect(before)
            answer = door.view(request, actor, **kwargs)
            # a form that was taken leads on; one that was refused is shown again
            visit.acted = posting and isinstance(answer, HttpResponseRedirect)
            response = _drawn(visit, answer, len(hats))
            if posting and door.once:
                sent.remember(request, actor, response)
            return response


def _refuse_way(visit: Visit, hat: Hat) -> None:
    """Refuse what the way does not open by which this session was begun.

    Raises:
        NotHere: it was begun on a shared tablet, and this page is not for those.
        SignInElsewhere: the place has its staff sign in by a provider, and it was not that one.
    """
    if visit.tablet is not None:
        if not visit.door.tablet:
            raise tablets.NotHere
        return
    others = hat.sign_in_by - {provider_of_session(visit.request)}
    # one that whoever runs the server has taken away is asked for by nobody any more
    asked_for = sorted(key for key in others if provider(key))
    if asked_for and not visit.door.own:
        raise SignInElsewhere(asked_for[0])


def _hat_on(visit: Visit, hats: list[Hat], posting: bool) -> Hat | None:
    """Give the hat that this request is made in: a form's own, else the one chosen last.

    Whoever changes roles in another tab still sends a form in the role that its page named.

    Raises:
        HatGone: the form's hat is no longer theirs.
    """
    session = visit.request.session
    mark = held.mark_of(visit.request) if posting else None
    hat = chosen(hats, mark.hat if mark else session.get("hat"))
    if hat is None or mark is None:
        return hat
    if hat.key != mark.hat:
        raise HatGone
    if visit.door.once and session.get("hat", hats[0].key) != hat.key:
        session["hat"] = hat.key
    return hat


def _drawn(visit: Visit, answer: Answer | HttpResponse, hats: int) -> HttpResponseBase:
    """Draw what the view gave, inside the scope, and note whom it shows."""
    if isinstance(answer, Answer):
        _note_openings(visit, answer)
        if answer.fresh or (answer.leaves and (answer.listed or len(visit.entries) > 1)):
            strength.need_fresh(visit.request, file=answer.leaves)
        # a shared tablet opens few pages, and none on which anybody could show that it is them
        if visit.tablet is None:
            keep_pace(visit.request, visit.who.person, visit.entries, file=answer.leaves)
        return answer.render(visit.request, _frame(visit, hats))
    if getattr(answer, "streaming", False):
        raise TypeError("A page is whole before it is sent; make a file in a job instead.")
    shows = answer.content and not isinstance(answer, HttpResponseRedirect)
    if shows and visit.door.logs is not Logs.NOTHING:
        raise TypeError(
            f"{visit.door.view.__name__} shows children and did not say whom: see Answer"
        )
    return answer


def _frame(visit: Visit, hats: int) -> dict[str, Any]:
    actor, tablet, tab = visit.who, visit.tablet, visit.door.tab
    chrome = chrome_on_tablet(actor, tablet.name, tab) if tablet else chrome_for(actor, tab, hats)
    return {
        "chrome": chrome,
        "form_keys": held.form_keys_when_drawn(visit.request, actor),
        "today": actor.today,
    }


def _note_openings(visit: Visit, answer: Answer) -> None:
    actor, door = visit.who, visit.door

    def entry(org: int, kind: Opening.Kind, **values: Any) -> Opening:
        return Opening(
            org_id=org, at=actor.at, person=actor.person, role=actor.hat.name,
            action=(answer.under or door.action).value, kind=kind, **values,
        )  # fmt: skip

    for pupil in answer.opened:
        unusual = bool(getattr(pupil, "opened_out_of_duty", False))
        visit.entries.append(
            entry(
                pupil.org_id,  # type: ignore[attr-defined]
                answer.kind,
                pupil_id=pupil.pk,
                wanted=answer.wanted,
                out_of_duty=unusual,
            )
        )
    visit.seal = answer.seal
    for pack in answer.packs:
        wanted = str(pack.ref)  # type: ignore[attr-defined]
        visit.entries.append(entry(pack.org_id, Opening.Kind.PACK, wanted=wanted))  # type: ignore[attr-defined]
    if answer.listed is not None:
        listed = answer.listed
        for org in sorted(actor.hat.orgs):
            visit.entries.append(
                entry(org, listed.kind, wanted=listed.wanted[:300], count=listed.count)
            )
    said = {Logs.CHILD: bool(visit.entries), Logs.LIST: answer.listed is not None}
    if not said.get(door.logs, True):
        raise TypeError(f"{door.view.__name__} shows children and did not say whom: see Answer")


def _log_openings(visit: Visit) -> None:
    """Write who looked in a transaction of its own; if it fails, so does the page."""
    if not visit.entries:
        return
    with books_of(visit.who):
        if len(visit.entries) == 1:
            enter(visit.entries[0])
        else:
            Opening.objects.bulk_create(visit.entries)
        if visit.seal is not None:
            visit.seal()


def _log_refusal(visit: Visit, refusal: NotAllowed) -> None:
    """Write who was refused what, in a transaction of its own."""
    if visit.actor is None:
        return
    refused = Refused(visit.door.action, visit.door.view.__name__, getattr(refusal, "row", None))
    if isinstance(refusal, Refused):
        refused = refusal
    with books_of(visit.actor):
        write_refusal(visit.actor, refused)


def _way_in(visit: Visit, refused: NotYours) -> str:
    """Give the address where a colleague may open this record with a reason, or nothing."""
    actor = visit.actor
    if actor is None or not actor.can_somewhere(Action.OUT_OF_DUTY_OPEN):
        return ""
    return errors.way_in(refused.row)
