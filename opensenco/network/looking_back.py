"""A child's whole record as it stood at the end of a day, for one reader of today."""

from dataclasses import dataclass
from datetime import date

from opensenco.access.actor import Actor
from opensenco.audit.history import end_of
from opensenco.cases import queries as cases
from opensenco.documents.looking_back import PaperThen, papers_as_stood
from opensenco.documents.models import GonePaper
from opensenco.documents.queries import gone_of
from opensenco.kernel.clock import london_date
from opensenco.network.content import Section
from opensenco.network.copying import sections_of
from opensenco.network.record import record_of
from opensenco.network.seeing import seen_parts
from opensenco.network.states import READING
from opensenco.people import queries as people
from opensenco.people.models import Pupil

MOST_DAYS = 8


@dataclass(frozen=True)
class Then:
    """A record at the end of a day.

    Args:
        pupil: as they stood. sections: the parts that this reader may see today, as they stood.
        papers: those on file then that this reader may know of today. gone: those that
            were disposed of since, of which nothing else is left.
    """

    day: date
    pupil: Pupil
    sections: tuple[Section, ...]
    papers: tuple[PaperThen, ...]
    gone: tuple[GonePaper, ...]


def as_it_stood(actor: Actor, pupil: Pupil, day: date) -> Then | None:
    """Gather a record as it stood; None where the pupil was not on it yet.

    Args:
        pupil: the record as it stands now; one that was made one with another is read by the
            rights over that other.
    """
    record = record_of(actor, pupil, day)
    if record is None:
        return None
    seen = seen_parts(actor, pupil.stands)
    parts = tuple(part for part in READING if part in seen)
    return Then(
        day,
        record.then,
        tuple(sections_of(record, parts, blind=False)),
        tuple(papers_as_stood(actor, pupil, day)),
        tuple(gone_of(actor, pupil, end_of(day))),
    )


def beside(actor: Actor, pupil: Pupil, day: date) -> list[Then]:
    """Gather the other records of the pupil that stood on that day and were made one since."""
    others = people.one_with(pupil, day)
    return [found for one in others if (found := as_it_stood(actor, one, day)) is not None]


def written_days(actor: Actor, pupil: Pupil) -> list[date]:
    """Give the last days on which something was written on the timeline, the newest first."""
    began = people.on_record_since(pupil)
    days = {london_date(fact.at) for fact in cases.timeline(pupil, actor)}
    known = (day for day in days if began is not None and day >= began)
    return sorted(known, reverse=True)[:MOST_DAYS]
