"""What a session knows of signing in elsewhere: who waits to be known, and by whom one came in."""

import time
from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from opensenco.access.elsewhere.told import Told

#: an answer of a provider whose person we do not know yet
FIRST = "signed_in_elsewhere_first"
#: by which provider this session was begun, and whether a second step was done there
BY = "signed_in_by"
#: how long an answer waits for its first time, in seconds
WAITS = 15 * 60


def keep_for_the_first_time(request: HttpRequest, told: Told, goes_on: str) -> None:
    """Keep an answer until its person has said who they are here.

    Args:
        goes_on: where they were going, an address of ours.
    """
    if not url_has_allowed_host_and_scheme(goes_on, allowed_hosts=None):
        goes_on = ""
    request.session[FIRST] = {"told": told.kept(), "goes_on": goes_on, "at": time.time()}


def first_time(request: HttpRequest) -> tuple[Told, str] | None:
    """Give the answer that waits and where its person was going; None where none does."""
    kept = request.session.get(FIRST)
    if not isinstance(kept, dict) or time.time() - kept["at"] > WAITS:
        request.session.pop(FIRST, None)
        return None
    return Told(**kept["told"]), kept["goes_on"]


def forget_first_time(request: HttpRequest) -> None:
    """Let go of the answer that waited."""
    request.session.pop(FIRST, None)


def came_by(request: HttpRequest, told: Told | None) -> None:
    """Note by whose word a session begins; by nobody's for a password."""
    if told is None:
        request.session.pop(BY, None)
        return
    request.session[BY] = {"provider": told.provider, "second_step": told.second_step}


def provider_of_session(request: HttpRequest) -> str:
    """Give the short name of the provider by which this session was begun; empty for none."""
    return str(_by(request).get("provider", ""))


def second_step_done_elsewhere(request: HttpRequest) -> bool:
    """Tell whether the provider by which this session was begun asked for a second step.

    This is what "is this sign-in strong enough" asks of a sign-in that was made elsewhere.
    """
    return bool(_by(request).get("second_step", False))


def _by(request: HttpRequest) -> dict[str, Any]:
    found = request.session.get(BY)
    return found if isinstance(found, dict) else {}
