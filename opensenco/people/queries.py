"""Reading pupils and the people round them, within what the actor may see."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigAutoField, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.questions import Among, Told, question
from opensenco.access.registry import flag, visible
from opensenco.audit.history import as_of, end_of
from opensenco.gate.rows import NotYours, find
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import NotPossible
from opensenco.people.days import holding, running
from opensenco.people.looking_back import reads_then
from opensenco.people.models import (
    Assignment,
    CareStatus,
    Contact,
    Group,
    GroupPupil,
    GroupStaff,
    HealthAlert,
    Joining,
    OutOfDutyOpening,
    Pupil,
)
from opensenco.people.one_child import of_one_child
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind, StaffPart
from opensenco.people.who_was import as_may_be_seen, attach_was, called_or_numbered

MOST_FOUND = 50
ONE_DAY = timedelta(days=1)
MOST_REASONS = 20


def pupil(actor: Actor, ref: uuid.UUID, action: Action = Action.PUPIL_VIEW) -> Pupil:
    """Give the pupil of a reference, marked where it is seen by a typed reason only.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    try:
        row = find(actor, action, Pupil, ref, "org")
    except NotYours as refused:
        # an address of a record that was made one with another leads to that other
        first = getattr(refused.row, "same_as", None)
        if first is None:
            raise
        row = find(actor, action, Pupil, first.ref, "org")
    mark_out_of_duty(actor, row)
    return row


def records_of(row: Pupil) -> QuerySet[Any, int]:
    """Give the ids of a pupil's record and of those that were made one with it."""
    same = Pupil.objects.filter(Q(pk=row.pk) | Q(same_as=row.pk))
    return same.values_list("pk", flat=True)


def reasons_given(row: Pupil, most: int = MOST_REASONS) -> list[OutOfDutyOpening]:
    """Give who opened a record outside their duty and why, the newest first.

    The record has been found for whoever may see who opened it.
    """
    rows = OutOfDutyOpening.objects.filter(of_one_child(row)).select_related("person")
    return list(rows.order_by("-at", "-id")[:most])


def mark_out_of_duty(actor: Actor, row: Pupil) -> None:
    """Mark a pupil whose record this actor sees by a typed reason only, for the log of looks."""
    row.opened_out_of_duty = (  # type: ignore[attr-defined]
        actor.can_somewhere(Action.OUT_OF_DUTY_OPEN)
        and OutOfDutyOpening.objects.filter(
            person=actor.person, day=actor.today, pupil=row
        ).exists()
    )


def found(actor: Actor, words: str) -> tuple[list[Pupil], int]:
    """Find pupils by part of a name: at most 50, surname first, and how many there are.

    Whoever may see earlier names finds them by these too, and is told which (`was`).

    Each says by `may_open` whether its page opens without a typed reason.
    """
    rows = visible(actor, Action.PUPIL_FIND, Pupil).filter(called_or_numbered(actor, words))
    rows = rows.annotate(may_open=flag(actor, Action.PUPIL_VIEW, Pupil)).order_by("sort_key", "id")
    shown: list[Pupil] = [*rows[:MOST_FOUND]]
    attach_classes(shown, actor.today)
    attach_was(actor, shown, words)
    return shown, len(shown) if len(shown) < MOST_FOUND else rows.count()


@question
def _classes_among(day: date) -> QuerySet[Any, tuple[int, str]]:
    spans = GroupPupil.objects.filter(
        on_day(day), Among("pupil", "pupils"), group__kind=GroupKind.CLASS
    )
    return spans.order_by("-starts", "-id").values_list("pupil_id", "group__name")


def class_names(pupils: Sequence[int], day: date) -> dict[int, str]:
    """Give by pupil's id the class each is in on a day; who is in none is left out."""
    names: dict[int, str] = {}
    for pupil_id, name in _classes_among.ask(day, pupils=pupils):
        names.setdefault(pupil_id, name)
    return names


def attach_classes(pupils: Iterable[Pupil], day: date) -> None:
    """Set `class_name` on each pupil: the class they are in on a day, or nothing."""
    pupils = list(pupils)
    if not pupils:
        return
    names = class_names([p.pk for p in pupils], day)
    for row in pupils:
        row.class_name = names.get(row.pk, "")  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Adult:
    """An adult who works with a pupil, and how: "Teaches 4R, covers Language group"."""

    name: str
    how: str
    person: Person


def adults_of(pupil_row: Pupil, day: date) -> list[Adult]:
    """Give the adults who work with a pupil on a day, each once: teachers first, by surname.

    Left out is whoever has no role at the setting on that day, and what a group that has ended was
    taught.
    """
    staff = _teaching.ask(day, pupil_row.org_id, pupil=pupil_row.pk)
    named = _assigned.ask(day, pupil_row.org_id, pupil=pupil_row.pk)
    parts: dict[Person, list[str]] = {}
    for row in sorted(staff, key=lambda one: list(StaffPart).index(StaffPart(one.does))):
        parts.setdefault(row.person, []).append(
            f"{row.get_does_display()} {row.subject or row.group.name}"
        )
    for one in named:
        parts.setdefault(one.person, []).append(gettext("assigned to this pupil"))
    return [Adult(who.name, _sentence(how), who) for who, how in parts.items()]


def _here(day: date, org: int) -> QuerySet[Any, Any]:
    return Membership.objects.filter(on_day(day), org_id=org, withdrawn=False).values("person")


@question
def _teaching(day: date, org: int) -> QuerySet[GroupStaff]:
    pupil = Told("pupil", BigAutoField())
    groups = GroupPupil.objects.filter(running(day - ONE_DAY, "group__"), on_day(day), pupil=pupil)
    rows = GroupStaff.objects.filter(
        on_day(day), group__in=groups.values("group"), person__in=_here(day, org)
    ).select_related("person", "group")
    return rows.order_by("person__last_name", "person_id", "group__name", "id")


@question
def _assigned(day: date, org: int) -> QuerySet[Assignment]:
    pupil = Told("pupil", BigAutoField())
    rows = Assignment.objects.filter(on_day(day), pupil=pupil, person__in=_here(day, org))
    return rows.select_related("person").order_by("person__last_name", "person_id", "id")


def _sentence(parts: Iterable[str]) -> str:
    words = ", ".join(dict.fromkeys(parts))
    return words[:1].upper() + words[1:]


def contacts_of(actor: Actor, pupil_row: Pupil) -> list[Contact]:
    """Give the contacts that this actor may see; those made in error are left out."""
    return list(
        visible(actor, Action.CONTACT_VIEW, Contact)
        .filter(pupil=pupil_row, in_error_at__isnull=True)
        .order_by("id")
    )


def contact(actor: Actor, ref: uuid.UUID, action: Action = Action.CONTACT_EDIT) -> Contact:
    """Give the contact of a reference that this actor may do that to."""
    return find(actor, action, Contact, ref, "pupil")


def alerts_of(actor: Actor, pupil_row: Pupil) -> list[HealthAlert]:
    """Give the health alerts that this actor may see."""
    return list(
        visible(actor, Action.HEALTH_VIEW, HealthAlert)
        .filter(holding(actor.today), pupil=pupil_row)
        .order_by("id")
    )


def ended_alerts_of(actor: Actor, pupil_row: Pupil) -> list[HealthAlert]:
    """Give the health alerts that ended, with who ended them, the newest first: for who keeps them.

    Every other adult has been told that it is over, and is shown it no more.
    """
    rows = visible(actor, Action.HEALTH_EDIT, HealthAlert).filter(
        pupil=pupil_row, in_error_at__isnull=True, ended_on__lte=actor.today
    )
    return list(rows.select_related("ended_by").order_by("-ended_on", "-id"))


def alert(actor: Actor, ref: uuid.UUID, action: Action = Action.HEALTH_EDIT) -> HealthAlert:
    """Give the health alert of a reference that this actor may do that to."""
    return find(actor, action, HealthAlert, ref, "pupil", "pupil__org")


def alerts_by_day(actor: Actor, pupil_row: Pupil) -> list[tuple[date, HealthAlert]]:
    """Give the health alerts that this actor may see, each with the day on which it was recorded,
    the newest first.
    """
    rows = alerts_of(actor, pupil_row)
    written = HealthAlert.history.filter(id__in=[row.pk for row in rows]).values("id")
    first = dict(written.annotate(at=Min("history_date")).values_list("id", "at"))
    dated = [(london_date(first[row.pk]), row) for row in rows if row.pk in first]
    return sorted(dated, key=lambda one: (one[0], one[1].pk), reverse=True)


def care_of(actor: Actor, pupil_row: Pupil) -> list[CareStatus]:
    """Give the care status that this actor may see, as it holds today."""
    return list(
        visible(actor, Action.CARE_VIEW, CareStatus)
        .filter(on_day(actor.today), pupil=pupil_row, in_error_at__isnull=True)
        .order_by("-starts", "id")
    )


def groups(actor: Actor) -> list[Group]:
    """Give the groups that this actor may choose from, by name."""
    return list(
        visible(actor, Action.PUPIL_FIND, Group).filter(running(actor.today)).order_by("name", "id")
    )


def pupils_taught(actor: Actor, action: Action = Action.PUPIL_VIEW) -> list[Pupil]:
    """Give the pupils whom this actor teaches or is assigned to today, with their classes."""
    mine = GroupStaff.objects.filter(on_day(actor.today), person=actor.person).values("group")
    inside = GroupPupil.objects.filter(on_day(actor.today), pupil=OuterRef("pk"), group__in=mine)
    named = Assignment.objects.filter(
        on_day(actor.today), person=actor.person, pupil=OuterRef("pk")
    )
    rows = list(
        visible(actor, action, Pupil)
        .filter(Exists(inside) | Exists(named))
        .order_by("sort_key", "id")
    )
    attach_classes(rows, actor.today)
    return rows


def as_stood(actor: Actor, row: Pupil, day: date) -> Pupil | None:
    """Give a pupil as they stood at the end of a day; None where they were not on the record.

    Whoever may not see an earlier name reads today's in its place.
    """
    found_then: Pupil | None = as_of(Pupil, day).filter(pk=row.pk).first()
    if found_then is None or found_then.in_error or not reads_then(actor, row):
        return None
    return as_may_be_seen(actor, row, found_then, day)


def on_record_since(row: Pupil) -> date | None:
    """Give the day on which a pupil's record began; None where its history does not say."""
    first = Pupil.history.filter(id=row.pk).aggregate(at=Min("history_date"))["at"]
    return london_date(first) if first else None


def one_with(row: Pupil, day: date) -> list[Pupil]:
    """Give the records that were made one with a pupil's after a day: they stood beside it then."""
    later = Joining.objects.filter(at__gt=end_of(day), parted_at__isnull=True)
    rows = Pupil.objects.filter(same_as=row, pk__in=later.values("other"))
    return list(rows.select_related("same_as").order_by("id"))


def classes(actor: Actor) -> list[Group]:
    """Give the classes that still run, by name."""
    return [group for group in groups(actor) if group.kind == GroupKind.CLASS]


def place(actor: Actor) -> Organisation:
    """Give the setting that new rows go into: the only one of this hat.

    Raises:
        NotPossible: the hat has several, and nobody said which.
    """
    if len(actor.hat.orgs) != 1:
        raise NotPossible(gettext("Choose one school first: your role has several."))
    return Organisation.objects.get(pk=min(actor.hat.orgs))


@dataclass(frozen=True)
class OwnGroup:
    """A class or group of one's own, with its pupils by surname."""

    name: str
    kind: str
    pupils: list[Pupil]


def pupils_by_class(actor: Actor) -> list[OwnGroup]:
    """Give the classes and groups that this actor teaches, runs or covers today, by name."""
    return _own_groups(actor, None)


def groups_run(actor: Actor) -> list[OwnGroup]:
    """Give the groups that this actor runs or covers today, by name."""
    return _own_groups(actor, (StaffPart.RUNS, StaffPart.COVERS))


def _own_groups(actor: Actor, parts: tuple[str, ...] | None) -> list[OwnGroup]:
    mine = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
    if parts is not None:
        mine = mine.filter(does__in=parts)
    seen = visible(actor, Action.PUPIL_VIEW, Pupil).values("pk")
    spans = (
        GroupPupil.objects.filter(
            on_day(actor.today),
            running(actor.today, "group__"),
            group__in=mine.values("group"),
            pupil__in=seen,
        )
        .select_related("group", "pupil")
        .order_by("group__name", "group_id", "pupil__sort_key", "id")
    )
    found: dict[int, OwnGroup] = {}
    for span in spans:
        kind = span.group.get_kind_display()
        found.setdefault(span.group_id, OwnGroup(span.group.name, kind, [])).pupils.append(
            span.pupil
        )
    return list(found.values())


def pupils_shared(actor: Actor) -> list[Pupil]:
    """Give the children whose page a parent, a pupil or a visitor may open, by surname."""
    rows = visible(actor, Action.PUPIL_VIEW, Pupil).select_related("org")
    return list(rows.order_by("sort_key", "id")[:MOST_FOUND])


def has_pupils(actor: Actor) -> bool:
    """Tell whether any pupil is on the record here whose page this actor may open."""
    return visible(actor, Action.PUPIL_VIEW, Pupil).exists()


def names_of(actor: Actor, refs: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Give the names of pupils that this actor may find, by reference; others are left out."""
    wanted = list(refs)
    if not wanted or not actor.can_somewhere(Action.PUPIL_FIND):
        return {}
    rows = visible(actor, Action.PUPIL_FIND, Pupil)
    found = {row.ref: row.name for row in rows.filter(ref__in=wanted)}
    if missing := [ref for ref in wanted if ref not in found]:
        # of a record that was made one with another, the name is that of the one that goes on
        aside = Pupil.objects.filter(ref__in=missing, same_as__in=rows.values("pk"))
        found |= {row.ref: row.stands.name for row in aside.select_related("same_as")}
    return found


def place_of(row: Pupil) -> Organisation:
    """Give the setting that a pupil's record belongs to."""
    return Organisation.objects.get(pk=row.org_id)
