"""Ranked needs (IDN-07, IDN-08), and the strategies that a class sees."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, Stale
from opensenco.law.codes.sen import NEED_TYPES, NO_SPECIALIST_ASSESSMENT
from opensenco.law.rule import BadFact, NotInForce
from opensenco.people.models import Group, Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import Need, SenStatus, Strategy
from opensenco.support.operations.having_read import note_read
from opensenco.support.operations.status import LANGUAGE_ALONE
from opensenco.support.queries.reading import spans_version
from opensenco.support.states import Ground, Status
from opensenco.support.words import line

R = TypeVar("R", Need, Strategy)
MOST_NEEDS = 6
MOST_STRATEGIES = 6


@operation(Action.NEEDS_SET, on="pupil")
def rank_needs(
    *, actor: Actor, pupil: Pupil, codes: Sequence[str], version: int | None = None
) -> list[Need]:
    """Say what a pupil needs, the greatest first. No diagnosis is needed for any of them.

    Args:
        codes: codes in force today (IDN-07), the first is the main need; empty where none is known.
        version: as `spans_version` gave it to the writer; None without a form.

    Raises:
        Invalid: an unknown code, one twice, one that an EHC plan rules out, needs without a status.
        Stale: somebody else ranked them in between.
    """
    if version is not None and version != spans_version(Need, pupil):
        raise Stale
    wanted = [code for code in codes if code]
    _check_codes(actor.today, wanted)
    _check_against_status(actor, pupil, wanted)
    before = Need.objects.filter(pupil=pupil, ended_on__isnull=True).order_by("rank")
    keep = dict(enumerate(wanted, start=1))
    _end(list(before), actor.today, lambda need: keep.get(need.rank) == need.code)
    standing = {need.rank for need in before.all()}
    for rank, code in keep.items():
        if rank not in standing:
            Need(org_id=pupil.org_id, pupil=pupil, code=code, rank=rank, starts=actor.today).save()
    spine.add_fact(
        actor=actor,
        pupil=pupil,
        kind="needs.ranked",
        on=actor.today,
        words=_("Needs ranked: %(codes)s") % {"codes": ", ".join(wanted) or _("none")},
        source=pupil,
    )
    return list(before.all())


@operation(Action.PROFILE_EDIT, on="pupil")
def write_strategies(
    *, actor: Actor, pupil: Pupil, texts: Sequence[str], version: int | None = None
) -> list[Strategy]:
    """Say what every adult does in class, the most useful first; the first three are shown.

    Raises:
        Invalid: more than six, or one longer than a line.
        Stale: somebody else wrote them in between.
    """
    if version is not None and version != spans_version(Strategy, pupil):
        raise Stale
    rows = replace_strategies(actor.today, pupil, texts)
    note_read(actor, pupil)
    return rows


def replace_strategies(
    day: date, pupil: Pupil, texts: Sequence[str], group: Group | None = None
) -> list[Strategy]:
    """Put new lines in place of the old ones; lines that stay in their place are left alone.

    Args:
        group: the class or group whose lines they are; None for those of every adult.
    """
    wanted = [clean for text in texts if (clean := line("strategies", text))]
    if len(wanted) > MOST_STRATEGIES:
        raise Invalid(
            "strategies",
            _("A teacher with thirty pupils can hold about three. Keep at most six."),
        )
    before = Strategy.objects.filter(
        pupil=pupil, group=group, ended_on__isnull=True
    ).order_by("position")  # fmt: skip
    keep = dict(enumerate(wanted, start=1))
    _end(list(before), day, lambda row: keep.get(row.position) == row.text)
    standing = {row.position for row in before.all()}
    for place, text in keep.items():
        if place not in standing:
            Strategy(
                org_id=pupil.org_id, pupil=pupil, group=group, text=text, position=place, starts=day
            ).save()
    return list(before.all())


def _end(rows: Iterable[R], day: date, stays: Callable[[R], bool]) -> None:
    """End the rows that do not stay, before new ones take their place."""
    for row in rows:
        if not stays(row):
            row.ended_on = max(row.starts, day)
            row.save(update_fields=["ended_on"])


def _check_codes(day: date, codes: Sequence[str]) -> None:
    if len(codes) > MOST_NEEDS:
        raise Invalid("need_1", _("Keep the six that matter most."))
    if len(set(codes)) < len(codes):
        raise Invalid("need_1", _("The same need is chosen twice. Choose each once."))
    for rank, code in enumerate(codes, start=1):
        try:
            NEED_TYPES.check(code, day)
        except (BadFact, NotInForce):
            raise Invalid(f"need_{rank}", _("Choose a need from the list.")) from None


def _check_against_status(actor: Actor, pupil: Pupil, codes: Sequence[str]) -> None:
    status = SenStatus.objects.filter(
        on_day(actor.today), pupil=pupil, in_error_at__isnull=True
    ).first()
    if codes and (status is None or status.code == Status.NO_SEN):
        raise Invalid(
            "need_1",
            _("Needs are ranked for pupils with SEN support or an EHC plan. Set the status first."),
        )
    if status is None:
        return
    if status.code == Status.EHC_PLAN and NO_SPECIALIST_ASSESSMENT in codes:
        raise Invalid(
            f"need_{list(codes).index(NO_SPECIALIST_ASSESSMENT) + 1}",
            _("A pupil with an EHC plan has been assessed. Choose the need that the plan names."),
        )
    if not codes and status.code == Status.SEN_SUPPORT and status.grounds == [Ground.LANGUAGE]:
        raise Invalid("need_1", LANGUAGE_ALONE())
