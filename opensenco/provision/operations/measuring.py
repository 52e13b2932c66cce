"""Measuring whether a provision helps: its scale, each pupil's points, the aim (APD-05)."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.dates import say
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.provision.effect_models import MOST_NAME, MOST_SOURCE
from opensenco.provision.models import Aim, Allocation, Point, Provision, Scale
from opensenco.provision.operations import exits
from opensenco.provision.operations.telling import check_stands
from opensenco.provision.progress import ENTRY_BEFORE, better_by, plain
from opensenco.provision.queries.points import scale_of, standing_points
from opensenco.support.words import line

HUNDREDTH, MOST = Decimal("0.01"), Decimal(99_999)
AHEAD = timedelta(days=750)


@operation(Action.PROVISION_ALLOCATE, on="provision")
def set_scale(
    *,
    actor: Actor,
    provision: Provision,
    name: str,
    lowest: Decimal,
    highest: Decimal,
    less_is_better: bool = False,
) -> Scale:
    """Say what is measured of a provision from now on. Pupils measured before keep their scale.

    Raises:
        Invalid: no name, a range that is none, numbers with more than two places.
        NotPossible: the provision is out of the library.
    """
    if provision.ended_on is not None:
        raise NotPossible(_("This is out of the library. Choose another, or add it again."))
    words = line("name", name, MOST_NAME)
    if not words:
        raise Invalid("name", _("Say what is measured. For example: words read in one minute."))
    for field, value in (("lowest", lowest), ("highest", highest)):
        _check_number(field, value)
    if lowest >= highest:
        raise Invalid("highest", _("The highest score must be more than the lowest."))
    row = Scale(
        org_id=provision.org_id, provision=provision, name=words, lowest=lowest, highest=highest,
        less_is_better=less_is_better, person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    row.save()
    return row


@operation(Action.SESSION_LOG, on="allocation")
def record_point(
    *,
    actor: Actor,
    allocation: Allocation,
    score: Decimal,
    on: date | None = None,
    source: str = "",
    last: bool = False,
) -> Point:
    """Write down what a pupil reached on a day, today where none is said.

    Args:
        source: how or with what it was measured, where that needs saying.
        last: it was measured at the end, whatever the last day says.

    Raises:
        Invalid: a score outside the scale; a day to come, long before the first one, or one that
            has a point already.
        NotPossible: nobody has said what is measured, or it was given in error.
    """
    check_stands(allocation)
    scale = _needed(allocation)
    day = on or actor.today
    _check_day(actor, allocation, day)
    _check_score("score", scale, score)
    same_day = Point.objects.filter(allocation=allocation, on=day).order_by("-id").first()
    if same_day is not None and same_day.score is not None:
        words = _("There is a measure of %(day)s already: %(score)s. Put that one right instead.")
        raise Invalid("on", words % {"day": say(day), "score": plain(same_day.score)})
    # a day whose point was taken back goes on from there: each day has one row that stands
    return _new(actor, allocation, scale, day, score, source, last, corrects=same_day)


@operation(Action.SESSION_LOG, on="point")
def correct_point(
    *,
    actor: Actor,
    point: Point,
    score: Decimal | None,
    source: str = "",
    last: bool = False,
    mistake: bool = False,
) -> Point:
    """Put right what was measured on a day, by a new row in place of it. The day stays.

    Args:
        mistake: there was no such measure; it counts no more.

    Raises:
        Invalid: a score outside the scale.
        NotPossible: it was taken back, or the provision was given in error.
        Stale: somebody else has put it right in between.
    """
    check_stands(point.allocation)
    if Point.objects.filter(corrects=point).exists():
        raise Stale
    if point.score is None:
        raise NotPossible(_("This was taken back as a mistake. Write the measure down again."))
    if mistake:
        return _new(actor, point.allocation, point.scale, point.on, None, source, corrects=point)
    if score is None:
        raise Invalid("score", _("Write the score, or say that there was no such measure."))
    _check_score("score", point.scale, score)
    words = line("source", source, MOST_SOURCE)
    if (point.score, point.source, point.last) == (score, words, last):
        return point
    return _new(actor, point.allocation, point.scale, point.on, score, source, last, corrects=point)


@operation(Action.SESSION_LOG, on="allocation")
def set_aim(*, actor: Actor, allocation: Allocation, score: Decimal, by: date) -> Aim:
    """Say what a pupil is to reach by when. What was aimed at before stays on the record.

    Raises:
        Invalid: a score outside the scale or no better than where the pupil began; a day before
            the provision begins, or too far ahead.
        NotPossible: nobody has said what is measured, or it was given in error.
    """
    check_stands(allocation)
    scale = _needed(allocation)
    _check_score("score", scale, score)
    if by <= allocation.starts:
        words = _("This begins on %(day)s. Choose a later day.")
        raise Invalid("by", words % {"day": say(allocation.starts)})
    if by > actor.today + AHEAD:
        raise Invalid("by", _("Choose a day within the next two years."))
    first = standing_points(Point.objects.filter(allocation=allocation)).order_by("on").first()
    if first is not None and first.score is not None:
        gain = better_by(score, first.score, less_is_better=scale.less_is_better)
        if gain <= 0:
            words = _("The first score was %(score)s. Aim for something better than that.")
            raise Invalid("score", words % {"score": plain(first.score)})
    row = Aim(
        org_id=allocation.org_id, pupil_id=allocation.pupil_id, allocation=allocation,
        scale=scale, score=score, by=by, person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    row.save()
    return row


def _needed(allocation: Allocation) -> Scale:
    scale = scale_of(allocation)
    if scale is None:
        raise NotPossible(_("Nobody has said yet what is measured here. Say that first."))
    return scale


def _check_number(field: str, value: Decimal) -> None:
    if abs(value) > MOST or value != value.quantize(HUNDREDTH):
        raise Invalid(
            field, _("Give a number up to 99,999 with at most two places after the point.")
        )


def _check_score(field: str, scale: Scale, score: Decimal) -> None:
    if not scale.lowest <= score <= scale.highest:
        words = _("%(measure)s goes from %(lowest)s to %(highest)s. Check the score.") % {
            "measure": scale.name, "lowest": plain(scale.lowest), "highest": plain(scale.highest),
        }  # fmt: skip
        raise Invalid(field, words)
    _check_number(field, score)


def _check_day(actor: Actor, allocation: Allocation, on: date) -> None:
    if on > actor.today:
        raise Invalid("on", _("This is a day to come. Write it down once it was measured."))
    if on < allocation.starts - ENTRY_BEFORE:
        words = _("This begins on %(day)s. A measure can be at most 60 days older.")
        raise Invalid("on", words % {"day": say(allocation.starts)})


def _new(
    actor: Actor,
    allocation: Allocation,
    scale: Scale,
    on: date,
    score: Decimal | None,
    source: str,
    last: bool = False,
    *,
    corrects: Point | None,
) -> Point:
    row = Point(
        org_id=allocation.org_id, pupil_id=allocation.pupil_id, allocation=allocation, scale=scale,
        on=on, score=score, last=last, source=line("source", source, MOST_SOURCE),
        corrects=corrects, person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    row.save()
    exits.follow(actor, [allocation])
    return row
