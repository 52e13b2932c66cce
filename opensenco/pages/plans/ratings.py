"""How much help a pupil needs: rated by a short set of questions, compared over time."""

import uuid
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.plans import forms, tasks
from opensenco.pages.plans.pupil import SETTERS, VIEWERS
from opensenco.people import queries as people
from opensenco.support.need_questions import Help, newest
from opensenco.support.operations import ratings as verbs
from opensenco.support.queries import ratings as queries
from opensenco.ui.forms import Form, GovDateField, LongText, Segments
from opensenco.ui.language import spoken

RATERS = {**VIEWERS, "dsl": 403}


class RatingForm(Form):
    """One answer to each question that is asked now; none has to be given."""

    on = GovDateField(label=gettext_lazy("When was it seen so?"))
    words = LongText(
        label=gettext_lazy("What the answers do not say"),
        max_length=verbs.MOST_WORDS,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in newest().questions:
            self.fields[question.id] = django_forms.TypedChoiceField(
                label=spoken(question.text), choices=Help.choices, coerce=int, empty_value=None,
                widget=Segments, required=False,
            )  # fmt: skip
        self.order_fields([*newest().ids, "on", "words"])

    @staticmethod
    def answers(given: dict[str, Any]) -> dict[str, int]:
        """Give the answers that were given."""
        return {name: given[name] for name in newest().ids if given[name] is not None}


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=VIEWERS)
def rating_list(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show how much help was needed, rating beside rating."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = people.pupil(actor, pupil, Action.PLAN_VIEW)
    rows = queries.ratings_of(actor, row)
    shown = rows if "all" in request.GET else rows[: queries.SHOWN]
    return Answer(
        "plans/ratings.html",
        {
            "pupil": row,
            "ratings": shown[::-1],
            "lines": queries.compared(shown),
            "more": len(rows) - len(shown),
            "rates": may(actor, Action.REVIEW_WRITE, row),
            "mends": actor.can_somewhere(Action.RECORD_INVALIDATE),
        },
        opened=[row],
    )


@page(Action.REVIEW_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=RATERS)
def rate(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Rate how much help a pupil needs today."""
    row = people.pupil(actor, pupil, Action.REVIEW_WRITE)
    back = reverse("plans:ratings", args=[row.ref])
    form = converse(
        request,
        actor,
        RatingForm,
        act=lambda given: verbs.rate_needs(
            actor=actor, pupil=row, on=given["on"], words=given["words"],
            answers=RatingForm.answers(given),
        ),
        then=lambda _row: back,
        said=_("The rating is kept, beside those before."),
        draft=Draftable("rating", row.ref, leave_to=back),
        initial={"on": actor.today},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row, "back": back, "asked": [form[n] for n in newest().ids]}
    return Answer("plans/rate.html", shown, opened=[row])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=SETTERS)
def in_error(request: HttpRequest, actor: Actor, need_rating: uuid.UUID) -> Answer | HttpResponse:
    """Mark a rating as made in error."""
    row = queries.rating(actor, need_rating)
    back = reverse("plans:ratings", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: verbs.mark_rating_in_error(actor=actor, rating=row, **given),
        then=lambda _row: back,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.rating(actor, need_rating).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("This rating was made in error"), _("Mark it so"), back, row.pupil)
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])
