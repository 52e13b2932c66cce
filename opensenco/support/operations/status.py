"""SEN status, and telling the parents of it (IDN-06, IDN-14 to IDN-16)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.cases.calendar import calendar_of
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import DomainError, Invalid, Stale
from opensenco.law.codes.sen import SEN_STATUS
from opensenco.law.due import Due
from opensenco.law.rule import NotInForce
from opensenco.law.timetables import tell_parents as law
from opensenco.people.models import Pupil
from opensenco.support.models import Need, SenStatus
from opensenco.support.states import Ground, Status, Told, words_of
from opensenco.support.words import paragraph
from opensenco.ui.words import day as written

TELL = "status.tell_parents"
AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Telling:
    """That the parents were told: when, how, and the words that prove it."""

    on: date
    how: str
    words: str = ""


@operation(Action.STATUS_SET, on="pupil")
def set_status(
    *,
    actor: Actor,
    pupil: Pupil,
    code: str,
    starts: date,
    reason: str,
    grounds: Iterable[str] = (),
    told: Telling | None = None,
    version: int | None = None,
) -> SenStatus:
    """Decide a pupil's SEN status from a day on and record the decision (IDN-14).

    The status before it ends the day before. Leaving SEN support (N) ends the ranked needs too
    (IDN-09, IDN-16). No diagnosis is asked for; a language alone is never a need (Children and
    Families Act 2014, section 20(4)).

    Args:
        code: E, K or N.
        grounds: values of `Ground`; for K at least one.
        told: where the parents have been told already.
        version: of the status that the writer saw; 0 where there was none, None without a form.

    Raises:
        Invalid: a code, day or ground that cannot be; language alone for K.
        Stale: somebody else set the status in between.
    """
    before = _going_on(pupil)
    seen = before.version if before else 0
    if version is not None and version != seen:
        raise Stale
    chosen = _checked(actor, pupil, code, starts, list(grounds), before)
    why = paragraph("reason", reason)
    if not why:
        raise Invalid("reason", _("Say in a sentence why you decided this."))
    if before:
        change(before, version=version or None, ends=starts - timedelta(days=1))
        _drop_what_waits(actor, pupil, before)
    row = SenStatus(
        org_id=pupil.org_id, pupil=pupil, code=code, starts=starts, reason=why, grounds=chosen,
        set_by=actor.person, **(_telling(actor, told) if told else {}),
    )  # fmt: skip
    row.save()
    if code == Status.NO_SEN:
        _end_needs(pupil, starts)
    _write_down(actor, pupil, row)
    return row


@operation(Action.STATUS_SET, on="status")
def tell_parents(
    *, actor: Actor, status: SenStatus, told: Telling, version: int | None = None
) -> SenStatus:
    """Record that the parents were told of the support, with the proof (IDN-15).

    Raises:
        Invalid: a day to come, or no way of telling.
        Stale: somebody else changed the status in between.
    """
    change(status, version=version, **_telling(actor, told))
    spine.add_fact(
        actor=actor,
        pupil=status.pupil,
        kind="parents.told",
        on=told.on,
        words=_told_of(status) % {"how": words_of(Told, told.how).lower()},
        source=status,
    )
    keep_dates(actor, status)
    spine.settle_task(actor=actor, source=status, kind=TELL)
    return status


def _told_of(status: SenStatus) -> str:
    if status.code == Status.NO_SEN:
        return _("Parents told that SEN support ended: %(how)s")
    return _("Parents told of the SEN support: %(how)s")


def keep_dates(actor: Actor, status: SenStatus) -> None:
    """Hand down what the law makes of a status: by when the parents are told."""
    spine.replace_due_dates(actor=actor, pupil=status.pupil, source=status, dues=_dues(status))


def _going_on(pupil: Pupil) -> SenStatus | None:
    return SenStatus.objects.filter(
        pupil=pupil, ends__isnull=True, in_error_at__isnull=True
    ).first()


def _checked(
    actor: Actor,
    pupil: Pupil,
    code: str,
    starts: date,
    grounds: list[str],
    before: SenStatus | None,
) -> list[str]:
    """Refuse what cannot be, and give the grounds in the order of the list."""
    if code not in Status.values:
        raise Invalid("code", _("Choose one of the three: EHC plan, SEN support, no SEN status."))
    if code == (before.code if before else Status.NO_SEN):
        raise Invalid("code", _("This is the pupil’s status already."))
    _check_day(actor, pupil, code, starts, before)
    chosen = [ground for ground in Ground.values if ground in grounds]
    if len(chosen) != len(set(grounds)):
        raise Invalid("grounds", _("Choose from the grounds shown."))
    if code == Status.SEN_SUPPORT:
        _check_grounds(pupil, chosen)
    return chosen


def _check_day(
    actor: Actor, pupil: Pupil, code: str, starts: date, before: SenStatus | None
) -> None:
    if starts > actor.today + AHEAD:
        raise Invalid("starts", _("Choose a day within the next year."))
    if starts < pupil.birth_date:
        raise Invalid("starts", _("This is before the pupil was born. Check the year."))
    try:
        SEN_STATUS.check(code, starts)
    except NotInForce:
        raise Invalid(
            "starts", _("This status has been there since 1 September 2014. Choose a later day.")
        ) from None
    if before and starts <= before.starts:
        raise Invalid(
            "starts",
            _("The present status began on %(day)s. Choose a later day, or mark it as an error.")
            % {"day": written(before.starts)},
        )


def _check_grounds(pupil: Pupil, grounds: Sequence[str]) -> None:
    if not grounds:
        raise Invalid("grounds", _("Choose what you saw. A diagnosis is not needed."))
    if language_alone(pupil, grounds):
        raise Invalid("grounds", LANGUAGE_ALONE())


def language_alone(pupil: Pupil, grounds: Sequence[str]) -> bool:
    """Tell whether the only ground is learning English, and no need is ranked beside it."""
    return (
        list(grounds) == [Ground.LANGUAGE]
        and not Need.objects.filter(pupil=pupil, ended_on__isnull=True).exists()
    )


def LANGUAGE_ALONE() -> str:
    """Give the sentence that refuses a language as a need."""
    return _(
        "Learning English as an additional language is not a special educational need. If you saw "
        "something else as well, such as slow progress in the home language too, choose that. If "
        "not, help with English needs no SEN status."
    )


def _telling(actor: Actor, told: Telling) -> dict[str, object]:
    if told.on > actor.today:
        raise Invalid("told_on", _("This is a day to come. Record it once they have been told."))
    if told.how not in Told.values:
        raise Invalid("told_how", _("Choose how the parents were told."))
    return {
        "told_on": told.on,
        "told_how": told.how,
        "told_words": paragraph("told_words", told.words),
        "told_by": actor.person,
    }


def _end_needs(pupil: Pupil, starts: date) -> None:
    for need in Need.objects.filter(pupil=pupil, ended_on__isnull=True):
        need.ended_on = max(need.starts, starts)
        need.save(update_fields=["ended_on"])


def _drop_what_waits(actor: Actor, pupil: Pupil, before: SenStatus) -> None:
    """Let the status that ends ask for nothing more; what was done for it stays on the record."""
    spine.settle_task(actor=actor, source=before)
    if before.told_on is None:
        spine.replace_due_dates(actor=actor, pupil=pupil, source=before, dues=())


def _write_down(actor: Actor, pupil: Pupil, row: SenStatus) -> None:
    spine.add_fact(
        actor=actor,
        pupil=pupil,
        kind="status.set",
        on=row.starts,
        words=_began(row),
        source=row,
    )
    keep_dates(actor, row)
    if row.code == Status.SEN_SUPPORT and row.told_on is None and not _came_with_us(row):
        spine.open_task(
            actor=actor,
            org=pupil.org,
            kind=TELL,
            words=_("Tell the parents about the SEN support, and keep the proof"),
            source=row,
            pupil=pupil,
            role_action=Action.STATUS_SET,
            due=row.starts,
        )


def _came_with_us(row: SenStatus) -> bool:
    """Whether the status was decided before this record began, so that it cannot say who was told.

    That is one gap to be told of, and no legal date gone by for each pupil on the first day.
    """
    return Ground.ALREADY in row.grounds


def _began(row: SenStatus) -> str:
    sentences = {
        Status.EHC_PLAN: _("EHC plan issued"),
        Status.SEN_SUPPORT: _("SEN support began"),
        Status.NO_SEN: _("SEN support ended"),
    }
    return sentences[Status(row.code)]


def _dues(status: SenStatus) -> tuple[Due, ...]:
    if status.code == Status.NO_SEN or (status.told_on is None and _came_with_us(status)):
        return ()
    facts = law.TellParentsFacts(
        starts=status.starts, told=status.told_on, ehc_plan=status.code == Status.EHC_PLAN
    )
    calendar = calendar_of(status.org_id, status.starts).calendar
    try:
        return (*law.timetable(facts=facts), *law.alert(facts=facts, calendar=calendar))
    except DomainError:
        # The alert is a custom; a calendar that does not reach must not stop the legal date.
        return law.timetable(facts=facts)
