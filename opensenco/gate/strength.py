"""How sure we are that it is them: a second step at signing in, and having just shown it again.

Both stand in the web session, which the server holds, so asking costs no question. Whoever lets
somebody in writes them (`first_step`, `second_step`); the door reads them (gate/page.py).
"""

import time
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from opensenco.access.actor import Hat
from opensenco.access.models import Person
from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import mark

SESSION = "strength"


class How(StrEnum):
    """What a person did besides the first step, or what stands in for it."""

    #: an authenticator app, a passkey or a recovery code of their own
    OWN = "own"
    #: this browser did it earlier today and was told to remember it
    DEVICE = "device"
    #: their organisation's own sign-in says that it asked for a second step
    PROVIDER = "provider"
    #: walked into a demonstration, in which nobody is real and nobody has a phone
    DEMO = "demo"


#: outside a demonstration nothing else counts, whatever a session says
REAL = frozenset({How.OWN, How.DEVICE, How.PROVIDER})


class NotFresh(DomainError):
    """It has not just been shown that it is still them.

    Args:
        file: what was asked for is a file to be saved, so the page they came from stays in sight.
    """

    code = "not-fresh"
    usual = mark("Show once more that it is you.")

    def __init__(self, *, file: bool = False) -> None:
        super().__init__()
        self.file = file


def first_step(request: HttpRequest, person: Person) -> None:
    """Note that somebody has just given their password, or come from another sign-in.

    It counts as showing again that it is them only where there is no second step: browsers fill
    passwords in by themselves.
    """
    known = _known(request, person.pk)
    if "how" not in known:
        request.session[SESSION] = {**known, "shown": time.time()}


def second_step(request: HttpRequest, person: Person, how: How) -> None:
    """Note that a second step was done, or what stands in for it."""
    # a remembered device shows nothing, and neither does a demonstration: nobody was asked
    shown = time.time() if how in (How.OWN, How.PROVIDER) else 0.0
    request.session[SESSION] = {"person": person.pk, "how": how.value, "shown": shown}


def forget(request: HttpRequest) -> None:
    """Note that there is no second step any more: its owner took away the last one."""
    request.session[SESSION] = {k: v for k, v in _mark(request).items() if k != "how"}


def stepped(request: HttpRequest, user: Person, method: str, **_said: object) -> None:
    """Hear of a step that allauth has seen somebody take."""
    if method == "mfa":
        second_step(request, user, How.OWN)
    else:
        first_step(request, user)


def strong(request: HttpRequest) -> bool:
    """Tell whether this sign-in is strong enough to see other people's children."""
    return _mark(request).get("how") in REAL or left_out(request)


def too_weak(request: HttpRequest, hats: Iterable[Hat]) -> bool:
    """Tell whether one of these hats needs a stronger sign-in than this one."""
    return not strong(request) and any(hat.needs_second_step for hat in hats)


def fresh(request: HttpRequest) -> bool:
    """Tell whether they showed within the last minutes that it is them."""
    if left_out(request):
        return True
    return time.time() - shown_at(request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def shown_at(request: HttpRequest) -> float:
    """Give the moment, in seconds, when they last showed that it is them; 0 if never."""
    return cast("float", _mark(request).get("shown", 0.0))


def left_out(request: HttpRequest) -> bool:
    """Tell whether the second step was left out, as only a demonstration does."""
    return bool(settings.DEMO) and _mark(request).get("how") == How.DEMO


def need_fresh(request: HttpRequest, *, file: bool = False) -> None:
    """Refuse what goes only to somebody who has just shown that it is them.

    Raises:
        NotFresh: they have not. The door asks them, keeps what they wrote, and leads back.
    """
    if not fresh(request):
        raise NotFresh(file=file)


def _mark(request: HttpRequest) -> dict[str, Any]:
    return _known(request, request.user.pk) if request.user.is_authenticated else {}


def _known(request: HttpRequest, person: int) -> dict[str, Any]:
    """Give what the session says of this person; what it says of somebody else is nothing."""
    found: dict[str, Any] = request.session.get(SESSION, {})
    return found if found.get("person") == person else {"person": person}
