"""Taking packs that others sent over into a record of one's own: chosen here, read in as lists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import packs as queries
from opensenco.exchange.operations.packs import read_packs
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import said
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.pages.packs.forms import TakeOverForm
from opensenco.ui import words

TAKERS = {"senco": 200, "head": 200, "shared_senco": 200, "admin": 200, "phase_senco": 403,
          "teacher": 403, "ta": 403, "governor": 403, "parent": 403, "family": 403,
          "authority": 403}  # fmt: skip


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, tab="packs", writes=True, who=TAKERS)
def take_over(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose packs to take over; reading them in changes nothing of the record."""
    rows = queries.offered(actor)
    asked = request.GET.get("pack", "")
    waiting = [row for row in rows if row.waits or short(row.pack.ref) == asked]
    chosen = [short(row.pack.ref) for row in waiting if asked in ("", short(row.pack.ref))]
    form = converse(
        request,
        actor,
        lambda **given: TakeOverForm(packs=[_choice(row) for row in waiting], **given),
        act=lambda given: _read(actor, waiting, given["packs"]),
        then=lambda files: reverse("imports:show", args=[files[0].ref]),
        initial={"packs": chosen[: queries.MOST]},
    )
    if isinstance(form, HttpResponse):
        return form
    before = [(row, reverse("imports:show", args=[row.before.ref])) for row in rows if row.before]
    shown = {"form": form if waiting else None, "before": before, "most": queries.MOST}
    return Answer("packs/take_over.html", shown, listed=Listed(len(rows), "packs"))


def _choice(row: queries.Offered) -> tuple[str, str]:
    pack = row.pack
    told = {
        "who": pack.about, "place": pack.from_org.name, "day": words.day(pack.sent_on),
        "what": pack.get_purpose_display(),
    }  # fmt: skip
    return short(pack.ref), _("%(who)s, from %(place)s, %(day)s. %(what)s.") % told


def _read(actor: Actor, waiting: list[queries.Offered], chosen: list[str]) -> list[Any]:
    """Read the chosen packs in, those of one place of ours.

    Raises:
        Invalid: none was chosen, too many, or of several places at once.
    """
    packs = [row.pack for row in waiting if short(row.pack.ref) in chosen]
    if len({pack.org_id for pack in packs}) > 1:
        raise Invalid("packs", _("Choose packs that were sent to one of your places at a time."))
    if not packs:
        raise Invalid("packs", _("Choose at least one pack."))
    try:
        return read_packs(actor=actor, org=packs[0].org, packs=packs)
    except FileRefused as refused:
        raise Invalid("packs", said(refused.words)) from None
