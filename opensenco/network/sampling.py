"""Whom to trace: the pupils of a sample by year, need and status, and one that is spread."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.documents.states import Form, Setting
from opensenco.network.models import PackEdition, PackFile
from opensenco.network.paper_queries import RELATED, bytes_of
from opensenco.network.ready_made import USUALLY_SAMPLED
from opensenco.people.days import on_roll, year_on
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import Need, SenStatus
from opensenco.support.states import Status

#: what is left out of a choice where something is not known
UNKNOWN = "none"
#: pupils that are shown to be ticked; whoever has more narrows the list
MOST_SHOWN = 200


@dataclass(frozen=True)
class Wanted:
    """Which pupils are looked at; empty words choose all.

    Args:
        status: a code, or "sen" for both kinds. year: a number in words. need: a code.
    """

    status: str = "sen"
    year: str = ""
    need: str = ""


def pupils(actor: Actor, wanted: Wanted | None = None) -> QuerySet[Any]:
    """Give pupils of whom this actor may make packs, each with `code`, `year` and `need`."""
    held = SenStatus.objects.filter(
        on_day(actor.today), pupil=OuterRef("pk"), in_error_at__isnull=True
    ).order_by("-starts", "-id")
    first = Need.objects.filter(pupil=OuterRef("pk"), ended_on__isnull=True).order_by("rank", "id")
    rows = (
        visible(actor, Action.PACK_SEND, Pupil)
        .filter(on_roll(actor.today), in_error_at__isnull=True)
        .annotate(
            code=Subquery(held.values("code")[:1]),
            year=year_on(actor.today),
            need=Subquery(first.values("code")[:1]),
        )
    )
    return _narrowed(rows, wanted) if wanted else rows


def _narrowed(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.status == "sen":
        rows = rows.filter(code__in=[Status.EHC_PLAN, Status.SEN_SUPPORT])
    elif wanted.status == UNKNOWN:
        # whoever never had one has no code at all, which is in no list and in none that is left out
        coded = Q(code__in=[Status.EHC_PLAN, Status.SEN_SUPPORT])
        rows = rows.filter(Q(code__isnull=True) | ~coded)
    elif wanted.status:
        rows = rows.filter(code=wanted.status)
    if wanted.year:
        known = wanted.year.lstrip("-").isdigit()
        rows = rows.filter(year=int(wanted.year)) if known else rows.filter(year__isnull=True)
    if wanted.need == UNKNOWN:
        return rows.filter(need__isnull=True)
    return rows.filter(need=wanted.need) if wanted.need else rows


def shown(rows: QuerySet[Any]) -> list[Any]:
    """Give the pupils of a choice by name, as many as are shown."""
    return list(rows.select_related("org").order_by("sort_key", "id")[:MOST_SHOWN])


def spread(rows: Sequence[Any], many: int = USUALLY_SAMPLED) -> list[int]:
    """Propose pupils as unlike as can be: of each need, status and year in turn, by their keys.

    The same record gives the same proposal, so that nobody can be said to have picked.
    """
    groups: dict[tuple[object, ...], list[Any]] = {}
    for row in rows:
        groups.setdefault((row.need, row.code), []).append(row)
    chosen: list[Any] = []
    turns = sorted(groups.values(), key=lambda some: (-len(some), some[0].pk))
    while turns and len(chosen) < many:
        years = {row.year for row in chosen}
        for some in turns:
            if len(chosen) == many:
                break
            other = next((row for row in some if row.year not in years), some[0])
            some.remove(other)
            chosen.append(other)
            years.add(other.year)
        turns = [some for some in turns if some]
    return [row.pk for row in chosen]


def choices(actor: Actor) -> tuple[list[int | None], list[str | None]]:
    """Give the year groups and first needs that there are."""
    rows = pupils(actor, Wanted()).order_by()
    found = list(rows.values_list("year", "need").distinct())
    years = sorted({year for year, _need in found}, key=lambda one: (one is None, one or 0))
    needs = sorted({need for _year, need in found}, key=lambda one: (one is None, one or ""))
    return years, needs


def zipped(editions: Sequence[PackEdition]) -> bytes | None:
    """Give the PDFs of packs in one file; None while one of them is not ready.

    The names in it say what they are and of which day, never of whom: the covers do.
    """
    files = ready(editions)
    if not editions or len(files) < len(editions):
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, edition in enumerate(editions, start=1):
            where, _kind, name = bytes_of(files[edition.pk])
            archive.write(where, f"{number:02}-{name}")
    return out.getvalue()


def ready(editions: Sequence[PackEdition]) -> dict[int, PackFile]:
    """Give the PDF of each pack that is ready, by the pack's key."""
    rows = PackFile.objects.filter(
        edition__in=[one.pk for one in editions], form=Form.PDF, state=Setting.DONE
    )
    found = rows.select_related(*(f"edition__{name}" for name in RELATED)).order_by("id")
    return {one.edition_id: one for one in found}


def sample_of(actor: Actor, edition: PackEdition) -> list[PackEdition]:
    """Give the packs that were put together in the same moment as one of them, by name."""
    rows = visible(actor, Action.PACK_OPEN, PackEdition).filter(
        person=edition.person, at=edition.at, for_whom=edition.for_whom, pupil__isnull=False
    )
    there = Pupil.objects.filter(pk=OuterRef("pupil"), in_error_at__isnull=True)
    found = rows.filter(Exists(there)).select_related(*RELATED)
    return list(found.order_by("pupil__sort_key", "id"))
