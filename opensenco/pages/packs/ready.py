"""Ready-made packs: for an inspection or a meeting by one tap, and of several sampled children."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import short
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.network import paper_queries as queries
from opensenco.network import sampling
from opensenco.network.operations import ready as operations
from opensenco.network.ready_made import MOST_SAMPLED, USUALLY_SAMPLED
from opensenco.pages.packs.forms import SampleForm, SampleOfForm
from opensenco.pages.packs.receiving import READERS
from opensenco.pages.packs.sharing import SENDERS
from opensenco.people import queries as people
from opensenco.support.states import Status
from opensenco.ui import words
from opensenco.ui.language import spoken


@page(Action.PACK_SEND, logs=Logs.NOTHING, writes=True, reads=False, who=SENDERS)
def one(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> HttpResponse:
    """Put a ready-made pack together, and lead to it."""
    row = people.pupil(actor, pupil, Action.PACK_SEND)
    made = operations.put_ready_pack(
        actor=actor, pupil=row, ready=request.POST.get("ready", "inspection")
    )
    return HttpResponseRedirect(reverse("packs:edition", args=[made.ref]))


@page(Action.PACK_SEND, logs=Logs.LIST, writes=True, tab="packs", who=SENDERS)
def sample(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose whom inspectors trace, and put a pack together of each in one go."""
    years, needs = sampling.choices(actor)
    narrow = SampleOfForm(request.GET or None, years=_years(years), needs=_needs(needs))
    wanted = _wanted(narrow)
    rows = sampling.shown(sampling.pupils(actor, wanted))
    people.attach_classes(rows, actor.today)
    proposed = set(sampling.spread(rows))
    offered = [(short(row.ref), _said(row)) for row in rows]
    form = converse(
        request,
        actor,
        lambda **given: SampleForm(offered=offered, **given),
        act=lambda given: operations.put_sample_together(
            actor=actor, pupils=_chosen(rows, given["pupils"])
        ),
        then=lambda made: reverse("packs:sampled", args=[made[0].ref]),
        initial={"pupils": [short(row.ref) for row in rows if row.pk in proposed]},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "narrow": narrow, "count": len(rows), "most": MOST_SAMPLED,
             "many": min(USUALLY_SAMPLED, len(rows)),
             "cut": len(rows) == sampling.MOST_SHOWN}  # fmt: skip
    return Answer("packs/sample.html", shown, listed=Listed(len(rows), "sample"))


def _wanted(narrow: SampleOfForm) -> sampling.Wanted:
    if not narrow.is_bound or not narrow.is_valid():
        return sampling.Wanted()
    return sampling.Wanted(**{key: narrow.cleaned_data[key] for key in ("status", "year", "need")})


def _chosen(rows: list[Any], refs: list[str]) -> list[Any]:
    return [row for row in rows if short(row.ref) in refs]


def _said(row: Any) -> str:
    """Say who a pupil is in the list: name, class or year, status and first need."""
    place = getattr(row, "class_name", "") or words.year_group(row.year)
    status = str(Status(row.code).label) if row.code else _("No SEN status")
    return ", ".join(filter(None, (row.register_name, place, status, _need(row.need))))


def _need(code: str | None) -> str:
    found = NEED_TYPES.find(code) if code else None
    return spoken(found.title) if found else ""


def _years(years: list[int | None]) -> list[tuple[str, str]]:
    return [(sampling.UNKNOWN if one is None else str(one), words.year_group(one))
            for one in years]  # fmt: skip


def _needs(needs: list[str | None]) -> list[tuple[str, str]]:
    return [(one or sampling.UNKNOWN, _need(one) or _("No need recorded")) for one in needs]


@page(Action.PACK_OPEN, logs=Logs.CHILD, tab="packs", who=READERS)
def sampled(request: HttpRequest, actor: Actor, pack_edition: uuid.UUID) -> Answer:
    """Show the packs that were put together in one go, and which can be saved."""
    rows = sampling.sample_of(actor, _ours(actor, pack_edition))
    ready = sampling.ready(rows)
    people.attach_classes([row.pupil for row in rows], actor.today)
    shown = {"rows": [(row, ready.get(row.pk)) for row in rows], "first": rows[0],
             "all_ready": len(ready) == len(rows)}  # fmt: skip
    return Answer("packs/sampled.html", shown, opened=[row.pupil for row in rows])


@page(Action.PACK_OPEN, logs=Logs.CHILD, tab="packs", fresh=True, who=READERS)
def files(request: HttpRequest, actor: Actor, pack_edition: uuid.UUID) -> Answer:
    """Give all of these packs in one file, once each of them is ready."""
    rows = sampling.sample_of(actor, _ours(actor, pack_edition))
    content = sampling.zipped(rows) if all(queries.sees_all(actor, row) for row in rows) else None
    if content is None:
        raise NotFound
    return Answer(
        content=content, content_type="application/zip", filename="inspection-packs.zip",
        opened=[row.pupil for row in rows], wanted=str(pack_edition),
    )  # fmt: skip


def _ours(actor: Actor, ref: uuid.UUID) -> Any:
    """Give a pack about a pupil of ours.

    Raises:
        NotFound: it holds what another organisation sent.
    """
    row = queries.edition(actor, ref)
    if row.pupil is None:
        raise NotFound
    return row
