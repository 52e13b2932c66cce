"""What the record and the outbox must say after the trial by kills, beside what arrived."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from typing import Any

from django.db.models import Q

from bench.kills_people import Act
from opensenco.access.models import Person
from opensenco.audit.models import Entry
from opensenco.cases.models import Fact, LoggedContact, Task
from opensenco.documents.keeping import store_of
from opensenco.documents.models import DocumentVersion
from opensenco.letters.models import Mailing, SentLetter
from opensenco.letters.states import State
from opensenco.meetings.models import Meeting, MeetingMember
from opensenco.notices.models import DueMail, Mail, Notice
from opensenco.notices.states import MailState
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.states import AskedState

#: what belongs to one act: how many rows of each sort; None where there is no trace of it
Shape = tuple[int, ...] | None


def _ask(mark: str) -> list[Shape]:
    return [_of_round(row) for row in AskRound.objects.filter(because=mark)]


def _of_round(row: AskRound) -> Shape:
    asked = list(Asked.objects.filter(ask_round=row))
    refs = [one.ref for one in asked]
    return (
        len(asked),
        Task.objects.filter(source_ref__in=refs, kind="ask.answer").count(),
        Notice.objects.filter(source_ref__in=refs, by=row.asked_by).count(),
        Fact.objects.filter(source_ref=row.ref).exclude(kind="ask.answered").count(),
        Entry.objects.filter(thing_ref=row.ref).count(),
    )


def _answer(mark: str) -> list[Shape]:
    return [_of_answer(row) for row in Asked.objects.filter(answers__strengths=mark)]


def _of_answer(row: Asked) -> Shape:
    waits = Task.objects.filter(source_ref=row.ref, settled_at__isnull=True)
    return (
        int(row.state == AskedState.ANSWERED),
        int(row.answered_on is not None),
        int(not waits.exists()),
        Entry.objects.filter(thing_ref=row.ref).count(),
    )


def _meet(mark: str) -> list[Shape]:
    return [_of_meeting(row) for row in Meeting.objects.filter(purpose=mark)]


def _of_meeting(row: Meeting) -> Shape:
    return (
        MeetingMember.objects.filter(meeting=row).count(),
        Task.objects.filter(source_ref=row.ref).count(),
        Notice.objects.filter(source_ref=row.ref).count(),
        Fact.objects.filter(source_ref=row.ref).count(),
        Entry.objects.filter(thing_ref=row.ref).count(),
    )


def _letter(mark: str) -> list[Shape]:
    """Give the shape of letters that were sent; a draft is no half of one."""
    found: list[Shape] = []
    for proof in SentLetter.objects.filter(body__contains=mark):
        file = DocumentVersion.objects.select_related("file", "org").get(document=proof.document)
        kept = store_of(proof.org).path(file.file.digest).read_bytes()
        logged = LoggedContact.objects.get(pk=proof.logged_id)
        found.append((
            int(Mailing.objects.get(pk=proof.mailing_id).state == State.SENT),
            int(hashlib.sha256(kept).hexdigest() == proof.digest == file.file.digest),
            Fact.objects.filter(source_ref=logged.ref).count(),
        ))  # fmt: skip
    sent = Mailing.objects.filter(given__meeting_place=mark, state=State.SENT).count()
    return found if len(found) == sent else [*found, (0,)]


SHAPES: dict[str, Callable[[str], list[Shape]]] = {
    "ask": _ask, "answer": _answer, "meet": _meet, "letter": _letter,
}  # fmt: skip


def faults_of_acts(acts: Iterable[Act]) -> list[str]:
    """Tell what was lost, done twice or done by half.

    Every act of a kind leaves as many rows of each sort as the others; most of them were not
    disturbed, so the commonest shape is the whole one.
    """
    found = [(act, SHAPES[act.kind](act.mark)) for act in acts]
    faults = []
    for kind in SHAPES:
        of_kind = [(act, shapes) for act, shapes in found if act.kind == kind]
        seen = Counter(one for _act, shapes in of_kind for one in shapes)
        whole = seen.most_common(1)[0][0] if seen else None
        if whole is None or 0 in whole:
            faults.append(f"{kind}: nothing whole was ever done, so nothing is proven ({whole})")
        for act, shapes in of_kind:
            if act.acknowledged and not shapes:
                faults.append(f"lost, though it was acknowledged: {act.mark}")
            if len(shapes) > 1:
                faults.append(f"done {len(shapes)} times: {act.mark}")
            faults += [f"by half, {one} and not {whole}: {act.mark}" for one in shapes
                       if one != whole]  # fmt: skip
    return faults


def faults_of_mail(
    got: list[EmailMessage], people: list[Person], before: Any, kills: int
) -> list[str]:
    """Compare the outbox and what was told with what the mail server got.

    Args:
        before: the moment at which the trial began.
        kills: of the worker; each may have repeated one mail.
    """
    arrived = Counter(_ref_of(mail) for mail in got)
    posted = {str(mail.ref): mail for mail in Mail.objects.all()}
    faults = [f"posted and not {MailState.SENT}: {mail.state}" for mail in posted.values()
              if mail.state != MailState.SENT]  # fmt: skip
    faults += [f"lost: {one}" for one in posted if one not in arrived]
    faults += [f"arrived and never posted: {one}" for one in arrived if one not in posted]
    # one mail that two deaths hit arrives three times: it is the deaths that are counted
    if (repeats := sum(count - 1 for count in arrived.values())) > kills:
        faults.append(f"{repeats} repeats for {kills} deaths of the worker")
    if not posted:
        faults.append("no mail was posted, so nothing is proven")
    told = Counter[str]()
    for mail in {_ref_of(one): one for one in got}.values():
        found = re.search(r"(\d+) new notice", mail.get_content())
        told[str(mail["To"])] += int(found[1]) if found else 0
    for person in people:
        notices = Notice.objects.filter(person=person, at__gte=before).count()
        if told[person.email] != notices:
            faults.append(f"{notices} notices, and mail told of {told[person.email]}")
    return faults


def _ref_of(mail: EmailMessage) -> str:
    """Give the reference of which its Message-ID is made, behind our own name."""
    return str(mail["Message-ID"]).strip("<>").partition("@")[0]


def waits() -> bool:
    """Tell whether the worker still has something to mail."""
    mail = Mail.objects.filter(~Q(state=MailState.SENT)).exists()
    return mail or DueMail.objects.exists()
