"""The one-page profiles of several pupils, as far as this person may read them."""

from collections.abc import Sequence
from typing import NamedTuple

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.people.days import holding
from opensenco.people.models import HealthAlert, Pupil
from opensenco.support.models import Profile, Strategy
from opensenco.support.queries.reading import rows


class ToRead(NamedTuple):
    """What helps one pupil: the child's own page, what every adult does, and health alerts."""

    pupil: Pupil
    profile: Profile | None
    strategies: list[str]
    alerts: list[HealthAlert]


def profiles_of(actor: Actor, pupils: Sequence[Pupil]) -> list[ToRead]:
    """Give what helps each of these pupils, in their order: three questions for any number."""
    ids = [pupil.pk for pupil in pupils]
    found = rows(actor, Action.PROFILE_VIEW, Profile).filter(pupil__in=ids)
    profiles = {one.pupil_id: one for one in found}
    written = rows(actor, Action.PROFILE_VIEW, Strategy).filter(
        pupil__in=ids, ended_on__isnull=True, group__isnull=True
    )
    strategies: dict[int, list[str]] = {}
    for one in written.order_by("position", "id"):
        strategies.setdefault(one.pupil_id, []).append(one.text)
    there = visible(actor, Action.HEALTH_VIEW, HealthAlert).filter(holding(actor.today))
    alerts: dict[int, list[HealthAlert]] = {}
    for alert in there.filter(pupil__in=ids).order_by("id"):
        alerts.setdefault(alert.pupil_id, []).append(alert)
    return [
        ToRead(one, profiles.get(one.pk), strategies.get(one.pk, []), alerts.get(one.pk, []))
        for one in pupils
    ]
