"""@page: the one door. Everything a signed-in person opens comes through here.

It finds out who asks and under which hat, opens their scope in the right kind of transaction, calls
the view, draws the page inside the scope, and writes who looked before a byte is sent.
"""

import functools
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.access.scope import Scope, scope
from opensenco.audit.books import books_of
from opensenco.audit.models import Opening
from opensenco.gate import errors, held
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import chrome_for
from opensenco.gate.clock import clock
from opensenco.gate.models import Submission
from opensenco.gate.operation import Refused, write_refusal
from opensenco.gate.rows import NotYours
from opensenco.kernel.errors import NotAllowed, NotFound

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
    """

    action: Action
    writes: bool
    logs: Logs
    who: Mapping[str, int]
    tab: str
    view: View
    reads: bool = True


@dataclass
class Visit:
    """One request on its way through the door."""

    request: HttpRequest
    door: Door
    actor: Actor | None = None
    entries: list[Opening] = field(default_factory=list)

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
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view a door.

    Args:
        action: the verb a role must have to come in at all; rows are asked by `find` and `visible`.
        logs: what the access log hears.
        who: see `Door`.
        writes: POST is allowed and may write. GET never writes: the database refuses it.
        tab: which entry of the navigation is marked.
        reads: False where the address only takes POST.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        door = Door(action, writes, logs, who, tab, view, reads)

        @functools.wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            response = _enter(Visit(request, door), kwargs)
            response["Cache-Control"] = "no-store"
            return response

        opened.door = door  # type: ignore[attr-defined]
        return opened

    return decorate


def _enter(visit: Visit, kwargs: dict[str, Any]) -> HttpResponseBase:
    request = visit.request
    # Asked before a scope is open: sessions and accounts are not readable inside one.
    if not request.user.is_authenticated:
        return errors.signed_out(request, keep=visit.door.reads)
    posting = request.method == "POST"
    if posting and not visit.door.writes:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if request.method not in ("GET", "HEAD", "POST") or (not posting and not visit.door.reads):
        return HttpResponseNotAllowed(["POST"] if not visit.door.reads else ["GET", "HEAD", "POST"])
    try:
        response = _inside(visit, request.user, posting, kwargs)
    except NotFound:
        return errors.not_found(request)
    except Refused as refused:
        _log_refusal(visit, refused)
        return errors.refused(request)
    except NotYours as refused:
        return errors.refused(request, _way_in(visit, refused))
    except NotAllowed:
        return errors.refused(request)
    _log_openings(visit)
    return response


def _inside(
    visit: Visit, person: Person, posting: bool, kwargs: dict[str, Any]
) -> HttpResponseBase:
    request, door = visit.request, visit.door
    now = clock().now()
    with scope(Scope(person=person.pk), write=posting):
        hats = hats_of(person, clock().today())
        hat = chosen(hats, request.session.get("hat"))
        if hat is None:
            return errors.no_role(request)
        actor = visit.actor = Actor(person, hat, now)
        request.hats = hats  # type: ignore[attr-defined]
        with scope(actor.scope, write=posting):
            if not actor.can_somewhere(door.action):
                raise NotAllowed
            if posting and (before := _sent_before(request, actor)):
                return HttpResponseRedirect(before)
            answer = door.view(request, actor, **kwargs)
            if isinstance(answer, Answer):
                _note_openings(visit, answer)
                response: HttpResponse = answer.render(request, _frame(visit, len(hats)))
            else:
                response = answer
            if posting:
                _remember_sent(request, actor, response)
            if getattr(response, "streaming", False):
                raise TypeError("A page is whole before it is sent; make a file in a job instead.")
            return response


def _frame(visit: Visit, hats: int) -> dict[str, Any]:
    actor = visit.who
    return {
        "chrome": chrome_for(actor, visit.door.tab, hats),
        "form_keys": held.form_keys(visit.request, actor.person),
        "today": actor.today,
    }


def _token(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(held.ONCE, ""))
    except ValueError:
        return None


def _sent_before(request: HttpRequest, actor: Actor) -> str:
    """Claim this form's token; give where the first sending led, if this is the second."""
    token = _token(request)
    if token is None:
        return ""
    try:
        with transaction.atomic():
            Submission(
                org_id=min(actor.hat.orgs), person=actor.person, token=token, at=actor.at
            ).save()
    except IntegrityError:
        first = Submission.objects.filter(person=actor.person, token=token).first()
        return first.location if first else ""
    return ""


def _remember_sent(request: HttpRequest, actor: Actor, response: HttpResponseBase) -> None:
    token = _token(request)
    if token is None:
        return
    mine = Submission.objects.filter(person=actor.person, token=token)
    if isinstance(response, HttpResponseRedirect):
        mine.update(location=response.url[:500])
    else:
        mine.delete()


def _note_openings(visit: Visit, answer: Answer) -> None:
    actor, door = visit.who, visit.door

    def entry(org: int, kind: Opening.Kind, **values: Any) -> Opening:
        return Opening(
            org_id=org,
            at=actor.at,
            person=actor.person,
            role=actor.hat.name,
            action=door.action.value,
            kind=kind,
            **values,
        )

    for pupil in answer.opened:
        unusual = bool(getattr(pupil, "opened_out_of_duty", False))
        visit.entries.append(
            entry(pupil.org_id, answer.kind, pupil_id=pupil.pk, out_of_duty=unusual)  # type: ignore[attr-defined]
        )
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
        Opening.objects.bulk_create(visit.entries)


def _log_refusal(visit: Visit, refused: Refused) -> None:
    if visit.actor is None:
        return
    with books_of(visit.actor):
        write_refusal(visit.actor, refused)


def _way_in(visit: Visit, refused: NotYours) -> str:
    """Give the address where a colleague may open this record with a reason, or nothing."""
    actor = visit.actor
    if actor is None or not actor.can_somewhere(Action.OUT_OF_DUTY_OPEN):
        return ""
    return errors.way_in(refused.row)
