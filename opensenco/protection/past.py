"""Records past their date, what was decided of each, and the certificates of what is gone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.personal import PARTS, Part
from opensenco.access.registry import visible
from opensenco.documents import keeping_dates
from opensenco.documents.models import Hold, OwnYears
from opensenco.documents.retention import KEEPS, Keep
from opensenco.gate.rows import find
from opensenco.kernel.dates import add_years
from opensenco.people.models import Pupil
from opensenco.protection import removing
from opensenco.protection.models import Disposal, KeptLonger, PaperDisposal
from opensenco.protection.states import Disposing

DECIDE = Action.KEEPING_DECIDE
MOST = 100


@dataclass(frozen=True)
class Line:
    """A record past its date: until when it was kept, and what keeps it."""

    pupil: Pupil
    until: date
    hold: Hold | None
    disposal: Disposal | None


@dataclass(frozen=True)
class Years:
    """How many years one rule's files are kept at a place, and whether it decided that itself."""

    org: Organisation
    keep: Keep
    years: int
    own: OwnYears | None


def past(actor: Actor) -> QuerySet[Pupil]:
    """Give the pupils who have left and whose whole record has passed its date."""
    due = Q(pk__in=[])
    for org in sorted(actor.hat.orgs):
        own = keeping_dates.own_years(org)
        longest = max(keeping_dates.years(keep, own) for keep in KEEPS.values())
        due |= Q(org=org, birth_date__lte=add_years(actor.today, -longest))
    longer = KeptLonger.objects.filter(pupil=OuterRef("pk"), until__gt=actor.today)
    rows = visible(actor, DECIDE, Pupil).filter(due, left_on__lte=actor.today)
    return rows.filter(~Exists(longer))


def lines(rows: Sequence[Pupil]) -> list[Line]:
    """Give records past their date with what keeps them."""
    holds = {
        one.pupil_id: one for one in Hold.objects.filter(pupil__in=rows, lifted_at__isnull=True)
    }
    decided = {
        one.record: one
        for one in Disposal.objects.filter(record__in=[row.ref for row in rows]).exclude(
            state=Disposing.CALLED_OFF
        )
    }
    return [
        Line(row, removing.kept_until(row), holds.get(row.pk), decided.get(row.ref)) for row in rows
    ]


def line(pupil: Pupil) -> Line:
    """Give one record with what keeps it."""
    return lines([pupil])[0]


def kept_on(pupil: Pupil) -> list[KeptLonger]:
    """Give the decisions to keep a record on, the newest first."""
    rows = KeptLonger.objects.filter(pupil=pupil).select_related("person")
    return list(rows.order_by("-at", "-id"))


def disposals(actor: Actor) -> list[Disposal]:
    """Give what was decided and what is gone, the newest first."""
    rows = visible(actor, DECIDE, Disposal).select_related("person", "called_off_by")
    return list(rows.order_by("-at", "-id")[:MOST])


def disposal(actor: Actor, ref: uuid.UUID) -> Disposal:
    """Give one certificate.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, DECIDE, Disposal, ref, "person", "called_off_by", "org")


def paper_disposals(actor: Actor) -> list[PaperDisposal]:
    """Give what was decided of single papers, the newest first."""
    rows = visible(actor, DECIDE, PaperDisposal).select_related("person")
    return list(rows.order_by("-at", "-id")[:MOST])


def paper_disposal(actor: Actor, ref: uuid.UUID) -> PaperDisposal:
    """Give one certificate of single papers.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, DECIDE, PaperDisposal, ref, "person", "called_off_by", "org")


def counted(row: Disposal) -> list[tuple[Part, int]]:
    """Give how many rows of each part went."""
    return [(part, row.counts[code]) for code, part in PARTS.items() if code in row.counts]


def years(actor: Actor) -> list[Years]:
    """Give how long each place of this person keeps what, rule by rule."""
    found = []
    for org in visible(actor, DECIDE, Organisation).order_by("name", "id"):
        own = keeping_dates.own_years(org.pk)
        found += [
            Years(org, keep, keeping_dates.years(keep, own), own.get(code))
            for code, keep in KEEPS.items()
        ]
    return found
