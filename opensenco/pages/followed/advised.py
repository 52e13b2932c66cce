"""What a service advised: it becomes an action, a strategy, or is not done, with the reason."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import followed
from opensenco.concerns.follow_states import Becomes
from opensenco.concerns.operations import advised as acting
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid, NotAllowed
from opensenco.kernel.refs import short
from opensenco.pages.followed import forms
from opensenco.pages.followed import show as shown
from opensenco.pages.followed.referrals import READERS, WRITERS
from opensenco.support.operations.advised import advice_becomes_strategy


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="concerns", who=WRITERS)
def advise(request: HttpRequest, actor: Actor, referral: uuid.UUID) -> Answer | HttpResponse:
    """Write down one thing that a service advised, and what becomes of it."""
    row = followed.referral(actor, referral, Action.PLAN_WRITE)
    people = {short(one.ref): one for one in followed.who_could(actor, row.pupil)}
    back = reverse("followed:referral", args=[row.ref])
    form = converse(
        request,
        actor,
        lambda **given: forms.AdviceForm(
            people=[(ref, one.name) for ref, one in people.items()], **given
        ),
        act=lambda given: _keep(actor, row, people, given),
        then=lambda _row: back,
        said=_("Kept, with who advised it."),
        initial={"becomes": Becomes.ACTION.value},
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("What they advised"), _("Keep this"), back, row.pupil,
                      _("The referral"), row.service)  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])


def _keep(actor: Actor, row: Any, people: dict[str, Any], given: dict[str, Any]) -> Any:
    """Do what was chosen; each is one operation."""
    words = given["words"]
    if given["becomes"] == Becomes.STRATEGY:
        return advice_becomes_strategy(actor=actor, referral=row, words=words)
    if given["becomes"] == Becomes.NOT:
        return acting.advice_not_followed(actor=actor, referral=row, words=words, why=given["why"])
    owner, due = people.get(given["owner"]), given["due"]
    if owner is None:
        raise Invalid("owner", _("Choose who does it."))
    if due is None:
        raise Invalid("due", _("Say by when it is done."))
    return acting.advice_becomes_action(
        actor=actor, referral=row, words=words, owner=owner, due=due
    )


@page(Action.PLAN_VIEW, logs=Logs.CHILD, writes=True, tab="concerns", who=READERS)
def advice(
    request: HttpRequest, actor: Actor, referral_advice: uuid.UUID
) -> Answer | HttpResponse:  # fmt: skip
    """Say what came of an action that a service advised."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = followed.one_advice(actor, referral_advice)
    back = reverse("followed:referral", args=[row.referral.ref])
    form = converse(
        request,
        actor,
        forms.AdviceDoneForm,
        act=lambda given: acting.settle_advice(actor=actor, advice=row, **given),
        then=lambda _row: back,
        said=_("Written down."),
        initial={"version": row.version, "done": "yes"},
        fresh=lambda: {"version": followed.one_advice(actor, referral_advice).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("What came of it?"), _("Keep this"), back, row.pupil,
                      _("The referral"), f"{row.referral.service}: {row.words}")  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])
