"""What people and the worker do about personal data, and the tests' world does not, once each."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.access.scope import system_scope
from opensenco.audit.acting import as_actor
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.gate.rows import change
from opensenco.ops.disposing import disposer
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.protection.copying import Piece
from opensenco.protection.models import DataRequest, Disposal, GatheredItem, PaperDisposal
from opensenco.protection.operations import blacking, gathering, keeping, packages
from opensenco.protection.operations import papers as kept_papers
from opensenco.protection.operations import requests as pen
from opensenco.protection.packing import Packed
from opensenco.protection.states import Disposing
from tests.cast import TODAY
from tests.world_protection import answering

WHY = "They told us why."


def asked(asks: str, identity: str = "known") -> pen.Asked:
    return pen.Asked(
        asks=asks, asked_by="Leila Hassan", asker="parent", came="spoken", received_on=TODAY,
        identity=identity,
    )  # fmt: skip


def do(actor: Actor, pupil: Pupil) -> Disposal:
    """A request goes its way and is put right; another is refused, a third is decided."""
    head = answering(actor)
    pen.hand_out_record(actor=head, pupil=pupil)
    row = pen.record_request(actor=head, pupil=pupil, asked=asked("access", "waits"))
    days: dict[str, Any] = {"on": TODAY, "words": WHY, "version": None}
    pen.proof_came(actor=head, data_request=row, **days)
    pen.extend(actor=head, data_request=row, **days)
    gathering.ask_to_gather(actor=head, data_request=row, version=None)
    gathering.stop_gathering(actor=head, data_request=row, version=None)
    gathering.ask_to_gather(actor=head, data_request=row, version=None)
    noted = StoredFile.objects.filter(org=row.org, kind="txt").order_by("id")[0]
    pieces = [
        Piece("plans", "support.Cycle", None, TODAY, "Plan", (("Found", "Slow to start."),)),
        Piece("safeguarding", "concerns.SafeguardingNote", None, TODAY, "Note",
              (("Words", "Bruise."),), lead=True, digest=noted.digest, file_name="note.txt"),
    ]  # fmt: skip
    gathering.keep_gathered(actor=head, data_request=row, pieces=pieces, version=None)
    for one in GatheredItem.objects.select_related("data_request").filter(data_request=row):
        if one.lead:
            blacking.give_lead_blacked_out(
                actor=head, gathered_item=one, file=Incoming("copy.txt", [b"---"]),
                ground="others", why=WHY, version=None,
            )  # fmt: skip
        decide = gathering.decide_lead_item if one.lead else gathering.decide_item
        decide(actor=head, gathered_item=one, decision="give", version=None)
    packs(head, row)
    pen.end_request(actor=head, data_request=row, how="withdrawn", **days)
    other = pen.record_request(actor=head, pupil=pupil, asked=asked("correction"))
    pen.decide_request(actor=head, data_request=other, outcome="done", **days)
    return dispose(head, pupil)


def packs(head: Actor, row: DataRequest) -> None:
    """Packages are asked for, stopped and made, the safeguarding lead's too."""
    packages.stop_package(
        actor=head, request_package=packages.ask_for_package(actor=head, data_request=row),
        version=None,
    )  # fmt: skip
    packages.stop_lead_package(
        actor=head, request_package=packages.ask_for_lead_package(actor=head, data_request=row),
        version=None,
    )  # fmt: skip
    again = packages.ask_for_lead_package(actor=head, data_request=row)
    content = Packed(io.BytesIO(b"PK"), 1)
    packages.keep_lead_package(actor=head, request_package=again, packed=content, version=None)


def dispose(head: Actor, pupil: Pupil) -> Disposal:
    """Somebody of long ago is kept on once, and then decided to be disposed of."""
    single_papers(head, of_long_ago(head, pupil, "Edgar"))
    old = of_long_ago(head, pupil, "Edna")
    keeping.keep_longer(actor=head, pupil=old, until=TODAY + timedelta(days=1), why=WHY)
    later = replace(head, at=head.at + timedelta(days=2))
    return keeping.decide_disposal(actor=later, pupil=old)


def of_long_ago(head: Actor, pupil: Pupil, name: str) -> Pupil:
    """Somebody who left long ago."""
    old = pupils.add_pupil(
        actor=head, org=pupil.org, first_name=name, last_name="Longgone",
        birth_date=TODAY.replace(year=TODAY.year - 20),
    )  # fmt: skip
    with as_actor(head):
        # nobody adds somebody so old
        born = TODAY.replace(year=TODAY.year - 40)
        return change(old, version=None, birth_date=born, left_on=date(2003, 7, 18))


def single_papers(head: Actor, old: Pupil) -> None:
    """Papers past their date are chosen, called off and chosen again."""
    papers = [
        Paper(Incoming(f"{n}.txt", [f"Old paper {n}".encode()]), title=f"Old {n}", kind="report")
        for n in range(2)
    ]
    refs = [one.ref for one in file_documents(actor=head, pupil=old, papers=papers)]
    choose: dict[str, Any] = {"actor": head, "pupil": old, "papers": refs, "why": WHY}
    row = kept_papers.decide_papers(**choose)
    kept_papers.call_off_papers(actor=head, paper_disposal=row, version=None)
    kept_papers.decide_papers(**choose)


def carry_out_papers(org: int) -> None:
    """The worker disposes of the papers, and says that their files are gone."""
    with system_scope("killing operations"):
        rows = PaperDisposal.objects.filter(org=org, state=Disposing.DECIDED)
        row = rows.select_related("org", "person").get()
        late = replace(disposer(row), at=row.at + timedelta(days=8))
        kept_papers.carry_out_papers(actor=late, paper_disposal=row, version=None)
        kept_papers.finish_papers(actor=late, paper_disposal=row, version=None)


def carry_out(decided: Disposal) -> None:
    """The worker carries it out, and says that the files are gone."""
    carry_out_papers(decided.org_id)
    with system_scope("killing operations"):
        row = Disposal.objects.select_related("org").get(pk=decided.pk)
        late = replace(disposer(row), at=row.at + timedelta(days=8))
        keeping.carry_out_disposal(actor=late, disposal=row, version=None)
        keeping.finish_disposal(actor=late, disposal=row, version=None)
