"""Who is on site today, what was handed over for today, whom to call; and saying where one is."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.gate.tablet import seat_of
from opensenco.pages.staffing import onsite_words as words
from opensenco.pages.staffing.onsite_forms import NOWHERE, DaysForm
from opensenco.pages.staffing.places import place_asked
from opensenco.staffing.onsite import Where
from opensenco.staffing.operations.onsite import At, say_days
from opensenco.staffing.queries import onsite as queries
from opensenco.threads.queries import handed_over_today

COLLEAGUES = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
              "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403,
              "family": 403}  # fmt: skip
#: of a colleague, by whoever keeps hours
SAYERS = {**dict.fromkeys(COLLEAGUES, 403), "senco": 200, "head": 200}


@page(Action.ON_SITE_VIEW, logs=Logs.LIST, tab="home", who=COLLEAGUES, tablet=True)
def here(request: HttpRequest, actor: Actor) -> Answer:
    """Show who of the team is on site now, what was handed over for today, and whom to call."""
    place, picks = place_asked(request, actor, "staffing:here")
    found = queries.on_site(actor, place)
    notes = queries.notes_of_today(actor, place)
    tablet = seat_of(request) is not None
    # a thread does not open on a shared tablet, so neither do its words
    messages = [] if tablet else handed_over_today(actor, place)
    show = {
        "place": place, "picks": picks, "found": found, "words": words,
        "now": actor.at, "groups": _groups(found),
        "handed": _handed(notes), "messages": messages, "tablet": tablet,
        "me": actor.person.pk,
        "arranges": actor.can_somewhere(Action.COVER_ARRANGE),
        "keeps": actor.can_somewhere(Action.STAFF_KEEP) and not tablet,
    }  # fmt: skip
    pupils = {one.pk: one for one in [*(n.pupil for n in notes), *(m.pupil for m in messages)]}
    listed = Listed(len(pupils), "here")
    return Answer("staffing/here.html", show, opened=pupils.values(), listed=listed)


@page(Action.ON_SITE_SAY, logs=Logs.NOTHING, writes=True, tab="home", who=SAYERS)
def days(request: HttpRequest, actor: Actor, membership: uuid.UUID) -> Answer | HttpResponse:
    """Say on which weekdays somebody is where, and how colleagues reach them there."""
    role = queries.role_of(actor, membership)
    roles, places = queries.roles_of(actor, role), queries.places_of(actor, role)
    own = role.person_id == actor.person.pk
    said = queries.said_of(actor, role)
    form = converse(
        request,
        actor,
        lambda **given: DaysForm(
            places=[(str(one.ref), one.name) for one in places], own=own, **given
        ),
        act=lambda given: say_days(
            actor=actor, roles=roles, weekdays=[int(day) for day in given["weekdays"]],
            first=given["first"], stretches=_stretches(places, given),
        ),
        then=lambda _rows: reverse("staffing:days", args=[role.ref]),
        said=_("Saved. Colleagues see it on the page of the day."),
        initial=_initial(request, actor, role, places, said),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {
        "form": form, "role": role, "own": own, "said": said, "words": words,
        "tells": [row.org.name for row in roles], "week": range(7 if said.keys() & {5, 6} else 5),
        "every": queries.every_said(actor, role),
    }  # fmt: skip
    return Answer("staffing/days.html", show)


def _groups(found: queries.Day) -> list[tuple[str, str, list[Any]]]:
    """Give the team by where they are: an id, a heading and who."""
    return [
        ("here-now", _("Here now"), found.at(Where.HERE)),
        ("expected", _("Expected: no times are said for today"), found.at(Where.UNSAID)),
        ("later", _("Comes later"), found.at(Where.LATER)),
        ("not-here", _("Not on site"),
         found.at(Where.ELSEWHERE, Where.LEFT, Where.OFF, Where.AWAY)),
    ]  # fmt: skip


def _handed(notes: list[Any]) -> list[list[Any]]:
    """Give what was arranged for today, each session once with the rows of its pupils."""
    together: dict[Any, list[Any]] = {}
    for row in notes:
        together.setdefault(row.together, []).append(row)
    return list(together.values())


def _stretches(places: list[Any], given: dict[str, Any]) -> list[At]:
    known = {str(one.ref): one for one in places}
    if given["place"] == NOWHERE:
        return []
    found = [At(known[given["place"]], given["from_at"], given["until_at"], given["reach"])]
    if given.get("then_place"):
        found.append(At(known[given["then_place"]], given["then_from_at"], given["then_until_at"],
                        given["then_reach"]))  # fmt: skip
    return found


def _initial(
    request: HttpRequest,
    actor: Actor,
    role: Any,
    places: list[Any],
    said: dict[int, list[Any]],
) -> dict[str, Any]:
    """Give what holds of the weekday that is asked for; else this place, with what holds of any."""
    asked = request.GET.get("weekday", "")
    first = {"first": actor.today, "place": str(role.org.ref) if len(places) == 1 else ""}
    if asked not in [str(day) for day in range(7)]:
        return first
    rows = said.get(int(asked), [])
    found = {**first, "weekdays": [asked]}
    for row, prefix in zip(rows, ("", "then_"), strict=False):
        found |= {
            f"{prefix}place": str(row.place.ref) if row.place else NOWHERE,
            f"{prefix}from_at": row.from_at, f"{prefix}until_at": row.until_at,
            f"{prefix}reach": row.reach,
        }  # fmt: skip
    return found
