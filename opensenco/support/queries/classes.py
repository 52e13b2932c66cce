"""The class sheet: how to teach the pupils in front of one, up to three lines each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.people.days import holding
from opensenco.people.models import Group, GroupStaff, HealthAlert, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import pupils_taught
from opensenco.people.working_with import pupils_in
from opensenco.support.models import Profile, Strategy
from opensenco.support.queries.having_read import Version, is_of, newest_reads, versions
from opensenco.support.queries.pupils import SHOWN_STRATEGIES
from opensenco.support.queries.reading import rows
from opensenco.support.words import lines


@dataclass(frozen=True)
class ClassCard:
    """One pupil on the sheet: what to do, and one thing to avoid. No status, no code.

    Args:
        strategies: those of this class first, then what every adult does; three at most.
    """

    pupil: Pupil
    class_name: str
    strategies: list[str]
    avoid: str
    own_words: str
    communication: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.strategies or self.avoid or self.own_words or self.communication)


@dataclass(frozen=True)
class SheetCard:
    """One pupil on the sheet of a class or group, with what adults must know of their health.

    Args:
        alerts: what this actor may read of it; each with what to do.
        version: of what helps; None where nothing is written. unread: by this actor, as it stands.
        again: they have read it in other words.
    """

    card: ClassCard
    alerts: list[HealthAlert]
    version: Version | None
    unread: bool
    again: bool


@dataclass(frozen=True)
class Sheet:
    """The sheet of one class or group.

    Args:
        cards: the pupils of whom something is written, by surname. size: how many are in it.
    """

    group: Group
    cards: list[SheetCard]
    size: int

    @property
    def unread(self) -> list[SheetCard]:
        """Those of whom this actor has not read what is written now."""
        return [one for one in self.cards if one.unread]


def class_sheet(actor: Actor) -> list[ClassCard]:
    """Give the pupils this actor teaches or supports today whom something helps, by surname.

    Where nobody has written strategies, the first lines of what the child says helps stand in.
    """
    return [card for card in _cards(actor, pupils_taught(actor, Action.PROFILE_VIEW), None) if card]


def sheet_of(actor: Actor, group: Group) -> Sheet:
    """Give the sheet of a class or group, for whoever reads what helps its pupils.

    The number of questions asked of the database does not grow with the pupils.
    """
    pupils = pupils_in(actor, group)
    return Sheet(group, cards_for(actor, pupils, group), len(pupils))


def cards_for(actor: Actor, pupils: Sequence[Pupil], group: Group | None) -> list[SheetCard]:
    """Give the cards of those pupils of whom something is written, as for who stands in."""
    ids = [pupil.pk for pupil in pupils]
    now, read = versions(ids), newest_reads(ids, [actor.person.pk])
    alerts: dict[int, list[HealthAlert]] = {}
    there = visible(actor, Action.HEALTH_VIEW, HealthAlert).filter(holding(actor.today))
    for alert in there.filter(pupil__in=ids).order_by("id"):
        alerts.setdefault(alert.pupil_id, []).append(alert)
    cards = []
    for card in _cards(actor, pupils, group):
        pk, mine = card.pupil.pk, read.get((card.pupil.pk, actor.person.pk))
        unread = not is_of(mine, now.get(pk))
        if card or pk in alerts:
            cards.append(SheetCard(card, alerts.get(pk, []), now.get(pk), unread, mine is not None))
    return cards


def _cards(actor: Actor, pupils: Sequence[Pupil], group: Group | None) -> list[ClassCard]:
    ids = [pupil.pk for pupil in pupils]
    profiles = {
        one.pupil_id: one for one in rows(actor, Action.PROFILE_VIEW, Profile).filter(pupil__in=ids)
    }
    written: dict[int, list[str]] = {}
    for one in _strategies(actor, ids, group):
        written.setdefault(one.pupil_id, []).append(one.text)
    return [_card(pupil, profiles.get(pupil.pk), written.get(pupil.pk, [])) for pupil in pupils]


def _strategies(actor: Actor, pupils: list[int], group: Group | None) -> QuerySet[Strategy]:
    """Give what is for every adult and for this class, or for those one teaches; these first."""
    found = rows(actor, Action.PROFILE_VIEW, Strategy).filter(
        pupil__in=pupils, ended_on__isnull=True
    )
    if group is not None:
        found = found.filter(Q(group__isnull=True) | Q(group=group))
    else:
        mine = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
        found = found.filter(Q(group__isnull=True) | Q(group__in=mine.values("group")))
    return found.order_by("pupil_id", F("group").asc(nulls_last=True), "position", "id")


def _card(pupil: Pupil, profile: Profile | None, written: list[str]) -> ClassCard:
    helps = lines(profile.helps) if profile else []
    hinders = lines(profile.hinders) if profile else []
    return ClassCard(
        pupil=pupil,
        class_name=getattr(pupil, "class_name", ""),
        strategies=(written or helps)[:SHOWN_STRATEGIES],
        avoid=hinders[0] if hinders else "",
        own_words=profile.own_words if profile else "",
        communication=lines(profile.communication) if profile else [],
    )
