"""Who has read what helps a pupil, who has not, and what is new in it since."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import may
from opensenco.notices.models import Notice, NoticeRead
from opensenco.participation.policy import staff_here
from opensenco.people.models import HealthAlert, Pupil
from opensenco.people.queries import adults_of, alerts_of
from opensenco.people.working_with import who_works_with
from opensenco.support.models import Profile, ProfileRead, Strategy
from opensenco.support.queries.reading import rows
from opensenco.support.words import lines

PARTS: dict[str, Promise] = {
    "own_words": _("In their own words"),
    "good_at": _("What they are good at"),
    "matters": _("What matters"),
    "helps": _("What helps"),
    "hinders": _("What does not help"),
    "communication": _("How they communicate"),
}


class Version(NamedTuple):
    """Which words of a pupil's profile, strategies and health alerts.

    Each number grows with each change.
    """

    profile: int = 0
    strategies: int = 0
    alerts: int = 0

    def reaches(self, other: "Version") -> bool:
        """Whether the other has stood already, and is not made up."""
        return all(theirs <= ours for theirs, ours in zip(other, self, strict=True))

    def __str__(self) -> str:
        return f"{self.profile}-{self.strategies}-{self.alerts}"

    @classmethod
    def read(cls, text: str) -> "Version | None":
        """Read what a form says; None where it is no version."""
        parts = text.split("-")
        if len(parts) in (2, 3) and all(_number(part) for part in parts):
            return cls(*(int(part) for part in parts))
        return None


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


class Reader(NamedTuple):
    """An adult who works with a pupil, and whether they have read what helps.

    Args:
        read_at: when they last said so; None for never. current: of the words that stand now.
        reminded_at: when they were reminded and have not read it since.
    """

    name: str
    how: str
    person: Person
    read_at: datetime | None
    current: bool
    reminded_at: datetime | None


class Change(NamedTuple):
    """What is other in one part than when somebody read it."""

    heading: str
    new: list[str]
    gone: list[str]


@dataclass(frozen=True)
class Unread:
    """A pupil whose page this person has not read as it stands; `again` if in other words."""

    pupil: Pupil
    version: Version
    again: bool


def versions(pupils: Collection[int]) -> dict[int, Version]:
    """Give the version of what helps, by the pupil's id; pupils with nothing to read are left out.

    Three questions, however many pupils. A health alert counts beside what helps, not alone.
    """
    written = dict(Profile.objects.filter(pupil__in=pupils).values_list("pupil_id", "version"))
    marked = Count("pk", filter=Q(ended_on__isnull=False))
    counted = Strategy.objects.filter(pupil__in=pupils).values("pupil_id").order_by()
    spans = {
        pupil: (made + ended, made - ended)
        for pupil, made, ended in counted.annotate(made=Count("pk"), ended=marked).values_list(
            "pupil_id", "made", "ended"
        )
    }
    # a row begins at 1 and grows by 1: so many times was something said of their health
    said = HealthAlert.objects.filter(pupil__in=pupils).values("pupil_id").order_by()
    alerts = dict(said.annotate(times=Sum("version")).values_list("pupil_id", "times"))
    nothing = (0, 0)
    return {
        pupil: Version(written.get(pupil, 0), spans.get(pupil, nothing)[0], alerts.get(pupil, 0))
        for pupil in written.keys() | spans.keys()
        if pupil in written or spans[pupil][1]
    }


def version_of(pupil: Pupil) -> Version | None:
    """Give the version of what helps a pupil; None where there is nothing to read."""
    return versions([pupil.pk]).get(pupil.pk)


def newest_reads(pupils: Collection[int], people: Iterable[int] | None = None) -> dict[Any, Any]:
    """Give by pupil's and person's id what each read last; one question."""
    found = ProfileRead.objects.filter(pupil__in=pupils)
    if people is not None:
        found = found.filter(person__in=people)
    return {(one.pupil_id, one.person_id): one for one in found.order_by("at", "id")}


def is_of(read: ProfileRead | None, version: Version | None) -> bool:
    """Tell whether these are the words that were read; where there are none, nothing is unread."""
    return version is None or (
        read is not None and Version(read.of_profile, read.of_strategies, read.of_alerts) == version
    )


def unread(actor: Actor, pupils: Iterable[Pupil]) -> list[Unread]:
    """Give of these pupils those whose page this person has not read as it stands; in order."""
    asked = list(pupils)
    ids = [pupil.pk for pupil in asked]
    if not ids or actor.hat.role.guest:
        return []
    now, read = versions(ids), newest_reads(ids, [actor.person.pk])
    return [
        Unread(pupil, now[pupil.pk], (pupil.pk, actor.person.pk) in read)
        for pupil in asked
        if not is_of(read.get((pupil.pk, actor.person.pk)), now.get(pupil.pk))
    ]


def readers_of(pupil: Pupil, day: date, version: Version | None = None) -> list[Reader]:
    """Give the staff who work with a pupil, each with what they last read; teachers first.

    Args:
        version: as `version_of` gave it; asked for where it is not given.
    """
    version = version or version_of(pupil)
    read = newest_reads([pupil.pk])
    told = dict(reminders([pupil.pk]).order_by("at").values_list("person_id", "at"))
    here = {one.pk for one in staff_here(pupil.org_id, day)}
    found = []
    for adult in adults_of(pupil, day):
        if adult.person.pk not in here:
            continue
        one = read.get((pupil.pk, adult.person.pk))
        current = is_of(one, version)
        waits = None if current else told.get(adult.person.pk)
        found.append(
            Reader(adult.name, adult.how, adult.person, one.at if one else None, current, waits)
        )
    return found


def staff_with(pupils: Sequence[Pupil], day: date) -> dict[int, list[Person]]:
    """Give by pupil's id the staff who work with each on a day: not who comes from elsewhere.

    As many questions as for one pupil, and one for each place.
    """
    near = who_works_with([pupil.pk for pupil in pupils], day)
    places = {pupil.org_id for pupil in pupils}
    here = {(one.pk, org) for org in places for one in staff_here(org, day)}
    return {
        pupil.pk: [one for one in near.get(pupil.pk, []) if (one.pk, pupil.org_id) in here]
        for pupil in pupils
    }


def own_read(actor: Actor, pupil: Pupil) -> ProfileRead | None:
    """Give what this person read of a pupil last; None for never."""
    mine = ProfileRead.objects.filter(pupil=pupil, person=actor.person)
    return mine.order_by("at", "id").last()


def reminders(pupils: Collection[int]) -> QuerySet[Notice]:
    """Give the reminders to read what helps these pupils that nobody has read yet."""
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), person=OuterRef("person"))
    of_profiles = Profile.objects.filter(pupil__in=pupils).values("ref")
    of_pupils = Pupil.objects.filter(pk__in=pupils).values("ref")
    sources = Q(source_label=Profile._meta.label, source_ref__in=of_profiles) | Q(
        source_label=Pupil._meta.label, source_ref__in=of_pupils, pupil__in=pupils
    )
    return Notice.objects.filter(sources, person__isnull=False).filter(~Exists(read))


def changed_since(actor: Actor, pupil: Pupil, read: ProfileRead) -> list[Change]:
    """Give what is other now than in the words that somebody read, in the order of the page."""
    profile = rows(actor, Action.PROFILE_VIEW, Profile).filter(pupil=pupil).first()
    return [
        *_of_alerts(actor, pupil, read.of_alerts),
        *_of_profile(profile, pupil, read.of_profile),
        *_of_classes(pupil, read.of_strategies),
    ]


def _of_alerts(actor: Actor, pupil: Pupil, version: int) -> list[Change]:
    """Compare health alerts by the history, for who may read them: each change is one row of it."""
    if not actor.can_somewhere(Action.HEALTH_VIEW) or not may(actor, Action.HEALTH_VIEW, pupil):
        return []
    history: Any = HealthAlert.history
    stood: dict[int, str] = {}
    for one in history.filter(pupil_id=pupil.pk).order_by("history_id")[:version]:
        stood.pop(one.id, None)
        if one.in_error_at is None and (one.ended_on is None or one.ended_on > actor.today):
            stood[one.id] = _alert(one)
    has = [_alert(one) for one in alerts_of(actor, pupil)]
    had = list(stood.values())
    return [_change(str(_("Health")), had, has)] if had != has else []


def _alert(one: Any) -> str:
    return f"{one.alert}: {one.what_to_do}" if one.what_to_do else str(one.alert)


def _of_profile(profile: Profile | None, pupil: Pupil, version: int) -> list[Change]:
    if profile is None or profile.version == version:
        return []
    history: Any = Profile.history
    before = history.filter(pupil_id=pupil.pk, version=version).order_by("history_id").last()
    found = []
    for part, heading in PARTS.items():
        had = lines(getattr(before, part)) if before else []
        has = lines(getattr(profile, part))
        if had != has:
            found.append(_change(str(heading), had, has))
    return found


def _of_classes(pupil: Pupil, version: int) -> list[Change]:
    """Compare strategies by the history: each row is made once and ended at most once."""
    history: Any = Strategy.history
    stood: dict[int, tuple[str, str]] = {}
    written = history.filter(pupil_id=pupil.pk).order_by("history_id")
    for one in written.select_related("group")[:version]:
        if one.ended_on is None:
            stood[one.id] = (one.group.name if one.group else "", one.text)
        else:
            stood.pop(one.id, None)
    now = (
        Strategy.objects.filter(pupil=pupil, ended_on__isnull=True)
        .order_by(F("group").asc(nulls_first=True), "position")
        .select_related("group")
    )
    stands = [(one.group.name if one.group else "", one.text) for one in now]
    found = []
    for place in dict.fromkeys(name for name, _text in (*stands, *stood.values())):
        had = [text for name, text in stood.values() if name == place]
        has = [text for name, text in stands if name == place]
        if had != has:
            every = str(_("What every adult does in class"))
            found.append(_change(str(_("In %(group)s")) % {"group": place} if place else every,
                                 had, has))  # fmt: skip
    return found


def _change(heading: str, had: list[str], has: list[str]) -> Change:
    return Change(
        heading,
        [text for text in has if text not in had],
        [text for text in had if text not in has],
    )
