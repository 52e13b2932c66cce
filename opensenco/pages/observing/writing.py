"""Watching a pupil: how, what was seen, a correction, and taking it back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.concerns import observations
from opensenco.concerns.observation_states import Watched
from opensenco.concerns.operations import observing
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.observing import forms
from opensenco.pages.observing import show as shown
from opensenco.pages.observing.beside import Beside, beside, concern_of
from opensenco.people import queries as people

WATCHERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
            "ta": 200, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
MENDERS = {**WATCHERS, "ta": 403}


@page(Action.OBSERVE, logs=Logs.LIST, tab="concerns", who={**WATCHERS, "other_teacher": 200})
def choose_pupil(request: HttpRequest, actor: Actor) -> Answer:
    """Choose whom one watched, among the pupils one works with."""
    rows = people.pupils_taught(actor, Action.OBSERVE)
    return Answer("observing/choose.html", {"rows": rows}, listed=Listed(len(rows)))


@page(Action.OBSERVE, logs=Logs.CHILD, tab="concerns", who=WATCHERS)
@guided("observation")
def begin(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Choose how one watches."""
    row = people.pupil(actor, pupil, Action.OBSERVE)
    people.attach_classes([row], actor.today)
    concern = concern_of(actor, row, request.GET.get("concern", ""))
    show = {
        "pupil": row, "concern": concern, "because": shown.because(concern), "kinds": Watched,
        "form": forms.BeginForm(initial={"tally": "task", "every": "60", "times": "10"}),
    }  # fmt: skip
    return Answer("observing/begin.html", show, opened=[row])


@page(Action.OBSERVE, logs=Logs.CHILD, writes=True, tab="concerns", who=WATCHERS)
def sampling(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Note at set times what is seen."""
    return _written(request, actor, pupil, Watched.SAMPLING)


@page(Action.OBSERVE, logs=Logs.CHILD, writes=True, tab="concerns", who=WATCHERS)
def narrative(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write down what happened, in order."""
    return _written(request, actor, pupil, Watched.NARRATIVE)


@page(Action.OBSERVE, logs=Logs.CHILD, writes=True, tab="concerns", who=WATCHERS)
def visit(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write down what was seen in a lesson, beside what the plan asks for."""
    return _written(request, actor, pupil, Watched.VISIT)


@page(Action.OBSERVE, logs=Logs.CHILD, writes=True, tab="concerns", who=WATCHERS)
def books(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write down what books and work show, beside what the plan asks for."""
    return _written(request, actor, pupil, Watched.BOOKS)


def _written(
    request: HttpRequest, actor: Actor, pupil: uuid.UUID, kind: Watched
) -> Answer | HttpResponse:
    row = people.pupil(actor, pupil, Action.OBSERVE)
    people.attach_classes([row], actor.today)
    tied = beside(actor, row, kind, request.POST if request.method == "POST" else request.GET)
    made: list[forms.SightForm] = []

    def make(**given: Any) -> forms.SightForm:
        made.append(_form(request, actor, kind, tied, given))
        return made[-1]

    form = converse(
        request,
        actor,
        make,
        act=lambda _given: observing.record_observation(
            actor=actor, pupil=row, kind=kind.value, sight=made[-1].sight(tied.people),
            concern=tied.concern, cycle=tied.plan.cycle.ref if tied.plan.cycle else None,
            follows=tied.follows,
        ),
        then=lambda new: reverse("observing:show", args=[new.ref]),
        said=_("Written down. It stands on the timeline."),
        draft=Draftable(f"watch-{kind.value}", row.ref, leave_to="/"),
        initial=shown.starting(actor, kind) | tied.starting,
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "concern": tied.concern,
            "before": tied.before or tied.seen, "before_words": tied.words,
            "kind": kind, "main": _("Keep this"), "heading": str(kind.label),
            "back": reverse("observing:begin", args=[row.ref]) + tied.address,
            "draft": (f"watch-{kind.value}", row.ref)}  # fmt: skip
    return Answer("observing/write.html", show, opened=[row])


def _form(
    request: HttpRequest, actor: Actor, kind: Watched, tied: Beside, given: dict[str, Any]
) -> forms.SightForm:
    """Make the form as it was begun: by the address, or by what a form or a draft brings along."""
    begun = (given.get("data") or request.GET).dict()
    first = shown.first_look(actor, begun.get("first", ""))
    looks = forms.BeginForm(begun).looks() if kind is Watched.SAMPLING else None
    carried = tied.carried
    if looks is not None:
        carried |= {**looks.carried(), "first": f"{first.hour}:{first.minute:02d}"}
    return forms.SightForm(
        kind=kind, looks=looks, asks=tied.plan.asks, first=first, carried=carried,
        people=tied.named(), **given,
    )  # fmt: skip


@page(Action.OBSERVE, logs=Logs.CHILD, writes=True, tab="concerns", who=MENDERS)
def correct(request: HttpRequest, actor: Actor, observation: uuid.UUID) -> Answer | HttpResponse:
    """Put right what an observation says."""
    row = observations.observation(actor, observation, Action.OBSERVE)
    made: list[forms.SightForm] = []
    people = shown.colleagues_of(actor, row)

    def make(**given: Any) -> forms.SightForm:
        asks = [(one["kind"], one["words"]) for one in row.asked]
        named = [(ref, one.name) for ref, one in people.items()]
        made.append(
            forms.CorrectForm(
                kind=Watched(row.kind), looks=shown.looks_of(row), asks=asks, people=named, **given
            )
        )
        return made[-1]

    back = reverse("observing:show", args=[row.ref])
    form = converse(
        request,
        actor,
        make,
        act=lambda given: observing.correct_observation(
            actor=actor,
            observation=row,
            version=given["version"],
            sight=made[-1].sight(people),
        ),
        then=lambda _row: back,
        said=_("Put right. The history has what it said before."),
        initial=shown.held(row),
        fresh=lambda: shown.held(observations.observation(actor, observation, Action.OBSERVE)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row.pupil, "concern": None, "before": None,
            "before_words": "", "kind": Watched(row.kind),
            "main": _("Put it right"), "back": back, "draft": None,
            "heading": _("Put an observation right")}  # fmt: skip
    return Answer("observing/write.html", show, opened=[row.pupil])


@page(Action.OBSERVE, logs=Logs.CHILD, writes=True, tab="concerns", who=MENDERS)
def in_error(request: HttpRequest, actor: Actor, observation: uuid.UUID) -> Answer | HttpResponse:
    """Mark an observation as made in error, with a reason."""
    row = observations.observation(actor, observation, Action.OBSERVE)
    back = reverse("observing:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: observing.mark_observation_in_error(
            actor=actor, observation=row, **given
        ),
        then=lambda _row: back,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {
            "version": observations.observation(actor, observation, Action.OBSERVE).version
        },
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "pupil": row.pupil, "back": back}
    return Answer("observing/error.html", show, opened=[row.pupil])
