"""A list is chosen, looked at, decided about, applied, given up or taken back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import queries
from opensenco.exchange.kinds.known import lists_for
from opensenco.exchange.operations import handing, imports, worker
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.imports import columns, leaving, papers, provisions, show, start, taking
from opensenco.pages.imports.forms import SettleForm
from opensenco.ui.listing import Listing

WHO = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
       "dsl": 403, "governor": 403, "parent": 403, "family": 403, "authority": 403}  # fmt: skip


@page(Action.IMPORT_PUPILS, logs=Logs.NOTHING, who=WHO, writes=True, tab="school")
def begin(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose lists; reading them in changes nothing of the record."""
    places = queries.places(actor)
    form = converse(
        request,
        actor,
        lambda **given: start.upload_form(actor, places, **given),
        act=lambda given: start.read_in(actor, places, given),
        then=start.after,
    )
    if isinstance(form, HttpResponse):
        return form
    files = start.earlier(actor, 0, start.LAST_FILES + 1)
    return Answer(
        "imports/start.html",
        {
            "form": form,
            "kinds": lists_for(actor),
            "tabs": place_tabs(actor, "imports:start"),
            "files": files[: start.LAST_FILES],
            "more_files": len(files) > start.LAST_FILES,
            "heap": queries.files_papers(actor),
        },
    )


@page(Action.IMPORT_PUPILS, logs=Logs.NOTHING, who=WHO, tab="school")
def list_files(request: HttpRequest, actor: Actor) -> Answer:
    """Show every list that was read in, and what became of it."""
    listing = Listing(request.GET.dict(), [], queries.count_files(actor))
    files = start.earlier(actor, listing.start, listing.stop)
    return Answer("imports/list.html", {"files": files, "listing": listing})


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, tab="school")
def say_columns(
    request: HttpRequest, actor: Actor, file_import: uuid.UUID
) -> Answer | HttpResponse:
    """Say what each column of a file holds, with some of its cells beside."""
    one = columns.asked(actor, queries.file_import(actor, file_import))
    if one is None:
        return _shown(request, actor, file_import)
    form = converse(
        request,
        actor,
        one.form,
        act=lambda given: columns.read_again(actor, one, given),
        then=lambda row: start.after([row]),
        said=_("The list has been read again. We keep these columns for the next such file."),
        initial={"version": one.row.version},
        fresh=lambda: show.version(actor, file_import),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"one": one, "form": form, "columns": one.samples(form)}
    return Answer("imports/columns.html", shown, listed=Listed(show.SAMPLED, "cells of a list"))


@page(Action.IMPORT_PUPILS, logs=Logs.NOTHING, who=WHO, writes=True, tab="school")
def settle_provisions(
    request: HttpRequest, actor: Actor, file_import: uuid.UUID
) -> Answer | HttpResponse:
    """Say once what each provision of a map is, and what the map does not say of it."""
    one = provisions.asked(actor, queries.file_import(actor, file_import))
    if one is None:
        return _shown(request, actor, file_import)
    form = converse(
        request,
        actor,
        one.form,
        act=lambda given: provisions.keep(actor, one, given),
        then=lambda row: reverse("imports:show", args=[row.ref]),
        said=_("Your answers are kept. Nothing has been applied yet."),
        initial={"version": one.row.version},
        fresh=lambda: show.version(actor, file_import),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"one": one, "form": form, "several": one.shown(form)}
    return Answer("imports/provisions.html", shown)


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, tab="school")
def show_file(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer:
    """Show what was understood of a file, what it would change, and what was done."""
    return _shown(request, actor, file_import)


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, reads=False, tab="school")
def decide(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer | HttpResponse:
    """Keep what a person decided about the doubtful rows of a page."""
    shown = show.file(actor, file_import, request.GET)
    form = converse(
        request,
        actor,
        shown.decide_form,
        act=lambda given: (
            papers.decided(actor, shown, given)
            if shown.kind.papers
            else imports.decide(
                actor=actor,
                file_import=shown.row,
                version=given["version"],
                answers=shown.answers(given),
            )
        ),
        then=lambda _row: shown.address("doubtful"),
        said=_("Your answers are kept. Nothing has been applied yet."),
        fresh=lambda: show.version(actor, file_import),
    )
    return form if isinstance(form, HttpResponse) else _shown(request, actor, file_import, form)


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, reads=False, tab="school")
def leavers(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer | HttpResponse:
    """Say which of the pupils who are not in a file have left, and on which day."""
    shown = show.file(actor, file_import, show.of_missing(request.GET))
    form = converse(
        request,
        actor,
        lambda **given: leaving.form(shown, **given),
        act=lambda given: leaving.mark(actor, shown.row, given),
        then=lambda _row: shown.address(show.MISSING),
        said=_("What you said is kept."),
        fresh=lambda: show.version(actor, file_import),
    )
    if isinstance(form, HttpResponse):
        return form
    return _shown(request, actor, file_import, form, show.of_missing(request.GET))


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, reads=False, tab="school")
def apply(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer | HttpResponse:
    """Do what a file says, all of it or nothing."""
    row = queries.file_import(actor, file_import)
    return _settle(
        request,
        actor,
        file_import,
        act=lambda given: handing.apply_now_or_soon(
            actor=actor, file_import=row, version=given["version"]
        ),
        then=show.after,
    )


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, reads=False, tab="school")
def take_back(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer | HttpResponse:
    """Let a file wait again, or stand applied, with which the worker has done nothing yet."""
    row = queries.file_import(actor, file_import)
    return _settle(
        request,
        actor,
        file_import,
        act=lambda given: worker.take_from_worker(
            actor=actor, file_import=row, version=given["version"]
        ),
        then=lambda row: reverse("imports:show", args=[row.ref]),
        said=_("The worker leaves the list alone. Nothing has been done."),
    )


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, reads=False, tab="school")
def give_up(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer | HttpResponse:
    """Give a file up; what it said of children is forgotten."""
    row = queries.file_import(actor, file_import)
    return _settle(
        request,
        actor,
        file_import,
        act=lambda given: imports.abandon_import(
            actor=actor, file_import=row, version=given["version"]
        ),
        then=lambda _row: reverse("imports:start"),
        said=_("The file has been given up. Nothing of the record was changed."),
    )


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, writes=True, tab="school")
def undo(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer | HttpResponse:
    """Show what taking an applied file back would do, and do it."""
    one = taking.prospect(actor, queries.file_import(actor, file_import))
    if one is None:
        return _shown(request, actor, file_import)
    form = converse(
        request,
        actor,
        SettleForm,
        act=lambda given: handing.undo_now_or_soon(
            actor=actor, file_import=one.row, version=given["version"]
        ),
        then=lambda row: reverse("imports:show", args=[row.ref]),
        initial={"version": one.row.version},
        fresh=lambda: show.version(actor, file_import),
    )
    if isinstance(form, HttpResponse):
        return form
    listed = Listed(len(one.kept), "rows that stay when a list is taken back")
    return Answer("imports/undo.html", {"one": one, "form": form}, listed=listed)


@page(Action.IMPORT_PUPILS, logs=Logs.LIST, who=WHO, tab="school")
def refused(request: HttpRequest, actor: Actor, file_import: uuid.UUID) -> Answer:
    """Give the refused rows as a file, to be mended and read in again."""
    file, count = show.refused_rows(actor, queries.file_import(actor, file_import))
    return Answer(
        content=file,
        content_type="text/csv; charset=utf-8",
        filename="refused-rows.csv",
        listed=Listed(count, "refused rows of a list"),
    )


def _settle(
    request: HttpRequest, actor: Actor, ref: uuid.UUID, **how: Any
) -> Answer | HttpResponse:
    """Lead through the one button that ends a file."""
    form = converse(request, actor, SettleForm, fresh=lambda: show.version(actor, ref), **how)
    return form if isinstance(form, HttpResponse) else _shown(request, actor, ref, form)


def _shown(
    request: HttpRequest, actor: Actor, ref: uuid.UUID, form: Any = None, query: Any = None
) -> Answer:
    shown = show.file(actor, ref, query or request.GET)
    asks = {"decide": show.deciding(shown, form), "leaving": leaving.asked(shown, form)}
    return Answer(
        "imports/show.html",
        {"shown": shown, "form": form, **asks},
        listed=Listed(len(shown.lines), f"{shown.row.kind} {shown.view}"),
    )
