"""A school's figures of what happened since a day, without names: raw counts, see `figures`."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, F, Q

from opensenco.access.actor import Actor
from opensenco.concerns.models import Concern
from opensenco.law.codes.sen import Area, area_of
from opensenco.participation.models import Asked
from opensenco.participation.states import AskedState
from opensenco.people.policy import standing
from opensenco.support.models import Need, Review, SenStatus
from opensenco.support.queries import parents_met
from opensenco.support.queries.figures import check
from opensenco.support.states import After, Ground, Status

THREE_YEARS = timedelta(days=3 * 365 + 1)


def movement(actor: Actor, org: int, since: date) -> dict[str, int]:
    """Count pupils by the status that began for them since a day. One question.

    A status that they had before this record began is no change.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    began = SenStatus.objects.filter(
        standing(), org__in=check(actor, org), in_error_at__isnull=True,
        starts__gte=since, starts__lte=actor.today,
    ).exclude(grounds=[Ground.ALREADY.value])  # fmt: skip
    counted = began.values("code").annotate(many=Count("pupil", distinct=True)).order_by("code")
    found = dict(counted.values_list("code", "many"))
    return {one.value: found.get(one.value, 0) for one in Status}


def areas_met(actor: Actor, org: int) -> dict[Area, int]:
    """Count pupils who had a need of each broad area at any time in the last three years.

    One question. A pupil with needs of two areas counts in both.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    ranked = Need.objects.filter(standing(), org__in=check(actor, org)).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=actor.today - THREE_YEARS)
    )
    pupils: dict[Area, set[int]] = {area: set() for area in Area}
    for pupil, code in ranked.values_list("pupil", "code").distinct().order_by("pupil", "code"):
        area = area_of(code)
        if area is not None:
            pupils[area].add(pupil)
    return {area: len(found) for area, found in pupils.items()}


@dataclass(frozen=True)
class OutcomeFigures:
    """How many outcomes were reviewed since a day: met, carried over, changed."""

    met: int
    carried: int
    changed: int


def outcome_figures(actor: Actor, org: int, since: date) -> OutcomeFigures:
    """Count the outcomes of plans that were reviewed since a day (APD-05). One question.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    found = Review.objects.filter(
        standing(), org__in=check(actor, org), cycle__in_error_at__isnull=True,
        cycle__reviewed_on__gte=since, outcome__in_error_at__isnull=True,
    ).aggregate(
        met=Count("pk", filter=Q(after=After.MET)),
        carried=Count("pk", filter=Q(after=After.CARRY)),
        changed=Count("pk", filter=Q(after=After.CHANGE)),
    )  # fmt: skip
    return OutcomeFigures(**found)


@dataclass(frozen=True)
class ConcernFigures:
    """How many concerns were raised since a day, how many were answered, and in how many days."""

    answered: int
    waits: int
    days: float | None


def concern_figures(actor: Actor, org: int, since: date) -> ConcernFigures:
    """Count the concerns that were raised since a day (IDN-12). One question.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    took = F("replied_on") - F("raised_on")
    found = Concern.objects.filter(
        standing(), org__in=check(actor, org), in_error_at__isnull=True, raised_on__gte=since
    ).aggregate(
        answered=Count("pk", filter=Q(replied_on__isnull=False)),
        waits=Count("pk", filter=Q(replied_on__isnull=True)),
        took=Avg(took, filter=Q(replied_on__isnull=False)),
    )
    took_days = found["took"].total_seconds() / 86_400 if found["took"] is not None else None
    return ConcernFigures(found["answered"], found["waits"], took_days)


@dataclass(frozen=True)
class AskedFigures:
    """How many people were asked about pupils since a day: answered, waiting, without an answer."""

    answered: int
    waits: int
    without: int


def asked_figures(actor: Actor, org: int, since: date) -> AskedFigures:
    """Count what people were asked about pupils since a day. One question.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    found = Asked.objects.filter(
        standing(), org__in=check(actor, org), asked_on__gte=since
    ).aggregate(
        answered=Count("pk", filter=Q(state=AskedState.ANSWERED)),
        waits=Count("pk", filter=Q(state=AskedState.WAITING)),
        without=Count("pk", filter=Q(state__in=[AskedState.DECLINED, AskedState.EXCUSED])),
    )
    return AskedFigures(**found)


@dataclass(frozen=True)
class MetFigures:
    """Pupils on SEN support today by how their meetings with the parents stand this school year.

    Args:
        unknown: of whom it cannot be said, because the school has not entered its term dates.
        held: meetings that were held with all of them together.
    """

    in_time: int
    late: int
    unknown: int
    held: int


def met_figures(actor: Actor, org: int) -> MetFigures:
    """Count pupils on SEN support by whether their parents were met as often as by now (APD-08).

    The same number of questions however many pupils there are.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    wanted = check(actor, org)
    met = [one for one in parents_met.on_support(actor) if one.pupil.org_id in wanted]
    late = sum(one.late for one in met)
    unknown = sum(one.required is None for one in met)
    return MetFigures(len(met) - late - unknown, late, unknown, sum(len(one.held) for one in met))
