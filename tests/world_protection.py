"""A request of each school that was answered long ago, and what was decided about keeping."""

import io
import uuid
from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.grants import ANSWERING_GRANTS
from opensenco.access.reach import Reach
from opensenco.audit.acting import as_actor
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document, DocumentVersion, GonePaper
from opensenco.documents.retention import PUPIL_RECORD
from opensenco.notices.models import Notice
from opensenco.notices.operations import read_notices
from opensenco.people.models import Pupil
from opensenco.protection.copying import Piece
from opensenco.protection.models import (
    DataRequest,
    Disposal,
    GatheredItem,
    KeptLonger,
    PaperDisposal,
    RequestPackage,
)
from opensenco.protection.operations import blacking, gathering, keeping, packages
from opensenco.protection.operations import requests as pen
from opensenco.protection.packing import Packed
from opensenco.protection.states import Disposing, State
from tests.cast import NOW

EARLY = NOW - timedelta(days=300)
DAY = EARLY.date()


def answering(actor: Actor) -> Actor:
    """Give somebody as whoever answers for a place, who is its safeguarding lead as well."""
    grants = {**ANSWERING_GRANTS, Action.SAFEGUARDING_VIEW: Reach.ALL}
    return replace(actor, hat=replace(actor.hat, grants=grants))


def make_requests(actor: Actor, pupil: Pupil, word: str) -> None:
    """Take down a request, gather, decide, pack and answer it; and decide about keeping."""
    head = replace(answering(actor), at=EARLY)
    asked = pen.Asked(
        asks="access", asked_by=f"{word} Aunt", asker="parent", came="letter", received_on=DAY,
        identity="known", words=f"{word}: all of it.", identity_words=word,
    )  # fmt: skip
    row = pen.record_request(actor=head, pupil=pupil, asked=asked)
    pen.ask_meaning(actor=head, data_request=row, on=DAY, words=f"{word} or all?", version=None)
    pen.meaning_came(actor=head, data_request=row, on=DAY, version=None)
    with as_actor(head):
        pen.move(head, row, State.GATHERING, version=None)
    gathering.keep_gathered(
        actor=head, data_request=row, pieces=[_paper(pupil, word), _note(word)], version=None
    )
    file = GatheredItem.objects.select_related("data_request", "org").get(
        data_request=row, part="documents"
    )
    blacking.give_blacked_out(
        actor=head, gathered_item=file, file=Incoming("copy.txt", [f"{word} ---".encode()]),
        ground="others", why=f"{word} stands in it.", version=None,
    )  # fmt: skip
    for part in ("documents", "safeguarding"):
        decide = gathering.decide_part if part == "documents" else gathering.decide_lead_part
        decide(
            actor=head, data_request=row, part=part, decision="withhold", ground="harm",
            why=f"{word} said so.",
        )  # fmt: skip
    package = RequestPackage(
        org=pupil.org, data_request=row, pupil=pupil, number=1, person=head.person, at=head.at
    )
    package.save()
    content = Packed(io.BytesIO(f"PK {word}".encode()), 0, {"harm": 1})
    packages.keep_package(actor=head, request_package=package, packed=content, version=None)
    pen.lead_has_looked(actor=head, data_request=row, version=None)
    pen.answer_request(
        actor=head, data_request=row, on=DAY, words=f"{word} came for it.", version=None
    )
    told = Notice.objects.filter(person=head.person, pupil=pupil, at__gte=EARLY)
    read_notices(actor=head, notices=list(told.filter(at__lt=EARLY + timedelta(hours=1))))
    make_decisions(head, pupil, word, row)


def _paper(pupil: Pupil, word: str) -> Piece:
    version = DocumentVersion.objects.select_related("file").filter(pupil=pupil).earliest("pk")
    return Piece(
        "documents", "documents.DocumentVersion", version.ref, DAY, word, (("Name", word),),
        marks={"file": []}, digest=version.file.digest, file_name=version.name,
    )  # fmt: skip


def _note(word: str) -> Piece:
    values = (("Words", word),)
    return Piece("safeguarding", "concerns.SafeguardingNote", None, DAY, word, values, lead=True)


def make_decisions(actor: Actor, pupil: Pupil, word: str, row: DataRequest) -> None:
    """Decide how long to keep, as if a record's date had passed once."""
    reason, person = f"{word} said so.", actor.person
    keeping.set_years(
        actor=actor, org=row.org, rule=PUPIL_RECORD.code, years=25, because=reason, version=None
    )
    KeptLonger(
        org=pupil.org, pupil=pupil, until=date(2027, 1, 4), reason=reason, person=person,
        at=actor.at,
    ).save()  # fmt: skip
    gone = Disposal(
        org=pupil.org, record=uuid.uuid4(), rule="sen", years=31, kept_until=date(2026, 1, 5),
        person=person, at=actor.at, due_on=DAY,
    )  # fmt: skip
    gone.save()
    keeping.call_off_disposal(actor=actor, disposal=gone, version=None)
    paper = Document.objects.filter(pupil=pupil).order_by("-pk")[0]
    GonePaper(
        org=pupil.org, pupil=pupil, document=shell(actor, pupil, word), kind="report",
        level="ordinary", filed_at=actor.at, kept_until=date(2026, 1, 5), why=reason, at=actor.at,
        certificate=uuid.uuid4(),
    ).save()  # fmt: skip
    PaperDisposal(
        org=pupil.org, record=pupil.ref, papers=[str(paper.ref)], kinds={paper.kind: 1},
        kept_until=date(2026, 1, 5), why=reason, state=Disposing.CALLED_OFF, person=person,
        at=actor.at, due_on=DAY, called_off_by=person, called_off_at=actor.at,
    ).save()  # fmt: skip


def shell(actor: Actor, pupil: Pupil, word: str) -> Document:
    """What is left of a paper that was disposed of."""
    row = Document(
        org=pupil.org, pupil=pupil, title="A paper that was disposed of", search_key="",
        kind="report", filer=actor.person, filed_at=actor.at, in_error_at=actor.at,
        in_error_by=actor.person, in_error_reason=f"{word} said so.",
    )  # fmt: skip
    with as_actor(actor):
        row.save()
    return row
