"""The register as a page, and as a file."""

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.register import show

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 200, "teacher": 403,
       "other_teacher": 403, "ta": 403, "dsl": 403, "governor": 403, "parent": 403,
       "outsider": 200, "shared_senco": 200, "family": 403, "authority": 403}  # fmt: skip


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def register(request: HttpRequest, actor: Actor) -> Answer:
    """Show the register: fifty to a page, chosen and sorted by the address."""
    shown = show.register(actor, request.GET)
    return Answer(
        "register/list.html",
        {"shown": shown, "lede": show.lede(shown.found.counts), "missing": show.missing},
        listed=Listed(len(shown.found.rows), shown.wanted),
    )


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def as_file(request: HttpRequest, actor: Actor) -> Answer:
    """Give the register, chosen and sorted as on the page, as a file for a spreadsheet."""
    shown = show.register(actor, request.GET, whole=True)
    return Answer(
        content=show.as_csv(shown),
        content_type="text/csv; charset=utf-8",
        filename="sen-register.csv",
        listed=Listed(len(shown.found.rows), f"file {shown.wanted}".strip()),
    )
