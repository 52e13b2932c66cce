"""Pages for when we failed. They ask neither database nor session: what broke is not asked again.

A fault has a mark, in the log and on the page, so that whoever looks after the place finds it.
Where the database itself refuses, that is said, and when to try again; where a disk is full, that
waiting alone does not help.
"""

import logging
import secrets
import sys
from collections.abc import Sequence
from typing import Any, cast

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Template

from opensenco.gate.chrome import bare_chrome
from opensenco.kernel.room import no_room
from opensenco.ui.things import Kept

logger = logging.getLogger(__name__)
#: seconds after which it is worth asking again
RETRY_AFTER = 60
#: where not even a page can be drawn
PLAIN = (
    "<!doctype html><html lang='en'><title>Something went wrong here - OpenSENCO</title>"
    "<h1>Something went wrong here</h1><p>The fault is ours. Nothing was saved. "
    "Try again in a few minutes.</p></html>"
)


def page(kept: Sequence[Kept] = (), *, done: bool = False) -> HttpResponse:
    """Say that we failed and that nothing was half saved.

    Args:
        kept: the words that were sent, to be handed back.
        done: what was sent is saved, and the answer to it alone was lost.
    """
    fault = sys.exc_info()[1]
    full = no_room(fault)
    away = full or isinstance(fault, OperationalError | InterfaceError)
    mark = secrets.token_hex(4)
    logger.error("The next fault is told to people as %s", mark)
    show: dict[str, Any] = {"reference": mark, "kept": kept, "done": done}
    template = "ui/no_room.html" if full else "ui/503.html" if away else "ui/500.html"
    try:
        text = _drawn(template, show)
    except Exception:
        logger.exception("The page of a fault could not be drawn")
        text = PLAIN
    response = HttpResponse(text, status=503 if away else 500)
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _drawn(template: str, show: dict[str, Any]) -> str:
    """Draw a page without a request: what is told once stays for the next page."""
    inner = cast("Template", engines["jinja2"].get_template(template)).template
    return str(inner.render({"chrome": bare_chrome(), **show}))
