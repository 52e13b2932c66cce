"""Our own roles: shipped ones put together, verbs taken away, never one added."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import choices, forms
from opensenco.people import staffing
from opensenco.people.operations import staff as roles

SHAPERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
           "governor": 403, "parent": 403, "family": 403}  # fmt: skip
FIELDS = ("name", "combines", "without", "version")


@page(Action.ROLE_NARROW, logs=Logs.NOTHING, tab="school", who=SHAPERS)
def own_roles(request: HttpRequest, actor: Actor) -> Answer:
    """Show the school's own roles and what each can do."""
    return Answer(
        "school/own_roles.html",
        {"tabs": place_tabs(actor, "school:own_roles"), "roles": staffing.own_roles(actor)},
    )


@page(Action.ROLE_NARROW, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=SHAPERS)  # fmt: skip
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Make an own role."""
    offer = choices.ForRoles(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.OwnRoleForm(
            places=offer.places(), roles=offer.roles(), verbs=offer.verbs(), **given
        ),
        act=lambda given: roles.shape_role(actor=actor, **offer.chosen(given)),
        then=lambda _row: reverse("school:own_roles"),
        said=_("The role is made. Give it to people on “Staff and roles”."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/own_role.html", {"form": form, "row": None})


@page(Action.ROLE_NARROW, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=SHAPERS)  # fmt: skip
def change(request: HttpRequest, actor: Actor, local_role: uuid.UUID) -> Answer | HttpResponse:
    """Change an own role. Whoever holds it has what is left at once."""
    row = staffing.local_role(actor, local_role)
    offer = choices.ForRoles(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.ChangeOwnRoleForm(
            places=(), roles=offer.roles(), verbs=offer.verbs(), **given
        ),
        act=lambda given: roles.reshape_role(actor=actor, local_role=row, **given),
        then=lambda _row: reverse("school:own_roles"),
        said=_("The role is changed. Whoever holds it has what is left from now on."),
        initial={name: getattr(row, name) for name in FIELDS},
        fresh=lambda: {
            name: getattr(staffing.local_role(actor, local_role), name) for name in FIELDS
        },
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/own_role.html", {"form": form, "row": row})
