"""Aims of the strategic plan: set, noted, ended, gone on with; one person answers for each."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.reports import aims
from opensenco.reports.aim_models import LINE, LONG
from opensenco.reports.measures import figure, less_is_better, sees_figures
from opensenco.reports.models import AimNote, PlanAim, ReportEdition
from opensenco.reports.states import AIM_MOVES, AimState, Measure
from opensenco.support.words import line, paragraph

MOST_WORDS = 2_000
FARTHEST = timedelta(days=5 * 366)
MOST_NUMBER, HUNDREDTH = Decimal(99_999), Decimal("0.01")
#: what waits for whoever answers for an aim
LOOK = "aim.look"


@operation(Action.REPORT_WRITE, on="org")
def set_plan_aim(*, actor: Actor, org: Organisation, given: Mapping[str, Any]) -> PlanAim:
    """Set an aim: its measure, where it stands now, the target, by when, who answers for it.

    Args:
        given: words, doing, measure, target, by, owner; of a number of our own also own_measure,
            less_is_better, start, start_on and start_source.

    Raises:
        Invalid: a field that says nothing or cannot be.
    """
    if given["measure"] not in Measure.values:
        raise Invalid("measure", _("Choose one of the answers shown."))
    start = (
        _own_start(actor, given) if given["measure"] == Measure.OWN else _start(actor, org, given)
    )
    row = PlanAim(
        org=org, measure=given["measure"], person=actor.person, at=actor.at, **start,
        **_checked(actor, org, given, start["start_on"]), look_on=actor.today,
    )  # fmt: skip
    row.look_on = aims.next_look(row.by, row.start_on)
    row.save()
    _ask(actor, row)
    return row


@operation(Action.REPORT_WRITE, on="plan_aim")
def change_plan_aim(
    *, actor: Actor, plan_aim: PlanAim, given: Mapping[str, Any], version: int | None
) -> PlanAim:
    """Change what an aim says, its target, its day, or who answers for it.

    What is counted and where it stood at the start stay as they are. The history keeps the rest.

    Raises:
        Invalid: see `set_plan_aim`.
        NotPossible: it has ended.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(plan_aim)
    before = plan_aim.owner
    fields = _checked(actor, plan_aim.org, given, plan_aim.start_on, owner=before)
    change(plan_aim, version=version, **fields, look_on=_look_of(plan_aim, fields["by"]))
    if plan_aim.owner_id != before.pk:
        spine.settle_task(actor=actor, source=plan_aim, kind=LOOK, person=before)
    _ask(actor, plan_aim)
    return plan_aim


@operation(Action.REPORT_WRITE, on="plan_aim")
def note_plan_aim(
    *, actor: Actor, plan_aim: PlanAim, given: Mapping[str, Any], version: int | None
) -> AimNote:
    """Note how an aim goes on, with the figure of the day and what shows it.

    Of a measure of the record the figure is today's. The look that waited has been taken, but for
    an aim whose day has come: of that somebody says how it ended, or gives it another day.

    Args:
        given: words, figure and source (a number of our own), paper, edition.

    Raises:
        Invalid: no words, or a number without its source.
        NotPossible: it has ended.
        Stale: somebody else changed the aim in between.
    """
    _refuse_ended(plan_aim)
    row = _note(actor, plan_aim, given)
    change(plan_aim, version=version, look_on=aims.next_look(plan_aim.by, row.on))
    _ask(actor, plan_aim)
    return row


@operation(Action.REPORT_WRITE, on="plan_aim")
def end_plan_aim(
    *, actor: Actor, plan_aim: PlanAim, state: str, given: Mapping[str, Any], version: int | None
) -> AimNote:
    """Say that an aim is met, not met with what follows, or dropped with a reason.

    Raises:
        Invalid: no such state, or no words.
        NotPossible: it has ended already.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(plan_aim)
    if state not in AIM_MOVES[AimState.GOING]:
        raise Invalid("state", _("Choose one of the answers shown."))
    if not given["words"].strip():
        raise Invalid("words", _ASKED_WORDS[AimState(state)]())
    row = _note(actor, plan_aim, given, AimState(state))
    change(plan_aim, version=version, state=state, ended_on=actor.today)
    spine.settle_task(actor=actor, source=plan_aim, kind=LOOK)
    return row


@operation(Action.REPORT_WRITE, on="plan_aim")
def go_on_with_plan_aim(
    *, actor: Actor, plan_aim: PlanAim, words: str, by: date, version: int | None
) -> AimNote:
    """Go on with an aim that had ended, with a reason and a new day.

    Raises:
        Invalid: no reason, or a day that cannot be.
        NotPossible: it is on the way, or was set in error.
        Stale: somebody else changed it in between.
    """
    _refuse_error(plan_aim)
    if AimState.GOING not in AIM_MOVES[AimState(plan_aim.state)]:
        raise NotPossible(_("This aim is on the way already."))
    if not words.strip():
        raise Invalid("words", _("Say why you go on with it."))
    _check_day(actor, by, plan_aim.start_on)
    row = _note(actor, plan_aim, {"words": words}, AimState.GOING)
    change(
        plan_aim, version=version, state=AimState.GOING, ended_on=None, by=by,
        look_on=aims.next_look(by, row.on),
    )  # fmt: skip
    _ask(actor, plan_aim)
    return row


@operation(Action.REPORT_WRITE, on="plan_aim")
def plan_aim_in_error(
    *, actor: Actor, plan_aim: PlanAim, reason: str, version: int | None
) -> PlanAim:
    """Mark an aim as set in error; the history keeps it.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    _mark(actor, plan_aim, reason, version)
    spine.settle_task(actor=actor, source=plan_aim, kind=LOOK)
    return plan_aim


@operation(Action.REPORT_WRITE, on="aim_note")
def aim_note_in_error(
    *, actor: Actor, aim_note: AimNote, reason: str, version: int | None
) -> AimNote:
    """Mark a note of an aim as made in error. How the aim stands is not changed by it.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    _mark(actor, aim_note, reason, version)
    return aim_note


def hand_aim(actor: Actor, plan_aim: PlanAim, task: Task, to: Person) -> None:
    """Let somebody else answer for an aim. Called inside the operation that hands it on."""
    if to not in aims.can_answer(plan_aim.org, actor.today):
        raise Invalid("to", _("An aim is answered for by somebody who writes reports here."))
    change(plan_aim, version=None, owner=to)


_ASKED_WORDS = {
    AimState.MET: lambda: _("Say what shows that it is met."),
    AimState.NOT_MET: lambda: _("Say what follows from it."),
    AimState.DROPPED: lambda: _("Say why it is dropped."),
}


def _ask(actor: Actor, row: PlanAim) -> None:
    """Let a look at the aim wait for whoever answers for it, from its day on."""
    spine.open_task(
        actor=actor, org=row.org, kind=LOOK, person=row.owner, source=row,
        words=_("Say how an aim stands: %(aim)s") % {"aim": row.words},
        since=row.look_on, due=row.look_on,
    )  # fmt: skip


def _look_of(row: PlanAim, by: date) -> date:
    last = AimNote.objects.filter(aim=row, in_error_at__isnull=True).order_by("-on").first()
    return aims.next_look(by, last.on if last else row.start_on)


def _note(
    actor: Actor, row: PlanAim, given: Mapping[str, Any], state: AimState | None = None
) -> AimNote:
    words = paragraph("words", given["words"], MOST_WORDS)
    if not words:
        raise Invalid("words", _("Say how the aim goes on."))
    number, source = _of_today(actor, row, given)
    edition: ReportEdition | None = given.get("edition")
    if edition is not None and edition.org_id != row.org_id:
        raise Invalid("edition", _("Choose one of the answers shown."))
    note = AimNote(
        org_id=row.org_id, aim=row, on=actor.today, words=words, figure=number, source=source,
        paper=line("paper", given.get("paper", ""), LONG), edition=edition,
        state=state.value if state else "", person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    note.save()
    return note


def _of_today(actor: Actor, row: PlanAim, given: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """Give the figure of the day and where it comes from; of the record it needs no source."""
    if row.measure != Measure.OWN:
        return _read(actor, row.org, row.measure), ""
    number = given.get("figure")
    source = line("source", given.get("source", ""), LINE)
    if number is None:
        return None, source
    _check_number("figure", number)
    if not source:
        raise Invalid("source", _("Say where this number comes from."))
    return number, source


def _read(actor: Actor, org: Organisation, measure: str) -> Decimal | None:
    return figure(actor, org, measure).value if sees_figures(actor) else None


def _start(actor: Actor, org: Organisation, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give where a figure of the record stands on the day on which the aim is set."""
    measure = given["measure"]
    return {"start": _read(actor, org, measure), "start_on": actor.today,
            "less_is_better": less_is_better(measure)}  # fmt: skip


def _own_start(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give where a number of our own stood, on which day, and where it comes from."""
    name = line("own_measure", given.get("own_measure", ""), LINE)
    source = line("start_source", given.get("start_source", ""), LINE)
    start, on = given.get("start"), given.get("start_on")
    for field, value, sentence in (
        ("own_measure", name, _("Say what is counted.")),
        ("start", start, _("Give the number as it stood at the start.")),
        ("start_on", on, _("Give the day of that number.")),
        ("start_source", source, _("Say where this number comes from.")),
    ):
        if value is None or value == "":
            raise Invalid(field, sentence)
    if on is None or not actor.today - FARTHEST <= on <= actor.today:
        raise Invalid("start_on", _("Give a day within the last five years, not after today."))
    _check_number("start", start)
    return {"own_measure": name, "start": start, "start_on": on, "start_source": source,
            "less_is_better": bool(given.get("less_is_better"))}  # fmt: skip


def _checked(
    actor: Actor, org: Organisation, given: Mapping[str, Any], start_on: date,
    owner: Person | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Give what can be changed of an aim later on, as it is kept."""
    words = line("words", given["words"], LINE)
    if not words:
        raise Invalid("words", _("Say what is to change."))
    _check_number("target", given["target"])
    _check_day(actor, given["by"], start_on)
    if given["owner"] != owner and given["owner"] not in aims.can_answer(org, actor.today):
        raise Invalid("owner", _("Choose one of the answers shown."))
    doing = paragraph("doing", given.get("doing", ""), MOST_WORDS)
    return {"words": words, "doing": doing, "target": given["target"], "by": given["by"],
            "owner": given["owner"]}  # fmt: skip


def _check_day(actor: Actor, by: date, start_on: date) -> None:
    if not max(actor.today, start_on) < by <= actor.today + FARTHEST:
        raise Invalid("by", _("Give a day after today, within five years."))


def _check_number(field: str, value: Decimal | None) -> None:
    if value is None or abs(value) > MOST_NUMBER or value != value.quantize(HUNDREDTH):
        raise Invalid(
            field, _("Give a number up to 99,999 with at most two places after the point.")
        )


def _refuse_error(row: PlanAim | AimNote) -> None:
    if row.in_error:
        raise NotPossible(_("This is marked as an error already."))


def _refuse_ended(row: PlanAim) -> None:
    _refuse_error(row)
    if row.state != AimState.GOING:
        raise NotPossible(_("It has been said how this aim ended. Go on with it first."))


def _mark(actor: Actor, row: PlanAim | AimNote, reason: str, version: int | None) -> None:
    why = paragraph("reason", reason, MOST_WORDS)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _refuse_error(row)
    change(
        row, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )
