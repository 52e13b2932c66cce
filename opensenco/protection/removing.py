"""What keeps a record, and what goes when it is disposed of. See docs/adr/0030.

All that belongs to the child goes, with its histories, its log of looks and its entries in the
books: after the last date there is nobody left whom they could serve, and they would still tell
that there was such a child. What stays is the certificate.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.personal import part_of
from opensenco.audit.models import Opening
from opensenco.documents import keeping_dates
from opensenco.documents.models import DocumentVersion, StoredFile
from opensenco.exchange.leaving.what import WITH_FILES
from opensenco.network.models import Prepared
from opensenco.people.models import Pupil
from opensenco.protection import held
from opensenco.protection.models import BlackedOutFile, DataRequest, Disposal, KeptLonger
from opensenco.protection.states import ENDED, Disposing
from opensenco.staffing.models import ApproachEdition

#: models with a key `file` to a kept file
NAMES_FILES: tuple[type[models.Model], ...] = (
    DocumentVersion,
    BlackedOutFile,
    # of no child: what it names is kept when a child's record goes
    ApproachEdition,
)


@dataclass(frozen=True)
class Going:
    """All that goes: rows in the order in which they can, counts by part, digests of files."""

    child: held.Whose
    rows: Sequence[tuple[type[models.Model], list[Any]]]
    counts: dict[str, int]
    digests: list[str]


def kept_until(pupil: Pupil) -> date:
    """Give the day until which a record is kept: its rule's, or a later one that was decided."""
    day = keeping_dates.record_kept_until(pupil, keeping_dates.own_years(pupil.org_id))
    longer = KeptLonger.objects.filter(pupil=pupil).order_by("-until").first()
    return max(day, longer.until) if longer else day


def standing(pupil: Pupil) -> Disposal | None:
    """Give the decision to dispose of a record that stands, if there is one."""
    rows = Disposal.objects.filter(org_id=pupil.org_id, record=pupil.ref)
    return rows.exclude(state=Disposing.CALLED_OFF).first()


def why_kept(pupil: Pupil, today: date, *, but: Disposal | None = None) -> str | None:
    """Say what keeps a record, or None where it may be disposed of.

    Args:
        but: the decision that is being carried out.
    """
    decided = standing(pupil)
    if decided is not None and decided != but:
        return _("It was decided already to dispose of this record.")
    if pupil.same_as_id is not None:
        return _("This record was made one with another. That one is decided about.")
    if pupil.left_on is None or pupil.left_on > today:
        return _("The pupil has not left.")
    if kept_until(pupil) > today:
        return _("Its date has not come yet.")
    if keeping_dates.standing_hold(pupil) is not None:
        return _("A hold keeps it. End the hold first.")
    if DataRequest.objects.filter(pupil=pupil).exclude(state__in=ENDED).exists():
        return _("A request about the pupil’s data is open.")
    packs = Prepared.objects.filter(pupil=pupil, pack__isnull=False, pack__revoked_at__isnull=True)
    if packs.filter(pack__until__gte=today).exists():
        return _("Another organisation can still read what was sent to it. Withdraw that first.")
    return None


def going(pupil: Pupil) -> Going:
    """Find all that goes with a record, in the worker's system scope.

    What other organisations sent and own is not ours to remove: it is found by no name here.
    """
    whole = held.whose(pupil)
    child = replace(whole, names=())
    counts: Counter[str] = Counter()
    found: list[tuple[type[models.Model], list[Any]]] = []
    for model in held.to_remove(child):
        kept = held.versions(model, child)
        both = [(kept.model, kept)] if kept is not None else []
        for one, rows in (*both, (model, held.rows(model, child))):
            # a row points back at earlier ones of its kind only: the newest goes first
            ids = list(rows.order_by("-pk").values_list("pk", flat=True))
            if ids:
                found.append((one, ids))
                counts[part_of(one).code] += len(ids)
    files, digests = _files(child)
    if files:
        named = [at for at, (one, _ids) in enumerate(found) if one in NAMES_FILES]
        found.insert(max(named) + 1, (StoredFile, files))
    return Going(whole, found, dict(sorted(counts.items())), digests)


def _files(child: held.Whose) -> tuple[list[int], list[str]]:
    """Give the files that nothing else keeps: the ids of their rows, and all their digests."""
    named, kept = Q(pk__in=[]), Q(pk__in=[])
    for model in NAMES_FILES:
        ours = held.rows(model, child)
        others = model._default_manager.filter(org=child.org).exclude(pk__in=ours.values("pk"))
        named |= Q(pk__in=ours.values("file"))
        # "not in" holds of nothing where one of them is empty
        kept |= Q(pk__in=others.filter(file__isnull=False).values("file"))
    gone = list(StoredFile.objects.filter(named).exclude(kept).order_by("pk"))
    ids = [one.pk for one in gone]
    going = {one.digest for one in gone}
    for model in _with_files():
        if model in held.belonging():
            going |= set(held.rows(model, child).values_list("digest", flat=True))
    return ids, sorted(going - _kept_by_others(child, ids, going) - {""})


def _with_files() -> list[type[models.Model]]:
    """Give the models whose digest names a kept file, as leaving with a record says too."""
    return [apps.get_model(label) for label in WITH_FILES]


def named_elsewhere(org: int, digests: set[str], but: Sequence[int] = ()) -> set[str]:
    """Give which of some files rows of a place name still, by their digest.

    Args:
        but: numbers of rows of stored files that are about to go.
    """
    still: set[str] = set()
    for model in _with_files():
        rows = model._default_manager.filter(org=org, digest__in=digests)
        if model is StoredFile:
            rows = rows.exclude(pk__in=but)
        still |= set(rows.values_list("digest", flat=True))
    return still


def _kept_by_others(child: held.Whose, ids: Sequence[int], digests: set[str]) -> set[str]:
    """Give which of some files other rows of the place still name."""
    still: set[str] = set()
    for model in _with_files():
        rows = model._default_manager.filter(org=child.org, digest__in=digests)
        if model is StoredFile:
            rows = rows.exclude(pk__in=ids)
        elif model in held.belonging():
            rows = rows.exclude(pk__in=held.rows(model, child).values("pk"))
        still |= set(rows.values_list("digest", flat=True))
    return still


def forget_searches(what: Going) -> None:
    """Empty the words of searches that may have been for the child; that somebody searched stays.

    A namesake's searches lose their words too: what was looked for then helps nobody any more.
    """
    names = Q(pk__in=[])
    for pair in held_names(what.child):
        names |= Q(wanted__icontains=pair)
    rows = Opening.objects.filter(org=what.child.org, pupil__isnull=True)
    rows.filter(names, kind=Opening.Kind.SEARCH).update(wanted="")


def held_names(child: held.Whose) -> set[str]:
    """Give the words by which a child may have been searched for."""
    return {word for pair in child.names for word in pair if len(word) > 1}
