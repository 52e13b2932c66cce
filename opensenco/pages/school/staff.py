"""Staff and roles: who holds which role, added, ended, and let in by a one-time link."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.operations.inviting import send_invitation
from opensenco.cases.queries import waiting_by_name
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.pages.school import choices, forms, lists, show
from opensenco.people import staffing
from opensenco.people.operations import joining
from opensenco.people.operations import staff as roles
from opensenco.ui.listing import Listing

MANAGERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
            "admin": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", who=MANAGERS)
def staff(request: HttpRequest, actor: Actor) -> Answer:
    """Show the roles held now, those to come, those that ended, and who has not come yet."""
    asked = request.GET.get("show", "")
    views = show.staff_views(actor, asked)
    if not any(view.current for view in views):
        asked = staffing.NOW
        views = show.staff_views(actor, asked)
    total = next(view.count for view in views if view.current) or 0
    columns = show.staff_columns(len(actor.hat.orgs) > 1)
    listing = Listing(request.GET.dict(), columns, total)
    if kind := out.asked(request.GET):
        every = staffing.lines(actor, asked, 0, out.MOST)
        return out.as_file(actor, kind, "staff", lists.staff(every), wanted=asked)
    return Answer(
        "school/staff.html",
        {
            "tabs": place_tabs(actor, "school:staff"),
            "views": views,
            "which": asked,
            "now": actor.at,
            "settled": staffing.settled(actor) if asked == staffing.WAITING else [],
            "left": len(waiting_by_name(actor)) if asked == staffing.ENDED else 0,
            "lines": staffing.lines(actor, asked, listing.start, listing.stop),
            "listing": listing,
            "columns": columns,
        },
    )


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Add a colleague with a role from a day."""
    offer = choices.ForStaff(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.ColleagueForm(
            places=offer.places(), roles=offer.roles(), parts=offer.parts(), **given
        ),
        act=lambda given: joining.add_colleague(actor=actor, **offer.chosen(given)),
        then=lambda added: _shown_once(request, added),
        initial={"starts": actor.today},
        draft=Draftable("colleague", leave_to=reverse("school:staff")),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/add.html", {"form": form})


def _shown_once(request: HttpRequest, added: Any) -> str:
    row = added.invitation
    if row is not None:
        show.keep_link(request, row.org.ref, row.ref, added.key, added.email)
    else:
        request.session[show.LINK] = {"url": "", "email": added.email}
    return reverse("school:link")


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", fresh=True, who=MANAGERS)
def link(request: HttpRequest, actor: Actor) -> Answer:
    """Show a one-time link, once."""
    kept = request.session.pop(show.LINK, None)
    return Answer("school/link.html", {"link": kept, "leaves": settings.MAIL.kind})


@page(Action.PEOPLE_MANAGE, logs=Logs.LIST, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def end(request: HttpRequest, actor: Actor, membership: uuid.UUID) -> Answer | HttpResponse:
    """End a role on a day, or take it back before its first."""
    row = staffing.membership(actor, membership)
    coming = row.starts > actor.today

    def act(given: dict[str, Any]) -> object:
        if coming:
            return roles.withdraw_role(actor=actor, membership=row, **given)
        if given.pop("when") == forms.NOW:
            return roles.end_role_at_once(actor=actor, membership=row, version=given["version"])
        if given["on"] is None:
            raise Invalid("on", _("Write the last day, or choose “At once”."))
        return roles.end_role(actor=actor, membership=row, **given)

    form = converse(
        request,
        actor,
        forms.TakeBackForm if coming else forms.EndForm,
        act=act,
        then=lambda _row: reverse("school:staff"),
        said=_ended(request, coming),
        initial={"on": row.ends or actor.today, "version": row.version, "when": forms.DAY},
        fresh=lambda: choices.end_of(staffing.membership(actor, membership)),
    )
    if isinstance(form, HttpResponse):
        return form
    waits = waiting_by_name(actor, row.person)
    shown = {"form": form, "row": row, "coming": coming, "waits": waits,
             "who": choices.called(row)}  # fmt: skip
    return Answer("school/end.html", shown, listed=Listed(len(waits), "left"))


def _ended(request: HttpRequest, coming: bool) -> str:
    if coming:
        return _("The role is taken back.")
    if request.POST.get("when") == forms.NOW:
        return _("The role has ended, and they are signed out.")
    return _("The role ends on that day.")


@page(Action.PEOPLE_MANAGE, logs=Logs.LIST, tab="school", who=MANAGERS)
def left(request: HttpRequest, actor: Actor) -> Answer:
    """Show what waits for people who have left, so that somebody takes it on."""
    turns = waiting_by_name(actor)
    show_all = {"tabs": place_tabs(actor, "school:staff"), "turns": turns}
    return Answer("school/left.html", show_all, listed=Listed(len(turns), "left"))


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def waiting(request: HttpRequest, actor: Actor, invitation: uuid.UUID) -> Answer | HttpResponse:
    """Take back a role that nobody has come for yet; a new link is made from here too."""
    row = staffing.invitation(actor, invitation)
    form = converse(
        request,
        actor,
        forms.TakeBackForm,
        act=lambda given: joining.take_back(actor=actor, invitation=row, **given),
        then=lambda _row: f"{reverse('school:staff')}?show={staffing.WAITING}",
        said=_("The role is taken back. Its link no longer works."),
        initial={"version": row.version},
        fresh=lambda: {"version": staffing.invitation(actor, invitation).version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "row": row, "who": choices.waits(row), "leaves": settings.MAIL.kind,
             "too_old": row.key_until <= actor.at}  # fmt: skip
    return Answer("school/waiting.html", shown)


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, reads=False,
      fresh=True, who=MANAGERS)  # fmt: skip
def send(request: HttpRequest, actor: Actor, invitation: uuid.UUID) -> HttpResponse:
    """Send a new link to the address it is for; the one before no longer works."""
    row = staffing.invitation(actor, invitation)
    send_invitation(actor=actor, invitation=row)
    messages.success(request, _("A new link is on its way. The one before no longer works."))
    return HttpResponseRedirect(f"{reverse('school:staff')}?show={staffing.WAITING}")


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, reads=False,
      fresh=True, who=MANAGERS)  # fmt: skip
def renew(request: HttpRequest, actor: Actor, invitation: uuid.UUID) -> HttpResponse:
    """Make a new one-time link; the old one no longer works."""
    row = staffing.invitation(actor, invitation)
    key = joining.renew_link(actor=actor, invitation=row)
    show.keep_link(request, row.org.ref, row.ref, key, row.email)
    return HttpResponseRedirect(reverse("school:link"))
