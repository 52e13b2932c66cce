"""A mail is written with what it tells of, goes out once, and is never lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from opensenco.access.scope import system_scope
from opensenco.kernel.errors import Invalid
from opensenco.notices import outbox, queries, queue
from opensenco.notices.models import BadAddress, Mail
from opensenco.notices.operations import settle_address
from opensenco.notices.sending import Answer, Outcome, message_id
from opensenco.notices.states import MAIL_MOVES, OVER, CameBack, MailState
from opensenco.ops import posting
from tests.cast import NOW
from tests.domain.notices.mailing import House, house, larkrise, of, posted
from tests.people import acting_as, person

pytestmark = [pytest.mark.django_db, pytest.mark.worker]


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[House]:
    with house(monkeypatch, settings) as made:
        yield made


def test_a_mail_goes_out_once_and_its_words_are_forgotten(mails: House) -> None:
    """From the page behind a link, where nobody is signed in and no scope is open."""
    mail = posted("  Gran@Example.org ", until=NOW + timedelta(minutes=10))
    with mails.up():
        assert mails.rounds(3)
    (got,) = mails.post.got
    assert (got["To"], got["Subject"]) == ("gran@example.org", "Your code")
    assert got["Message-ID"] == message_id(mail)
    assert got["Auto-Submitted"] == "auto-generated"
    assert (got.get_content_type(), got.is_multipart()) == ("text/plain", False)
    assert got.get_content().strip() == "Your code is 4711."
    now = of(mail)
    assert (now.state, now.words, now.over_at) == (MailState.SENT, "", NOW)


def test_what_is_rolled_back_is_not_sent(mails: House) -> None:
    with transaction.atomic():
        posted("gran@example.org")
        transaction.set_rollback(True)
    with mails.up():
        assert mails.rounds()
    assert not mails.post.got


@pytest.mark.parametrize("to", ["", "gran", "gran@", "a b@c.example", "x@y.example\nBcc: z@z.org"])
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(Invalid):
        posted(to)


@pytest.mark.parametrize(
    "more",
    [
        {"subject": "One\nBcc: all@example.org"},
        {"subject": "x" * 151},
        {"words": " "},
        {"words": "x" * 10_001},
        {"until": NOW},
    ],
)
def test_what_is_no_mail_is_refused(more: dict[str, Any]) -> None:
    said = {"subject": "One", "words": "Two", "at": NOW, **more}
    with pytest.raises(ValueError, match="a mail"):
        outbox.post(org=larkrise(), to="gran@example.org", **said)


def test_a_mail_server_that_is_down_for_a_day_loses_nothing(mails: House) -> None:
    report, code = posted("head@larkrise.example"), posted("a@b.example", until=NOW + queue.CLAIM)
    for _hour in range(24):
        assert not mails.rounds()
        mails.later(hours=1)
    assert of(report).state == MailState.WAITING
    assert (of(report).tries, of(report).said) == (24, "no answer")
    # a code of yesterday is worth nothing, and is not kept
    assert (of(code).state, of(code).words) == (MailState.GIVEN_UP, "")
    with mails.up():
        assert mails.rounds(2)
    assert mails.post.to == ["head@larkrise.example"]


def test_what_cannot_be_sent_for_three_days_is_given_up_and_shown(mails: House) -> None:
    mail = posted("a@b.example")
    mails.rounds()
    mails.later(days=3)
    posting.tell_by_mail()
    assert of(mail).state == MailState.GIVEN_UP
    with mails.up():
        mails.rounds()
    assert not mails.post.got


def test_a_mail_server_that_hangs_holds_nobody_up_for_long(mails: House, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    one, two = posted("one@b.example"), posted("two@b.example")
    mails.post.hangs = True
    with mails.up():
        assert not mails.rounds()
        # nobody else is tried at it in this round
        assert (of(one).tries, of(two).tries) == (1, 0)
        mails.post.hangs = False
        mails.later(minutes=2)
        assert mails.rounds()
    assert sorted(mails.post.to) == ["one@b.example", "two@b.example"]


def test_an_address_that_is_refused_is_marked_and_rests_until_it_is_right(mails: House) -> None:
    mails.post.refused.add("gone@b.example")
    mails.post.busy.add("busy@b.example")
    gone, busy, fine = (posted(f"{who}@b.example") for who in ("gone", "busy", "fine"))
    with mails.up():
        assert mails.rounds()
        assert mails.post.to == ["fine@b.example"]
        assert [of(one).state for one in (gone, busy, fine)] == ["stopped", "waiting", "sent"]
        assert outbox.comes_back(larkrise(), "Gone@b.example")
        later = posted("gone@b.example")
        assert mails.rounds()
        assert (of(later).state, of(later).tries) == (MailState.STOPPED, 0)
        mails.post.refused.clear()
        mails.post.busy.clear()
        with acting_as("head") as actor:
            bad = BadAddress.objects.get(address="gone@b.example", settled_at__isnull=True)
            assert (bad.why, bad.said) == (CameBack.REFUSED, "550 5.1.1")
            settle_address(actor=actor, bad=bad)
        mails.later(minutes=3)
        assert mails.rounds()
    assert sorted(mails.post.to) == [f"{w}@b.example" for w in ("busy", "fine", "gone", "gone")]


def test_whoever_s_address_comes_back_is_told_in_the_application(mails: House) -> None:
    mails.post.refused.add("ta@larkrise.example")
    ta = person("ta")
    for _twice in range(2):
        posted(ta.email, person=ta)
    with mails.up():
        assert mails.rounds(2)
    with acting_as("ta", write=False) as actor:
        told = [notice for notice in queries.unread(actor) if "comes back" in notice.words]
        assert [notice.by.name for notice in told] == ["OpenSENCO"]
        assert queries.own_address_back(actor) is not None


def test_a_guest_posts_and_reads_nothing_of_it(mails: House) -> None:
    with acting_as("parent") as actor:
        mail = posted("senco@larkrise.example", at=actor.at)
        assert not outbox.comes_back(larkrise(), "senco@larkrise.example")
        assert not Mail.objects.exists()
    with mails.up():
        assert mails.rounds()
    assert of(mail).state == MailState.SENT


def test_two_workers_never_hold_the_same_mail(mails: House) -> None:
    mail = posted("a@b.example")
    with system_scope("two workers"):
        first = queue.take(mails.now)
        assert first is not None
        assert queue.take(mails.now) is None
        mails.later(seconds=queue.CLAIM.total_seconds() + 1)
        second = queue.take(mails.now)
        assert second is not None
        assert (second.pk, message_id(second)) == (mail.pk, message_id(first))
        # the first one lives after all: what it says counts no more
        queue.write_down(first, Answer(Outcome.LATER, "slow"), mails.now, posting.keeper)
        queue.write_down(first, Answer(Outcome.REFUSED, "550"), mails.now, posting.keeper)
        assert not BadAddress.objects.filter(address="a@b.example").exists()
    assert (of(mail).claimed_until, of(mail).said) == (second.claimed_until, "")


def test_the_states_of_a_mail_are_those_of_its_table() -> None:
    assert set(MAIL_MOVES) == set(MailState)
    assert all(not MAIL_MOVES[state] for state in OVER)
    reached = {to for moves in MAIL_MOVES.values() for to in moves}
    assert reached == set(MailState)


def test_without_a_way_out_nothing_waits_for_ever(mails: House, settings: Any) -> None:
    settings.MAIL = mails_off(settings)
    mail = posted("a@b.example")
    assert mails.rounds()
    assert of(mail).state == MailState.WAITING
    mails.later(days=4)
    posting.tell_by_mail()
    with system_scope("looking into the outbox", write=False):
        assert Mail.objects.get(pk=mail.pk).state == MailState.GIVEN_UP


def mails_off(settings: Any) -> Any:
    from dataclasses import replace

    return replace(settings.MAIL, kind="")
