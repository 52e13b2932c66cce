"""Section F counted like any promise: what gives each row, and the list of all rows of a place."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.explain import said
from opensenco.ehc import promised, section_f, section_f_list
from opensenco.ehc.operations import giving
from opensenco.ehc.states import Given
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.refs import short
from opensenco.pages.ehc.forms import GivesForm
from opensenco.pages.ehc.views import LISTERS, OF_A_CARD
from opensenco.people import queries as people
from opensenco.ui.listing import Column, Listing, Pick

GAPS = "gaps"
#: how many of them stand on the home page
FIRST = 5


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def gives(request: HttpRequest, actor: Actor, ehc_line: uuid.UUID) -> Answer | HttpResponse:
    """Say what gives a row of section F, and put into numbers what it promises."""
    row = promised.provision_row(actor, ehc_line)
    back = reverse("ehc:card", args=[row.pupil.ref])
    offered = promised.what_is_given(actor, row.pupil)
    form = converse(
        request,
        actor,
        lambda **given: GivesForm(offered=[(short(p.ref), p.name) for p in offered], **given),
        act=lambda given: giving.say_what_gives(
            actor=actor, line=row, version=given["version"], said=_said(given, offered)
        ),
        then=lambda _row: back,
        said=_("Saved. What is logged of it counts for this row."),
        initial=_held(row, offered),
        fresh=lambda: _held(promised.provision_row(actor, ehc_line), offered),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "row": row, "back": back, "offered": offered,
             "give_url": f"{reverse('provision:library')}?pupil={short(row.pupil.ref)}",
             "read": row.times is None and form.initial.get("times") is not None}  # fmt: skip
    return Answer("ehc/gives.html", shown, opened=[row.pupil])


def _said(given: Mapping[str, Any], offered: list[Any]) -> giving.Said:
    chosen = [one for one in offered if short(one.ref) in given["provisions"]]
    words = given["how"] if given["given"] == Given.WITHOUT else given["doing"]
    return giving.Said(
        given["given"], chosen, words, given["times"], given["per"], given["minutes"]
    )


def _held(row: Any, offered: list[Any]) -> dict[str, Any]:
    """Give what is said already; numbers that nobody has entered are read from the words."""
    tied = {one.provision_id for one in promised.tied_to(row)}
    amount = section_f.Amount(row.times, row.per, row.minutes) if row.times else None
    proposed = amount or section_f.read(row.how_much, row.how_often)
    return {
        "given": row.given or (Given.PROVISION.value if offered else ""),
        "provisions": [short(one.ref) for one in offered if one.pk in tied],
        "how": row.given_words if row.given == Given.WITHOUT else "",
        "doing": row.given_words if row.given == Given.NOTHING else "",
        "times": proposed.times if proposed else None,
        "per": proposed.per if proposed else "week",
        "minutes": proposed.minutes if proposed else None,
        "version": row.version,
    }


@page(Action.PLAN_VIEW, logs=Logs.LIST, tab="provision", who=LISTERS)
def section(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show every row of section F that this person may read: promised, planned, delivered."""
    if actor.hat.role.guest or not actor.can_somewhere(Action.PROVISION_VIEW):
        raise NotAllowed
    gaps, every = section_f_list.without(actor), section_f_list.standing_rows(actor)
    only = request.GET.get("show") == GAPS
    rows = gaps if only else every
    count, of_all, of_gaps = rows.count(), every.count(), gaps.count()
    listing = Listing(request.GET, _columns(), count)
    kind = out.asked(request.GET)
    start, stop = (0, out.MOST) if kind else (listing.start, listing.stop)
    found = section_f_list.listed(rows, listing.sort, start, stop)
    people.attach_classes([row.pupil for row in found], actor.today)
    owed = promised.owed(actor, found)
    if kind:
        return out.as_file(actor, kind, "section-f", _table(owed), wanted=GAPS if only else "")
    here = reverse("ehc:section_f")
    shown = {
        "owed": owed, "listing": listing, "only": only,
        "remarks": [said(one) for one in promised.remarks_of(owed)],
        "keeps": actor.can_somewhere(Action.EHC_KEEP), "several": len(actor.hat.orgs) > 1,
        "views": [Pick(_("All rows"), here, not only, of_all),
                  Pick(_("Nothing gives them now"), f"{here}?show={GAPS}", only, of_gaps)],
    }  # fmt: skip
    return Answer("ehc/section_f.html", shown, listed=Listed(len(owed), "section F"))


def _columns() -> list[Column]:
    return [
        Column(_("Pupil"), "name"),
        Column(_("Section F promises")),
        Column(_("What gives it"), "given"),
        Column(_("Delivered of what it promises")),
        Column(_("What stood in the way")),
    ]


def _table(owed: list[promised.Owed]) -> Table:
    heads = [
        _("Pupil"), _("Class"), _("School"), _("Number"), _("Provision"), _("Who gives it"),
        _("How much"), _("How often"), _("Times"), _("In a"), _("Minutes"), _("What gives it"),
        _("Nothing gives it now"), _("Minutes a week planned"), _("Counted from"),
        _("Minutes due"), _("Minutes delivered"), _("Sessions missed"),
        _("What stood in the way"),
    ]  # fmt: skip
    rows = [
        (
            one.line.pupil.register_name, getattr(one.line.pupil, "class_name", ""),
            one.line.org.name, one.line.number, one.line.words, one.line.who, one.line.how_much,
            one.line.how_often, one.line.times, one.line.get_per_display(), one.line.minutes,
            one.met_words, _("Yes") if one.gap else "", one.planned, one.first, one.due or None,
            one.delivered, sum(one.missed.values()), one.missed_words,
        )
        for one in owed
    ]  # fmt: skip
    return Table(_("Section F: promised and delivered"), heads, rows)


def at_home(actor: Actor) -> dict[str, Any]:
    """Give the rows of section F that nothing gives, for who keeps cards; the first few."""
    if not actor.can_somewhere(Action.EHC_KEEP) or actor.hat.role.guest:
        return {"rows": [], "count": 0}
    rows = section_f_list.first_without(actor, FIRST + 1)
    count = section_f_list.count_without(actor) if len(rows) > FIRST else len(rows)
    address = f"{reverse('ehc:section_f')}?show={GAPS}"
    return {"rows": rows[:FIRST], "count": count, "address": address}
