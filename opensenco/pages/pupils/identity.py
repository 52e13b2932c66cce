"""A pupil's name and number: changed, corrected, and what they were before."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.upn import read_upn
from opensenco.pages.pupils import identity_forms as forms
from opensenco.people import queries, who_was
from opensenco.people.operations import identity

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 200, "teacher": 403, "ta": 403,
       "governor": 403, "parent": 403}  # fmt: skip
#: whose earlier name it is need not be of one's part
WHO_OF_ALL = {key: code for key, code in WHO.items() if key != "phase_senco"}
NAMES = ("first_name", "last_name", "known_as", "version")


def _before(actor: Actor, row: Any, *, numbers: bool) -> list[tuple[Any, bool]]:
    """Give what the pupil had before, each with whether this person may say something of it."""
    rows = [one for one in who_was.formers_of(actor, row) if bool(one.upn) is numbers]
    return [(one, may(actor, Action.PUPIL_EDIT, one)) for one in rows]


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def change_name(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Change a pupil's name, and say why and who may see the old one."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    back = reverse("pupils:show", args=[row.ref])

    def now() -> dict[str, Any]:
        fresh = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
        return {name: getattr(fresh, name) for name in NAMES}

    form = converse(
        request,
        actor,
        forms.NameForm,
        act=lambda given: identity.change_name(actor=actor, pupil=row, **given),
        then=lambda _row: back,
        said=_("The name has been changed."),
        initial={name: getattr(row, name) for name in NAMES},
        fresh=now,
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"pupil": row, "form": form, "before": _before(actor, row, numbers=False)}
    return Answer("pupils/name.html", show, opened=[row])


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def change_upn(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Correct a pupil's number, or replace a temporary one."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    form = converse(
        request,
        actor,
        lambda **given: forms.UpnForm(has_one=bool(row.upn), **given),
        act=lambda given: identity.change_upn(actor=actor, pupil=row, **{"why": "", **given}),
        then=lambda _row: reverse("pupils:show", args=[row.ref]),
        said=_("The pupil number has been changed."),
        initial={"upn": row.upn, "version": row.version},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {
        "pupil": row,
        "form": form,
        "before": _before(actor, row, numbers=True),
        "temporary": bool(row.upn) and read_upn(row.upn).temporary,
    }
    return Answer("pupils/upn.html", show, opened=[row])


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WHO_OF_ALL)
def former(request: HttpRequest, actor: Actor, former_identity: uuid.UUID) -> Answer | HttpResponse:
    """Say why an earlier name or number is former, and whether it may be shown."""
    row = who_was.former(actor, former_identity)
    name = "pupils:upn" if row.upn else "pupils:name"
    back = reverse(name, args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.FormerUpnForm if row.upn else forms.FormerNameForm,
        act=lambda given: identity.say_why(actor=actor, former=row, **given),
        then=lambda _row: back,
        said=_("Kept."),
        initial={"why": row.why, "may_show": "no" if row.guarded else "yes",
                 "version": row.version},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"pupil": row.pupil, "form": form, "main": _("Save"), "back": back,
            "heading": _("An earlier number") if row.upn else _("An earlier name")}  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row.pupil])
