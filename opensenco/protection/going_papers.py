"""Papers past their date before their record: which can go, what keeps them, and what goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.access.keys import all_models
from opensenco.documents import keeping_dates
from opensenco.documents.models import Document, DocumentVersion, GonePaper, PaperText, StoredFile
from opensenco.network.models import PackEdition
from opensenco.people.models import Pupil
from opensenco.protection import removing
from opensenco.protection.models import DataRequest, KeptLonger, PaperDisposal
from opensenco.protection.states import ENDED, UNDER_WAY

#: what goes with a paper, or says that it is gone
_ITS_OWN: tuple[type[models.Model], ...] = (DocumentVersion, PaperText, GonePaper)


@dataclass(frozen=True, slots=True)
class Past:
    """A paper past its date.

    Args:
        with_record: it belongs to something else on the record, and goes with the record alone.
    """

    document: Document
    until: date
    with_record: bool


@cache
def _belongs_to() -> tuple[tuple[type[models.Model], str], ...]:
    """Give the models whose rows cannot be without their paper, with the name of the key."""
    return tuple(
        (model, field.name)
        for model in all_models()
        if model not in _ITS_OWN and not hasattr(model, "instance_type")
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Document
        and not field.null
    )


def past_papers(actor: Actor, pupil: Pupil) -> list[Past]:
    """Give the papers of a pupil past their date that this actor may open, the oldest first."""
    found = keeping_dates.past_papers(actor, pupil)
    ids = [row.pk for row, _until in found]
    bound: set[int] = set()
    for model, name in _belongs_to():
        rows = model._default_manager.filter(**{f"{name}__in": ids})
        bound |= set(rows.values_list(name, flat=True))
    return [Past(row, until, row.pk in bound) for row, until in found]


def in_packs(org: int, documents: Collection[Document]) -> dict[int, int]:
    """Give in how many packs on paper each of some papers is, by the paper's number."""
    versions = DocumentVersion.objects.filter(document__in=[one.pk for one in documents])
    whose = {str(ref): pk for ref, pk in versions.values_list("ref", "document")}
    pupils = {one.pupil_id for one in documents}
    rows = PackEdition.objects.filter(org=org, pupil__in=pupils).exclude(annexes=[])
    counts: dict[int, int] = {}
    for annexes in rows.values_list("annexes", flat=True):
        for pk in {whose[one["ref"]] for one in annexes if one["ref"] in whose}:
            counts[pk] = counts.get(pk, 0) + 1
    return counts


def standing(pupil: Pupil) -> PaperDisposal | None:
    """Give the decision to dispose of papers of a pupil that waits to be carried out."""
    rows = PaperDisposal.objects.filter(org=pupil.org_id, record=pupil.ref, state__in=UNDER_WAY)
    return rows.first()


def why_kept(pupil: Pupil, today: date, *, but: PaperDisposal | None = None) -> str | None:
    """Say what keeps the papers of a pupil, or None where single ones may be disposed of.

    Args:
        but: the decision that is being carried out.
    """
    decided = standing(pupil)
    if decided is not None and decided != but:
        return _("It was decided already to dispose of some papers of this record.")
    if removing.standing(pupil) is not None:
        return _("It was decided to dispose of the whole record. Its papers go with it.")
    if keeping_dates.standing_hold(pupil) is not None:
        return _("A hold keeps them. End the hold first.")
    if KeptLonger.objects.filter(pupil=pupil, until__gt=today).exists():
        return _("It was decided to keep this record on, and its papers with it.")
    if DataRequest.objects.filter(pupil=pupil).exclude(state__in=ENDED).exists():
        return _("A request about the pupil’s data is open.")
    return None


def without_use(org: int, digests: Collection[str]) -> tuple[list[int], list[str]]:
    """Give the files among these digests that nothing names any more, and those to be removed.

    To be called once the versions are gone. A pack on paper that holds the same bytes keeps them.

    Returns:
        the numbers of their rows, and their digests.
    """
    rows = StoredFile.objects.filter(org=org, digest__in=digests)
    used = Q(pk__in=[])
    for model in removing.NAMES_FILES:
        named = model._default_manager.filter(org=org, file__isnull=False)
        used |= Q(pk__in=named.values("file"))
    free = {row.digest: row.pk for row in rows.exclude(used)}
    kept = removing.named_elsewhere(org, set(free), but=list(free.values())) | _in_packs(org, free)
    going = sorted(set(free) - kept)
    return [free[one] for one in going], going


def _in_packs(org: int, digests: Collection[str]) -> set[str]:
    rows = PackEdition.objects.filter(org=org).exclude(annexes=[])
    every = {one["digest"] for some in rows.values_list("annexes", flat=True) for one in some}
    return every & set(digests)


def counted(documents: Sequence[Document]) -> dict[str, int]:
    """Give how many papers there are of each type, by code."""
    kinds = sorted(one.kind for one in documents)
    return {kind: kinds.count(kind) for kind in kinds}
