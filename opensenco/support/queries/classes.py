"""The class sheet: how to teach the pupils in front of one, up to three lines each."""

from dataclasses import dataclass

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.people.queries import pupils_taught
from opensenco.support.models import Profile, Strategy
from opensenco.support.queries.pupils import SHOWN_STRATEGIES
from opensenco.support.queries.reading import rows
from opensenco.support.words import lines


@dataclass(frozen=True)
class ClassCard:
    """One pupil on the sheet: what to do, and one thing to avoid. No status, no code."""

    pupil: Pupil
    class_name: str
    strategies: list[str]
    avoid: str
    own_words: str


def class_sheet(actor: Actor) -> list[ClassCard]:
    """Give the pupils this actor teaches or supports today whom something helps, by surname.

    Where nobody has written strategies, the first lines of what the child says helps stand in.
    """
    pupils = pupils_taught(actor, Action.PROFILE_VIEW)
    ids = [pupil.pk for pupil in pupils]
    profiles = {
        one.pupil_id: one for one in rows(actor, Action.PROFILE_VIEW, Profile).filter(pupil__in=ids)
    }
    written: dict[int, list[str]] = {}
    for one in (
        rows(actor, Action.PROFILE_VIEW, Strategy)
        .filter(pupil__in=ids, ended_on__isnull=True)
        .order_by("position")
    ):
        written.setdefault(one.pupil_id, []).append(one.text)
    cards = (_card(pupil, profiles.get(pupil.pk), written.get(pupil.pk, [])) for pupil in pupils)
    return [card for card in cards if card.strategies or card.avoid or card.own_words]


def _card(pupil: Pupil, profile: Profile | None, written: list[str]) -> ClassCard:
    helps = lines(profile.helps) if profile else []
    hinders = lines(profile.hinders) if profile else []
    return ClassCard(
        pupil=pupil,
        class_name=getattr(pupil, "class_name", ""),
        strategies=(written or helps)[:SHOWN_STRATEGIES],
        avoid=hinders[0] if hinders else "",
        own_words=profile.own_words if profile else "",
    )
