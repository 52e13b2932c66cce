"""Who of the staff has a second step to sign in with, and helping a colleague who lost theirs."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.operations.sign_in_help import LONGEST_REASON, reset_second_step
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.people import second_steps
from opensenco.ui.forms import Form, LongText
from opensenco.ui.listing import Column

HELPERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
           "admin": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip


class ResetForm(Form):
    """Why a colleague's second step is taken away."""

    reason = LongText(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Your colleague reads it. For example: her phone was lost."),
        max_length=LONGEST_REASON,
        rows=3,
    )


@page(Action.SIGN_IN_HELP, logs=Logs.NOTHING, tab="school", who=HELPERS)
def overview(request: HttpRequest, actor: Actor) -> Answer:
    """Show who has what: an app, passkeys, how many recovery codes; never a secret."""
    lines = second_steps.of_staff(actor)
    columns = [Column(_("Name")), Column(_("Role")), Column(_("Second step")),
               Column(_("Help"), hidden=True)]  # fmt: skip
    show = {
        "tabs": place_tabs(actor, "school:second_steps"),
        "lines": lines,
        "columns": columns,
        "missing": sum(one.missing for one in lines),
    }
    return Answer("school/second_steps.html", show)


@page(Action.SIGN_IN_HELP, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=HELPERS)  # fmt: skip
def reset(request: HttpRequest, actor: Actor, membership: uuid.UUID) -> Answer | HttpResponse:
    """Take a colleague's second step away, with a reason, so that they set it up anew."""
    row = second_steps.membership(actor, membership)
    form = converse(
        request, actor, ResetForm,
        act=lambda given: reset_second_step(actor=actor, membership=row, **given),
        then=lambda _made: reverse("school:second_steps"),
        said=_("Reset. %(name)s was told, and sets up a new second step at the next sign-in.")
        % {"name": row.person.name},
        draft=Draftable("second-step", row.ref, leave_to=reverse("school:second_steps")),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "has": second_steps.has(row)}
    return Answer("school/second_step_reset.html", show)
