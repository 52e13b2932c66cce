"""What pupils were called and numbered before, for those who may see it, and nothing for others."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.audit.history import end_of
from opensenco.gate.rows import find
from opensenco.kernel.text import search_key
from opensenco.kernel.upn import LENGTH
from opensenco.people.former import FormerIdentity
from opensenco.people.models import Pupil

NAMES = ("first_name", "last_name", "known_as")


def formers_of(actor: Actor, pupil: Pupil) -> list[FormerIdentity]:
    """Give the earlier names and numbers of a pupil that this actor may see, the newest first."""
    if not actor.can_somewhere(Action.FORMER_NAMES):
        return []
    rows = visible(actor, Action.FORMER_NAMES, FormerIdentity).filter(pupil=pupil)
    return list(rows.select_related("noted_by").order_by("-until", "-id"))


def former(actor: Actor, ref: uuid.UUID) -> FormerIdentity:
    """Give the earlier name or number of a reference that this actor may say something of.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PUPIL_EDIT, FormerIdentity, ref, "pupil", "org")


def _matching(actor: Actor, words: str) -> QuerySet[FormerIdentity]:
    rows = visible(actor, Action.FORMER_NAMES, FormerIdentity)
    for word in search_key(words).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def called_or_numbered(actor: Actor, words: str) -> Q:
    """Give the condition for the pupils whom words find: by a name or number, of now or before."""
    named = Q()
    for word in search_key(words).split():
        named &= Q(search_key__contains=word)
    if not named:
        return named
    number = "".join(words.split()).upper()
    if len(number) == LENGTH and actor.can_somewhere(Action.PUPIL_EDIT):
        named |= Q(upn=number)
    if actor.can_somewhere(Action.FORMER_NAMES):
        named |= Q(Exists(_matching(actor, words).filter(pupil=OuterRef("pk"))))
    return named


def attach_was(actor: Actor, pupils: Iterable[Pupil], words: str) -> None:
    """Set `was` on each pupil: the earlier names or numbers that these words found."""
    rows = list(pupils)
    for row in rows:
        row.was = ""  # type: ignore[attr-defined]
    if not rows or not search_key(words) or not actor.can_somewhere(Action.FORMER_NAMES):
        return
    found: dict[int, list[str]] = {}
    for one in _matching(actor, words).filter(pupil__in=[r.pk for r in rows]).order_by("-until"):
        found.setdefault(one.pupil_id, []).append(one.name or _("UPN %(upn)s") % {"upn": one.upn})
    for row in rows:
        row.was = ", ".join(dict.fromkeys(found.get(row.pk, [])))  # type: ignore[attr-defined]


def as_may_be_seen(actor: Actor, row: Pupil, then: Pupil, day: date) -> Pupil:
    """Give a pupil as they stood at the end of a day, by today's name where the old one is not
    for this actor's eyes.

    Args:
        row: as the record stands now. then: as it stood; changed in place.
    """
    now = row.stands
    later = FormerIdentity.objects.filter(
        pupil=now, in_error_at__isnull=True, until__gt=end_of(day)
    )
    seen = visible(actor, Action.FORMER_NAMES, FormerIdentity)
    for one in later.exclude(pk__in=seen.values("pk")):
        for name in ("upn",) if one.upn else NAMES:
            setattr(then, name, getattr(now, name))
    return then


def hidden_names(actor: Actor, org: Organisation) -> tuple[frozenset[str], ...]:
    """Give the earlier names of pupils of a setting that this actor may not see, each as the words
    of its key: who compares papers with them says nothing of a child by that name.
    """
    seen = visible(actor, Action.FORMER_NAMES, FormerIdentity)
    rows = FormerIdentity.objects.filter(org=org, upn="", in_error_at__isnull=True).exclude(
        pk__in=seen.values("pk")
    )
    names = rows.order_by("id").values_list("first_name", "last_name")
    return tuple(frozenset(search_key(f"{first} {last}").split()) for first, last in names)


def guarded_names(actor: Actor, pupils: Iterable[int]) -> dict[int, Pupil]:
    """Give those of these pupils who have an earlier name that this actor may not see."""
    seen = visible(actor, Action.FORMER_NAMES, FormerIdentity)
    hidden = FormerIdentity.objects.filter(
        pupil__in=list(pupils), upn="", in_error_at__isnull=True
    ).exclude(pk__in=seen.values("pk"))
    return Pupil.objects.in_bulk(list(hidden.values_list("pupil", flat=True)))
