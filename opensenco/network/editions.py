"""Putting a pack on paper together: what is in it, which papers belong to it, what was left out.

What a reader may not know to exist is not named: the words about it are the same in every pack.
"""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actor import Actor
from opensenco.audit.history import end_of
from opensenco.documents import queries as documents
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.states import Level
from opensenco.documents.types import TYPES
from opensenco.kernel.clock import london_date
from opensenco.network.models import PackEdition
from opensenco.network.states import KNOWING, SENSITIVE, Audience, Part, Purpose
from opensenco.people.models import Pupil
from opensenco.provision.models import Work
from opensenco.provision.states import Seen
from opensenco.ui.words import day as said_day

LeftOut = tuple[str, str]


@dataclass(frozen=True)
class Annex:
    """A paper that belongs to a pack, as it was when the pack was put together.

    Args:
        ref: of the version of the document. digest: of its bytes. kind: "pdf", "docx" and the like.
    """

    ref: str
    title: str
    about: str
    filed_on: str
    digest: str
    kind: str

    @classmethod
    def of(cls, document: Document, version: DocumentVersion, *, beside: bool = False) -> "Annex":
        """Give a version of a document as an annex.

        Args:
            beside: it was on file in another record of the pupil, which was made one with this.
        """
        when = document.dated_as or (said_day(document.dated) if document.dated else "")
        kind = str(TYPES[document.kind].words) if document.kind in TYPES else ""
        about = [kind, document.author_role, document.came_from, when]
        if beside:
            # a name of that record can be one that must not be told
            about.append(
                _("on file then in another record of this pupil, made one with this since")
            )
        return cls(
            ref=str(version.ref),
            title=document.title,
            about=", ".join(one for one in about if one),
            filed_on=said_day(london_date(version.filed_at)),
            digest=version.file.digest,
            kind=version.file.kind,
        )


@dataclass(frozen=True)
class Held:
    """What a pack on paper says: whom it is about, whose record it is, what for, its sections."""

    about: str
    place: str
    why: str
    content: list[dict[str, Any]]


def held_by(edition: PackEdition) -> Held:
    """Give what a pack on paper says. What others sent is read from their pack and from nowhere
    else: when they take it back, it is gone here too.
    """
    if edition.pack is None:
        return Held(edition.about, edition.place, edition.why, edition.content)
    pack = edition.pack
    place = "" if pack.blind else pack.from_org.name
    return Held(pack.about, place, why_of(pack.purpose, pack.words), pack.content)


def why_of(purpose: str, words: str) -> str:
    """Say what a pack that was sent is for, and what was asked."""
    said = str(Purpose(purpose).label)
    return f"{said}.\n{words}" if words else f"{said}."


def annexes_from(data: Iterable[dict[str, Any]]) -> tuple[Annex, ...]:
    """Read annexes as an edition keeps them."""
    return tuple(Annex(**one) for one in data)


def annexes_to(annexes: Iterable[Annex]) -> list[dict[str, str]]:
    """Write annexes as an edition keeps them."""
    return [asdict(one) for one in annexes]


def papers_of(
    actor: Actor, pupil: Pupil, day: date | None = None
) -> list[tuple[Document, DocumentVersion]]:
    """Give the papers of a pupil that can belong to a pack, the newest first.

    Those that this actor may open today. What is marked for the safeguarding lead is none of them,
    whoever asks; nor a photo in which the pupil can be seen, for the yes to it was for staff.

    Args:
        day: those that were on file at its end, in the version of that day.
    """
    rows = documents.chosen(actor, pupil.stands, documents.Wanted())
    rows = rows.exclude(level=Level.SAFEGUARDING).order_by("-filed_at", "-id")
    rows = rows.exclude(pk__in=Work.objects.exclude(seen=Seen.NOBODY).values("document"))
    versions = DocumentVersion.objects.filter(document__in=rows.values("pk"))
    if day is not None:
        rows = rows.filter(filed_at__lte=end_of(day))
        versions = versions.filter(filed_at__lte=end_of(day))
    newest = {one.document_id: one for one in versions.select_related("file").order_by("number")}
    return [
        (row, newest[row.pk])
        for row in rows[: documents.MOST_NAMED]
        if row.pk in newest and documents.can_be_opened(newest[row.pk])
    ]


def chosen_papers(
    known: Sequence[tuple[Document, DocumentVersion]],
    refs: Collection[uuid.UUID],
    beside: Collection[int] = (),
) -> tuple[Annex, ...]:
    """Give the papers that were ticked, by the references of their documents.

    Args:
        beside: ids of those that were on file in another record of the pupil on the day.
    """
    return tuple(
        Annex.of(row, version, beside=row.pk in beside) for row, version in known if row.ref in refs
    )


def left_out(
    chosen: Collection[Part],
    seen: Collection[Part],
    audience: Audience,
    *,
    day: date | None,
    papers: int,
) -> list[LeftOut]:
    """Say what of a record is not in a pack, and why.

    Args:
        seen: the parts that whoever puts it together may see.
        papers: how many ordinary papers on file were not chosen.
    """
    found: list[LeftOut] = [
        (str(part.label), not_chosen() if part in seen else _("It is not for the role of whoever "
         "put this pack together."))
        for part in Part
        if part not in chosen and (part not in SENSITIVE or audience in KNOWING)
    ]  # fmt: skip
    if papers:
        words = ngettext("%(num)s paper on file", "%(num)s papers on file", papers)
        found.append((words % {"num": papers}, not_chosen()))
    if audience is Audience.FAMILY and Part.FAMILY in chosen:
        found.append(
            (
                _("Phone, email and restrictions of parents and other contacts"),
                _("They are personal data of other people."),
            )
        )
    if day is not None:
        later = _("This pack shows the record as it stood at the end of %(day)s.")
        found.append((_("What was written later"), later % {"day": said_day(day)}))
    return [*found, *always(audience)]


def always(audience: Audience) -> list[LeftOut]:
    """Say what is never in a pack, in the same words whether there is anything or not."""
    found = []
    if audience not in KNOWING:
        found.append(
            (
                _("Whatever the law does not let us give to you"),
                _("Whether there is any is not said here. You can ask the school’s data "
                  "protection officer to look at a decision again."),
            )
        )  # fmt: skip
    found.append(
        (
            _("What is marked for the safeguarding lead alone"),
            _("It is never part of a pack, and whether there is any is not said here. The "
              "safeguarding lead passes a child protection file on by itself."),
        )
    )  # fmt: skip
    return found


def not_chosen() -> str:
    """Say that somebody decided against it."""
    return _("It was not chosen for this pack.")


def not_sent(parts: Collection[str]) -> list[LeftOut]:
    """Say what a pack that went from one organisation to another does not hold."""
    return [
        (str(part.label), _("The sender did not send it."))
        for part in Part
        if part.value not in parts and part not in SENSITIVE
    ]


def digest_of(*values: object) -> str:
    """Give the SHA-256 of all that is in an edition."""
    written = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
