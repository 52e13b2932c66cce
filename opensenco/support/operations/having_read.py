"""Having read what helps a pupil, being reminded of it, and what is done in one class."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotAllowed
from opensenco.notices.operations import read_notices
from opensenco.people.models import Pupil
from opensenco.support.models import Profile, ProfileRead
from opensenco.support.queries.having_read import Version, readers_of, reminders, versions


@operation(Action.PROFILE_VIEW, on="pupils")
def read_profiles(
    *, actor: Actor, pupils: Sequence[Pupil], seen: Mapping[int, Version]
) -> list[ProfileRead]:
    """Say that one has read what helps these pupils, in the words that one had before one.

    A reminder of it counts as read. Words that were changed since the page was drawn are new all
    the same: what is kept is what was shown.

    Args:
        seen: by the pupil's id, the version on the page.

    Raises:
        NotAllowed: a parent, a pupil or a visitor: only staff say so.
    """
    if actor.hat.role.guest:
        raise NotAllowed
    there = versions([pupil.pk for pupil in pupils])
    new = [
        _row(actor, pupil, seen[pupil.pk])
        for pupil in pupils
        if pupil.pk in seen and there.get(pupil.pk, Version()).reaches(seen[pupil.pk])
    ]
    ProfileRead.objects.bulk_create(new, ignore_conflicts=True)
    told = list(reminders([row.pupil_id for row in new]).filter(person=actor.person))
    if told:
        read_notices(actor=actor, notices=told)
    return new


@operation(Action.ASK_SEND, on="pupils")
def remind_to_read(
    *, actor: Actor, pupils: Sequence[Pupil], person: Person | None = None
) -> list[Person]:
    """Remind the adults who work with these pupils and have not read what helps them now.

    Whoever was reminded already and has not read since is not told twice.

    Args:
        person: this one alone; None for all of them.

    Returns:
        who was told, once for each pupil; nobody where everybody knows.
    """
    told: list[Person] = []
    for pupil in pupils:
        told += _remind(actor, pupil, person)
    return told


def note_read(actor: Actor, pupil: Pupil) -> None:
    """Keep that whoever writes the page, or what is done in class, has read it as it is now."""
    version = versions([pupil.pk]).get(pupil.pk)
    if version and not actor.hat.role.guest:
        ProfileRead.objects.bulk_create([_row(actor, pupil, version)], ignore_conflicts=True)


def _row(actor: Actor, pupil: Pupil, version: Version) -> ProfileRead:
    return ProfileRead(
        org_id=pupil.org_id, pupil=pupil, person=actor.person, at=actor.at,
        of_profile=version.profile, of_strategies=version.strategies,
        of_alerts=version.alerts,
    )  # fmt: skip


def _remind(actor: Actor, pupil: Pupil, only: Person | None) -> list[Person]:
    waits = set(reminders([pupil.pk]).values_list("person_id", flat=True))
    source: Profile | Pupil = Profile.objects.filter(pupil=pupil).first() or pupil
    told = []
    for reader in readers_of(pupil, actor.today):
        who = reader.person
        if reader.current or who.pk in waits or who == actor.person or (only and who != only):
            continue
        spine.tell(
            actor=actor, org=pupil.org, pupil=pupil, person=who, source=source,
            words=_("Please read what helps this pupil, and say that you have read it."),
        )  # fmt: skip
        told.append(who)
    return told
