"""Photos and pieces of work: of a session, of an outcome, and one of them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.documents.files.kinds import KINDS, Kind
from opensenco.documents.models import DocumentVersion
from opensenco.documents.queries import bytes_of, can_be_opened
from opensenco.documents.states import PhotoEnd
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.people.models import Pupil
from opensenco.provision.models import Session, Work
from opensenco.provision.states import Seen
from opensenco.support.models import Outcome
from opensenco.support.states import Stage
from opensenco.ui.on_screen import initials_only

RELATED = ("pupil__org", "session__allocation__provision", "document", "outcome", "person",
           "ended_by")  # fmt: skip


def one_work(actor: Actor, ref: uuid.UUID, action: Action = Action.PROVISION_VIEW) -> Work:
    """Give a photo or piece of work, taken down or not.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Work, ref, *RELATED)


def standing_work(actor: Actor) -> QuerySet[Work]:
    """Give what is shown to this actor: nothing to guests, for what was agreed is for staff; and no
    photo of a child while initials stand in place of names."""
    rows = visible(actor, Action.PROVISION_VIEW, Work).filter(
        ended_at__isnull=True, document__in_error_at__isnull=True
    )
    if actor.hat.role.guest:
        return rows.none()
    return rows.filter(seen=Seen.NOBODY) if initials_only() else rows


def work_of_sessions(actor: Actor, rows: Iterable[Session]) -> dict[int, list[Work]]:
    """Give the work of these sessions by promise. A session stays the same when it is put right."""
    rows = list(rows)
    found: dict[int, list[Work]] = defaultdict(list)
    same = Q(session__batch__in={row.batch for row in rows})
    for one in standing_work(actor).filter(same).select_related(*RELATED).order_by("at", "id"):
        found[one.session.allocation_id].append(one)
    return found


def work_for_outcomes(actor: Actor, outcomes: Sequence[Outcome]) -> dict[int, list[Work]]:
    """Give the work that shows each outcome, by the outcome's key, newest session first; an outcome
    that was carried over keeps it."""
    if actor.hat.role.guest or not outcomes:
        return {}
    roots = {one.root: one.pk for one in outcomes}
    rows = standing_work(actor).filter(outcome__root__in=roots)
    found: dict[int, list[Work]] = defaultdict(list)
    for one in rows.select_related(*RELATED).order_by("-session__on", "-id"):
        if one.outcome is not None:
            found[roots[one.outcome.root]].append(one)
    return found


def outcomes_of(actor: Actor, pupil: Pupil) -> list[Outcome]:
    """Give the outcomes of a pupil's plan that is not closed, to lay work beside."""
    rows = Outcome.objects.filter(
        ~Q(cycle__stage=Stage.CLOSED),
        pupil=pupil, in_error_at__isnull=True, dropped_on__isnull=True,
        cycle__in_error_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("cycle", "number"))


def last_yes(actor: Actor, pupil: Pupil) -> Work | None:
    """Give the last photo of a pupil to which somebody said yes and has not taken it back."""
    rows = standing_work(actor).filter(pupil=pupil, seen=Seen.PUPIL)
    return rows.order_by("-at", "-id").first()


def taken_back(actor: Actor, pupil: Pupil) -> Work | None:
    """Give the photo with which a yes was taken back last; None where that never was."""
    rows = visible(actor, Action.PROVISION_VIEW, Work).filter(
        pupil=pupil, ended_why=PhotoEnd.WITHDRAWN
    )
    return rows.order_by("-ended_at", "-id").first()


def file_of(actor: Actor, row: Work) -> tuple[Path, Kind, str]:
    """Give where the bytes lie, what they are and what they are called.

    Raises:
        NotFound: it is shown to nobody now, or the scanner has not let it through.
        FileNotTaken: the bytes are not where or as they were kept.
    """
    version = (
        DocumentVersion.objects.filter(document=row.document)
        .select_related("file", "org")
        .order_by("-number")
        .first()
    )
    shown = standing_work(actor).filter(pk=row.pk).exists()
    if version is None or not shown or not can_be_opened(version):
        raise NotFound
    return bytes_of(version), KINDS[version.file.kind], version.name
