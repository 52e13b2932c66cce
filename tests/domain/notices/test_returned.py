"""Mail that came back later, told by a report in a mailbox; and to whom it went, forgotten."""

import mailbox
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from opensenco.access.scope import system_scope
from opensenco.notices import outbox, queue
from opensenco.notices.models import BadAddress, Mail
from opensenco.notices.reports import returned
from opensenco.notices.states import MailState
from opensenco.ops import posting
from opensenco.ops.clearing import clear_each_day
from tests.cast import NOW
from tests.domain.notices.mailing import House, house, larkrise, of, posted
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.worker]


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[House]:
    with house(monkeypatch, settings) as made:
        yield made


def report(ref: uuid.UUID, action: str = "failed", status: str = "5.1.1", more: str = "") -> bytes:
    """Give a report as mail servers write it (RFC 3464, appendix E)."""
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: opensenco@school.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <1.2@mx.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; "
        'boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; gran@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: opensenco@school.example\r\n"
        f"{more}Message-ID: <{ref}@school.example>\r\nSubject: Your code\r\n\r\n--b--\r\n"
    ).encode()


def addresses() -> list[str]:
    with system_scope("seeing which addresses are marked", write=False):
        return list(
            BadAddress.objects.filter(at__gte=NOW).order_by("id").values_list("address", flat=True)
        )


def test_only_what_failed_for_good_and_was_ours_is_taken_for_returned() -> None:
    ours = uuid.uuid4()
    assert returned(report(ours)) == ours
    assert returned(report(ours, "FAILED", "5.7.1 (blocked)")) == ours
    assert returned(report(ours, "delayed", "4.4.7")) is None
    assert returned(report(ours, "failed", "4.4.7")) is None
    assert returned(report(ours, "delivered", "2.1.5")) is None
    assert returned(report(ours).replace(b"multipart/report", b"multipart/mixed")) is None
    assert returned(report(ours).replace(str(ours).encode(), b"somebody.else")) is None
    assert returned(b"From: a@b.example\r\nSubject: Out of office\r\n\r\nBack on Monday.") is None
    assert returned(b"\xff\x00" * 500) is None
    assert returned(b"") is None
    # what its words say counts for nothing
    assert returned(report(ours, "relayed", more="X-Note: Action: failed\r\n")) is None


def test_reports_in_a_mailbox_mark_the_address_once_and_a_made_up_one_does_nothing(
    mails: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gran, here = posted("gran@example.org"), posted(person("teacher").email)
    with mails.up():
        assert mails.rounds(3)
    inbox = tmp_path / "Maildir"
    box = mailbox.Maildir(inbox)
    for one in (report(gran.ref), report(gran.ref), report(uuid.uuid4()), b"Subject: Hello\n\nHi."):
        box.add(one)
    call_command("returned", str(inbox))
    assert addresses() == ["gran@example.org"]
    assert capsys.readouterr().out.split() == ["mails", "4", "reports", "3", "marked", "1"]
    assert outbox.comes_back(larkrise(), "gran@example.org")
    assert len(list(mailbox.Maildir(inbox))) == 4, "the mailbox stays as it is"
    # nothing more goes there
    again = posted("gran@example.org")
    with mails.up():
        assert mails.rounds(2)
    assert of(again).state == MailState.STOPPED
    one_file, one_mail = tmp_path / "inbox", tmp_path / "report.eml"
    boxed = mailbox.mbox(one_file)
    boxed.add(report(here.ref))
    boxed.close()
    one_mail.write_bytes(report(gran.ref))
    call_command("returned", str(one_mail))
    call_command("returned", str(one_file))
    assert addresses() == ["gran@example.org", person("teacher").email]
    with pytest.raises(CommandError, match="no such file"):
        call_command("returned", str(tmp_path / "nowhere"))


def test_to_whom_mail_went_is_forgotten_by_the_worker_and_that_there_was_one_stays(
    mails: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    gran = posted("gran@example.org", person=person("teacher"))
    with mails.up():
        assert mails.rounds(2)
    late, waits = posted("late@example.org"), posted("waits@example.org")
    mails.later(days=4)
    with mails.up():
        assert mails.rounds()
    assert of(late).state == MailState.GIVEN_UP
    with system_scope("one that waits all the while"):
        Mail.objects.filter(pk=waits.pk).update(
            state=MailState.STOPPED, words="x", over_at=None, until=mails.now + timedelta(days=900)
        )
    mails.later(days=queue.REMEMBERED.days - 5)
    clear_each_day.func()
    assert of(gran).to == "gran@example.org"
    mails.later(days=6)
    clear_each_day.func()
    for row in (of(gran), of(late)):
        assert (row.to, row.person, row.known_as, row.words) == ("", None, "", "")
        assert row.forgotten_at == mails.now
        assert row.over_at is not None
    assert of(waits).to == "waits@example.org", "what is not over needs its address"
    # a report that comes so late marks nothing
    assert posting.forget_addresses() == 0
    assert posting.mark_returned([gran.ref, late.ref]) == 0
