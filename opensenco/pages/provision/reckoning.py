"""The ledger of promised against delivered with what it is made of, and the map of what runs."""

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.provision import mapped, reckoned, summed, weekly
from opensenco.pages.provision.lists import GIVERS, VIEWERS
from opensenco.staffing.queries import trained


@page(Action.PROVISION_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def ledger(request: HttpRequest, actor: Actor) -> Answer:
    """Show what was promised and delivered in a stretch of time, put together as asked for."""
    shown = reckoned.ledger(actor, request.GET)
    if kind := out.asked(request.GET):
        return out.as_file(
            actor, kind, "promised-and-delivered", shown.table(),
            wanted=shown.wanted.by, chosen=shown.chosen_words,
        )  # fmt: skip
    listed = Listed(len(shown.lines), f"ledger by {shown.wanted.by}")
    # whoever reads plans also sees what EHC plans promise, which is owed by law
    reads = actor.can_somewhere(Action.PLAN_VIEW) and not actor.hat.role.guest
    keeps = actor.can_somewhere(Action.PROVISION_ALLOCATE)
    show = {"shown": shown, "section_f": reads, "reasons": keeps}
    return Answer("provision/ledger.html", show, listed=listed)


@page(Action.PROVISION_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def sessions(request: HttpRequest, actor: Actor) -> Answer:
    """Show the sessions that figures of the ledger are made of."""
    shown = reckoned.sessions(actor, request.GET)
    if kind := out.asked(request.GET):
        return out.as_file(
            actor, kind, "sessions", shown.table(), wanted=shown.why, chosen=shown.chosen_words
        )
    listed = Listed(len(shown.rows), f"sessions {shown.why}".strip())
    return Answer("provision/ledger_sessions.html", {"shown": shown}, listed=listed)


@page(Action.PROVISION_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def provision_map(request: HttpRequest, actor: Actor) -> Answer:
    """Show what runs today: by pupil, by provision, or counted for the whole school."""
    shown = mapped.shown(actor, request.GET)
    if kind := out.asked(request.GET):
        return out.as_file(
            actor, kind, "provision-map",
            summed.table(actor, shown) if shown.view == mapped.SCHOOL else shown.table(),
            wanted=f"map by {shown.view}", chosen=shown.chosen_words,
        )  # fmt: skip
    if form := request.GET.get("paper", ""):
        return summed.on_paper(actor, shown, form)
    listed = Listed(len(shown.rows), f"map by {shown.view}")
    return Answer("provision/map.html", {"shown": shown}, listed=listed)


@page(Action.PROVISION_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def week(request: HttpRequest, actor: Actor) -> Answer:
    """Show one week of what is given: by the clock, by adult, by room, by pupil."""
    kind = out.asked(request.GET)
    shown = weekly.shown(actor, request.GET, whole=bool(kind))
    if kind:
        return out.as_file(
            actor, kind, "week", shown.table(), wanted=f"week by {shown.week.by}",
            chosen=shown.chosen,
        )  # fmt: skip
    pupils = {one.pk for session in shown.sessions for one in session.pupils}
    listed = Listed(len(pupils), f"week by {shown.week.by}")
    asked = [one.first.provision for one in shown.sessions]
    taught = trained.of_person(actor, shown.adult, asked)
    return Answer("provision/week.html", {"shown": shown, **taught}, listed=listed)


@page(Action.PROVISION_ALLOCATE, logs=Logs.LIST, tab="provision", who=GIVERS)
def clashes(request: HttpRequest, actor: Actor) -> Answer:
    """Show what is at one hour and needs the same pupil, adult or room."""
    shown = weekly.shown_clashes(actor)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "clashes", shown.table(), wanted="clashes")
    listed = Listed(shown.count, "clashes")
    return Answer("provision/clashes.html", {"shown": shown}, listed=listed)
