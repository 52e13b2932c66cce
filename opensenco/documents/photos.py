"""The photos of pupils that may be shown, and the picture of one."""

import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.documents.keeping import store_of
from opensenco.documents.models import PupilPhoto
from opensenco.documents.states import PhotoFor
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.people.models import Pupil
from opensenco.ui.on_screen import initials_only

_FOR = {PhotoFor.PROFILE: "on_profile", PhotoFor.SHEET: "on_sheet", PhotoFor.COVER: "on_cover"}


def shown_on(day: date) -> Q:
    """Give the condition for photos that may be shown on a day: up, and the yes to it holds."""
    return Q(ended_at__isnull=True) & (Q(until__isnull=True) | Q(until__gte=day))


def with_photo(actor: Actor, pupils: Iterable[Pupil], use: PhotoFor) -> frozenset[int]:
    """Give which of these pupils have a photo for a use, by their numbers.

    None while initials stand in place of names: a face tells more than a name. None to guests:
    what was agreed is for the staff of the place.
    """
    if actor.hat.role.guest or initials_only():
        return frozenset()
    rows = visible(actor, Action.PROFILE_VIEW, PupilPhoto)
    there = rows.filter(**{_FOR[use]: True}, pupil__in=[one.pk for one in pupils])
    return frozenset(there.filter(shown_on(actor.today)).values_list("pupil_id", flat=True))


def standing(actor: Actor, pupil: Pupil) -> PupilPhoto | None:
    """Give the photo of a pupil that is up, with who put it up; the yes to it may have run out."""
    rows = visible(actor, Action.PROFILE_VIEW, PupilPhoto).filter(
        pupil=pupil, ended_at__isnull=True
    )
    return rows.select_related("person", "org").order_by("-at", "-id").first()


def ended(actor: Actor, pupil: Pupil) -> list[PupilPhoto]:
    """Give what was said yes to before and ended since, the newest first. No picture is left."""
    rows = visible(actor, Action.PROFILE_VIEW, PupilPhoto).filter(
        pupil=pupil, ended_at__isnull=False
    )
    return list(rows.select_related("person", "ended_by").order_by("-ended_at", "-id"))


def photo(actor: Actor, ref: uuid.UUID) -> PupilPhoto:
    """Give a photo that this actor may take down.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PROFILE_EDIT, PupilPhoto, ref, "org", "pupil", "pupil__org")


def picture(actor: Actor, pupil: Pupil) -> Path:
    """Give where the picture of a pupil lies, looked at once to be what was kept.

    Raises:
        NotFound: there is none, or none is shown now.
    """
    row = None if actor.hat.role.guest or initials_only() else standing(actor, pupil)
    if row is None or row.runs_out(actor.today):
        raise NotFound
    return store_of(row.org).whole(row.digest)
