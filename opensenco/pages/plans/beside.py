"""What stands beside a pupil's plan: adjustments, what the family does, notes on a condition."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.plans import forms, forms_beside, show, tasks
from opensenco.people import queries as people
from opensenco.support import queries
from opensenco.support.operations import beside as verbs
from opensenco.support.queries import access, tried
from opensenco.support.queries import beside as reading

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: the tests' rows are of a pupil of another part, whom this teacher does not teach
ROWS = {**WRITERS, "phase_senco": 403}
TAUGHT = {**ROWS, "other_teacher": 200}


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
@guided("adjustment")
def shown(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show what stands beside a pupil's plan: among staff; the family reads the plan itself."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = people.pupil(actor, pupil, Action.PLAN_VIEW)
    people.attach_classes([row], actor.today)
    rights = {
        "write": may(actor, Action.PLAN_WRITE, row),
        "review": may(actor, Action.REVIEW_WRITE, row),
        "error": actor.can_somewhere(Action.RECORD_INVALIDATE),
    }
    stands = reading.beside(actor, row)
    return Answer(
        "plans/beside_plan.html",
        {"pupil": row, "beside": stands, "may": rights, **_offered(actor, row, stands),
         "decided": access.of_pupil(actor, row), "today": actor.today,
         "tabs": show.tabs(actor, row, "beside")},
        opened=[row],
    )  # fmt: skip


def _offered(actor: Actor, pupil: Any, stands: reading.Beside) -> dict[str, Any]:
    """Give what helped, with one tap into the profile, for who writes it."""
    if not may(actor, Action.PROFILE_EDIT, pupil):
        return {"tried": []}
    profile = queries.profile_of(actor, pupil)
    now = queries.strategies_of(actor, pupil)
    found = [*tried.of_adjustments(stands.adjustments, profile, now),
             *tried.of_home(stands.at_home, profile, now)]  # fmt: skip
    return {"profile": profile, "tried": [one for one in found if one.offered(profile)]}


def _asked(
    request: HttpRequest, actor: Actor, pupil: Any, make: Callable[..., Any],
    act: Callable[[dict[str, Any]], Any], words: tuple[str, str, str], start: dict[str, Any],
    fresh: Callable[[], dict[str, Any]] | None = None,
) -> Answer | HttpResponse:  # fmt: skip
    """Lead through one form beside a plan: heading, button and what is said after."""
    heading, main, said = words
    back = reverse("plans:beside", args=[pupil.ref])
    form = converse(
        request, actor, make, act=act, then=lambda _row: back, said=said, initial=start, fresh=fresh
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, heading, main, back, pupil)
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[pupil])


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def add_adjustment(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say what is in the way and what is changed for it."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)
    plan = queries.current_plan(actor, row)
    roots = {str(one.place): one.row for one in plan.outcomes} if plan else {}
    chosen = [(place, one.text) for place, one in roots.items()]

    def act(given: dict[str, Any]) -> Any:
        served = roots.get(given.pop("outcome"))
        root = served.root if served else None
        return verbs.add_adjustment(actor=actor, pupil=row, outcome_root=root, **given)

    return _asked(
        request, actor, row,
        lambda **options: forms_beside.NewAdjustmentForm(outcomes=chosen, **options), act,
        (_("Add an adjustment"), _("Add this adjustment"), _("Added.")),
        {"outcome": request.GET.get("outcome", "")},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def change_adjustment(
    request: HttpRequest, actor: Actor, adjustment: uuid.UUID
) -> Answer | HttpResponse:
    """Change the words of an adjustment."""
    row = reading.adjustment(actor, adjustment)
    names = ("barrier", "words", "who", "version")
    return _asked(
        request, actor, row.pupil, forms_beside.ChangeAdjustmentForm,
        lambda given: verbs.change_adjustment(actor=actor, adjustment=row, **given),
        (_("Change an adjustment"), _("Save this"), _("Saved.")), _values(row, names),
        lambda: _values(reading.adjustment(actor, adjustment), names),
    )  # fmt: skip


@page(Action.REVIEW_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=TAUGHT)
def helped(request: HttpRequest, actor: Actor, adjustment: uuid.UUID) -> Answer | HttpResponse:
    """Say whether an adjustment helps."""
    row = reading.adjustment(actor, adjustment, Action.REVIEW_WRITE)
    start = {"helped": row.helped, "words": row.helped_words, "version": row.version}
    return _asked(
        request, actor, row.pupil, forms_beside.HelpedForm,
        lambda given: verbs.say_if_it_helped(actor=actor, adjustment=row, **given),
        (_("Does it help?"), _("Save this"), _("Saved.")), start,
        lambda: {"version": reading.adjustment(actor, adjustment, Action.REVIEW_WRITE).version},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def end_adjustment(
    request: HttpRequest, actor: Actor, adjustment: uuid.UUID
) -> Answer | HttpResponse:
    """End an adjustment."""
    row = reading.adjustment(actor, adjustment)
    return _asked(
        request, actor, row.pupil, forms_beside.EndForm,
        lambda given: verbs.end_adjustment(actor=actor, adjustment=row, **given),
        (_("End an adjustment"), _("End it today"), _("Ended. It stays on the record.")),
        {"version": row.version},
        lambda: {"version": reading.adjustment(actor, adjustment).version},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def add_home(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write down one thing that the family does."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)

    words = (_("Something the family does at home"), _("Add this"), _("Added."))
    return _asked(
        request, actor, row, forms_beside.HomeForm,
        lambda given: verbs.add_home_action(actor=actor, pupil=row, **given), words, {},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def change_home(
    request: HttpRequest, actor: Actor, home_action: uuid.UUID
) -> Answer | HttpResponse:
    """Change what the family does, or say that it has ended."""
    row = reading.home_action(actor, home_action)
    names = ("words", "who", "version")
    return _asked(
        request, actor, row.pupil, forms_beside.ChangeHomeForm,
        lambda given: verbs.change_home_action(actor=actor, home_action=row, **given),
        (_("Something the family does at home"), _("Save this"), _("Saved.")), _values(row, names),
        lambda: _values(reading.home_action(actor, home_action), names),
    )  # fmt: skip


@page(Action.REVIEW_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=TAUGHT)
def answer(request: HttpRequest, actor: Actor, home_action: uuid.UUID) -> Answer | HttpResponse:
    """Write down what the family says of it."""
    row = reading.home_action(actor, home_action, Action.REVIEW_WRITE)
    start = {"answer": row.answer, "answered_by": row.answered_by, "helped": row.helped,
             "on": actor.today, "version": row.version}  # fmt: skip
    return _asked(
        request, actor, row.pupil, forms_beside.AnswerForm,
        lambda given: verbs.record_answer_from_home(actor=actor, home_action=row, **given),
        (_("What the family says"), _("Save this"), _("Saved.")), start,
        lambda: {"version": reading.home_action(actor, home_action, Action.REVIEW_WRITE).version},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def add_note(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Keep what staff learned about a condition or need."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)

    words = (_("A note on a condition"), _("Keep this note"), _("Kept."))
    return _asked(
        request, actor, row, forms_beside.NoteForm,
        lambda given: verbs.write_condition_note(actor=actor, pupil=row, **given), words, {},
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def change_note(
    request: HttpRequest, actor: Actor, condition_note: uuid.UUID
) -> Answer | HttpResponse:
    """Change a note, or set its next review."""
    row = reading.condition_note(actor, condition_note)
    names = ("title", "words", "source", "source_on", "review_on", "version")
    return _asked(
        request, actor, row.pupil, forms_beside.ChangeNoteForm,
        lambda given: verbs.change_condition_note(actor=actor, note=row, **given),
        (_("A note on a condition"), _("Save this"), _("Saved.")), _values(row, names),
        lambda: _values(reading.condition_note(actor, condition_note), names),
    )  # fmt: skip


def _wrong(request: HttpRequest, actor: Actor, row: Any, fresh: Any) -> Answer | HttpResponse:
    return _asked(
        request, actor, row.pupil, forms.ErrorForm,
        lambda given: verbs.mark_beside_in_error(actor=actor, row=row, **given),
        (_("This was made in error"), _("Mark it so"),
         _("Marked as made in error. The history keeps it.")),
        {"version": row.version}, lambda: {"version": fresh().version},
    )  # fmt: skip


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def adjustment_error(
    request: HttpRequest, actor: Actor, adjustment: uuid.UUID
) -> Answer | HttpResponse:
    """Mark an adjustment as made in error."""

    def find() -> Any:
        return reading.adjustment(actor, adjustment, Action.RECORD_INVALIDATE)

    return _wrong(request, actor, find(), find)


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def home_in_error(
    request: HttpRequest, actor: Actor, home_action: uuid.UUID
) -> Answer | HttpResponse:
    """Mark what the family does as made in error."""

    def find() -> Any:
        return reading.home_action(actor, home_action, Action.RECORD_INVALIDATE)

    return _wrong(request, actor, find(), find)


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=ROWS)
def note_in_error(
    request: HttpRequest, actor: Actor, condition_note: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a note as made in error."""

    def find() -> Any:
        return reading.condition_note(actor, condition_note, Action.RECORD_INVALIDATE)

    return _wrong(request, actor, find(), find)


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
